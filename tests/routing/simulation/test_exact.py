"""The simulator reproduces exact results of queueing theory: the real engine, scenarios as anybody writes them.

Each figure within three standard errors of the formula, or 1 % of it.
"""

from typing import Any

import msgspec
import pytest

from routing.simulation.estimate import Figure
from routing.simulation.reading.scenario import read
from routing.simulation.results import Policy
from routing.simulation.runner import simulate
from tests.routing.simulation import exact

pytestmark = pytest.mark.served
HOUR = 3600.0


def run(policy: object = "first_come", **scenario: Any) -> Policy:
    form = {"policy": policy, "seeds": [3, 4, 5, 6], **scenario}
    return simulate(read(msgspec.json.encode(form)), processes=1).policies[0]


def near(figure: Figure, expected: float) -> bool:
    assert figure.error is not None
    assert figure.error < 0.25 * expected, "too short a run to tell"
    return abs(figure.value - expected) <= max(3 * figure.error, 0.01 * expected)


def one(**more: Any) -> list[dict[str, Any]]:
    return [{"name": "a", **more}]


@pytest.mark.parametrize(
    ("line", "hours", "expected"),
    [
        ((10, 100, 300), 40, (0.4876, 87.77, 0.5637)),
        ((14, 200, 180), 25, (0.1741, 7.836, 0.8884)),
        ((90, 1008, 300), 8, (0.4120, 20.60, 0.7239)),
    ],
)
def test_erlang_c(line: tuple[int, float, float], hours: float, expected: tuple[float, float, float]) -> None:
    """Agents, arrivals an hour, seconds; the share that waits, the mean wait, the share answered in 20 s."""
    agents, rate, handle = line
    found = run(types=one(rate=rate, handle=handle, target=20), agents=agents, hours=hours).total
    assert near(found.p_wait, expected[0])
    assert near(found.wait_s, expected[1])
    assert near(found.attainment, expected[2])
    assert exact.wait_mmc(agents, rate / HOUR, handle) == pytest.approx(expected[1], rel=1e-3)


@pytest.mark.parametrize(
    ("line", "hours", "expected"),
    [
        ((50, 2880, 60, 120), 3, (0.4678, 0.0309, 3.710)),
        ((90, 1026, 300, 600), 8, (0.3762, 0.0167, 10.02)),
        ((100, 1200, 300, 60), 6, (0.3281, 0.0550, 3.302)),
    ],
)
def test_erlang_a(
    line: tuple[int, float, float, float], hours: float, expected: tuple[float, float, float]
) -> None:
    """Agents, arrivals an hour, seconds, patience; the share that waits, the share that gives up, the mean wait."""
    agents, rate, handle, patience = line
    found = run(types=one(rate=rate, handle=handle, patience=patience), agents=agents, hours=hours).total
    assert near(found.p_wait, expected[0])
    assert near(found.abandoned, expected[1])
    assert near(found.wait_s, expected[2])
    theory = exact.erlang_a(agents, rate / HOUR, handle, patience)
    assert (theory.p_wait, theory.abandoned) == pytest.approx(expected[:2], abs=1e-4)


@pytest.mark.parametrize(
    "handle",
    [
        300,
        {"law": "deterministic", "mean": 300},
        {"law": "lognormal", "mean": 300, "cv": 1.5},
        {"law": "hyperexponential", "mean": 300, "cv": 2},
    ],
    ids=["exponential", "deterministic", "lognormal", "hyperexponential"],
)
def test_erlang_b_does_not_depend_on_the_law_of_service(handle: object) -> None:
    found = run(types=one(rate=1008, handle=handle, patience=0), agents=90, hours=4).total
    assert near(found.abandoned, 0.04462)
    assert found.longest_s == 0


def test_a_capacity_of_several_is_as_many_servers() -> None:
    found = run(types=one(rate=100, handle=300), agents=[{"count": 2, "capacity": 5}], hours=40).total
    assert near(found.wait_s, 87.77)


