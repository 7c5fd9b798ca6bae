"""What goes together with a conversation: who takes part, other conversations, what was rearranged."""

from collections.abc import Collection

from sqlalchemy import or_, select

from console.queries.messages import names_of
from console.wire.conversation import (
    ContactRef,
    ConversationRef,
    Link,
    Participant,
    Rearrangement,
    Status,
    SubjectRef,
)
from core.conversation import LinkKind
from core.ids import ConversationId
from core.participants import participants_of
from core.store.contacts import person_id, person_name
from core.store.tables.conversation import conversation, conversation_link
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx
from core.undoing import rearrangements_of


def participants(tx: Tx, conversation_id: ConversationId) -> tuple[Participant, ...]:
    """In the order in which they came."""
    found = participants_of(tx, conversation_id)
    named = (
        select(contact_point.c.id, person_name().label("name"))
        .select_from(contact_point.join(contact))
        .where(contact_point.c.id.in_([each.point for each in found]))
    )
    names = {row.id: row.name for row in tx.conn.execute(named)} if found else {}
    return tuple(
        Participant(each.point, each.address, names.get(each.point) or "", each.joined) for each in found
    )


def links_of(tx: Tx, conversation_id: ConversationId, most: int) -> tuple[Link, ...]:
    """Its own and those of others to it, the newest first."""
    link = conversation_link
    statement = (
        select(link)
        .where(or_(link.c.conversation_id == conversation_id, link.c.other_id == conversation_id))
        .order_by(link.c.created_at.desc(), link.c.conversation_id, link.c.other_id, link.c.kind)
        .limit(most)
    )
    rows = tx.conn.execute(statement).all()
    refs = _refs(tx, {each for row in rows for each in (row.conversation_id, row.other_id)})
    return tuple(
        Link(
            LinkKind(row.kind),
            refs[row.other_id if row.conversation_id == conversation_id else row.conversation_id],
            row.conversation_id == conversation_id,
        )
        for row in rows
    )


def _refs(tx: Tx, ids: Collection[str]) -> dict[str, ConversationRef]:
    if not ids:
        return {}
    statement = (
        select(conversation, person_id().label("person_id"), person_name().label("person_name"))
        .join(contact, contact.c.id == conversation.c.contact_id)
        .where(conversation.c.id.in_(sorted(ids)))
    )
    return {
        row.id: ConversationRef(
            row.id,
            row.subject or "",
            ContactRef(row.person_id, row.person_name or ""),
            Status(row.status, row.snoozed_until),
        )
        for row in tx.conn.execute(statement)
    }


def rearrangements(tx: Tx, conversation_id: ConversationId, most: int) -> tuple[Rearrangement, ...]:
    """Those that stand, the newest first."""
    found = rearrangements_of(tx, conversation_id, most)
    names = names_of(tx, {each.by for each in found})
    refs = _refs(tx, {end for each in found for end in (each.source, each.target)})
    shown = []
    for each in found:
        out = each.source == conversation_id
        other = refs[each.target if out else each.source]
        shown.append(
            Rearrangement(
                each.id,
                each.kind,  # type: ignore[arg-type]
                each.at,
                names.get(each.by) or "",
                SubjectRef(other.id, other.subject),
                out,
                each.count,
                each.undoable,
            )
        )
    return tuple(shown)
