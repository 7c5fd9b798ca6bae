"""Messages as the console shows them: parts with signed addresses, authors with names, one statement for the names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, assert_never

from sqlalchemy import BindParameter, CompoundSelect, Row, select

from console.wire import message as wire
from core.errors import NotFound
from core.ids import MediaId, MessageId
from core.message import (
    ArticleCard,
    Attachment,
    Author,
    Buttons,
    ByAgent,
    ByBot,
    ByContact,
    BySystem,
    Choice,
    Envelope,
    Folded,
    Formatted,
    Location,
    Message,
    Part,
    Party,
    Quoted,
    SharedContact,
    Text,
)
from core.store.codec import load_message, load_parts
from core.store.contacts import person_name
from core.store.prepared import PreparedForMany
from core.store.tables.conversation import message, message_edit
from core.store.tables.people import agent, contact
from core.store.tx import Tx

Link = Callable[[MediaId], str]
Names = Mapping[str, str | None]


def shown(said: Message, n: int, names: Names, link: Link) -> wire.Message:
    """``names`` by the id of an agent or a contact."""
    delivery = said.delivery
    return wire.Message(
        said.id,
        _author(said.author, names),
        said.kind,
        tuple(_part(part, link) for part in said.parts),
        said.created_at,
        None if delivery is None else wire.Delivery(delivery.state, delivery.reason),
        said.key,
        n,
        outside(said.envelope),
        said.edited_at,
    )


def shown_rows(tx: Tx, rows: Sequence[Row[Any]], link: Link) -> list[wire.Message]:
    """``rows`` hold every column of the table ``message``."""
    names = names_of(tx, {row.author_id for row in rows if row.author_id is not None})
    return [shown(load_message(row), row.n, names, link) for row in rows]


def shown_message(tx: Tx, message_id: MessageId, link: Link) -> wire.Message:
    """One that exists."""
    return shown_rows(tx, tx.conn.execute(select(message).where(message.c.id == message_id)).all(), link)[0]


def versions(tx: Tx, message_id: MessageId, link: Link, most: int) -> tuple[wire.Version, ...]:
    """What it says now, and the newest ``most`` of what it said before, the oldest first. Raises NotFound."""
    now = tx.conn.execute(select(message).where(message.c.id == message_id)).one_or_none()
    if now is None:
        raise NotFound(f"there is no message {message_id}")
    before = (
        select(message_edit)
        .where(message_edit.c.message_id == message_id)
        .order_by(message_edit.c.version.desc())
        .limit(most)
    )
    said = [(load_parts(row.parts), row.written_at) for row in reversed(tx.conn.execute(before).all())]
    said.append((load_parts(now.parts), now.edited_at or now.created_at))
    return tuple(wire.Version(tuple(_part(each, link) for each in parts), at) for parts, at in said)


def names_of(tx: Tx, ids: set[str]) -> Names:
    """The names of agents and contacts."""
    if not ids:
        return {}
    return {row.id: row.name for row in _NAMES.rows(tx.conn, ids)}


def _people(ids: Sequence[BindParameter[str]]) -> CompoundSelect[Any]:
    people = select(agent.c.id, agent.c.name).where(agent.c.id.in_(ids))
    contacts = select(contact.c.id, person_name().label("name")).where(contact.c.id.in_(ids))
    return people.union_all(contacts)


_NAMES = PreparedForMany(_people)


def _author(author: Author, names: Names) -> wire.Author:
    match author:
        case ByContact(contact_id):
            return wire.Author("contact", contact_id, names.get(contact_id))
        case ByAgent(agent_id):
            return wire.Author("agent", agent_id, names.get(agent_id))
        case ByBot():
            return wire.Author("bot", None, None)
        case BySystem():
            return wire.Author("system", None, None)
        case _:
            assert_never(author)


def _part(part: Part, link: Link) -> wire.Part:
    match part:
        case Text(text):
            return wire.TextPart(text)
        case Attachment(media, name, media_type, size, inline):
            shape = wire.ImagePart if inline else wire.FilePart
            return shape(link(media), name, size, media_type)
        case Buttons(options):
            return wire.ButtonsPart(tuple(wire.ButtonOption(each.id, each.label) for each in options))
        case Choice(label=label):
            return wire.TextPart(label)
        case ArticleCard(article, _, title, excerpt):
            return wire.ArticlePart(article, title, excerpt, None)
        case Folded(what, text):
            return wire.FoldedPart(what, text)
        case Formatted(media, remote_images):
            return wire.FormattedPart(link(media), remote_images)
        case Quoted(text, message_id):
            return wire.QuotedPart(text, message_id)
        case Location(latitude, longitude, name, address):
            return wire.LocationPart(latitude, longitude, name, address)
        case SharedContact(name, phone):
            return wire.ContactPart(name, phone)
        case _:
            assert_never(part)


def outside(envelope: Envelope | None) -> wire.Envelope | None:
    """None where a message has no outside."""
    if envelope is None:
        return None
    return wire.Envelope(
        envelope.subject,
        _party(envelope.sender),
        tuple(_party(each) for each in envelope.to),
        tuple(_party(each) for each in envelope.copies),
        envelope.proof,
        tuple(wire.Evidence(each.code, each.weight) for each in envelope.why),
        envelope.automatic,
        envelope.problems,
    )


def _party(party: Party) -> wire.Party:
    return wire.Party(party.address, party.name)
