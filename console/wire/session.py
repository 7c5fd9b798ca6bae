"""Signing in, the person who did, invitations and presence."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from console.wire.base import Answer, Ask, Language, Line, Name
from console.wire.presence import WrapUp
from core.agent import PresenceState, Role

InvitationKind = Literal["invite", "reset"]
Password = Annotated[str, msgspec.Meta(min_length=10, max_length=200)]


class SignIn(Ask, frozen=True):
    email: Annotated[str, msgspec.Meta(min_length=1, max_length=320)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Me(Answer, frozen=True):
    """``capacity`` and ``load`` in weighted units.

    ``presence_by``: the agent (id) who set it, or ``system``: then its reason is missed_offers, idle or disconnected.
    """

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    language: str
    presence: PresenceState
    presence_reason: str | None
    capacity: int
    load: int
    presence_since: datetime | None
    presence_by: str | None


class ChannelKind(Answer, frozen=True):
    """``anonymous``: its addresses mean nothing to a person. ``starts``: one may write first. ``threads``: to addresses, with a subject.

    ``weight``, ``interruptible``: of a new inbox unless somebody says otherwise.
    """

    anonymous: bool
    starts: bool
    threads: bool
    weight: int
    interruptible: bool


class Session(Answer, frozen=True):
    """``position`` is the number of the last event of the person's own topic; ``kinds`` are those of inboxes.

    ``wrap_ups``: what the person still wraps up. ``engines``: the bots that an inbox may name.
    """

    agent: Me
    csrf: str
    brand: str
    permissions: tuple[str, ...]
    position: int
    kinds: dict[str, ChannelKind]
    wrap_ups: tuple[WrapUp, ...]
    engines: tuple[str, ...]


class SignOut(Ask, frozen=True):
    """``hand_back``: what the person holds goes back to its queues, the longest waiting first; else it stays theirs."""

    hand_back: bool = False


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
