"""A person outside, and the addresses they write from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.ids import ContactId, ContactPointId


@dataclass(frozen=True, slots=True)
class Contact:
    """A person outside; ``attributes`` holds tier, segment and what a site tells about them."""

    id: ContactId
    name: str | None
    language: str | None
    created_at: datetime
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One address of a contact on one kind of channel.

    An unverified point never selects an existing contact nor shows its history.
    """

    id: ContactPointId
    contact: ContactId
    kind: str
    address: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, as the adapter knows them before a contact is found."""

    kind: str
    address: str
    verified: bool
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody beside the requester; only those who ``joined`` get replies and may write into the conversation."""

    point: ContactPointId
    address: str
    name: str | None
    joined: bool
