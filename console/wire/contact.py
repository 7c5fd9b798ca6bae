"""Contacts: people outside, and the addresses they write from."""

from datetime import datetime

from console.wire.base import Answer


class ContactPoint(Answer, frozen=True):
    """``unreachable_since``: what is written there does not arrive, because they blocked us."""

    kind: str
    address: str
    verified: bool
    unreachable_since: datetime | None = None


class ContactDetail(Answer, frozen=True):
    """``name`` is empty for somebody who has not said it."""

    id: str
    name: str
    language: str | None
    points: tuple[ContactPoint, ...]
    attributes: dict[str, str]
    created_at: datetime
