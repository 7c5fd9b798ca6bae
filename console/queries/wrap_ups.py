"""What agents still wrap up."""

from collections.abc import Collection

from sqlalchemy import Select, select

from console.wire.conversation import ContactRef
from console.wire.presence import WrapUp
from core.ids import AgentId
from core.store.tables.conversation import conversation
from core.store.tables.people import contact
from core.store.tables.routing import wrap_up
from core.store.tx import Tx


def open_wrap_ups(tx: Tx, agent: AgentId) -> tuple[WrapUp, ...]:
    """Of one agent, whichever ends first first."""
    mine = _SHOWN.where(wrap_up.c.agent_id == agent, wrap_up.c.ended_at.is_(None), wrap_up.c.ends_at > tx.now)
    return _read(tx, mine.order_by(wrap_up.c.ends_at, wrap_up.c.id))


def wrap_ups_of(tx: Tx, ids: Collection[str]) -> dict[str, WrapUp]:
    """By id, those that there are."""
    return {each.id: each for each in _read(tx, _SHOWN.where(wrap_up.c.id.in_(ids)))}


_SHOWN = (
    select(
        wrap_up.c.id,
        wrap_up.c.conversation_id,
        wrap_up.c.ends_at,
        conversation.c.subject,
        conversation.c.contact_id,
        contact.c.name,
    )
    .join(conversation, conversation.c.id == wrap_up.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
)


def _read(tx: Tx, statement: Select[tuple[object, ...]]) -> tuple[WrapUp, ...]:
    return tuple(
        WrapUp(
            row.id,
            row.conversation_id,
            ContactRef(row.contact_id, row.name or ""),
            row.subject or "",
            row.ends_at,
        )
        for row in tx.conn.execute(statement)
    )
