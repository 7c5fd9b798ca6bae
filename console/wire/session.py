"""Signing in, the person who did, invitations and presence."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from console.wire.base import Answer, Ask, Language, Line, Name
from core.agent import PresenceState, Role

InvitationKind = Literal["invite", "reset"]
Password = Annotated[str, msgspec.Meta(min_length=10, max_length=200)]


class SignIn(Ask, frozen=True):
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=320)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Me(Answer, frozen=True):
    """``capacity`` and ``load`` in weighted units."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    language: str
    presence: PresenceState
    presence_reason: str | None
    capacity: int
    load: int


class ChannelKind(Answer, frozen=True):
    """``anonymous``: its addresses mean nothing to a person. ``starts``: one may write first. ``threads``: to addresses, with a subject."""

    anonymous: bool
    starts: bool
    threads: bool


class Session(Answer, frozen=True):
    """``position`` is the number of the last event of the person's own topic; ``kinds`` are those of inboxes."""

    agent: Me
    csrf: str
    brand: str
    permissions: tuple[str, ...]
    position: int
    kinds: dict[str, ChannelKind]


class Invitation(Answer, frozen=True):
    """``kind`` is invite (a new person) or reset (a forgotten password)."""

    kind: InvitationKind
    email: str
    name: str


class Join(Ask, frozen=True):
    name: Name
    password: Password


class PasswordChange(Ask, frozen=True):
    old: str
    new: Password


class MeChange(Ask, frozen=True):
    language: Language | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    password: PasswordChange | UnsetType = UNSET


class PresenceAsk(Ask, frozen=True):
    """``not_responding`` is the system's word and refused here."""

    state: PresenceState
    reason: Line | None = None
