"""A full contact center for `bench routing`: everybody is busy, many wait, and one thing happens after the other."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from core.agent import PresenceState
from core.ids import AgentId, ConversationId, QueueId, SkillId
from routing.engine import AgentChanged, Arrived, Declined, Fact, Offer, Removed
from routing.ladder import Ladder, Term, meets, relaxing
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import Requirement, proficiency

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUEUE = QueueId("general")
TIERS = ((900.0, 4.0), (3600.0, 2.0), (14400.0, 1.0))
HANDLE_S = 300.0
SKILLS_EACH = 3

Feed = Callable[[str, Sequence[Fact]], list[Offer]]


@dataclass(frozen=True, slots=True)
class Size:
    """``alike``: agents share few profiles (one for each skill); otherwise nearly no two can do the same."""

    agents: int
    waiting: int
    skills: int
    alike: bool


@dataclass(slots=True)
class World:
    """What the database would know. ``feed`` tells the engine, under the name of what happens."""

    size: Size
    random: Random
    feed: Feed
    now: datetime = START
    agents: list[AgentState] = field(default_factory=list)
    waiting: dict[ConversationId, QueueItem] = field(default_factory=dict)
    order: list[ConversationId] = field(default_factory=list)
    number: "itertools.count[int]" = field(default_factory=itertools.count)

    def fill(self) -> list[Fact]:
        """Everybody is there and busy; half of those who wait are late."""
        size = self.size
        self.agents = [self._agent(at) for at in range(size.agents)]
        items = [self._item(self.random.uniform(0, 2)) for _ in range(size.waiting)]
        for item in sorted(items, key=lambda each: each.entered_at):
            self._note(item)
        return [
            *(AgentChanged(self.now, agent) for agent in self.agents),
            *(Arrived(self.now, item) for item in self.waiting.values()),
        ]

    def happen(self) -> None:
        """An agent frees, is offered something, and takes it, or declines and takes the next; others come and leave."""
        self.now += timedelta(seconds=HANDLE_S / self.size.agents)
        at = self.random.randrange(len(self.agents))
        agent = replace(
            self.agents[at], load=0, held=0, idle_since=self.now, version=self.agents[at].version + 1
        )
        self.agents[at] = agent
        offers = self.feed("freed", [AgentChanged(self.now, agent)])
        if offers and self.random.random() < 0.1:
            gone = offers[0].item.conversation
            offers = self.feed("declined", [Declined(self.now, gone, agent.id)])
        for offer in offers:
            self._accept(at, offer)
        self.feed("arrived", [self._arrival()])
        if self.random.random() < 0.2:
            self.feed("abandoned", [Removed(self.now, self._anybody())])
            self.feed("arrived", [self._arrival()])
        if self.random.random() < 0.1:
            self._away(self.random.randrange(len(self.agents)))

    def _accept(self, at: int, offer: Offer) -> None:
        agent = self.agents[at]
        self.agents[at] = replace(agent, load=1, held=1, version=offer.version + 1)
        self.waiting.pop(offer.item.conversation, None)
        self.feed("accepted", [Removed(self.now, offer.item.conversation)])
        self.feed("busy", [AgentChanged(self.now, self.agents[at])])

    def _away(self, at: int) -> None:
        for state in (PresenceState.AWAY, PresenceState.AVAILABLE):
            agent = self.agents[at]
            self.agents[at] = replace(agent, presence=state, version=agent.version + 1)
            self.feed("presence", [AgentChanged(self.now, self.agents[at])])

    def _arrival(self) -> Fact:
        item = self._item(0.0)
        self._note(item)
        return Arrived(self.now, item)

    def _note(self, item: QueueItem) -> None:
        self.waiting[item.conversation] = item
        self.order.append(item.conversation)

    def _anybody(self) -> ConversationId:
        while True:
            at = self.random.randrange(len(self.order))
            self.order[at], self.order[-1] = self.order[-1], self.order[at]
            found = self.order.pop()
            if self.waiting.pop(found, None) is not None:
                return found

    def _agent(self, at: int) -> AgentState:
        if self.size.alike:
            first = at % self.size.skills
            chosen = {(first + step) % self.size.skills: 5 - step for step in range(SKILLS_EACH)}
        else:
            picked = self.random.sample(range(self.size.skills), SKILLS_EACH)
            chosen = {each: self.random.randint(1, 5) for each in picked}
        return AgentState(
            id=AgentId(f"a{at}"),
            presence=PresenceState.AVAILABLE,
            active=True,
            skills={SkillId(f"s{each}"): proficiency(level) for each, level in chosen.items()},
            queues=frozenset({QUEUE}),
            capacity=1,
            load=1,
            idle_since=self.now,
            version=0,
            held=1,
            held_s=HANDLE_S,
        )

    def _item(self, age: float) -> QueueItem:
        """``age`` in times its target."""
        target, worth = self.random.choices(TIERS, (15, 50, 35))[0]
        entered = self.now - timedelta(seconds=age * target)
        skill = self.random.randrange(self.size.skills)
        return QueueItem(
            conversation=ConversationId(f"c{next(self.number)}"),
            queue=QUEUE,
            priority=0,
            weight=1,
            entered_at=entered,
            generation=1,
            deadline=entered + timedelta(seconds=target),
            ladder=self._ladder(skill),
            target_s=target,
            worth=worth,
            kind=f"k{skill % 5}",
            handle_s=(240.0, 300.0, 360.0, 420.0, 300.0)[skill % 5],
        )

    def _ladder(self, skill: int) -> Ladder:
        """One in five asks for somebody better first."""
        plain = Requirement(SkillId(f"s{skill}"), proficiency(1))
        if self.random.random() < 0.8:
            return Ladder((Term(plain.skill, plain.level),))
        better = relaxing((Requirement(plain.skill, proficiency(3), 600),))
        return Ladder((Term(plain.skill, plain.level),), better.steps)


def naive_scan(world: World, agent: AgentState) -> QueueItem | None:
    """Look at everybody who waits: who is due first of those whom the agent could serve."""
    best: tuple[datetime, QueueItem] | None = None
    for item in world.waiting.values():
        if not meets(agent.skills, item.ladder.required):
            continue
        if best is None or (item.deadline or item.entered_at) < best[0]:
            best = (item.deadline or item.entered_at, item)
    return None if best is None else best[1]
