"""Whatever the engine decides, deciding again from what is stored with the offer comes to the same."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import AgentId, ConversationId, QueueId
from routing.decision import Decision
from routing.engine import AgentChanged, Arrived, Declined, Engine, Fact, Offer, Removed, StepDue
from routing.ladder import Ladder, Step, relaxing
from routing.plan import POLICIES, Choice, Plan, plan_of
from routing.presence import AgentState
from routing.queue import QueueItem, QueueRouting
from routing.reason import decision_of, of_offer
from routing.replay import decide, differences
from routing.settings import RoutingSettings
from tests.routing.values import after, an_item, needs, somebody

QUEUES = ("general", "billing", "sales")
SKILLS = ("english", "chinese", "refunds")
MOST = 5


class Desk:
    """People who come, answer and decline at random, and conversations that wait for them."""

    def __init__(self, seed: int, policies: list[str]) -> None:
        self.pick = Random(seed)
        routing = {
            QueueId(queue): QueueRouting(
                policy=policy,
                choice=self.pick.choice(list(Choice)).value,
                guard=self.pick.choice((None, 1.0, 2.0)),
                reserve=self.pick.choice((0, 0, 1)),
            )
            for queue, policy in zip(QUEUES, policies, strict=True)
        }
        self.engine = Engine(plan_of(routing, RoutingSettings(untargeted_s=90, retry_s=20)))
        self.seconds = 0.0
        self.made = 0
        self.agents: dict[AgentId, AgentState] = {}
        self.offers: dict[ConversationId, Offer] = {}
        self.held: list[tuple[AgentId, QueueItem]] = []

    def run(self, rounds: int) -> Iterator[Offer]:
        for _ in range(rounds):
            self.seconds += self.pick.choice((0, 0, 0.25, 3, 17, 61))
            for offer in self.engine.feed([*self._happen(), StepDue(after(self.seconds))]):
                self.offers[offer.item.conversation] = offer
                state = self.agents[offer.agent]
                load = state.load + offer.item.weight
                self.agents[offer.agent] = replace(state, load=load, version=state.version + 1)
                yield offer

    def _happen(self) -> list[Fact]:
        act = self.pick.choice(
            (self._arrive, self._arrive, self._arrive, self._come, self._answer, self._finish)
        )
        return act()

    def _arrive(self) -> list[Fact]:
        pick = self.pick
        self.made += 1
        wants = [
            needs(each, pick.randint(1, 3), pick.choice((None, 10)))
            for each in pick.sample(SKILLS, pick.randint(0, 2))
        ]
        ladder = relaxing(wants)
        if self.agents and pick.random() < 0.3:
            ladder = Ladder((), (Step((), frozenset({pick.choice(list(self.agents))}), 15), Step()))
        item = an_item(
            f"c{self.made}",
            queue=QueueId(pick.choice(QUEUES)),
            ladder=ladder,
            priority=pick.choice((0, 0, 1)),
            entered_at=after(self.seconds - pick.choice((0, 0, 40))),
            deadline=pick.choice((None, after(self.seconds + pick.choice((-20, 20, 60, 60))))),
            target_s=60.0,
            worth=pick.choice((1.0, 2.0, 1 / 3)),
            handle_s=pick.choice((120.0, 300.0, 1000 / 3)),
            kind=pick.choice(("short", "long")),
            preferred=pick.choice((None, *self.agents)),
        )
        return [Arrived(after(self.seconds), item)]

    def _come(self) -> list[Fact]:
        pick = self.pick
        self.made += 1
        agent = somebody(
            f"a{self.made}",
            {each: pick.randint(1, 5) for each in pick.sample(SKILLS, pick.randint(0, 3))},
            queues=frozenset(QueueId(each) for each in pick.sample(QUEUES, pick.choice((1, 2, 3)))),
            capacity=pick.randint(1, 3),
            idle_since=after(self.seconds - pick.choice((0, 5, 90))),
            speeds=pick.choice(({}, {"short": 0.8}, {"long": 1.25})),
            held=pick.choice((0, 1, 2)),
        )
        self.agents[agent.id] = agent
        return [AgentChanged(after(self.seconds), agent)]

    def _answer(self) -> list[Fact]:
        if not self.offers:
            return []
        offer = self.offers.pop(self.pick.choice(list(self.offers)))
        if self.pick.random() < 0.4:
            return [
                Declined(after(self.seconds), offer.item.conversation, offer.agent),
                *self._freed(offer.agent, offer.item),
            ]
        self.held.append((offer.agent, offer.item))
        return [Removed(after(self.seconds), offer.item.conversation)]

    def _finish(self) -> list[Fact]:
        if not self.held:
            return []
        return self._freed(*self.held.pop(self.pick.randrange(len(self.held))))

    def _freed(self, agent: AgentId, item: QueueItem) -> list[Fact]:
        state = self.agents[agent]
        freed = replace(
            state, load=state.load - item.weight, version=state.version + 1, idle_since=after(self.seconds)
        )
        self.agents[agent] = freed
        return [AgentChanged(after(self.seconds), freed)]


def stored(offer: Offer) -> dict[str, Any]:
    """As it comes back from the database."""
    form: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(of_offer(offer, MOST)))
    return form


def kept(offer: Offer) -> Decision:
    found = decision_of(stored(offer))
    assert found is not None
    return found


@given(st.integers(0, 2**32), st.lists(st.sampled_from(sorted(POLICIES)), min_size=3, max_size=3))
@settings(max_examples=25)
def test_deciding_again_comes_to_the_same(seed: int, policies: list[str]) -> None:
    for offer in Desk(seed, policies).run(80):
        decision = kept(offer)
        assert differences(decision) == []
        again = decide(decision)
        assert (again.conversation, again.agent) == (offer.item.conversation, offer.agent)


@pytest.mark.soak
@given(st.integers(0, 2**32), st.lists(st.sampled_from(sorted(POLICIES)), min_size=3, max_size=3))
@settings(max_examples=2000)
def test_deciding_again_comes_to_the_same_at_length(seed: int, policies: list[str]) -> None:
    for offer in Desk(seed, policies).run(300):
        assert differences(kept(offer)) == []


def a_contest() -> Decision:
    """An agent frees beside three conversations."""
    engine = Engine(Plan())
    for at, (name, worth) in enumerate((("low", 1.0), ("gold", 4.0), ("standard", 2.0))):
        item = an_item(name, worth=worth, deadline=after(60 + at), target_s=60.0)
        assert engine.feed([Arrived(after(0), item)]) == []
    (offer,) = engine.feed([AgentChanged(after(5), somebody("ada", capacity=1))])
    return kept(offer)


def a_choice() -> Decision:
    """A conversation comes to three idle agents."""
    engine = Engine(Plan())
    skilled = somebody("bob", {"chinese": 3})
    engine.feed(
        [AgentChanged(after(0), each) for each in (skilled, somebody("ada"), somebody("eve", load=1))]
    )
    (offer,) = engine.feed([Arrived(after(5), an_item("c1"))])
    return kept(offer)


def test_what_explains_a_decision_is_captured_with_it_and_stays_as_it_was() -> None:
    for seed in range(6):
        at_once = [
            (offer, of_offer(offer, MOST)) for offer in Desk(seed, ["index", "strict", "cmu"]).run(150)
        ]
        assert [of_offer(offer, MOST) for offer, _ in at_once] == [form for _, form in at_once]


def test_it_keeps_all_that_competed() -> None:
    contest, choice = a_contest(), a_choice()
    assert [each.conversation for each in contest.work] == ["gold", "standard", "low"]
    assert [each.agent for each in choice.agents] == ["ada", "eve", "bob"]


def test_a_conversation_that_would_go_first_today_is_named() -> None:
    decision = a_contest()
    gold, *others = decision.work
    (first, *rest) = differences(replace(decision, work=(*others, gold)))
    assert first == "conversation gold would go before standard"
    assert rest == []


def test_an_agent_who_would_be_chosen_today_is_named() -> None:
    decision = a_choice()
    ada, *others = decision.agents
    assert differences(replace(decision, agents=(*others, ada))) == ["agent ada would be chosen, not eve"]


def test_an_index_that_would_be_another_today_is_named() -> None:
    decision = a_contest()
    gold, *others = decision.work
    (difference,) = differences(replace(decision, work=(replace(gold, index=9.0), *others)))
    assert difference.startswith("the index of gold would be ")
    assert difference.endswith(", not 9")


def test_a_policy_that_is_not_known_any_more_is_named() -> None:
    decision = a_contest()
    rules = (replace(decision.rules[0], policy="by_weather"),)
    assert "policy" in differences(replace(decision, rules=rules))[0]


def test_who_waited_longest_past_the_guard_goes_first_again() -> None:
    decision = a_contest()
    low = replace(decision.work[2], phase=2)
    assert differences(replace(decision, work=(*decision.work[:2], low))) == [
        "conversation low would go before gold"
    ]


def test_the_chosen_ones_are_kept_whatever_the_limit() -> None:
    for offer in Desk(1, ["index"] * 3).run(40):
        decision = decision_of(of_offer(offer, 0))
        assert decision is not None
        assert (len(decision.work), len(decision.agents)) == (1, 1)


def test_a_stored_decision_stays_small() -> None:
    sizes = [
        len(msgspec.json.encode(of_offer(offer, MOST)))
        for seed in range(4)
        for offer in Desk(seed, ["index"] * 3).run(120)
    ]
    assert max(sizes) < 2000
    assert sum(sizes) / len(sizes) < 1200