def test_service_of_any_law_by_one_agent_pollaczek_and_khinchine() -> None:
    handle = {"law": "lognormal", "mean": 60, "cv": 1.5}
    found = run(types=one(rate=42, handle=handle), agents=1, hours=300).total
    assert near(found.wait_s, exact.waits_mg1_by_priority([42 / HOUR], [60], [1.5])[0])


def test_priorities_without_preemption_of_several_agents() -> None:
    rates = {"gold": 30, "silver": 40, "bronze": 30}
    types = [
        {"name": name, "rate": rate, "handle": 300, "priority": 2 - at}
        for at, (name, rate) in enumerate(rates.items())
    ]
    found = run("strict", types=types, agents=10, hours=120).kinds
    waits = exact.waits_by_priority(10, [rate / HOUR for rate in rates.values()], 300)
    assert all(near(found[name].wait_s, wait) for name, wait in zip(rates, waits, strict=True))


def test_priorities_of_one_agent_each_with_its_own_service() -> None:
    types = [
        {"name": "a", "rate": 12, "handle": {"law": "erlang", "mean": 60, "phases": 4}, "priority": 1},
        {"name": "b", "rate": 8, "handle": {"law": "lognormal", "mean": 200, "cv": 1}},
    ]
    found = run("strict", types=types, agents=1, hours=300).kinds
    waits = exact.waits_mg1_by_priority([12 / HOUR, 8 / HOUR], [60, 200], [0.5, 1.0])
    assert near(found["a"].wait_s, waits[0])
    assert near(found["b"].wait_s, waits[1])


SYSTEMS: dict[str, tuple[dict[str, float], list[float], list[set[str]]]] = {
    "N": ({"a": 30, "b": 24}, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0], [{"a"}] * 2 + [{"a", "b"}] * 4),
    "W": ({"a": 16, "b": 20, "c": 14}, [1.0] * 6, [{"a", "b"}] * 3 + [{"b", "c"}] * 3),
    "M": ({"a": 18, "b": 26}, [1.0, 2.0, 1.0, 1.0, 1.5], [{"a"}, {"a"}, {"a", "b"}, {"b"}, {"b"}]),
    "V": ({"a": 20, "b": 28}, [1.0, 1.0, 0.5, 2.0, 1.0], [{"a", "b"}] * 5),
    "chain": ({"a": 9, "b": 16, "c": 16}, [1.0] * 5, [{"a", "b"}, {"b", "c"}, {"c", "a"}, {"b"}, {"c"}]),
}
"""Arrivals an hour by type, and of each agent the speed and the types that it can serve; 300 s each."""


def agents_of(speeds: list[float], able: list[set[str]]) -> list[dict[str, Any]]:
    return [{"speed": speed, "skills": sorted(each)} for speed, each in zip(speeds, able, strict=True)]


@pytest.mark.parametrize("name", SYSTEMS)
def test_first_come_to_the_longest_idle_with_overlapping_skills(name: str) -> None:
    rates, speeds, able = SYSTEMS[name]
    types = [{"name": each, "rate": rate, "handle": 300, "skills": [each]} for each, rate in rates.items()]
    found = run(types=types, agents=agents_of(speeds, able), hours=150).kinds
    theory = exact.fcfs_alis(
        {each: rate / HOUR for each, rate in rates.items()}, [speed / 300 for speed in speeds], able
    )
    assert all(near(found[each].p_wait, theory.p_wait[each]) for each in rates)
    assert all(near(found[each].wait_s, theory.wait[each]) for each in rates)


@pytest.mark.parametrize("law", ["exponential", "deterministic"])
def test_nobody_waits_with_overlapping_skills(law: str) -> None:
    """Which share of each type is lost, where nobody waits; it does not depend on the law of service either."""
    rates, speeds, able = SYSTEMS["M"]
    types = [
        {
            "name": each,
            "rate": rate,
            "handle": {"law": law, "mean": 300},
            "skills": [each],
            "patience": 0,
        }
        for each, rate in rates.items()
    ]
    found = run(types=types, agents=agents_of(speeds, able), hours=150).kinds
    theory = exact.loss_alis(
        {each: rate / HOUR for each, rate in rates.items()}, [speed / 300 for speed in speeds], able
    )
    assert all(near(found[each].abandoned, theory[each]) for each in rates)
