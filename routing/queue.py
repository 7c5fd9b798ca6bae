"""A waiting line with its rules, and one conversation that waits in it."""

from dataclasses import dataclass
from datetime import datetime

from core.ids import AgentId, ConversationId, HoursId, QueueId, SLAPolicyId
from routing.skill import Requirement


@dataclass(frozen=True, slots=True)
class Queue:
    """A higher ``priority`` goes first; no ``languages`` means all of them. Only members are offered its work."""

    id: QueueId
    name: str
    priority: int
    languages: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    members: frozenset[AgentId]
    policy: SLAPolicyId | None = None
    hours: HoursId | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One waiting conversation.

    ``priority`` is the queue's plus the conversation's own. ``entered_at`` and ``deadline`` stay when it is queued
    again. ``declined`` names those who would not have it, the latest last, ``declined_at`` when the latest said so.
    ``preferred`` (who held it last) comes first among equals. ``generation`` is the conversation's when it was read.
    """

    conversation: ConversationId
    queue: QueueId
    priority: int
    weight: int
    requirements: tuple[Requirement, ...]
    entered_at: datetime
    generation: int
    deadline: datetime | None = None
    declined: tuple[AgentId, ...] = ()
    declined_at: datetime | None = None
    preferred: AgentId | None = None
