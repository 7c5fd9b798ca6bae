"""Contacts with their addresses, what they say of themselves, who was merged into them and who may be the same; the search."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, exists, or_, select

from console.queries.messages import names_of
from console.settings import PageSettings
from console.wire.contact import (
    ContactBrief,
    ContactClaim,
    ContactDetail,
    ContactMatch,
    ContactMerge,
    ContactPoint,
    ContactSuggestion,
)
from core.claims import claims_of, suggestions
from core.ids import ContactId
from core.merging import merges_of
from core.store.contacts import in_group, members, person_id, person_name
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx


def contact_of(tx: Tx, contact_id: ContactId, pages: PageSettings) -> ContactDetail:
    """Whoever they stand for, with everything. Raises NotFound."""
    group = members(tx, contact_id)
    [known] = _details(tx, group[:1])
    merges = merges_of(tx, group, pages.merges)
    may_be = suggestions(tx, group, pages.suggestions)
    merged = _own(tx, {each.source for each in merges})
    others = {each.id: each for each in _details(tx, [each.other for each in may_be])}
    names = names_of(tx, {each.by for each in merges if each.by is not None})
    return ContactDetail(
        known.id,
        known.name,
        known.language,
        known.points,
        known.attributes,
        known.created_at,
        tuple(ContactClaim(each.kind, each.value, each.source, each.at) for each in claims_of(tx, group)),
        tuple(
            ContactMerge(
                each.id,
                merged[each.source],
                None if each.by is None else names.get(each.by) or "",
                each.evidence,
                each.at,
            )
            for each in merges
        ),
        tuple(
            ContactSuggestion(
                _brief(others[each.other]),
                tuple(ContactMatch(at.kind, at.value, at.here, at.there) for at in each.matches),
            )
            for each in may_be
        ),
    )


def find_contacts(tx: Tx, text: str, limit: int) -> tuple[ContactDetail, ...]:
    """By name or address, newest first; all of them for an empty text. Who was merged is found by the one they stand for."""
    statement = select(contact.c.id).where(contact.c.merged_into.is_(None))
    statement = statement.order_by(contact.c.created_at.desc(), contact.c.id.desc()).limit(limit)
    if text:
        other = contact.alias()
        same = in_group(other, contact.c.id)
        named = exists().where(same, other.c.name.icontains(text, autoescape=True))
        reached = exists().where(
            same,
            contact_point.c.contact_id == other.c.id,
            contact_point.c.address.icontains(text, autoescape=True),
        )
        statement = statement.where(or_(named, reached))
    return tuple(_details(tx, tx.conn.execute(statement).scalars().all()))


def _details(tx: Tx, people: Sequence[str]) -> list[ContactDetail]:
    """Of contacts who stand for themselves, in this order."""
    if not people:
        return []
    shown = select(contact, person_name().label("person_name")).where(contact.c.id.in_(people))
    rows = {row.id: row for row in tx.conn.execute(shown)}
    other = contact.alias()
    statement = (
        select(contact_point, person_id(other).label("person"))
        .select_from(contact_point.join(other, other.c.id == contact_point.c.contact_id))
        .where(or_(other.c.id.in_(people), other.c.merged_into.in_(people)))
    )
    points: dict[str, list[ContactPoint]] = defaultdict(list)
    for point in _in_order(tx, statement):
        points[point.person].append(_point(point))
    return [_detail(rows[each], points[each]) for each in people]


def _detail(row: Row[Any], points: Sequence[ContactPoint]) -> ContactDetail:
    return ContactDetail(
        row.id, row.person_name or "", row.language, tuple(points), row.attributes, row.created_at
    )


def _brief(of: ContactDetail) -> ContactBrief:
    return ContactBrief(of.id, of.name, of.points)


def _own(tx: Tx, people: Collection[str]) -> dict[str, ContactBrief]:
    """Each by what is their own, whomever they stand for."""
    if not people:
        return {}
    points: dict[str, list[ContactPoint]] = defaultdict(list)
    for point in _in_order(tx, select(contact_point).where(contact_point.c.contact_id.in_(people))):
        points[point.contact_id].append(_point(point))
    rows = tx.conn.execute(select(contact.c.id, contact.c.name).where(contact.c.id.in_(people)))
    return {row.id: ContactBrief(row.id, row.name or "", tuple(points[row.id])) for row in rows}


def _in_order(tx: Tx, statement: Any) -> Sequence[Row[Any]]:
    return tx.conn.execute(statement.order_by(contact_point.c.created_at, contact_point.c.id)).all()


def _point(row: Row[Any]) -> ContactPoint:
    return ContactPoint(row.kind, row.address, row.verified, row.unreachable_since)
