"""Handle times in the database: learned when a conversation is resolved, read for agents and for what waits."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select

from core.conversation import Cause
from core.events import AgentChanged, Event, HandlerChanged, Recorded, StatusChanged, agent_topic
from core.ids import AgentId, ConversationId
from core.outbox import TxHandler
from core.store.codec import recorded_from_row
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.conversation import event as event_table
from core.store.tables.routing import conversation_route, handle_time
from core.store.tx import Tx
from routing.handling import (
    Estimate,
    HandlingSettings,
    Moment,
    active_s,
    expected_s,
    held_s,
    learned,
    speed,
    speeds,
)

EVERYBODY = ""
"""Under this id stand the times of all agents together."""

_OVER = frozenset({"resolved", "closed"})
_ALL = handle_time.alias()
_KIND = func.coalesce(conversation_route.c.kind, conversation_table.c.queue_id)


def handling_handler() -> TxHandler:
    """The line of the table of subscriptions that learns how long work takes."""
    return TxHandler("handle_times", (HandlerChanged,), learn, _is_over)


def _is_over(event: Event) -> bool:
    match event:
        case HandlerChanged(cause=cause, previous_agent=agent):
            return cause == Cause.RESOLVED.value and agent is not None
        case _:
            return False


def learn(tx: Tx, recorded: Recorded) -> None:
    """Measure how long who resolved it worked on it; routing hears when that makes them faster or slower than before."""
    event = recorded.event
    if not isinstance(event, HandlerChanged) or event.previous_agent is None:
        return
    agent, kind = event.previous_agent, _kind_of(tx, event.conversation)
    seconds = active_s(_moments(tx, recorded), agent)
    if kind is None or seconds <= 0:
        return
    settings = tx.setting(HandlingSettings)
    whole, before = _take(tx, EVERYBODY, kind), _take(tx, agent, kind)
    after, of_all = learned(before, seconds, settings), learned(whole, seconds, settings)
    _put(tx, EVERYBODY, kind, of_all)
    _put(tx, agent, kind, after)
    if speed(before, whole, settings) != speed(after, of_all, settings):
        tx.emit(agent_topic(agent), AgentChanged(agent, only_speed=True))


def expected_of(tx: Tx, kind: str) -> float:
    """Seconds that an average agent needs for this kind of work."""
    here = handle_time.c.agent_id == EVERYBODY, handle_time.c.kind == kind
    row = tx.conn.execute(select(handle_time).where(*here)).one_or_none()
    return expected_s(Estimate() if row is None else _load(row), tx.setting(HandlingSettings))


def speeds_of(tx: Tx, chosen: ColumnElement[bool]) -> dict[str, dict[str, float]]:
    """By agent and kind, for those whose ``handle_time.agent_id`` is chosen."""
    own: dict[str, dict[str, Estimate]] = {}
    kinds: dict[str, Estimate] = {}
    statement = (
        select(handle_time, _ALL.c["count"], _ALL.c.seconds)
        .join(_ALL, and_(_ALL.c.agent_id == EVERYBODY, _ALL.c.kind == handle_time.c.kind))
        .where(chosen, handle_time.c.agent_id != EVERYBODY)
    )
    for agent, kind, count, seconds, _, of_all, usual in tx.conn.execute(statement):
        own.setdefault(agent, {})[kind] = Estimate(count, seconds)
        kinds[kind] = Estimate(of_all, usual)
    settings = tx.setting(HandlingSettings)
    return {agent: speeds(each, kinds, settings) for agent, each in own.items()}


def held_by(tx: Tx, chosen: ColumnElement[bool]) -> dict[str, tuple[int, float]]:
    """How many open conversations each agent holds, and their mean expected seconds.

    ``chosen`` is a condition on ``conversation.agent_id``.
    """
    table = conversation_table
    routed = table.outerjoin(conversation_route, conversation_route.c.conversation_id == table.c.id)
    known = and_(_ALL.c.agent_id == EVERYBODY, _ALL.c.kind == _KIND)
    columns = table.c.agent_id, _ALL.c["count"], _ALL.c.seconds
    statement = (
        select(*columns, func.count())
        .select_from(routed.outerjoin(_ALL, known))
        .where(chosen, table.c.handler == "agent", table.c.status == "open")
        .group_by(*columns)
    )
    settings = tx.setting(HandlingSettings)
    found: dict[str, list[tuple[int, float]]] = {}
    for agent, count, seconds, many in tx.conn.execute(statement):
        usual = expected_s(Estimate() if count is None else Estimate(count, seconds), settings)
        found.setdefault(agent, []).append((many, usual))
    return {agent: (sum(many for many, _ in each), held_s(each, settings)) for agent, each in found.items()}


def _kind_of(tx: Tx, conversation: ConversationId) -> str | None:
    table = conversation_table
    joined = table.outerjoin(conversation_route, conversation_route.c.conversation_id == table.c.id)
    statement = select(_KIND).select_from(joined).where(table.c.id == conversation)
    found: str | None = tx.conn.execute(statement).scalar_one_or_none()
    return found


def _moments(tx: Tx, recorded: Recorded) -> list[Moment]:
    """Who held it when, since it was resolved before or began; the last one is the recorded event's."""
    types = HandlerChanged.__name__, StatusChanged.__name__
    statement = select(event_table).where(
        event_table.c.topic == recorded.topic,
        event_table.c.n <= recorded.n,
        event_table.c.type.in_(types),
    )
    latest = tx.conn.execute(
        statement.order_by(event_table.c.n.desc()).limit(tx.setting(HandlingSettings).events)
    )
    return _replayed(list(latest)[::-1])


def _replayed(rows: Iterable[Row[Any]]) -> list[Moment]:
    holder: AgentId | None = None
    status = "open"
    moments: list[Moment] = []
    for row in rows:
        known = recorded_from_row(row)
        match known.event if known is not None else None:
            case HandlerChanged(agent=agent):
                holder = agent
            case StatusChanged(status=now):
                if status in _OVER:
                    moments.clear()
                status = now
            case _:
                continue
        moments.append(Moment(row.at, holder, status == "open"))
    return moments


def _take(tx: Tx, agent: str, kind: str) -> Estimate:
    """As it is, locked until this transaction ends."""
    fresh = {"agent_id": agent, "kind": kind, "count": 0.0, "seconds": 0.0, "updated_at": tx.now}
    tx.insert_new(handle_time, fresh)
    here = handle_time.c.agent_id == agent, handle_time.c.kind == kind
    row = tx.conn.execute(select(handle_time).where(*here).with_for_update()).one()
    return _load(row)


def _load(row: Row[Any]) -> Estimate:
    # ``row.count`` is a method that every row has.
    return Estimate(row[handle_time.c.keys().index("count")], row.seconds)


def _put(tx: Tx, agent: str, kind: str, known: Estimate) -> None:
    here = handle_time.c.agent_id == agent, handle_time.c.kind == kind
    values = {"count": known.count, "seconds": known.seconds, "updated_at": tx.now}
    tx.conn.execute(handle_time.update().where(*here).values(**values))
