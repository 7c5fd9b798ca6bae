"""Presence as supervisors set it, the reasons that they keep for it, and the pause after a conversation."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from console.wire.base import Answer, Ask
from console.wire.conversation import ContactRef
from core.agent import PresenceState

ChosenState = Literal["available", "busy", "away", "offline"]
"""What people choose; the other one is the system's."""

ReasonName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
        max_length=80,
        description="one line with something in it",
    ),
]


class PresenceReason(Answer, frozen=True):
    """To choose with a state; the lowest ``position`` first."""

    id: str
    state: ChosenState
    name: str
    position: int


class PresenceReasonAsk(Ask, frozen=True):
    """``position`` left out: after the others, or where it was."""

    state: ChosenState
    name: ReasonName
    position: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None = None


class PresenceRules(Answer, frozen=True):
    """What happens by itself; seconds, 0: never. ``missed_offers`` in a row, and an agent is not responding."""

    missed_offers: int
    offer_s: float
    idle_s: float
    gone_s: float


class WrapUp(Answer, frozen=True):
    """Done with the conversation but for its paperwork; its weight is held until ``ends_at``."""

    id: str
    conversation: str
    contact: ContactRef
    subject: str
    ends_at: datetime


class Assignable(Answer, frozen=True):
    """``exceeds``: what routing would not have done: absent, capacity, skills, later, channel, member, excluded, declined."""

    agent: str
    name: str
    presence: PresenceState
    load: int
    capacity: int
    exceeds: tuple[str, ...]


class Assignables(Answer, frozen=True):
    """``weight`` is what the conversation would load them with."""

    weight: int
    items: tuple[Assignable, ...]


class Assign(Ask, frozen=True):
    agent: str
