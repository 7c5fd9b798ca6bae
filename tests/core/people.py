"""Contacts for tests: who wrote from where, and how they stand to one another."""

import itertools
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from core.contact import Sender
from core.ids import ContactId
from core.store.contacts import stands_for
from core.store.conversations import ensure_point
from core.store.tables.conversation import conversation, message
from core.store.tables.people import contact, contact_point
from core.store.tx import Tx


def secrets_in_order() -> Callable[[], str]:
    """Each is another, and long enough."""
    numbers = itertools.count(1)
    return lambda: f"secret-number-{next(numbers):012}"


def somebody(tx: Tx, kind: str, address: str, *, verified: bool = True, name: str | None = None) -> ContactId:
    """The contact who has this address."""
    return ensure_point(tx, Sender(kind, address, verified=verified, name=name)).contact


def same_person(tx: Tx, one: ContactId, other: ContactId) -> bool:
    """Whether both are one contact now."""
    return stands_for(tx, one) == stands_for(tx, other)


def who_is_who(tx: Tx) -> Any:
    """Everything that says whose anything is; ids and times of merges aside."""
    people = select(contact).order_by(contact.c.id)
    points = select(
        contact_point.c.kind, contact_point.c.address, contact_point.c.contact_id, contact_point.c.verified
    ).order_by(contact_point.c.kind, contact_point.c.address)
    whose = select(conversation.c.id, conversation.c.contact_id, conversation.c.contact_point_id)
    wrote = select(message.c.id, message.c.author_id)
    statements = (people, points, whose.order_by(conversation.c.id), wrote.order_by(message.c.id))
    return [tx.conn.execute(each).all() for each in statements]
