"""The rows of reservations, and the guarded update of the agent's row that goes with each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from core.agent import PresenceState
from core.conversation import Conversation
from core.errors import Conflict
from core.events import OfferEnded, OfferMade, agent_topic
from core.ids import AgentId, ConversationId, ReservationId
from core.store.codec import load_conversation
from core.store.conversations import SHOWN, change_load
from core.store.prepared import Prepared
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.people import agent as agent_table
from core.store.tables.routing import reservation as table
from core.store.tx import Tx
from core.store.types import word
from routing import store

TIMER = "offer"
BY_HAND = 0
"""The epoch of what people decide; no router's lease has it."""


class State(StrEnum):
    """Where a reservation stands; it ends once."""

    OFFERED = store.OFFERED
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reservation:
    """An offer of a conversation to one agent; ``reason`` in the form of ``routing.reason``."""

    id: ReservationId
    conversation: ConversationId
    agent: AgentId
    state: State
    weight: int
    generation: int
    epoch: int
    reason: Mapping[str, object]
    created_at: datetime
    expires_at: datetime
    interruptible: bool = False
    standby: AgentId | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """By whose authority (a router's epoch) and for how many seconds an offer stands, and who is asked next."""

    epoch: int
    offer_s: float
    standby: AgentId | None = None


def add_load(
    tx: Tx,
    agent: AgentId,
    work: Conversation,
    states: frozenset[PresenceState],
    *,
    version: int | None = None,
    above: bool = False,
) -> bool:
    """Make room on an agent who is there and has it; False, and nothing changes, otherwise.

    What is interruptible yields: other work does not see it. ``version``: only if nothing about them changed since
    then. ``above``: whether they have room or not.
    """
    statement = _add_load(states, work.interruptible, versioned=version is not None, above=above)
    return statement(tx.conn, _room(agent, work, version)) == 1


def claim_room(
    tx: Tx, agent: AgentId, work: Conversation, states: frozenset[PresenceState], version: int
) -> int | None:
    """The same as of that version, with a number for the offer's event in the same statement; None: refused."""
    statement = _add_load(states, work.interruptible, versioned=True, above=False, counted=True)
    row = statement.one(tx.conn, _room(agent, work, version))
    return None if row is None else row.n


def offer(
    tx: Tx,
    conversation: Conversation,
    agent: AgentId,
    reason: Mapping[str, object],
    terms: Terms,
    n: int | None = None,
) -> Reservation:
    """Write an open offer, its timer and its event (as number ``n``). Raises Conflict ``already_offered``."""
    made = _new(tx, conversation, agent, reason, terms)
    if not tx.insert_new(table, _row(made)):
        raise Conflict(f"conversation {conversation.id} is being offered already", code="already_offered")
    topic = agent_topic(agent)
    tx.set_timer(topic, TIMER, made.expires_at, made.id)
    event = OfferMade(agent, conversation.id, made.id, made.expires_at)
    if n is None:
        tx.emit(topic, event)
    else:
        tx.emit_as(n, topic, event)
    return made


def record_taken(
    tx: Tx, conversation: Conversation, agent: AgentId, reason: Mapping[str, object]
) -> Reservation:
    """Write what an agent took by hand, as if offered and accepted in the same instant."""
    made = replace(_new(tx, conversation, agent, reason, Terms(BY_HAND, 0.0)), state=State.ACCEPTED)
    tx.conn.execute(insert(table).values(**_row(made), ended_at=tx.now))
    return made


def end(tx: Tx, ended: Reservation, state: State, note: Mapping[str, object] | None = None) -> None:
    """Close an open offer and give its room back; ``note`` goes with its reason. Raises Conflict ``over``."""
    _close(tx, ended, state, note)
    change_load(tx, ended.agent, -ended.weight, interruptible=ended.interruptible)
    event = OfferEnded(ended.agent, ended.conversation, ended.id, state.value)
    tx.emit(agent_topic(ended.agent), event)


