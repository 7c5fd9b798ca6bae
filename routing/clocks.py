"""The clocks of promised times in the database: they follow the conversation's events, each clock by itself.

Every clock remembers the number of the last event that it took in, so that following an event twice, or an older
one late, changes nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core.conversation import Conversation
from core.events import (
    DueMoved,
    HandlerChanged,
    Recorded,
    SettingsChanged,
    TargetMissed,
    TimerFired,
    conversation_topic,
)
from core.ids import ConversationId
from core.store.conversations import get_conversation
from core.store.forms import StoredPause
from core.store.tables.conversation import conversation as conversation_table
from core.store.tables.routing import queue_item, sla_clock
from core.store.tx import Tx
from routing import sla
from routing.promises import Clocks, moved
from routing.sla import Pause, Policy, SlaClock, Target
from routing.store import policy_of

TIMER = "sla"
SETTINGS = frozenset({"queue", "sla_policy", "hours"})
_COLUMN = {Target.FIRST: "first_due_at", Target.NEXT: "next_due_at", Target.RESOLUTION: "resolution_due_at"}


def follow(tx: Tx, recorded: Recorded) -> None:
    """Start, pause, resume and stop what the event starts, pauses, resumes and stops; repeatable."""
    event = recorded.event
    if isinstance(event, SettingsChanged):
        _measure_all_again(tx)
        return
    conversation_id = getattr(event, "conversation", None)
    if isinstance(event, TimerFired):
        conversation_id = ConversationId(recorded.topic.partition(":")[2])
    if conversation_id is None:
        return
    conversation = get_conversation(tx, conversation_id)
    before, seen = _read(tx, conversation.id)
    policy = policy_of(tx, conversation.queue)
    if isinstance(event, TimerFired):
        after: Clocks = _missed(tx, conversation, before, policy)
    else:
        after = moved(before, event, recorded.at)
    changed = {
        target: clock
        for target, clock in after.items()
        if clock != before.get(target) and seen.get(target, -1) < recorded.n
    }
    _write(tx, conversation.id, changed, recorded.n)
    if changed or isinstance(event, HandlerChanged):
        _publish(tx, conversation, {**before, **changed}, policy)


def _missed(tx: Tx, conversation: Conversation, clocks: Clocks, policy: Policy | None) -> Clocks:
    """Those whose deadline has come are marked, and told once."""
    marked = {target: sla.miss(clock, policy, tx.now) for target, clock in clocks.items()}
    for target, clock in marked.items():
        if clock != clocks[target] and clock.missed_at is not None:
            event = TargetMissed(conversation.id, target.value, clock.missed_at)
            tx.emit(conversation_topic(conversation.id), event)
    return marked


def _publish(tx: Tx, conversation: Conversation, clocks: Clocks, policy: Policy | None) -> None:
    """The due times into the conversation's row, the timers, and the place in the queue."""
    topic = conversation_topic(conversation.id)
    due: dict[str, datetime | None] = {}
    for target, clock in clocks.items():
        when = due[_COLUMN[target]] = sla.due(clock, policy)
        if when is None or clock.missed_at is not None:
            tx.cancel_timer(topic, TIMER, target.value)
        else:
            tx.set_timer(topic, TIMER, when, target.value)
    if due:
        row = conversation_table.c.id == conversation.id
        tx.conn.execute(update(conversation_table).where(row).values(**due))
    deadline = sla.most_urgent(list(due.values()))
    moved = tx.conn.execute(
        update(queue_item)
        .where(
            queue_item.c.conversation_id == conversation.id, queue_item.c.deadline.is_distinct_from(deadline)
        )
        .values(deadline=deadline)
    )
    if moved.rowcount:
        tx.emit(topic, DueMoved(conversation.id, deadline))


def _measure_all_again(tx: Tx) -> None:
    """Policies or hours changed: the starts stay, what is due is worked out anew."""
    running = select(sla_clock.c.conversation_id).where(sla_clock.c.stopped_at.is_(None)).distinct()
    for conversation_id in sorted(tx.conn.execute(running).scalars().all()):
        conversation = get_conversation(tx, ConversationId(conversation_id))
        clocks, _ = _read(tx, conversation.id)
        _publish(tx, conversation, clocks, policy_of(tx, conversation.queue))


def _read(tx: Tx, conversation: ConversationId) -> tuple[dict[Target, SlaClock], dict[Target, int]]:
    """The conversation's clocks, and for each the number of the last event that changed it."""
    rows = tx.conn.execute(select(sla_clock).where(sla_clock.c.conversation_id == conversation)).all()
    clocks = {
        Target(row.target): SlaClock(
            Target(row.target),
            row.started_at,
            tuple(Pause(pause.start, pause.end) for pause in row.pauses),
            row.stopped_at,
            row.missed_at,
        )
        for row in rows
    }
    return clocks, {Target(row.target): row.n for row in rows}


def _write(tx: Tx, conversation: ConversationId, clocks: Clocks, n: int) -> None:
    for target, clock in clocks.items():
        values: dict[str, Any] = {
            "started_at": clock.started_at,
            "pauses": tuple(StoredPause(pause.start, pause.end) for pause in clock.pauses),
            "stopped_at": clock.stopped_at,
            "missed_at": clock.missed_at,
            "n": n,
        }
        row = tx.insert_for(sla_clock).values(conversation_id=conversation, target=target.value, **values)
        tx.conn.execute(row.on_conflict_do_update(index_elements=["conversation_id", "target"], set_=values))
