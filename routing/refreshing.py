"""After a change of settings whoever waits is put in line anew: some at a time, each batch in a transaction of the router.

How far it has come is a timer's ``ref`` that commits with the batch, so that a router that dies loses nothing, and the
lease is renewed between two batches.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select

from core.events import SETTINGS_TOPIC, TimerFired
from core.ids import ConversationId
from core.store.tables.conversation import timer
from core.store.tables.routing import queue_item
from core.store.tx import Tx

TIMER = "routing.line"


def begin(tx: Tx) -> None:
    """From the first again, if the line is being gone through already."""
    tx.conn.execute(delete(timer).where(timer.c.topic == SETTINGS_TOPIC, timer.c.kind == TIMER))
    tx.set_timer(SETTINGS_TOPIC, TIMER, tx.now)


def concerned(tx: Tx, fired: TimerFired, batch: int) -> Sequence[ConversationId]:
    """The next ones, in the order of their ids, in which they are locked."""
    after = queue_item.c.conversation_id > fired.ref
    ids = (
        select(queue_item.c.conversation_id).where(after).order_by(queue_item.c.conversation_id).limit(batch)
    )
    return [ConversationId(each) for each in tx.conn.execute(ids).scalars()]


def go_on(tx: Tx, fired: TimerFired, batch: int) -> Sequence[ConversationId]:
    """Those to be read and put in line anew now; a timer for the rest."""
    found = concerned(tx, fired, batch)
    if len(found) == batch:
        tx.set_timer(SETTINGS_TOPIC, TIMER, tx.now, found[-1])
    return found
