"""A person who answers: presence, roles and what each role may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import AgentId


class PresenceState(StrEnum):
    """Whether an agent can be offered work."""

    OFFLINE = "offline"
    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"
    NOT_RESPONDING = "not_responding"


@dataclass(frozen=True, slots=True)
class Presence:
    """A state and, where the agent or the system gave one, its reason."""

    state: PresenceState
    reason: str | None = None


class Role(StrEnum):
    """What a person was hired for; a person may have several."""

    AGENT = "agent"
    EDITOR = "editor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a route asks for; the route table names one on each line."""

    PUBLIC = "public"
    VISITOR = "visitor"
    INTERNAL = "internal"
    SIGNED_IN = "signed_in"
    ANSWER = "answer"
    EDIT = "edit"
    SUPERVISE = "supervise"
    ADMINISTER = "administer"


_OF_ROLE = {
    Role.AGENT: frozenset({Permission.SIGNED_IN, Permission.ANSWER}),
    Role.EDITOR: frozenset({Permission.SIGNED_IN, Permission.ANSWER, Permission.EDIT}),
    Role.SUPERVISOR: frozenset(
        {Permission.SIGNED_IN, Permission.ANSWER, Permission.EDIT, Permission.SUPERVISE}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SIGNED_IN,
            Permission.ANSWER,
            Permission.EDIT,
            Permission.SUPERVISE,
            Permission.ADMINISTER,
        }
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that at least one of the roles allows."""
    return frozenset[Permission]().union(*(_OF_ROLE[role] for role in roles))


@dataclass(frozen=True, slots=True)
class Agent:
    """``capacity`` and ``load`` in weighted units; ``version`` rises with each change that routing minds."""

    id: AgentId
    email: str
    name: str
    roles: frozenset[Role]
    active: bool
    language: str
    presence: Presence
    idle_since: datetime
    capacity: int
    load: int
    version: int
    n: int
