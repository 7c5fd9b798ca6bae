"""The number by which a customer and an agent speak of one conversation; it has one only when somebody was told it."""

from sqlalchemy import select

from core.ids import ConversationId
from core.store.tables.handing import case_number
from core.store.tx import Tx


def number_of(tx: Tx, conversation: ConversationId) -> int | None:
    """None while nobody was told one."""
    found = select(case_number.c.number).where(case_number.c.conversation_id == conversation)
    number: int | None = tx.conn.execute(found).scalar_one_or_none()
    return number


def numbered(tx: Tx, conversation: ConversationId) -> int:
    """Its number, a new one the first time; numbers rise, with gaps."""
    tx.insert_new(case_number, {"conversation_id": conversation})
    number = number_of(tx, conversation)
    assert number is not None  # noqa: S101 - it was stored by the statement before
    return number
