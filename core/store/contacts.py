"""Who somebody is: a contact that was merged stands for another one, and both keep their own points and conversations.

So nothing is moved by a merge, and taking it back restores everything; whoever asks for "the contact's" conversations
asks for those of ``members``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, FromClause, Select, func, or_, select

from core.errors import NotFound
from core.ids import ContactId
from core.store.prepared import PreparedForMany
from core.store.tables.people import contact, contact_point, contact_proof
from core.store.tx import Tx
from core.store.types import word

_IDENTITIES = ("user", "email")
_Keys = Sequence[BindParameter[str]]


def _proven_beside(contacts: _Keys) -> CompoundSelect[Any]:
    joined = contact_proof.join(contact_point)
    has = select(contact_point.c.contact_id).select_from(joined)
    by = select(contact_proof.c.contact_id).select_from(joined)
    proved = has.where(contact_proof.c.contact_id.in_(contacts))
    return proved.union(by.where(contact_point.c.contact_id.in_(contacts)))


def _proven_points(contacts: _Keys) -> Select[Any]:
    return select(contact_point.c.kind, contact_point.c.address).where(
        contact_point.c.contact_id.in_(contacts),
        or_(*(contact_point.c.kind == word(each) for each in _IDENTITIES)),
        contact_point.c.verified,
    )


_PROVEN_BESIDE = PreparedForMany(_proven_beside)
_PROVEN_POINTS = PreparedForMany(_proven_points)


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
    while frontier:
        rows = _PROVEN_BESIDE.rows(tx.conn, frontier)
        frontier = sorted({ContactId(each.contact_id) for each in rows} - set(found))
        found += frontier
    return tuple(found)


def is_identified(tx: Tx, contact_id: ContactId) -> bool:
    """Whether proof says who this is: their site signed them in, or an e-mail address is theirs.

    The account that somebody writes from says only that they are the same as before; anybody makes one.
    """
    proof = select(contact_point.c.id).where(
        contact_point.c.contact_id.in_(proven_members(tx, contact_id)),
        contact_point.c.kind.in_(_IDENTITIES),
        contact_point.c.verified,
    )
    return tx.conn.execute(proof.limit(1)).first() is not None


def proven_addresses(tx: Tx, contact_id: ContactId) -> Mapping[str, tuple[str, ...]]:
    """By kind (``email``, ``user``), what is proven to be this person's: such may be asked for elsewhere as theirs."""
    found: dict[str, tuple[str, ...]] = {}
    for row in sorted(_PROVEN_POINTS.rows(tx.conn, proven_members(tx, contact_id))):
        found[row.kind] = (*found.get(row.kind, ()), row.address)
    return found


def proven_as(tx: Tx, *points: tuple[str, str]) -> tuple[ContactId, ...]:
    """Those who have proven one of these (kind, address), with all whom proof makes one with them; claims and guesses count for nothing."""
    found: dict[ContactId, None] = {}
    for kind, address in points:
        here = contact_point.c.kind == kind, contact_point.c.address == address, contact_point.c.verified
        has = tx.conn.execute(select(contact_point.c.contact_id).where(*here)).scalars().all()
        for each in has:
            found |= dict.fromkeys(proven_members(tx, ContactId(each)))
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
