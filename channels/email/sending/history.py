"""What of a conversation a mail needs: which mails came before it, and the words that it answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from channels.email.signing import Signer
from core.ids import AgentId, ConversationId, MessageId
from core.message import ByAgent, ByContact, DeliveryState, Message, plain_text
from core.store.codec import load_message
from core.store.tables.conversation import message as table
from core.store.tables.people import agent, contact
from core.store.tx import Tx

_ARRIVED = frozenset(
    state.value
    for state in (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.UNCERTAIN)
)
_MOST = 300
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Before:
    """The newest words before a reply; ``name`` None where their author has none that customers may know."""

    name: str | None
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """Message-IDs without angle brackets, oldest first; ``answers`` is the newest of them that is not ours."""

    message_ids: tuple[str, ...]
    answers: str | None
    before: Before | None


def history(tx: Tx, signer: Signer, domain: str, conversation: ConversationId, reply: MessageId) -> History:
    """Of everything that its participants could see before this reply."""
    own = select(table.c.n).where(table.c.id == reply).scalar_subquery()
    seen = (
        (table.c.conversation_id == conversation)
        & (table.c.n < own)
        & ((table.c.kind == "inbound") | ((table.c.kind == "reply") & table.c.delivery.in_(_ARRIVED)))
    )
    columns = (table.c.id, table.c.kind, table.c.external_id)
    rows = tx.conn.execute(select(*columns).where(seen).order_by(table.c.n.desc()).limit(_MOST)).all()
    ids: list[str] = []
    answers: str | None = None
    for row in reversed(rows):
        inbound = row.kind == "inbound"
        known = message_id_of(row.external_id, inbound=inbound)
        if known is None and not inbound:
            # Nobody knows whether it arrived: it may be what they answered.
            known = signer.message_id(conversation, MessageId(row.id), domain)
        if known is not None:
            ids.append(known)
            answers = known if inbound else answers
    return History(tuple(ids), answers or (ids[-1] if ids else None), _before(tx, seen))


def message_id_of(external_id: str | None, *, inbound: bool) -> str | None:
    """Mails that came in are known by their Message-ID and a digest of their content, ours by their Message-ID."""
    known = (external_id or "").rpartition(":")[0] if inbound else external_id or ""
    return known if "@" in known else None


def _before(tx: Tx, seen: ColumnElement[bool]) -> Before | None:
    """The newest words of a person, or ours."""
    for row in tx.conn.execute(select(table).where(seen).order_by(table.c.n.desc()).limit(_NEAR)):
        message = load_message(row)
        automatic = message.envelope is not None and message.envelope.automatic is not None
        text = plain_text(message.parts)
        if text.strip() and not (automatic and row.kind == "inbound"):
            return Before(_name(tx, message), message.created_at, text)
    return None


def _name(tx: Tx, message: Message) -> str | None:
    if message.envelope is not None and isinstance(message.author, ByContact):
        return message.envelope.sender.name or message.envelope.sender.address
    match message.author:
        case ByAgent(who):
            return agent_name(tx, who)
        case ByContact(who):
            found: str | None = tx.conn.execute(select(contact.c.name).where(contact.c.id == who)).scalar()
            return found
        case _:
            return None


def agent_name(tx: Tx, who: AgentId) -> str | None:
    """The name that customers may know."""
    found: str | None = tx.conn.execute(select(agent.c.name).where(agent.c.id == who)).scalar()
    return found
