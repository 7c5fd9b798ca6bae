"""The world around the engine: it agrees with the simplest one conversation by conversation, and offers go as people do."""

from random import Random
from typing import Any

import msgspec
import pytest

from routing.simulation.desk import desks
from routing.simulation.driver import engine, items
from routing.simulation.measure import Counts
from routing.simulation.reading.scenario import read
from routing.simulation.runner import run, simulate
from routing.simulation.scenario import Scenario
from routing.simulation.traffic import traffic
from routing.simulation.world import ANSWERED, Outcome, World
from tests.routing.simulation import naive

pytestmark = pytest.mark.served

TYPES = [
    {"name": "a", "rate": 40, "skills": ["a"], "priority": 2, "target": 20, "patience": 900},
    {"name": "b", "rate": 30, "skills": {"b": 2}, "priority": 1, "target": 300, "handle": {"law": "erlang", "mean": 400}},
    {"name": "c", "rate": 20, "priority": 0, "target": 60},
]  # fmt: skip
AGENTS = [
    {"count": 3, "skills": ["a"]},
    {"count": 2, "skills": {"a": 1, "b": 2}, "speed": 1.5},
    {"count": 3, "skills": {"b": 3}},
]


def scenario(policy: object = "first_come", **more: Any) -> Scenario:
    form = {"types": TYPES, "agents": AGENTS, "policy": policy, "seeds": 1, "hours": 8, "warm_up": 0, **more}
    return read(msgspec.json.encode(form))


def outcome_of(scenario: Scenario, seed: int = 1) -> Outcome:
    drawn = traffic(scenario, seed)
    rules = engine(scenario, scenario.contenders[0])
    return World(scenario, drawn, items(scenario, drawn), rules, desks(scenario), Random).run()


def counts_of(scenario: Scenario) -> Counts:
    return next(run(scenario, 1))


@pytest.mark.parametrize("policy", ["first_come", "strict", "earliest_deadline"])
def test_each_conversation_waits_as_long_as_in_the_simplest_world(policy: str) -> None:
    one = scenario(policy)
    drawn = traffic(one, 1)
    kinds = [one.kinds[kind] for kind in drawn.kind]
    orders: dict[str, naive.Order] = {
        "first_come": lambda number: (number,),
        "strict": lambda number: (-kinds[number].priority, number),
        "earliest_deadline": lambda number: (drawn.at[number] / 1e6 + (kinds[number].target_s or 0), number),
    }
    outcome = outcome_of(one)
    expected = naive.waits(one, drawn, orders[policy])
    counted = [number for number, at in enumerate(drawn.at) if at < one.until_s * 1e6]
    assert len(counted) > 500
    assert sum(expected[number] > 0 for number in counted) > 100
    assert [outcome.wait[number] for number in counted] == [expected[number] for number in counted]


def test_rules_that_ignore_handle_times_give_the_same_mean_wait() -> None:
    """Nobody idles beside work: whoever goes first, the same number waits at each instant."""
    tiers = [
        {"name": "gold", "share": 1, "target": 20, "priority": 2},
        {"name": "low", "share": 2, "target": 300},
    ]
    types = [{"name": "a", "rate": 110, "handle": {"law": "lognormal", "mean": 300}}]
    policies = ["first_come", "strict", "ageing", "earliest_deadline"]
    form = {"policy": "first_come", "types": types, "tiers": tiers, "agents": 10, "hours": 12}
    waits = []
    for policy in policies:
        outcome = outcome_of(scenario(**{**form, "policy": policy}))
        waits.append(sum(outcome.wait) / len(outcome.wait))
    assert waits[0] > 60
    assert waits == pytest.approx([waits[0]] * 4, rel=1e-3)


def test_the_same_seed_gives_the_same_run_however_many_processes_there_are() -> None:
    two = scenario("index", seeds=2, hours=2)
    assert simulate(two).policies == simulate(two).policies
    assert outcome_of(two) == outcome_of(two)
    assert outcome_of(two, 1) != outcome_of(two, 2)


def test_everybody_under_one_seed_meets_the_same_day() -> None:
    both = scenario("index", hours=2)
    other = scenario("strict", hours=2)
    assert traffic(both, 1) == traffic(other, 1)


