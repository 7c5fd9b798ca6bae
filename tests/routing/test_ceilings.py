"""What is passed over because its index cannot be high enough would not have been among the best."""

from collections.abc import Sequence
from datetime import timedelta
from math import inf
from random import Random

import pytest

from bench import routing_world
from bench.routing_world import Size, World
from core.agent import PresenceState
from routing.engine import AgentChanged, Arrived, Engine, Fact, Offer
from routing.plan import Plan, QueuePolicy
from routing.policies.base import Policy
from routing.policies.indexed import GeneralisedCMu, Index
from tests.routing.values import after, an_item, somebody


def story(policy: Policy, seed: int) -> list[object]:
    """What was offered in a full center of few skills, and all that was compared; now and then some time passes."""
    engine, pick, told = Engine(Plan(QueuePolicy(policy, guard=None))), Random(seed), list[object]()

    def feed(_: str, facts: Sequence[Fact]) -> list[Offer]:
        offers = engine.feed(facts)
        told.extend((offer.agent, offer.decision) for offer in offers)
        return offers

    world = World(Size(30, 60, 3, alike=False), Random(seed), feed)
    feed("all", world.fill())
    for _ in range(120):
        world.happen()
        world.now += timedelta(seconds=pick.choice((0, 0, 0, 2)))
    return told


@pytest.mark.served
@pytest.mark.parametrize("policy", [Index(), GeneralisedCMu()], ids=lambda policy: policy.name)
def test_decisions_are_the_same_when_nothing_is_passed_over(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routing_world, "TIERS", ((60.0, 4.0), (200.0, 2.0), (600.0, 1.0)))
    decided = [story(policy, seed) for seed in range(6)]
    monkeypatch.setattr(type(policy), "ceiling", lambda *_: inf)
    assert [story(policy, seed) for seed in range(6)] == decided


def passed_over() -> Engine:
    """Six are long late; a dear one is due in 300 s, which ten others who are busy will see to: it was passed over."""
    engine = Engine(Plan(QueuePolicy(Index(), guard=None)))
    others = [somebody(f"busy{each}", capacity=1, load=1, held=1, held_s=60.0) for each in range(10)]
    engine.feed([AgentChanged(after(0), each) for each in others])
    for each in range(6):
        late = an_item(f"late{each}", kind=f"kind{each}", entered_at=after(-900), deadline=after(-800))
        engine.feed([Arrived(after(0), late)])
    engine.feed([Arrived(after(0), an_item("dear", worth=4.0, deadline=after(300), target_s=300.0))])
    assert freed(engine, 0, "ada") == "late0"
    return engine


def freed(engine: Engine, at: float, name: str) -> str:
    (offer,) = engine.feed([AgentChanged(after(at), somebody(name, capacity=1))])
    return offer.item.conversation


def test_time_brings_it_back() -> None:
    assert freed(passed_over(), 295, "eve") == "dear"


def test_it_comes_back_when_the_others_leave() -> None:
    engine = passed_over()
    for each in range(10):
        gone = somebody(f"busy{each}", capacity=1, load=1, held=1, held_s=60.0, presence=PresenceState.AWAY)
        engine.feed([AgentChanged(after(1), gone)])
    assert freed(engine, 2, "eve") == "dear"


def test_it_comes_back_when_others_come_who_are_due_before() -> None:
    engine = passed_over()
    for each in range(40):
        before = an_item(f"before{each}", worth=0.01, deadline=after(90), target_s=90.0)
        engine.feed([Arrived(after(1), before)])
    assert freed(engine, 2, "eve") == "dear"


def test_and_not_before() -> None:
    assert freed(passed_over(), 2, "eve") == "late1"
