"""Wrapping up: after it was resolved a conversation weighs on its agent until they are done, or its time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import insert, select, update

from core import lifecycle
from core.conversation import Conversation, weighs_on
from core.errors import NotFound
from core.events import agent_topic
from core.ids import AgentId, ConversationId, WrapUpId
from core.routing_events import WrapUpEnded, WrapUpStarted
from core.store.conversations import change_load
from core.store.tables.routing import wrap_up as table
from core.store.tx import Tx
from routing import roster
from routing.ledger.presence import note_idle

TIMER = "wrap_up"


class Ending(StrEnum):
    """How a wrap-up came to its end."""

    DONE = "done"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class WrapUp:
    """The weight that a resolved conversation keeps on its agent."""

    id: WrapUpId
    agent: AgentId
    conversation: ConversationId
    weight: int
    interruptible: bool
    created_at: datetime
    ends_at: datetime


def complete(tx: Tx, conversation: Conversation, by: AgentId | None = None) -> Conversation:
    """Resolved; where its queue gives time to wrap up, its weight stays on who held it for so long.

    What was waiting or snoozed weighed nothing and needs no wrapping up.
    """
    holder = weighs_on(conversation.status, conversation.handler)
    after = lifecycle.resolve(tx, conversation, by=by)
    seconds = roster.read_queue(tx, conversation.queue).routing.wrap_up_s
    if holder is None or after is conversation or seconds <= 0:
        return after
    begun = WrapUp(
        WrapUpId(tx.ids.new()),
        holder,
        conversation.id,
        conversation.weight,
        conversation.interruptible,
        tx.now,
        tx.now + timedelta(seconds=seconds),
    )
    _begin(tx, begun)
    return after


def end_wrap_up(tx: Tx, agent: AgentId, wrap_up: WrapUpId) -> None:
    """The agent is done before its time is over; ending it twice is ending it once. Raises NotFound."""
    found = [each for each in _read(tx, table.c.id == wrap_up, open_only=False) if each.agent == agent]
    if not found:
        raise NotFound(f"there is no wrap-up {wrap_up}")
    _end(tx, found[0], Ending.DONE)


def run_out(tx: Tx, wrap_up: WrapUpId) -> AgentId | None:
    """End it if its time is over; whose it was, or None when it is not over or ended before."""
    for each in _read(tx, table.c.id == wrap_up):
        if each.ends_at <= tx.now and _end(tx, each, Ending.OVER):
            return each.agent
    return None


def overdue(tx: Tx) -> list[WrapUpId]:
    """Those whose time is over and that have not ended."""
    return [each.id for each in _read(tx, table.c.ends_at <= tx.now)]


def open_of(tx: Tx, agent: AgentId) -> list[WrapUp]:
    """What the agent has to wrap up, the oldest first."""
    return _read(tx, table.c.agent_id == agent)


def end_all(tx: Tx, agent: AgentId) -> None:
    """The agent left."""
    for each in open_of(tx, agent):
        _end(tx, each, Ending.OVER)


def end_of_conversation(tx: Tx, conversation: ConversationId) -> AgentId | None:
    """It was opened again, so that there is nothing to wrap up; whose it was."""
    for each in _read(tx, table.c.conversation_id == conversation):
        if _end(tx, each, Ending.OVER):
            return each.agent
    return None


def _begin(tx: Tx, begun: WrapUp) -> None:
    change_load(tx, begun.agent, begun.weight, interruptible=begun.interruptible)
    tx.conn.execute(
        insert(table).values(
            id=begun.id,
            agent_id=begun.agent,
            conversation_id=begun.conversation,
            weight=begun.weight,
            interruptible=begun.interruptible,
            created_at=begun.created_at,
            ends_at=begun.ends_at,
        )
    )
    topic = agent_topic(begun.agent)
    tx.set_timer(topic, TIMER, begun.ends_at, begun.id)
    tx.emit(topic, WrapUpStarted(begun.agent, begun.conversation, begun.id, begun.ends_at))


def _end(tx: Tx, ended: WrapUp, how: Ending) -> bool:
    still_open = (table.c.id == ended.id, table.c.ended_at.is_(None))
    if tx.conn.execute(update(table).where(*still_open).values(ended_at=tx.now)).rowcount != 1:
        return False
    # The timer first, as who fires it: each would wait for the other.
    tx.cancel_timer(agent_topic(ended.agent), TIMER, ended.id)
    change_load(tx, ended.agent, -ended.weight, interruptible=ended.interruptible)
    note_idle(tx, ended.agent, tx.now)
    tx.emit(agent_topic(ended.agent), WrapUpEnded(ended.agent, ended.conversation, ended.id, how.value))
    return True


def _read(tx: Tx, *which: object, open_only: bool = True) -> list[WrapUp]:
    chosen = select(table).where(*which).order_by(table.c.created_at, table.c.id)  # type: ignore[arg-type]
    rows = tx.conn.execute(chosen.where(table.c.ended_at.is_(None)) if open_only else chosen)
    return [
        WrapUp(
            WrapUpId(row.id),
            AgentId(row.agent_id),
            ConversationId(row.conversation_id),
            row.weight,
            row.interruptible,
            row.created_at,
            row.ends_at,
        )
        for row in rows
    ]
