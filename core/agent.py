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
    """A state and, where somebody gave one, its reason; ``since`` when.

    ``by``: who set it, the agent or a supervisor (ids), or the system (then the reason is a code); None: not known.
    """

    state: PresenceState
    reason: str | None = None
    since: datetime | None = None
    by: str | None = None


SYSTEM = "system"
"""Who sets a presence when no person does."""


class Role(StrEnum):
    """What a person was hired for; a person may have several."""

    AGENT = "agent"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    @classmethod
    def stored(cls, value: str) -> "Role":
        """Who was stored as an editor, before writing, reviewing and publishing were told apart, does all three."""
        return cls.PUBLISHER if value == "editor" else cls(value)


class Permission(StrEnum):
    """What a route asks for; the route table names one on each line. ``READ``: articles, not conversations."""

    PUBLIC = "public"
    VISITOR = "visitor"
    INTERNAL = "internal"
    SHOP = "shop"
    SIGNED_IN = "signed_in"
    READ = "read"
    ANSWER = "answer"
    EDIT = "edit"
    REVIEW = "review"
    PUBLISH = "publish"
    APPROVE = "approve"
    SUPERVISE = "supervise"
    ADMINISTER = "administer"


_READS = frozenset({Permission.SIGNED_IN, Permission.READ})
_ANSWERS = _READS | {Permission.ANSWER}
_PUBLISHES = frozenset({Permission.EDIT, Permission.REVIEW, Permission.PUBLISH})
_SUPERVISES = frozenset({Permission.SUPERVISE, Permission.APPROVE})
_OF_ROLE = {
    Role.AGENT: _ANSWERS,
    # Customers' conversations are none of their business; who answers too is an agent as well.
    Role.AUTHOR: _READS | {Permission.EDIT},
    Role.REVIEWER: _READS | {Permission.EDIT, Permission.REVIEW},
    Role.PUBLISHER: _ANSWERS | _PUBLISHES,
    Role.SUPERVISOR: _ANSWERS | _PUBLISHES | _SUPERVISES,
    Role.ADMINISTRATOR: _ANSWERS | _PUBLISHES | _SUPERVISES | {Permission.ADMINISTER},
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
