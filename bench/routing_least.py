"""The least that a freed agent's event can be in this language: who is it, which of their lines is most urgent, give it.

No policy but the deadline, no ladder, room, refusal or promise, nothing told and nothing kept true. What the engine costs
beside it is what all of that costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from core.ids import AgentId, ConversationId, SkillId
from routing.presence import AgentState
from routing.queue import QueueItem

Line = list[tuple[float, ConversationId]]


@dataclass(slots=True)
class Given:
    """As small as an offer can be."""

    agent: AgentId
    conversation: ConversationId


class Least:
    """A heap for each skill, and of each agent those of theirs."""

    def __init__(self, agents: Sequence[AgentState], items: Sequence[QueueItem]) -> None:
        self._lines: dict[SkillId, Line] = {}
        self._agents = {
            each.id: [self._lines.setdefault(skill, []) for skill in each.skills] for each in agents
        }
        for item in items:
            self.arrived(item)

    def arrived(self, item: QueueItem) -> None:
        due = item.deadline or item.entered_at
        heappush(
            self._lines.setdefault(item.ladder.required[0].skill, []), (due.timestamp(), item.conversation)
        )

    def freed(self, agent: AgentId) -> Given | None:
        lines = [each for each in self._agents[agent] if each]
        if not lines:
            return None
        _, conversation = heappop(min(lines))
        return Given(agent, conversation)
