"""As whom sites that sign who their users are know contacts: the two users of one site are never one person."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from sqlalchemy import select

from core.ids import ContactId
from core.store.contacts import person_id
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx

USER = "user"
"""The kind of point by which a site knows its own user: ``inbox:name``."""

Users = Mapping[str, AbstractSet[str]]
"""By inbox, the names of somebody there."""


def users_of(tx: Tx, group: Collection[ContactId]) -> Users:
    """Of these together."""
    known = select(contact_point.c.address).where(
        contact_point.c.contact_id.in_(group), contact_point.c.kind == USER, contact_point.c.verified
    )
    return _by_inbox(list(tx.conn.execute(known).scalars()))


def users_of_each(tx: Tx, people: Collection[ContactId]) -> Mapping[ContactId, Users]:
    """Of each of these who stand for themselves, with all who stand for them; in one statement."""
    known = (
        select(person_id().label("person"), contact_point.c.address)
        .select_from(contact_point.join(contact))
        .where(person_id().in_(people), contact_point.c.kind == USER, contact_point.c.verified)
    )
    found: dict[ContactId, list[str]] = defaultdict(list)
    for row in tx.conn.execute(known):
        found[ContactId(row.person)].append(row.address)
    return {each: _by_inbox(found[each]) for each in people}


def are_two(ones: Users, others: Users) -> bool:
    """Whether a site knows the ones by another name than the others."""
    return any(ones[inbox] != others[inbox] for inbox in ones.keys() & others.keys())


def _by_inbox(addresses: Collection[str]) -> Users:
    found: dict[str, set[str]] = {}
    for address in addresses:
        inbox, _, name = address.partition(":")
        found.setdefault(inbox, set()).add(name)
    return found
