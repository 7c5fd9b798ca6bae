"""What routing knows of an agent, and what each state of presence allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """``load`` and ``capacity`` in weighted units; ``version`` is the agent row's when it was read.

    ``yielding``: the part of the load that is interruptible. ``channels``: takes only these kinds of inboxes (None: all).
    ``delays``: seconds that a conversation must have waited in that queue before it comes to them. ``speeds``: a factor on
    the handle time of a kind of work (1 where it is absent). ``held``: how many conversations they hold, of ``held_s``
    seconds expected handle time each, so that they finish ``held / held_s`` a second.
    """

    id: AgentId
    presence: PresenceState
    active: bool
    skills: Skills
    queues: frozenset[QueueId]
    capacity: int
    load: int
    idle_since: datetime
    version: int
    yielding: int = 0
    channels: frozenset[str] | None = None
    delays: Mapping[QueueId, float] = field(default_factory=dict)
    speeds: Mapping[str, float] = field(default_factory=dict)
    held: int = 0
    held_s: float = 300.0

    @property
    def available(self) -> bool:
        return self.active and is_offered_work(self.presence)

    @property
    def share(self) -> float:
        """How much of the capacity is taken; 1 and more means full."""
        return self.load / self.capacity if self.capacity > 0 else 1.0

    def has_room(self, weight: int, *, interruptible: bool = False) -> bool:
        """Interruptible work yields: what is not interruptible does not see it."""
        load = self.load if interruptible else self.load - self.yielding
        return load + weight <= self.capacity
