"""Who somebody is: a contact that was merged stands for another one, and both keep their own points and conversations.

So nothing is moved by a merge, and taking it back restores everything; whoever asks for "the contact's" conversations
asks for those of ``members``.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, func, or_, select

from core.errors import NotFound
from core.ids import ContactId
from core.store.tables.people import contact, contact_point, contact_proof
from core.store.tx import Tx


def stands_for(tx: Tx, contact_id: ContactId) -> ContactId:
    """The contact itself, or the one it was merged into. Raises NotFound."""
    asked = select(func.coalesce(contact.c.merged_into, contact.c.id)).where(contact.c.id == contact_id)
    found = tx.conn.execute(asked).scalar_one_or_none()
    if found is None:
        raise NotFound(f"there is no contact {contact_id}")
    return ContactId(found)


def members(tx: Tx, contact_id: ContactId) -> tuple[ContactId, ...]:
    """Everybody who is the same contact: first the one for whom the others stand. Raises NotFound."""
    itself = contact.alias()
    root = select(person_id(itself)).where(itself.c.id == contact_id).scalar_subquery()
    group = select(contact.c.id).where(in_group(contact, root))
    first = contact.c.merged_into.is_not(None), contact.c.id
    found = tuple(ContactId(each) for each in tx.conn.execute(group.order_by(*first)).scalars())
    if not found:
        raise NotFound(f"there is no contact {contact_id}")
    return found


def proven_members(tx: Tx, contact_id: ContactId) -> tuple[ContactId, ...]:
    """Those of the ``members`` whom proof makes one with this contact, this one first: what anybody outside may be told of.

    An agent's merge says who somebody is, and opens nothing: it is not asked here.
    """
    found = [contact_id]
    frontier = [contact_id]
    joined = contact_proof.join(contact_point)
    while frontier:
        has = select(contact_point.c.contact_id).select_from(joined)
        proved = has.where(contact_proof.c.contact_id.in_(frontier))
        by = select(contact_proof.c.contact_id).select_from(joined)
        proven = by.where(contact_point.c.contact_id.in_(frontier))
        rows = tx.conn.execute(proved.union(proven)).scalars()
        frontier = sorted({ContactId(each) for each in rows} - set(found))
        found += frontier
    return tuple(found)


def in_group(group: FromClause, of: Any) -> ColumnElement[bool]:
    """Rows of the table contact, aliased ``group``, who are the same as ``of``, the id of one who is not merged."""
    return or_(group.c.id == of, group.c.merged_into == of)


def person_id(of: FromClause = contact) -> ColumnElement[str]:
    """For whom a row of the table contact, or of an alias of it, stands."""
    return func.coalesce(of.c.merged_into, of.c.id)


def person_name(of: FromClause = contact) -> ColumnElement[str | None]:
    """What somebody is called: by the contact they stand for, else by themselves, else by who else stands for it."""
    root, other = contact.alias(), contact.alias()
    main = select(root.c.name).where(root.c.id == of.c.merged_into).correlate(of).scalar_subquery()
    any_name = (
        select(other.c.name)
        .where(other.c.merged_into == person_id(of), other.c.name.is_not(None))
        .order_by(other.c.id)
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )
    return func.coalesce(main, of.c.name, any_name)
