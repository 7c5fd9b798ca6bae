"""On any course of events the engine decides what the naive oracle decides, and the promises of routing hold."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.agent import PresenceState
from core.ids import AgentId, ConversationId, QueueId
from routing.engine import (
    AgentChanged,
    AgentRemoved,
    Arrived,
    Declined,
    Engine,
    Fact,
    Offer,
    Removed,
    StepDue,
)
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.strategy import EarliestDeadline
from tests.routing.oracle import NaiveRouter
from tests.routing.values import after, an_item, needs, somebody

RETRY_S, UNTARGETED_S = 30.0, 120.0
QUEUES = ("general", "billing")
SKILLS = ("english", "chinese", "refunds")


@dataclass
class Floor:
    """A made-up contact center: what the database would say, and what happens next."""

    random: Random
    seconds: float = 0.0
    made: int = 0
    agents: dict[AgentId, AgentState] = field(default_factory=dict)
    items: dict[ConversationId, QueueItem] = field(default_factory=dict)
    offers: dict[ConversationId, AgentId] = field(default_factory=dict)
    held: dict[ConversationId, tuple[AgentId, int]] = field(default_factory=dict)
    rename: Callable[[str], str] = str

    @property
    def now(self) -> datetime:
        return after(self.seconds)

    def happen(self) -> list[Fact]:
        """One or a few things at once."""
        self.seconds += self.random.choice((0, 0, 1, 7, 31))
        return [fact for _ in range(self.random.choice((1, 1, 1, 2, 4))) for fact in self.one_thing()]

    def one_thing(self) -> list[Fact]:
        things = [self.arrive, self.arrive, self.come, self.change, self.accept, self.decline]
        return self.random.choice([*things, self.finish, self.abandon, self.leave, self.wait, self.edit])()

    def arrive(self) -> list[Fact]:
        self.made += 1
        pick = self.random
        item = an_item(
            self.rename(f"c{self.made:03d}"),
            *(
                needs(skill, pick.randint(1, 4), pick.choice((None, 5, 20)))
                for skill in pick.sample(SKILLS, pick.choice((0, 1, 1, 2)))
            ),
            queue=QueueId(pick.choice(QUEUES)),
            priority=pick.choice((0, 0, 1)),
            weight=pick.choice((1, 1, 2)),
            entered_at=after(self.seconds - pick.choice((0, 0, 10))),
            deadline=pick.choice((None, after(self.seconds + pick.choice((20, 60))))),
            preferred=pick.choice((None, *self.agents)),
        )
        self.items[item.conversation] = item
        return [Arrived(self.now, item)]

    def come(self) -> list[Fact]:
        self.made += 1
        pick = self.random
        agent = somebody(
            self.rename(f"a{self.made:03d}"),
            {skill: pick.randint(1, 5) for skill in pick.sample(SKILLS, pick.randint(0, 3))},
            queues=frozenset(QueueId(queue) for queue in pick.sample(QUEUES, pick.choice((1, 2)))),
            capacity=pick.randint(1, 4),
            idle_since=self.now,
        )
        return self.set(agent)

    def set(self, agent: AgentState) -> list[Fact]:
        self.agents[agent.id] = replace(agent, version=agent.version + 1)
        return [AgentChanged(self.now, self.agents[agent.id])]

    def change(self) -> list[Fact]:
        if not self.agents:
            return []
        agent = self.random.choice(list(self.agents.values()))
        state = self.random.choice([*PresenceState, PresenceState.AVAILABLE])
        capacity = self.random.choice((agent.capacity, agent.capacity, self.random.randint(1, 4)))
        return self.set(replace(agent, presence=state, capacity=capacity))

    def leave(self) -> list[Fact]:
        idle = [each for each in self.agents if not self.agents[each].load]
        if not idle:
            return []
        gone = self.random.choice(idle)
        del self.agents[gone]
        return [AgentRemoved(self.now, gone)]

    def accept(self) -> list[Fact]:
        if not self.offers:
            return []
        conversation, agent = self.random.choice(list(self.offers.items()))
        del self.offers[conversation]
        self.held[conversation] = (agent, self.items.pop(conversation).weight)
        return [Removed(self.now, conversation)]

    def decline(self) -> list[Fact]:
        if not self.offers:
            return []
        conversation, agent = self.random.choice(list(self.offers.items()))
        del self.offers[conversation]
        item = self.items[conversation]
        declined = (*(each for each in item.declined if each != agent), agent)
        self.items[conversation] = replace(item, declined=declined, declined_at=self.now)
        self.add_load(agent, -item.weight)
        return [Declined(self.now, conversation, agent)]

    def finish(self) -> list[Fact]:
        if not self.held:
            return []
        conversation = self.random.choice(list(self.held))
        agent, weight = self.held.pop(conversation)
        self.add_load(agent, -weight)
        return self.set(replace(self.agents[agent], idle_since=self.now))

    def abandon(self) -> list[Fact]:
        waiting = [each for each in self.items if each not in self.offers]
        if not waiting:
            return []
        gone = self.random.choice(waiting)
        del self.items[gone]
        return [Removed(self.now, gone)]

    def edit(self) -> list[Fact]:
        """Somebody changes what a waiting conversation needs, or by when."""
        waiting = [each for each in self.items if each not in self.offers]
        if not waiting:
            return []
        item = self.items[self.random.choice(waiting)]
        changes: list[dict[str, Any]] = [
            {"requirements": (), "priority": item.priority + 1},
            {"deadline": after(self.seconds + self.random.choice((5, 300)))},
        ]
        self.items[item.conversation] = replace(item, **self.random.choice(changes))
        return [Arrived(self.now, self.items[item.conversation])]

    def wait(self) -> list[Fact]:
        self.seconds += 40
        return [StepDue(self.now)]

    def add_load(self, agent: AgentId, units: int) -> None:
        before = self.agents[agent]
        self.agents[agent] = replace(before, load=before.load + units, version=before.version + 1)

    def take_note(self, offers: list[Offer]) -> None:
        for offer in offers:
            assert offer.item.conversation not in self.offers
            assert offer.item.conversation not in self.held
            assert self.agents[offer.agent].version == offer.version
            self.add_load(offer.agent, offer.item.weight)
            self.offers[offer.item.conversation] = offer.agent


def engine() -> Engine:
    return Engine(EarliestDeadline(UNTARGETED_S), RETRY_S)


def play(seed: int, rename: Callable[[str], str] = str, steps: int = 60) -> list[tuple[str, str]]:
    """A course of events through the engine and the oracle; what was offered to whom."""
    floor, decides, oracle = (
        Floor(Random(seed), rename=rename),
        engine(),
        NaiveRouter(RETRY_S, UNTARGETED_S),
    )
    story = []
    for _ in range(steps):
        facts = floor.happen()
        offers = decides.feed(facts)
        floor.take_note(offers)
        assert [(offer.item.conversation, offer.agent) for offer in offers] == oracle.feed(facts)
        story += [(offer.item.conversation, offer.agent) for offer in offers]
        if facts:
            at_rest(floor, decides, oracle)
    return [(str(conversation), str(agent)) for conversation, agent in story]


def at_rest(floor: Floor, decides: Engine, oracle: NaiveRouter) -> None:
    assert oracle.best() is None, "a free eligible agent beside a waiting conversation"
    waiting = {each: item for each, item in floor.items.items() if each not in floor.offers}
    assert decides.waiting() == waiting, "arrived = waiting + offered + held + gone, entry and deadline kept"
    for agent in floor.agents.values():
        assert decides.agent(agent.id) == agent


@given(st.integers(min_value=0))
@settings(max_examples=200, deadline=None)
def test_on_any_course_of_events_the_engine_decides_as_the_naive_oracle_does(seed: int) -> None:
    play(seed)


@given(st.integers(min_value=0))
@settings(max_examples=30, deadline=None)
def test_renaming_everybody_changes_no_decision(seed: int) -> None:
    def backwards(name: str) -> str:
        return f"{name[0]}{999 - int(name[1:]):03d}"

    other = [(backwards(one), backwards(two)) for one, two in play(seed, rename=backwards)]
    assert other == play(seed)


@given(st.integers(min_value=0))
@settings(max_examples=40, deadline=None)
def test_the_same_events_give_the_same_decisions(seed: int) -> None:
    assert play(seed) == play(seed)


@pytest.mark.parametrize("seed", range(5))
def test_a_random_course_does_make_offers(seed: int) -> None:
    assert len(play(seed, steps=120)) > 10