def end_accepted(tx: Tx, ended: Reservation) -> None:
    """Close an open offer whose weight is held from now on. Raises Conflict ``over``."""
    _close(tx, ended, State.ACCEPTED, None)
    row = _TOOK_ON_COUNTED.one(tx.conn, {"of_id": ended.agent, "now": tx.now})
    event = OfferEnded(ended.agent, ended.conversation, ended.id, State.ACCEPTED.value)
    tx.emit_as(row.n, agent_topic(ended.agent), event)


def took_on(tx: Tx, agent: AgentId) -> None:
    """The agent holds something since now, and is seen to be another than before."""
    _TOOK_ON(tx.conn, {"of_id": agent, "now": tx.now})


def _close(tx: Tx, ended: Reservation, state: State, note: Mapping[str, object] | None) -> None:
    values: dict[str, Any] = {"of_id": ended.id, "new_state": state.value, "now": tx.now}
    statement = _CLOSE
    if note:
        statement, values["new_reason"] = _CLOSE_NOTING, {**ended.reason, **note}
    if statement(tx.conn, values) != 1:
        raise Conflict(f"the offer {ended.id} is over", code="over")
    tx.cancel_timer(agent_topic(ended.agent), TIMER, ended.id)


def find(tx: Tx, reservation: ReservationId) -> Reservation | None:
    """As it is now."""
    row = _FIND.one(tx.conn, {"of_id": reservation})
    return None if row is None else _load(row)


def lock_offered(tx: Tx, reservation: ReservationId) -> Conversation | None:
    """The conversation of an offer, locked until the transaction ends; what is read after it stays true."""
    row = _LOCK_OFFERED.one(tx.conn, {"of_id": reservation})
    return None if row is None else load_conversation(row)


def open_offers(
    tx: Tx, *, conversation: ConversationId | None = None, agent: AgentId | None = None
) -> list[Reservation]:
    """What is on offer, the oldest first: of a conversation (at most one), or to an agent."""
    chosen = select(table).where(table.c.state == word(State.OFFERED.value))
    if conversation is not None:
        chosen = chosen.where(table.c.conversation_id == conversation)
    if agent is not None:
        chosen = chosen.where(table.c.agent_id == agent)
    return [_load(row) for row in tx.conn.execute(chosen.order_by(table.c.created_at, table.c.id))]


def overdue(tx: Tx) -> list[ReservationId]:
    """Open offers whose time is over."""
    late = select(table.c.id).where(table.c.state == word(State.OFFERED.value), table.c.expires_at <= tx.now)
    return [ReservationId(each) for each in tx.conn.execute(late.order_by(table.c.expires_at)).scalars()]


def latest_reason(tx: Tx, conversation: ConversationId) -> Mapping[str, object] | None:
    """Why the agent has it, or is being offered it; None when no offer was ever made."""
    chosen = table.c.state.in_([State.OFFERED.value, State.ACCEPTED.value])
    statement = select(table.c.reason).where(table.c.conversation_id == conversation, chosen)
    newest = statement.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(1)
    found: Mapping[str, object] | None = tx.conn.execute(newest).scalar_one_or_none()
    return found


def missed_in_a_row(tx: Tx, agent: AgentId, since: datetime, most: int) -> int:
    """How many of the agent's latest offers made after ``since`` ran out unanswered; ``most`` at most."""
    statement = (
        select(table.c.state)
        .where(table.c.agent_id == agent, table.c.created_at >= since, table.c.ended_at.is_not(None))
        .order_by(table.c.ended_at.desc(), table.c.id.desc())
        .limit(most)
    )
    states = tx.conn.execute(statement).scalars().all()
    missed = [state == State.EXPIRED.value for state in states]
    return missed.index(False) if False in missed else len(missed)


