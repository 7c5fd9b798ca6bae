"""Which conversations are a visitor's own, and what they have missed of one."""

from dataclasses import dataclass

from sqlalchemy import select

from channels.live.frames import VisitorFrames
from channels.live.history import Whose, own_conversation
from channels.live.lists import EventsOut
from core.errors import Invalid, NotFound
from core.events import conversation_topic
from core.ids import ConversationId
from core.store.conversations import peek_conversation
from core.store.messages import read_events
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Place:
    """A client's place: the last number it has of a conversation; None where it knows of none."""

    conversation: str | None
    after: int


def named(tx: Tx, whose: Whose, conversation: str) -> ConversationId:
    """The same id, once it is known to be theirs. Raises Invalid ``conversation``, whoever's it is."""
    try:
        return own_conversation(tx, whose, conversation)
    except NotFound:
        raise Invalid("conversation", "a conversation of this session", code="conversation") from None


def goes_on(tx: Tx, whose: Whose) -> ConversationId | None:
    """Their newest: the open one where there is one, else what began last."""
    newest = (
        select(table.c.id)
        .where(table.c.inbox_id == whose.inbox, table.c.thread_key == whose.visitor)
        .order_by(table.c.status == "closed", table.c.created_at.desc(), table.c.id.desc())
        .limit(1)
    )
    found = tx.conn.execute(newest).scalar_one_or_none()
    return None if found is None else ConversationId(found)


def missed(tx: Tx, frames: VisitorFrames, whose: Whose, place: Place, replay: int) -> EventsOut:
    """What came after the client's place; once that is nothing, what came in the conversation that goes on now.

    More than ``replay`` events are never sent again. Raises Invalid ``conversation`` for one that is not theirs.
    """
    present = goes_on(tx, whose)
    if place.conversation is None:
        return EventsOut(None, 0) if present is None else _after(tx, frames, present, place.after, replay)
    asked = named(tx, whose, place.conversation)
    found = _after(tx, frames, asked, place.after, replay)
    if found.events or found.reload or present is None or present == asked:
        return found
    return _after(tx, frames, present, 0, replay)


def page(tx: Tx, frames: VisitorFrames, conversation: ConversationId, after: int, most: int) -> EventsOut:
    """The events after a number, ``most`` at once; none when that was the last."""
    recorded = read_events(tx, conversation_topic(conversation), after, most, visible_only=True)
    events = tuple(frames.seen(tx, recorded))
    return EventsOut(conversation, events[-1].n if events else after, events)


def _after(tx: Tx, frames: VisitorFrames, conversation: ConversationId, after: int, replay: int) -> EventsOut:
    newest = peek_conversation(tx, conversation).visible_n
    # A number that we never gave comes from a database that was set back: begin again.
    if after > newest or newest - after > replay:
        return EventsOut(conversation, max(0, newest - replay), reload=True)
    return page(tx, frames, conversation, after, replay)
