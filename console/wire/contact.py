"""Contacts: people outside, and the addresses they write from."""

from datetime import datetime

from console.wire.base import Answer, Ask
from core.claims import Certainty


class ContactPoint(Answer, frozen=True):
    """``unreachable_since``: what is written there does not arrive, because they blocked us."""

    kind: str
    address: str
    verified: bool
    unreachable_since: datetime | None = None


class ContactBrief(Answer, frozen=True):
    """Enough to tell who it is."""

    id: str
    name: str
    points: tuple[ContactPoint, ...]


class ContactClaim(Answer, frozen=True):
    """What they say of themselves; ``source`` is where: left (in a chat), asked, token, card, merged …"""

    kind: str
    value: str
    source: str
    at: datetime


class ContactMatch(Answer, frozen=True):
    """What two contacts share, and how well it is known of each."""

    kind: str
    value: str
    here: Certainty
    there: Certainty


class ContactSuggestion(Answer, frozen=True):
    """Somebody who may be the same, and what speaks for it, the strongest first."""

    other: ContactBrief
    matches: tuple[ContactMatch, ...]


class ContactMerge(Answer, frozen=True):
    """A contact that was merged into this one: ``by`` an agent, or None where it was proven by the ``evidence``.

    The evidence is ``how:kind``: how it was proven or suggested, and what, such as ``code:email``.
    """

    id: str
    source: ContactBrief
    by: str | None
    evidence: tuple[str, ...]
    at: datetime


class ContactDetail(Answer, frozen=True):
    """``name`` is empty for somebody who has not said it. Claims, merges and suggestions only where one is shown."""

    id: str
    name: str
    language: str | None
    points: tuple[ContactPoint, ...]
    attributes: dict[str, str]
    created_at: datetime
    claims: tuple[ContactClaim, ...] = ()
    merges: tuple[ContactMerge, ...] = ()
    suggestions: tuple[ContactSuggestion, ...] = ()


class MergeContact(Ask, frozen=True):
    """``source`` becomes part of the contact."""

    source: str
