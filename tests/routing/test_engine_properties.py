"""On any course of events the engine decides what the naive oracle decides, and the promises of routing hold."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import QueueId
from routing.engine import Engine
from routing.plan import POLICIES, Choice, Plan, QueuePolicy
from tests.routing.floor import Floor
from tests.routing.oracle import NaiveRouter

pytestmark = pytest.mark.served

RETRY_S, UNTARGETED_S = 30.0, 120.0
ONE_POLICY = [
    Plan(QueuePolicy(make(), choice, guard, untargeted_s=UNTARGETED_S), retry_s=RETRY_S)
    for make, choice, guard in zip(
        POLICIES.values(), [*Choice, *Choice], (6.0, None, 2.0, 1.5, 6.0, 3.0), strict=True
    )
]
MIXED = Plan(
    QueuePolicy(guard=2.0, untargeted_s=UNTARGETED_S),
    {
        QueueId("general"): QueuePolicy(guard=3.0, untargeted_s=UNTARGETED_S, reserve=1),
        QueueId("billing"): QueuePolicy(POLICIES["strict"](), Choice.LONGEST_IDLE, 2.0, 2, UNTARGETED_S),
        QueueId("returns"): QueuePolicy(POLICIES["cmu"](), Choice.LEAST_LOADED, None, 0, UNTARGETED_S),
    },
    RETRY_S,
)
PLANS = [*ONE_POLICY, MIXED]
plans = st.sampled_from(PLANS)
seeds = st.integers(min_value=0)


def play(plan: Plan, seed: int, rename: Callable[[str], str] = str, steps: int = 60) -> list[tuple[str, str]]:
    """A course of events through the engine and the oracle; what was offered to whom."""
    floor = Floor(Random(seed), rename=rename)
    decides, oracle = Engine(plan), NaiveRouter(plan)
    story: list[tuple[str, str]] = []
    for _ in range(steps):
        facts = floor.happen(decides.next_step())
        offers = decides.feed(facts)
        floor.take_note(offers)
        made = [(offer.item.conversation, offer.agent) for offer in offers]
        assert made == oracle.feed(facts)
        story += [(str(conversation), str(agent)) for conversation, agent in made]
        if facts:
            at_rest(floor, decides, oracle)
    return story


def at_rest(floor: Floor, decides: Engine, oracle: NaiveRouter) -> None:
    assert oracle.best() is None, "a free eligible agent beside a waiting conversation"
    waiting = {each: item for each, item in floor.items.items() if each not in floor.offers}
    assert decides.waiting() == waiting, "arrived = waiting + offered + held + gone, entry and deadline kept"
    for agent in floor.agents.values():
        assert decides.agent(agent.id) == agent


@given(plans, seeds)
@settings(max_examples=50, deadline=None)
def test_on_any_course_of_events_the_engine_decides_as_the_naive_oracle_does(plan: Plan, seed: int) -> None:
    play(plan, seed)


@pytest.mark.soak
@given(plans, seeds)
@settings(max_examples=5000, deadline=None)
def test_on_a_great_many_courses_of_events_as_well(plan: Plan, seed: int) -> None:
    play(plan, seed, steps=120)


@given(plans, seeds)
@settings(max_examples=8, deadline=None)
def test_renaming_everybody_changes_no_decision(plan: Plan, seed: int) -> None:
    def backwards(name: str) -> str:
        return f"{name[0]}{999 - int(name[1:]):03d}"

    other = play(plan, seed, rename=backwards)
    assert [(backwards(one), backwards(two)) for one, two in other] == play(plan, seed)


@given(plans, seeds)
@settings(max_examples=8, deadline=None)
def test_the_same_events_give_the_same_decisions(plan: Plan, seed: int) -> None:
    assert play(plan, seed) == play(plan, seed)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.default.policy.name)
def test_a_random_course_does_make_offers(plan: Plan) -> None:
    assert all(len(play(plan, seed, steps=120)) > 10 for seed in range(3))
