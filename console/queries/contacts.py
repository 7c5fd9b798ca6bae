"""Contacts with their addresses, and the search for them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, exists, or_, select

from console.wire.contact import ContactDetail, ContactPoint
from core.errors import NotFound
from core.ids import ContactId
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx


def contact_of(tx: Tx, contact_id: ContactId) -> ContactDetail:
    """Raises NotFound."""
    rows = tx.conn.execute(select(contact).where(contact.c.id == contact_id)).all()
    if not rows:
        raise NotFound(f"there is no contact {contact_id}")
    return _with_points(tx, rows)[0]


def find_contacts(tx: Tx, text: str, limit: int) -> tuple[ContactDetail, ...]:
    """By name or address, newest first; all of them for an empty text."""
    statement = select(contact).order_by(contact.c.created_at.desc(), contact.c.id.desc()).limit(limit)
    if text:
        reached = exists().where(
            contact_point.c.contact_id == contact.c.id,
            contact_point.c.address.icontains(text, autoescape=True),
        )
        statement = statement.where(or_(contact.c.name.icontains(text, autoescape=True), reached))
    return tuple(_with_points(tx, tx.conn.execute(statement).all()))


def _point(row: Row[Any]) -> ContactPoint:
    return ContactPoint(row.kind, row.address, row.verified, row.unreachable_since)


def _with_points(tx: Tx, rows: Sequence[Row[Any]]) -> list[ContactDetail]:
    points: dict[str, list[ContactPoint]] = defaultdict(list)
    statement = select(contact_point).where(contact_point.c.contact_id.in_([row.id for row in rows]))
    for point in tx.conn.execute(statement.order_by(contact_point.c.created_at, contact_point.c.id)):
        points[point.contact_id].append(_point(point))
    return [
        ContactDetail(
            row.id, row.name or "", row.language, tuple(points[row.id]), row.attributes, row.created_at
        )
        for row in rows
    ]
