"""A contact changes or loses something outside: what an edited message said before is kept, and who cannot be reached is known."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from core.contact import ContactPoint
from core.contact_events import MessageEdited, ReachChanged
from core.events import conversation_topic
from core.ids import ConversationId, InboxId, MessageId
from core.message import Kind, Part, in_brief, plain_text
from core.receive import EXCERPT_CHARACTERS
from core.store.codec import load_parts, store_parts
from core.store.conversations import get_conversation
from core.store.messages import find_inbound
from core.store.tables.conversation import conversation, message, message_edit
from core.store.tables.people import contact_point
from core.store.tx import Tx


def edit_message(
    tx: Tx, inbox: InboxId, external_id: str, parts: tuple[Part, ...], at: datetime
) -> MessageId | None:
    """Put ``parts`` in the place of what an inbound message said; what it said before is a version of it.

    ``at`` is the provider's time of the edit: an earlier one than the newest known, or the same words again, change
    nothing. None where this inbox has no such message.
    """
    found = find_inbound(tx, inbox, external_id)
    if found is None:
        return None
    # Of two edits at the same time the second sees what the first wrote.
    where = get_conversation(tx, ConversationId(found.conversation_id)).id
    row = find_inbound(tx, inbox, external_id)
    known = MessageId(row.id)
    if load_parts(row.parts) == parts or (row.edited_at is not None and row.edited_at > at):
        return known
    before = select(func.count()).select_from(message_edit).where(message_edit.c.message_id == known)
    version = tx.conn.execute(before).scalar_one() + 1
    tx.conn.execute(
        insert(message_edit).values(
            message_id=known, version=version, parts=row.parts, written_at=row.edited_at or row.created_at
        )
    )
    tx.conn.execute(
        update(message)
        .where(message.c.id == known)
        .values(parts=store_parts(parts), text=plain_text(parts), edited_at=at)
    )
    if _is_newest(tx, row):
        brief = in_brief(parts)[:EXCERPT_CHARACTERS]
        tx.conn.execute(update(conversation).where(conversation.c.id == where).values(last_text=brief))
    tx.emit(conversation_topic(where), MessageEdited(where, known))
    return known


def _is_newest(tx: Tx, row: Any) -> bool:
    """Whether lists of conversations show it: nobody said anything after it that customers see."""
    later = select(message.c.id).where(
        message.c.conversation_id == row.conversation_id,
        message.c.n > row.n,
        message.c.kind != Kind.NOTE.value,
    )
    return tx.conn.execute(later.limit(1)).first() is None


def set_reachable(tx: Tx, point: ContactPoint, *, reachable: bool) -> None:
    """Remember whether somebody can be written to there, and say so in each of their conversations that is not closed."""
    was = (
        contact_point.c.unreachable_since.is_(None)
        if not reachable
        else contact_point.c.unreachable_since.is_not(None)
    )
    changed = tx.conn.execute(
        update(contact_point)
        .where(contact_point.c.id == point.id, was)
        .values(unreachable_since=None if reachable else tx.now)
    )
    if changed.rowcount == 0:
        return
    rows = tx.conn.execute(
        select(conversation.c.id)
        .where(conversation.c.contact_point_id == point.id, conversation.c.status != "closed")
        .order_by(conversation.c.id)
    )
    for row in rows.all():
        where = ConversationId(row.id)
        tx.emit(conversation_topic(where), ReachChanged(where, reachable))
