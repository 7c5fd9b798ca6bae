"""Who the customer of a conversation is to the knowledge base, and what they said lately."""

from dataclasses import dataclass

from sqlalchemy import select

from core.answer import Audience, Reader
from core.errors import NotFound
from core.ids import ContactId, ConversationId
from core.message import Kind, Text
from core.store.codec import load_parts
from core.store.contacts import is_identified
from core.store.tables.conversation import conversation, message
from core.store.tables.people import inbox
from core.store.tx import Tx
from knowledge.beside.asking import spoken


@dataclass(frozen=True, slots=True)
class Customer:
    """``reader``: what they may read; ``language`` (en, zh-CN) None where nobody knows it; ``said`` lately, the oldest first."""

    reader: Reader
    language: str | None
    said: tuple[str, ...] = ()


def customer_of(tx: Tx, conversation_id: ConversationId, messages: int = 0) -> Customer:
    """With their ``messages`` newest messages. Raises NotFound."""
    joined = conversation.join(inbox, inbox.c.id == conversation.c.inbox_id)
    wanted = select(
        conversation.c.language, conversation.c.public, conversation.c.contact_id, inbox.c.brand_id
    )
    row = tx.conn.execute(
        wanted.select_from(joined).where(conversation.c.id == conversation_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"there is no conversation {conversation_id}")
    known = not row.public and is_identified(tx, ContactId(row.contact_id))
    reader = Reader(Audience.SIGNED_IN if known else Audience.PUBLIC, row.brand_id)
    said = _said(tx, conversation_id, messages) if messages else ()
    return Customer(reader, spoken(said, row.language or None), said)


def _said(tx: Tx, conversation_id: ConversationId, most: int) -> tuple[str, ...]:
    wanted = (
        select(message.c.parts)
        .where(message.c.conversation_id == conversation_id, message.c.kind == Kind.INBOUND.value)
        .order_by(message.c.n.desc())
        .limit(most)
    )
    texts = [
        " ".join(part.text for part in load_parts(parts) if isinstance(part, Text))
        for parts in tx.conn.execute(wanted).scalars()
    ]
    return tuple(text for text in reversed(texts) if text)
