"""The clocks of promised times as rows: read, written, and what is due published to whoever goes by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from core.conversation import Conversation
from core.events import conversation_topic
from core.ids import ConversationId
from core.routing_events import DueMoved
from core.store.forms import StoredPause
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import queue_item, sla_clock
from core.store.tx import Tx
from routing import sla
from routing.promises import Clocks
from routing.sla import Pause, Policy, SlaClock, Target

DUE_TIMER, NEAR_TIMER = "sla", "sla.near"
COLUMNS = {Target.FIRST: "first_due_at", Target.NEXT: "next_due_at", Target.RESOLUTION: "resolution_due_at"}
"""Of the conversation's row: when each target is missed, unless it stands still or has stopped."""


def read_clocks(tx: Tx, conversation: ConversationId) -> tuple[dict[Target, SlaClock], dict[Target, int]]:
    """The conversation's clocks, and for each the number of the last event that changed it."""
    rows = tx.conn.execute(select(sla_clock).where(sla_clock.c.conversation_id == conversation)).all()
    clocks = {
        Target(row.target): SlaClock(
            Target(row.target),
            row.started_at,
            tuple(Pause(pause.start, pause.end) for pause in row.pauses),
            row.stopped_at,
            row.missed_at,
            row.warned_at,
        )
        for row in rows
    }
    return clocks, {Target(row.target): row.n for row in rows}


def write_clocks(tx: Tx, conversation: ConversationId, clocks: Clocks, n: int) -> None:
    """``n``: the number of the event that changed them."""
    for target, clock in clocks.items():
        values: dict[str, Any] = {
            "started_at": clock.started_at,
            "pauses": tuple(StoredPause(pause.start, pause.end) for pause in clock.pauses),
            "stopped_at": clock.stopped_at,
            "missed_at": clock.missed_at,
            "warned_at": clock.warned_at,
            "n": n,
        }
        row = tx.insert_for(sla_clock).values(conversation_id=conversation, target=target.value, **values)
        tx.conn.execute(row.on_conflict_do_update(index_elements=["conversation_id", "target"], set_=values))


def publish(tx: Tx, conversation: Conversation, clocks: Clocks, policy: Policy | None) -> None:
    """The due times into the conversation's row, the timers, and the place in the queue."""
    due = {target: sla.due(clock, policy) for target, clock in clocks.items()}
    for target, clock in clocks.items():
        _set_timers(tx, conversation, clock, due[target], policy)
    _write_due(tx, conversation.id, due)
    _press(tx, conversation, due, policy)


def _set_timers(
    tx: Tx, conversation: Conversation, clock: SlaClock, due: datetime | None, policy: Policy | None
) -> None:
    topic, told = conversation_topic(conversation.id), clock.missed_at is not None
    near = None if told or clock.warned_at is not None else sla.near_at(clock, policy)
    for kind, when in ((DUE_TIMER, None if told else due), (NEAR_TIMER, near)):
        if when is None:
            tx.cancel_timer(topic, kind, clock.target.value)
        else:
            tx.set_timer(topic, kind, when, clock.target.value)


def _write_due(tx: Tx, conversation: ConversationId, due: Mapping[Target, datetime | None]) -> None:
    table = conversation_table.c
    values = {COLUMNS[target]: when for target, when in due.items()}
    if values:
        differs = or_(*(table[name].is_distinct_from(when) for name, when in values.items()))
        tx.conn.execute(update(conversation_table).where(table.id == conversation, differs).values(**values))


def _press(
    tx: Tx, conversation: Conversation, due: Mapping[Target, datetime | None], policy: Policy | None
) -> None:
    """What a waiting conversation is ordered by, where that is something else now."""
    pressing = sla.pressing(due, policy)
    values = {
        "deadline": None if pressing is None else pressing.deadline,
        "target_s": None if pressing is None else pressing.target_s,
        "worth": sla.WORTH if pressing is None else pressing.worth,
    }
    differs = or_(*(queue_item.c[name].is_distinct_from(value) for name, value in values.items()))
    row = queue_item.c.conversation_id == conversation.id
    if tx.conn.execute(update(queue_item).where(row, differs).values(**values)).rowcount:
        deadline = None if pressing is None else pressing.deadline
        tx.emit(conversation_topic(conversation.id), DueMoved(conversation.id, deadline))
