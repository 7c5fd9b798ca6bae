"""What routing knows of an agent, and what each state of presence allows."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from core.agent import PresenceState
from core.ids import AgentId, QueueId
from routing.skill import Skills


def is_offered_work(state: PresenceState) -> bool:
    """Only who says that they are available is rung."""
    return state is PresenceState.AVAILABLE


def keeps_open_offers(state: PresenceState) -> bool:
    """Going busy or away leaves an open offer standing; whoever is not there loses it at once."""
    match state:
        case PresenceState.AVAILABLE | PresenceState.BUSY | PresenceState.AWAY:
            return True
        case PresenceState.OFFLINE | PresenceState.NOT_RESPONDING:
            return False
        case _:
            assert_never(state)


def may_take_by_hand(state: PresenceState) -> bool:
    """Whoever is signed in may help themselves; offline means that nobody should count on them."""
    return state is not PresenceState.OFFLINE


@dataclass(frozen=True, slots=True)
class AgentState:
    """``load`` and ``capacity`` in weighted units; ``version`` is the agent row's when it was read."""

    id: AgentId
    presence: PresenceState
    active: bool
    skills: Skills
    queues: frozenset[QueueId]
    capacity: int
    load: int
    idle_since: datetime
    version: int

    @property
    def available(self) -> bool:
        return self.active and is_offered_work(self.presence)

    @property
    def share(self) -> float:
        """How much of the capacity is taken; 1 and more means full."""
        return self.load / self.capacity if self.capacity > 0 else 1.0

    def has_room(self, weight: int) -> bool:
        return self.load + weight <= self.capacity