def test_a_type_more_leaves_the_others_days_as_they_were() -> None:
    fewer, more = scenario(types=TYPES[:1], hours=2), scenario(hours=2)
    alone, among = traffic(fewer, 1), traffic(more, 1)
    of_a = [at for at, kind in zip(among.at, among.kind, strict=True) if kind == 0]
    assert alone.at == of_a


def test_a_profile_and_a_burst_bring_more_when_they_say() -> None:
    profile = [0] * 6 + [1] * 6 + [3] * 6 + [0] * 6
    types = [{"name": "a", "rate": 1000, "profile": profile}]
    bursts = [{"from": 7, "until": 8, "factor": 4, "types": ["a"]}]
    drawn = traffic(scenario(types=types, agents=1, hours=24, bursts=bursts), 1)
    hours = [sum(int(at / 3.6e9) == hour for at in drawn.at) for hour in range(24)]
    assert sum(hours[:6]) == sum(hours[18:]) == 0
    assert hours[7] == pytest.approx(4000, rel=0.1)
    assert hours[9] == pytest.approx(1000, rel=0.15)
    assert hours[13] == pytest.approx(3000, rel=0.1)


def test_nobody_is_asked_outside_of_their_shift() -> None:
    types = [{"name": "a", "rate": 30}]
    agents = [{"count": 20, "shifts": ["02:00-03:00"]}]
    one = scenario(types=types, agents=agents, hours=4)
    outcome, drawn = outcome_of(one), traffic(one, 1)
    taken = [
        at + wait
        for at, wait, fate in zip(drawn.at, outcome.wait, outcome.fate, strict=True)
        if fate == ANSWERED
    ]
    assert taken
    assert all(2 * 3.6e9 <= at < 3 * 3.6e9 for at in taken)
    assert outcome.staffed == [pytest.approx(20 * 3600)]


def test_an_offer_that_is_missed_goes_on_to_somebody_else() -> None:
    types = [{"name": "a", "rate": 60, "handle": 30}]
    ringing = {"accept": {"law": "deterministic", "mean": 5}, "missed": 0.3, "offer": 20}
    found = counts_of(scenario(types=types, agents=10, hours=10, ringing=ringing))
    tally = [batch[0] for batch in found.tallies]
    assert sum(each.answered for each in tally) == sum(each.came for each in tally)
    mean = sum(each.wait_s for each in tally) / sum(each.came for each in tally)
    # Five seconds when the first answers, twenty more for each who does not.
    assert mean == pytest.approx(5 + 20 * 0.3 / 0.7, rel=0.15)


def test_conversations_beside_one_another_slow_each_other_down() -> None:
    types = [{"name": "a", "rate": 30, "handle": {"law": "deterministic", "mean": 100}}]
    agents = [{"count": 1, "capacity": 4}]
    usual, slower = (
        counts_of(scenario(types=types, agents=agents, hours=20, slowdown=slow)) for slow in (0, 0.5)
    )
    assert slower.busy[0] > 1.15 * usual.busy[0]


def test_a_faster_agent_is_busy_for_less_time() -> None:
    types = [{"name": "a", "rate": 20, "handle": {"law": "deterministic", "mean": 100}}]
    one, two = (
        counts_of(scenario(types=types, agents=[{"speed": speed}], hours=5)) for speed in (1, {"a": 2})
    )
    assert one.busy[0] == pytest.approx(2 * two.busy[0], rel=0.02)


def test_what_was_recorded_comes_as_it_came() -> None:
    recorded = [[0, "a", 60, None], [10, "a", 60, None], [20, "a", 60, 5]]
    types = [{"name": "a", "rate": 0}]
    outcome = outcome_of(scenario(types=types, agents=1, hours=1, recorded=recorded))
    assert [wait / 1e6 for wait in outcome.wait] == [0, 50, 5]


def test_what_nobody_comes_to_is_still_waiting_at_the_end() -> None:
    types = [{"name": "a", "rate": 100, "handle": 3600}]
    total = simulate(scenario(types=types, agents=1, hours=2)).policies[0].total
    assert total.unfinished > 100
    assert total.attainment.value < 0.1
