"""What the engine hears and what it says: facts, each with its time, and offers."""

from dataclasses import dataclass
from datetime import datetime

from core.ids import AgentId, ConversationId
from routing.decision import Decision
from routing.matching.evidence import Evidence
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.why import Why


@dataclass(frozen=True, slots=True)
class Arrived:
    """A conversation waits, or waits on with other particulars. ``offered_to``: an offer of it is open already."""

    at: datetime
    item: QueueItem
    offered_to: AgentId | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A conversation waits no longer: accepted, resolved, abandoned."""

    at: datetime
    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """An agent is new, or anything about them changed: presence, skills, queues, capacity, load, what they hold."""

    at: datetime
    agent: AgentState


@dataclass(frozen=True, slots=True)
class AgentRemoved:
    """Nobody by that id is left to be offered anything."""

    at: datetime
    agent: AgentId


@dataclass(frozen=True, slots=True)
class Declined:
    """An open offer was declined; the conversation waits on, in its old place."""

    at: datetime
    conversation: ConversationId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class StepDue:
    """Time has passed; see ``Engine.next_step``."""

    at: datetime


Fact = Arrived | Removed | AgentChanged | AgentRemoved | Declined | StepDue


@dataclass(slots=True)
class Offer:
    """A proposal, to be committed by the ledger or refused; never changed, but a frozen one takes six times as long to make.

    ``candidates``: the first few of those who could have had it, the chosen one first, out of ``considered``.
    ``version`` is the agent's that it rests on, ``decided_at`` the instant for which it was right. ``standby``: who is
    next if it is declined. ``evidence``: all that it rested on, as ``decision`` says it.
    """

    item: QueueItem
    agent: AgentId
    version: int
    why: Why
    candidates: tuple[AgentState, ...]
    decided_at: datetime
    considered: int
    standby: AgentId | None
    evidence: Evidence

    @property
    def index(self) -> float:
        """How urgent it was, in the measure of its policy."""
        return self.evidence.index(self.candidates[0].speeds)

    @property
    def decision(self) -> Decision:
        """Made anew each time it is asked for."""
        return self.evidence.decision(self.candidates, self.considered)
