"""Which waiting conversation is served first, and which agent gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.ids import AgentId
from routing.presence import AgentState
from routing.queue import QueueItem

Place = tuple[int, datetime, datetime]


class Why(StrEnum):
    """What decided for an agent; the console says it in words."""

    ONLY_ONE = "only_one"
    PREVIOUS_AGENT = "previous_agent"
    LEAST_LOADED = "least_loaded"
    LONGEST_IDLE = "longest_idle"
    OFFERED_AGAIN = "offered_again"
    TAKEN = "taken"
    TRANSFERRED = "transferred"


class Strategy(Protocol):
    """A policy as a value: pure, without memory. Ties fall to who came first, never to an id."""

    def place(self, item: QueueItem) -> Place:
        """Orders conversations of one class (same queue, same need); the smallest is the class's head."""
        ...

    def first(self, heads: Sequence[QueueItem], now: datetime) -> int:
        """Which of the heads is served now; they are given in order of arrival."""
        ...

    def choose(self, item: QueueItem, candidates: Sequence[AgentState]) -> tuple[Sequence[AgentState], Why]:
        """The candidates, best first, and what decided; they are given in order of joining, never empty."""
        ...


@dataclass(frozen=True, slots=True)
class EarliestDeadline:
    """By priority, within it by deadline; the agent with the smallest share of their capacity taken, then longest idle.

    What has no target counts as due ``untargeted_s`` seconds after it came, so that nothing waits for ever behind
    a stream of what has one.
    """

    untargeted_s: float = 600.0

    def place(self, item: QueueItem) -> Place:
        due = item.deadline or item.entered_at + timedelta(seconds=self.untargeted_s)
        return (-item.priority, due, item.entered_at)

    def first(self, heads: Sequence[QueueItem], now: datetime) -> int:
        return min(range(len(heads)), key=lambda at: self.place(heads[at]))

    def choose(self, item: QueueItem, candidates: Sequence[AgentState]) -> tuple[Sequence[AgentState], Why]:
        ranked = sorted(candidates, key=lambda agent: _rank(item, agent))
        return ranked, _decided_by(item, ranked)


def _rank(item: QueueItem, agent: AgentState) -> tuple[int, bool, float, datetime]:
    return (_declined_place(item, agent.id), agent.id != item.preferred, agent.share, agent.idle_since)


def _declined_place(item: QueueItem, agent: AgentId) -> int:
    """0 for who never declined it; among those who did, who did so longest ago comes first."""
    return item.declined.index(agent) + 1 if agent in item.declined else 0


def _decided_by(item: QueueItem, ranked: Sequence[AgentState]) -> Why:
    best = ranked[0]
    if best.id in item.declined:
        return Why.OFFERED_AGAIN
    if best.id == item.preferred:
        return Why.PREVIOUS_AGENT
    if len(ranked) == 1:
        return Why.ONLY_ONE
    return Why.LEAST_LOADED if best.share < ranked[1].share else Why.LONGEST_IDLE
