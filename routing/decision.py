"""Why this conversation and this agent: all that a decision rested on, enough to decide it once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.ids import AgentId, ConversationId, QueueId


class Trigger(StrEnum):
    """Who had the choice: an agent who had room picked a conversation, or a conversation that came picked an agent."""

    AGENT = "agent"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class PoolRule:
    """The policy that compares the conversations of one pool."""

    policy: str
    parameters: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SeenWork:
    """A conversation as it was compared, for the agent of this decision; seconds at that instant.

    ``pool``: which of the decision's rules. ``phase``: 0 on time, 1 late, 2 past the guard. ``worth`` with what its
    priority makes of it. ``handle_s`` of an average agent, ``speed`` this agent's factor on it. ``rate``: how many the
    busy agents who could have it finish a second, ``ahead``: how many of those on time that need the same are due
    earlier; both 0 where the policy does not ask. ``arrival`` breaks ties.
    """

    conversation: ConversationId
    queue: QueueId
    pool: int
    index: float
    phase: int
    worth: float
    priority: int
    waited_s: float
    slack_s: float
    target_s: float
    handle_s: float
    speed: float
    rate: float
    ahead: int
    arrival: int


@dataclass(frozen=True, slots=True)
class SeenAgent:
    """An agent as they were compared. ``cost_s``: expected handle time and what keeping them from other work costs.

    ``declined``: 0, or the place among those who declined it. ``joined`` breaks ties.
    """

    agent: AgentId
    load: int
    capacity: int
    idle_s: float
    cost_s: float
    declined: int
    previous: bool
    joined: int


@dataclass(frozen=True, slots=True)
class Decision:
    """``work`` and ``agents``: the best few, the chosen one first, out of ``works`` heads and ``agents_free`` agents."""

    trigger: Trigger
    rules: tuple[PoolRule, ...]
    choice: str
    work: tuple[SeenWork, ...]
    agents: tuple[SeenAgent, ...]
    works: int
    agents_free: int