def _new(
    tx: Tx,
    conversation: Conversation,
    agent: AgentId,
    reason: Mapping[str, object],
    terms: Terms,
) -> Reservation:
    return Reservation(
        id=ReservationId(tx.ids.new()),
        conversation=conversation.id,
        agent=agent,
        state=State.OFFERED,
        weight=conversation.weight,
        generation=conversation.generation,
        epoch=terms.epoch,
        reason=reason,
        created_at=tx.now,
        expires_at=tx.now + timedelta(seconds=terms.offer_s),
        interruptible=conversation.interruptible,
        standby=terms.standby,
    )


def _row(made: Reservation) -> dict[str, Any]:
    return {
        "id": made.id,
        "conversation_id": made.conversation,
        "agent_id": made.agent,
        "state": made.state.value,
        "weight": made.weight,
        "generation": made.generation,
        "epoch": made.epoch,
        "reason": dict(made.reason),
        "created_at": made.created_at,
        "expires_at": made.expires_at,
        "interruptible": made.interruptible,
        "standby": made.standby,
    }


def _load(row: Any) -> Reservation:
    return Reservation(
        id=ReservationId(row.id),
        conversation=ConversationId(row.conversation_id),
        agent=AgentId(row.agent_id),
        state=State(row.state),
        weight=row.weight,
        generation=row.generation,
        epoch=row.epoch,
        reason=row.reason,
        created_at=row.created_at,
        expires_at=row.expires_at,
        interruptible=row.interruptible,
        standby=None if row.standby is None else AgentId(row.standby),
    )


@cache
def _add_load(
    states: frozenset[PresenceState],
    interruptible: bool,  # noqa: FBT001 (a key of the cache)
    *,
    versioned: bool,
    above: bool,
    counted: bool = False,
) -> Prepared:
    """Made once for each kind: the making costs more than the statement."""
    agent = agent_table.c
    guards = [
        agent.id == bindparam("of_id"),
        agent.active,
        or_(*(agent.presence == each.value for each in sorted(states))),
    ]
    taken = agent.load if interruptible else agent.load - agent.yielding
    if not above:
        guards.append(taken + bindparam("units") <= agent.capacity)
    if versioned:
        guards.append(agent.version == bindparam("of_version"))
    values: dict[str, Any] = {"load": agent.load + bindparam("units"), "version": agent.version + 1}
    if interruptible:
        values["yielding"] = agent.yielding + bindparam("units")
    statement = update(agent_table).where(*guards)
    if counted:
        return Prepared(statement.values(**values, n=agent.n + 1).returning(agent.n))
    return Prepared(statement.values(**values))


def _room(agent: AgentId, work: Conversation, version: int | None) -> dict[str, Any]:
    known: dict[str, Any] = {"of_id": agent, "units": work.weight}
    return known if version is None else {**known, "of_version": version}


_FIND = Prepared(select(table).where(table.c.id == bindparam("of_id")))
_OFFERED = select(table.c.conversation_id).where(table.c.id == bindparam("of_id")).scalar_subquery()
_LOCK_OFFERED = Prepared(
    select(*SHOWN).where(conversation_table.c.id == _OFFERED).with_for_update(of=conversation_table)
)
_ENDED = (
    update(table)
    .where(table.c.id == bindparam("of_id"), table.c.state == word(State.OFFERED.value))
    .values(state=bindparam("new_state"), ended_at=bindparam("now"))
)
_CLOSE = Prepared(_ENDED)
_CLOSE_NOTING = Prepared(_ENDED.values(reason=bindparam("new_reason")))
_MARK = (
    update(agent_table)
    .where(agent_table.c.id == bindparam("of_id"))
    .values(idle_since=bindparam("now"), version=agent_table.c.version + 1)
)
_TOOK_ON_COUNTED = Prepared(_MARK.values(n=agent_table.c.n + 1).returning(agent_table.c.n))
_TOOK_ON = Prepared(_MARK)
