"""Running clocks are measured anew when policies, hours or queues change: some at a time, each batch a transaction.

How far it has come is a timer's ``ref`` that commits with the batch, so that a process that dies loses nothing, and
another goes on where it stopped.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select

from core.events import SETTINGS_TOPIC, SettingsChanged, TimerFired
from core.ids import ConversationId
from core.store.conversations import get_conversation
from core.store.tables import people
from core.store.tables.conversation import conversation, timer
from core.store.tables.routing import conversation_route, sla_clock
from core.store.tx import Tx
from routing.clock_store import publish, read_clocks
from routing.sla_store import governing, policy_of

TIMER = "sla.measure"
SETTINGS = frozenset({"queue", "sla_policy", "hours"})


def begin(tx: Tx, changed: SettingsChanged) -> None:
    """From the first again, if this setting is being gone through already."""
    own = f"{changed.what}:{changed.id}:"
    tx.conn.execute(
        delete(timer).where(
            timer.c.topic == SETTINGS_TOPIC,
            timer.c.kind == TIMER,
            timer.c.ref.startswith(own, autoescape=True),
        )
    )
    tx.set_timer(SETTINGS_TOPIC, TIMER, tx.now, own)


def go_on(tx: Tx, fired: TimerFired, batch: int) -> None:
    """The starts stay, what is due is worked out anew; the next ``batch`` conversations, and a timer for the rest."""
    what, id, after = fired.ref.split(":", 2)
    found = _next(tx, what, id, after, batch)
    for each in found:
        known = get_conversation(tx, each)
        clocks, _ = read_clocks(tx, known.id)
        publish(tx, known, clocks, policy_of(tx, known))
    if len(found) == batch:
        tx.set_timer(SETTINGS_TOPIC, TIMER, tx.now, f"{what}:{id}:{found[-1]}")


def _next(tx: Tx, what: str, id: str, after: str, batch: int) -> Sequence[ConversationId]:
    """In the order of their ids, in which they are locked."""
    chosen = _RUNNING.where(sla_clock.c.conversation_id > after, _concerned(what, id)).limit(batch)
    return [ConversationId(each) for each in tx.conn.execute(chosen).scalars()]


def _concerned(what: str, id: str) -> ColumnElement[bool]:
    """Whom a change of this setting can concern."""
    hours = people.sla_policy.c.hours_id
    match what:
        case "queue":
            return conversation.c.queue_id == id
        case "sla_policy":
            return governing() == id
        case _:
            return or_(hours == id, and_(hours.is_(None), people.queue.c.hours_id == id))


_RUNNING: Select[Any] = (
    select(sla_clock.c.conversation_id)
    .join(conversation, conversation.c.id == sla_clock.c.conversation_id)
    .join(people.queue, people.queue.c.id == conversation.c.queue_id)
    .outerjoin(conversation_route, conversation_route.c.conversation_id == conversation.c.id)
    .outerjoin(people.sla_policy, people.sla_policy.c.id == governing())
    .where(sla_clock.c.stopped_at.is_(None))
    .distinct()
    .order_by(sla_clock.c.conversation_id)
)
