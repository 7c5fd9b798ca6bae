"""What of a conversation a mail needs: which mails came before it, and the words that it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from channels.email.mail import KIND
from channels.email.signing import Signer
from core.ids import AgentId, ContactId, ConversationId, MessageId
from core.message import ByAgent, ByContact, DeliveryState, Message, plain_text
from core.participants import participants_of
from core.store.codec import load_message
from core.store.tables.conversation import conversation as conversations
from core.store.tables.conversation import message as table
from core.store.tables.people import agent, contact, contact_point
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
    """Of everything that its participants could see before this reply; what was moved here from others is not theirs."""
    people = _people(tx, conversation)
    own = select(table.c.n).where(table.c.id == reply).scalar_subquery()
    seen = (
        (table.c.conversation_id == conversation)
        & (table.c.n < own)
        & ((table.c.kind == "inbound") | ((table.c.kind == "reply") & table.c.delivery.in_(_ARRIVED)))
    )
    columns = (table.c.id, table.c.kind, table.c.external_id, table.c.envelope, table.c.delivery)
    newest = table.c.created_at.desc(), table.c.n.desc()
    rows = tx.conn.execute(select(*columns).where(seen).order_by(*newest).limit(_MOST)).all()
    ids: list[str] = []
    answers: str | None = None
    for row in reversed([row for row in rows if _is_theirs(row, people)]):
        inbound = row.kind == "inbound"
        known = message_id_of(row.external_id, inbound=inbound)
        if known is None and row.delivery == DeliveryState.UNCERTAIN.value:
            # Nobody knows whether it arrived: it may be what they answered.
            known = signer.message_id(conversation, MessageId(row.id), domain)
        if known is not None:
            ids.append(known)
            answers = known if inbound else answers
    return History(tuple(ids), answers or (ids[-1] if ids else None), _before(tx, seen, people))


def message_id_of(external_id: str | None, *, inbound: bool) -> str | None:
    """Mails that came in are known by their Message-ID and a digest of their content, ours by their Message-ID."""
    known = (external_id or "").rpartition(":")[0] if inbound else external_id or ""
    return known if "@" in known else None


def _people(tx: Tx, conversation: ConversationId) -> frozenset[str]:
    """The addresses of its requester and of who joined."""
    asks = select(contact_point.c.address).join(
        conversations, conversations.c.contact_point_id == contact_point.c.id
    )
    requester = tx.conn.execute(asks.where(conversations.c.id == conversation)).scalars()
    return frozenset(
        [*requester, *(each.address for each in participants_of(tx, conversation) if each.joined)]
    )


def _is_theirs(row: Any, people: frozenset[str]) -> bool:
    """Whether one of them wrote it, or it was written to one of them."""
    if row.envelope is None:
        return True
    ends = [row.envelope.sender] if row.kind == "inbound" else [*row.envelope.to, *row.envelope.copies]
    return any(party.address in people for party in ends)


def _before(tx: Tx, seen: ColumnElement[bool], people: frozenset[str]) -> Before | None:
    """The newest words of a person, or ours."""
    newest = table.c.created_at.desc(), table.c.n.desc()
    for row in tx.conn.execute(select(table).where(seen).order_by(*newest).limit(_NEAR)):
        if not _is_theirs(row, people):
            continue
        message = load_message(row)
        automatic = message.envelope is not None and message.envelope.automatic is not None
        text = plain_text(message.parts)
        if text.strip() and not (automatic and row.kind == "inbound"):
            name = _name(tx, message)
            # Without anything to call a customer by, their words would look like ours.
            if name is not None or not isinstance(message.author, ByContact):
                return Before(name, message.created_at, text)
    return None


def _name(tx: Tx, message: Message) -> str | None:
    if message.envelope is not None and isinstance(message.author, ByContact):
        return message.envelope.sender.name or message.envelope.sender.address
    match message.author:
        case ByAgent(who):
            return agent_name(tx, who)
        case ByContact(who):
            found: str | None = tx.conn.execute(select(contact.c.name).where(contact.c.id == who)).scalar()
            return found or _address(tx, who)
        case _:
            return None


def agent_name(tx: Tx, who: AgentId) -> str | None:
    """The name that customers may know."""
    found: str | None = tx.conn.execute(select(agent.c.name).where(agent.c.id == who)).scalar()
    return found


def _address(tx: Tx, who: ContactId) -> str | None:
    """The newest address that somebody without a name left or wrote from."""
    addresses = select(contact_point.c.address).where(
        contact_point.c.contact_id == who, contact_point.c.kind == KIND
    )
    found: str | None = tx.conn.execute(
        addresses.order_by(contact_point.c.created_at.desc()).limit(1)
    ).scalar()
    return found
