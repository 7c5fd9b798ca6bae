"""Agents as a list shows them, and what administrators and supervisors change about them."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from console.wire.base import Answer, Ask, Name
from core.agent import PresenceState, Role

Roles = Annotated[tuple[Role, ...], msgspec.Meta(min_length=1)]


class AgentSkill(Answer, frozen=True):
    """``skill`` is its id; ``level`` from 1 to 5."""

    skill: str
    level: int


class Agent(Answer, frozen=True):
    """``capacity`` and ``load`` in weighted units; ``queues`` are ids. ``channels``: the kinds of inboxes that they take, null for all."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    active: bool
    presence: PresenceState
    skills: tuple[AgentSkill, ...]
    capacity: int
    load: int
    queues: tuple[str, ...]
    channels: tuple[str, ...] | None
    presence_reason: str | None
    presence_since: datetime | None
    presence_by: str | None


class NewAgent(Ask, frozen=True):
    email: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^[^@\s]+@[^@\s]+$", max_length=320, description="an address such as name@example.com"
        ),
    ]
    name: Name
    roles: Roles


class Invited(Answer, frozen=True):
    """``link`` works once and expires; it is shown here and nowhere else."""

    agent: Agent
    link: str


class ResetLink(Answer, frozen=True):
    link: str


class AgentChange(Ask, frozen=True):
    """Skills, capacity and channels need a supervisor, the rest an administrator."""

    name: Name | UnsetType = UNSET
    roles: Roles | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    skills: tuple[AgentSkill, ...] | UnsetType = UNSET
    capacity: int | UnsetType = UNSET
    channels: tuple[Name, ...] | UnsetType | None = UNSET
