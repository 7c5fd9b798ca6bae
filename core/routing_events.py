"""Facts about who is to answer and by when; ``core.events`` has the union of all facts."""

from dataclasses import dataclass
from datetime import datetime

from core.ids import AgentId, ConversationId, QueueId, RuleId, WrapUpId


@dataclass(frozen=True, slots=True)
class TargetNear:
    """An SLA target of the conversation will be missed soon; ``target`` is first, next or resolution."""

    conversation: ConversationId
    target: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WrapUpStarted:
    """The agent is done with the conversation but for its paperwork: its weight is held until ``ends_at``."""

    agent: AgentId
    conversation: ConversationId
    wrap_up: WrapUpId
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WrapUpEnded:
    """The weight is free again; ``how`` is done (the agent said so) or over (its time was)."""

    agent: AgentId
    conversation: ConversationId
    wrap_up: WrapUpId
    how: str


@dataclass(frozen=True, slots=True)
class RoutingRuleApplied:
    """The rules were asked about the conversation; ``rule`` held, or None: no rule did."""

    conversation: ConversationId
    rule: RuleId | None
    queue: QueueId


@dataclass(frozen=True, slots=True)
class NobodyCanServe:
    """There is work in the queue that none of its agents could ever be offered, present or not; ``queue`` None: in any.

    ``source`` is what asks for it (``queue:ID``, ``rule:ID``, ``conversation:ID``), ``gone``: somebody can again.
    """

    queue: QueueId | None
    source: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class TargetMissed:
    """An SLA target of the conversation passed unmet; ``target`` is first, next or resolution."""

    conversation: ConversationId
    target: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DueMoved:
    """What a waiting conversation is due moved while it waits; None: nothing is promised any more."""

    conversation: ConversationId
    due_at: datetime | None
