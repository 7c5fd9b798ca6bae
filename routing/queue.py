"""A waiting line with its rules, and one conversation that waits in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.ids import AgentId, ConversationId, HoursId, QueueId, SLAPolicyId
from routing.ladder import EVERYBODY, Ladder


@dataclass(frozen=True, slots=True)
class QueueRouting:
    """What an operator decides for one queue.

    ``policy`` orders what waits, ``choice`` the agents; both are names in ``routing.plan``, ``parameters`` the
    policy's numbers with their units in their names. ``guard``: waited longer than so many times the target, a
    conversation goes before all others (None: never). ``reserve``: so many of its agents are kept free for it.
    ``previous_agent_s``: who had it before is the only one asked for so long. ``wrap_up_s``: after it was resolved its
    weight is held so long, or until the agent says that they are done.
    """

    policy: str = "index"
    parameters: Mapping[str, float] = field(default_factory=dict)
    choice: str = "least_cost"
    guard: float | None = 6.0
    reserve: int = 0
    previous_agent_s: int = 0
    wrap_up_s: int = 0


@dataclass(frozen=True, slots=True)
class ComingBackSettings:
    """``head_start_s``: what the bot brought back for an agent who is at work and full waits for them alone so long."""

    head_start_s: int = 60


@dataclass(frozen=True, slots=True)
class Queue:
    """A higher ``priority`` goes first; no ``languages`` means all of them. Only members are offered its work."""

    id: QueueId
    name: str
    priority: int
    languages: tuple[str, ...]
    members: frozenset[AgentId]
    policy: SLAPolicyId | None = None
    hours: HoursId | None = None
    ladder: Ladder = EVERYBODY
    routing: QueueRouting = QueueRouting()


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One waiting conversation.

    ``priority`` is the queue's plus the conversation's own. ``entered_at`` and ``deadline`` stay when it is queued
    again. ``declined`` names those who would not have it, the latest last, ``declined_at`` when the latest said so.
    ``preferred`` (who held it last) comes first among equals. ``generation`` is the conversation's when it was read.
    ``target_s``: seconds promised by the target that ``deadline`` belongs to; ``worth``: what missing it is worth.
    ``channel``: the kind of its inbox. ``interruptible``: weighs only against other interruptible work. ``kind``: of
    work, as handle times know it; ``handle_s``: how long an average agent is expected to need. ``excluded`` never get it.
    """

    conversation: ConversationId
    queue: QueueId
    priority: int
    weight: int
    entered_at: datetime
    generation: int
    deadline: datetime | None = None
    declined: tuple[AgentId, ...] = ()
    declined_at: datetime | None = None
    preferred: AgentId | None = None
    ladder: Ladder = EVERYBODY
    target_s: float | None = None
    worth: float = 1.0
    channel: str = ""
    interruptible: bool = False
    kind: str = ""
    handle_s: float = 300.0
    excluded: frozenset[AgentId] = frozenset()
