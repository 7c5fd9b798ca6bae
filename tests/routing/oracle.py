"""The engine said again as simply as can be: after every fact, look at everybody and everything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.agent import PresenceState
from core.ids import AgentId, ConversationId
from routing.engine import (
    AgentChanged,
    AgentRemoved,
    Arrived,
    Declined,
    Fact,
    Removed,
)
from routing.presence import AgentState
from routing.queue import QueueItem


class NaiveRouter:
    """Dictionaries in order of arrival, and loops."""

    def __init__(self, retry_s: float, untargeted_s: float) -> None:
        self.retry = timedelta(seconds=retry_s)
        self.untargeted = timedelta(seconds=untargeted_s)
        self.agents: dict[AgentId, AgentState] = {}
        self.items: dict[ConversationId, QueueItem] = {}
        self.offered: set[ConversationId] = set()
        self.now: datetime | None = None

    def feed(self, facts: Sequence[Fact]) -> list[tuple[ConversationId, AgentId]]:
        for fact in facts:
            self.now = fact.at if self.now is None else max(self.now, fact.at)
            self._apply(fact)
        made = []
        while (best := self.best()) is not None:
            item, agent = best
            self.offered.add(item.conversation)
            self.agents[agent.id] = replace(agent, load=agent.load + item.weight, version=agent.version + 1)
            made.append((item.conversation, agent.id))
        return made

    def _apply(self, fact: Fact) -> None:
        if isinstance(fact, Arrived):
            self.items[fact.item.conversation] = fact.item
            self.offered.discard(fact.item.conversation)
            if fact.offered_to is not None:
                self.offered.add(fact.item.conversation)
        elif isinstance(fact, Removed):
            self.items.pop(fact.conversation, None)
            self.offered.discard(fact.conversation)
        elif isinstance(fact, AgentChanged):
            self.agents[fact.agent.id] = fact.agent
        elif isinstance(fact, AgentRemoved):
            self.agents.pop(fact.agent, None)
        elif isinstance(fact, Declined) and fact.conversation in self.offered:
            item = self.items[fact.conversation]
            declined = (*(each for each in item.declined if each != fact.agent), fact.agent)
            self.items[fact.conversation] = replace(item, declined=declined, declined_at=fact.at)
            self.offered.discard(fact.conversation)
            if (agent := self.agents.get(fact.agent)) is not None:
                load = agent.load - item.weight
                self.agents[fact.agent] = replace(agent, load=load, version=agent.version + 1)

    def best(self) -> tuple[QueueItem, AgentState] | None:
        """The most urgent conversation that anybody can be offered, and who should get it."""
        for item in sorted(self.items.values(), key=self._urgency):
            if item.conversation in self.offered:
                continue
            able = [agent for agent in self.agents.values() if self.may_be_offered(item, agent)]
            if able:
                return item, min(able, key=lambda agent: self._fitness(item, agent))
        return None

    def _urgency(self, item: QueueItem) -> tuple[object, ...]:
        return (-item.priority, item.deadline or item.entered_at + self.untargeted, item.entered_at)

    def _fitness(self, item: QueueItem, agent: AgentState) -> tuple[object, ...]:
        turned_down = item.declined.index(agent.id) + 1 if agent.id in item.declined else 0
        return (turned_down, agent.id != item.preferred, agent.load / agent.capacity, agent.idle_since)

    def may_be_offered(self, item: QueueItem, agent: AgentState) -> bool:
        if agent.load + item.weight > agent.capacity or not self.is_able(item, agent):
            return False
        if agent.id not in item.declined:
            return True
        assert self.now is not None
        assert item.declined_at is not None
        alone = all(each.id in item.declined for each in self.agents.values() if self.is_able(item, each))
        return alone and self.now >= item.declined_at + self.retry

    def is_able(self, item: QueueItem, agent: AgentState) -> bool:
        """Present, of the queue and with the skills that still count."""
        assert self.now is not None
        waited = (self.now - item.entered_at).total_seconds()
        return (
            agent.active
            and agent.presence is PresenceState.AVAILABLE
            and item.queue in agent.queues
            and all(
                agent.skills.get(term.skill, 0) >= term.level
                for term in item.requirements
                if term.drop_after_s is None or waited < term.drop_after_s
            )
        )
