"""What an agent writes: replies, notes, and the first word to somebody."""

from sqlalchemy import select

from channels.contract import Channels, Library
from console.parts import upload_owner
from console.wire.conversation import WriteFirst
from console.wire.message import Write
from core import lifecycle
from core.contact import ContactPoint
from core.errors import Conflict, Invalid
from core.ids import AgentId, ContactId, ContactPointId, ConversationId, InboxId, MediaId
from core.message import ByAgent, Message, Part, Text
from core.reply import add_note, queue_reply
from core.store.conversations import get_inbox
from core.store.messages import find_by_key
from core.store.tables.people import contact_point
from core.store.tx import Tx


def check_text(text: str, most_bytes: int) -> str:
    """Without what no text may hold. Raises Invalid when it is too long."""
    if len(text.encode("utf-8", "surrogatepass")) > most_bytes:
        raise Invalid("text", f"at most {most_bytes} bytes of UTF-8", code="too_large")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("text", "valid Unicode") from None
    return text.replace("\x00", "")


def write(tx: Tx, agent: AgentId, conversation: ConversationId, ask: Write, library: Library) -> Message:
    """A reply or a note, once for its key. Raises Conflict ``not_yours`` for a reply by who does not hold it."""
    before = find_by_key(tx, conversation, ask.key)
    if before is not None:
        return before
    if not ask.text.strip() and not ask.uploads:
        raise Invalid("text", "something to say", code="empty")
    files = library.claim(tx, upload_owner(agent), [MediaId(each) for each in ask.uploads])
    words: tuple[Part, ...] = (Text(ask.text),) if ask.text.strip() else ()
    parts = (*words, *files)
    if ask.kind == "note":
        return add_note(tx, conversation, agent, parts, ask.key)
    return queue_reply(tx, conversation, ByAgent(agent), parts, ask.key)


def begin(tx: Tx, agent: AgentId, ask: WriteFirst, channels: Channels) -> ConversationId:
    """Write to a contact first. Raises Conflict when the channel cannot, or when they have an open conversation."""
    inbox = get_inbox(tx, InboxId(ask.inbox))
    channel = channels.get(inbox.kind)
    if not inbox.enabled or channel is None or not channel.capabilities.starts:
        raise Conflict("nobody can be written to first through this inbox", code="cannot_start")
    if ask.contact is None:
        raise Invalid("contact", "somebody who can be reached through this inbox")
    point = _point(tx, ContactId(ask.contact), inbox.kind)
    started = lifecycle.write_first(tx, inbox, point, lifecycle.Opening(point.address), agent)
    queue_reply(tx, started.id, ByAgent(agent), (Text(ask.text),), f"first:{started.id}")
    return started.id


def _point(tx: Tx, contact: ContactId, kind: str) -> ContactPoint:
    statement = (
        select(contact_point)
        .where(contact_point.c.contact_id == contact, contact_point.c.kind == kind)
        .order_by(contact_point.c.verified.desc(), contact_point.c.created_at.desc())
        .limit(1)
    )
    row = tx.conn.execute(statement).one_or_none()
    if row is None:
        raise Invalid("contact", "somebody who can be reached through this inbox")
    return ContactPoint(ContactPointId(row.id), contact, row.kind, row.address, row.verified)
