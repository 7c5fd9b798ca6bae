"""What an agent writes: replies, notes, and the first word to somebody."""

from collections.abc import Sequence

from sqlalchemy import select

from channels.contract import Channels, Library
from console.changes.boxes import check_outside
from console.parts import upload_owner
from console.wire.conversation import WriteFirst
from console.wire.message import Write
from core import lifecycle
from core.contact import ContactPoint
from core.errors import Conflict, Invalid
from core.ids import AgentId, ContactId, ContactPointId, ConversationId, InboxId, MediaId
from core.message import ByAgent, Envelope, Message, Part, Text, copies_to
from core.moving import find_moved
from core.reply import add_note, queue_reply
from core.store.contacts import in_group, person_id
from core.store.conversations import ensure_point, get_inbox, peek_conversation
from core.store.messages import find_by_key
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx
from knowledge.beside.inserting import sent_with


def check_text(text: str, most_bytes: int) -> str:
    """Without what no text may hold. Raises Invalid when it is too long."""
    if len(text.encode("utf-8", "surrogatepass")) > most_bytes:
        raise Invalid("text", f"at most {most_bytes} bytes of UTF-8", code="too_large")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("text", "valid Unicode") from None
    return text.replace("\x00", "")


def write(
    tx: Tx, agent: AgentId, conversation: ConversationId, ask: Write, library: Library, channels: Channels
) -> Message:
    """A reply or a note, once for its key. Raises Conflict ``not_yours`` for a reply by who does not hold it."""
    before = find_by_key(tx, conversation, ask.key) or find_moved(tx, conversation, ask.key, agent)
    if before is not None:
        return before
    if not ask.text.strip() and not ask.uploads:
        raise Invalid("text", "something to say", code="empty")
    files = library.claim(tx, upload_owner(agent), [MediaId(each) for each in ask.uploads])
    words: tuple[Part, ...] = (Text(ask.text),) if ask.text.strip() else ()
    parts = (*words, *files)
    if ask.kind == "note":
        return add_note(tx, conversation, agent, parts, ask.key)
    envelope = None if ask.copies is None else _copies(tx, conversation, ask.copies, channels)
    reply = queue_reply(tx, conversation, ByAgent(agent), parts, ask.key, envelope=envelope)
    if ask.insertions:
        sent_with(tx, ask.insertions, agent, conversation, reply.id)
    return reply


def _copies(
    tx: Tx, conversation: ConversationId, addresses: Sequence[str], channels: Channels
) -> Envelope | None:
    """As the channel writes them. Raises Invalid on ``copies`` where replies have none."""
    channel = channels.get(get_inbox(tx, peek_conversation(tx, conversation).inbox).kind)
    if channel is None or not channel.capabilities.copies:
        if addresses:
            raise Invalid("copies", "nobody: only the requester gets replies here")
        return None
    return copies_to(list(dict.fromkeys(channel.person(each).address for each in addresses)))


def begin(tx: Tx, agent: AgentId, ask: WriteFirst, channels: Channels) -> ConversationId:
    """Write first, to a contact or to an address; where conversations have subjects it begins another one.

    Raises Conflict when the channel cannot (``cannot_start``), or has room for one only and that is still open, and
    Invalid for an address of our own.
    """
    inbox = get_inbox(tx, InboxId(ask.inbox))
    channel = channels.get(inbox.kind)
    if not inbox.enabled or channel is None or not channel.capabilities.starts:
        raise Conflict("nobody can be written to first through this inbox", code="cannot_start")
    if (ask.contact is None) == (ask.address is None):
        raise Invalid("contact", "a contact or an address, one of the two")
    subject = ask.subject.strip()
    threads = channel.capabilities.threads
    if threads and not subject:
        raise Invalid("subject", "a subject", code="empty")
    if ask.contact is not None:
        point = _point(tx, ContactId(ask.contact), inbox.kind)
        check_outside(tx, point.kind, point.address, channels, "contact")
    elif threads:
        person = channel.person(ask.address or "")
        check_outside(tx, person.kind, person.address, channels, "address")
        point = ensure_point(tx, person)
    else:
        raise Invalid("address", "a contact: nobody can be written to here whom we do not know")
    language = tx.conn.execute(select(contact.c.language).where(contact.c.id == point.contact)).scalar_one()
    opening = lifecycle.Opening(
        tx.ids.new() if threads else point.address, language, subject if threads else None
    )
    started = lifecycle.write_first(tx, inbox, point, opening, agent)
    queue_reply(tx, started.id, ByAgent(agent), (Text(ask.text),), f"first:{started.id}")
    return started.id


def _point(tx: Tx, contact_id: ContactId, kind: str) -> ContactPoint:
    """Where they can be reached: rather proven than not, and rather the newest."""
    other = contact.alias()
    person = select(person_id()).where(contact.c.id == contact_id).scalar_subquery()
    statement = (
        select(contact_point)
        .join(other, other.c.id == contact_point.c.contact_id)
        .where(in_group(other, person), contact_point.c.kind == kind)
        .order_by(
            contact_point.c.unreachable_since.is_not(None),
            contact_point.c.verified.desc(),
            contact_point.c.created_at.desc(),
        )
        .limit(1)
    )
    row = tx.conn.execute(statement).one_or_none()
    if row is None:
        raise Invalid("contact", "somebody who can be reached through this inbox")
    return ContactPoint(
        ContactPointId(row.id), ContactId(row.contact_id), row.kind, row.address, row.verified
    )
