"""A scenario that is too big is refused at once, with the field, the limit by its name, and what it would come to."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from core.errors import Invalid
from routing.simulation.reading.scenario import read
from routing.simulation.reading.size import SizeLimits, check_size
from tests.house.tree import ROOT

LIMITS = SizeLimits()
SMALL: dict[str, Any] = {"types": [{"rate": 10}], "agents": 3}


def refused(limits: SizeLimits = LIMITS, **more: Any) -> str:
    with pytest.raises(Invalid) as caught:
        check_size(read(msgspec.json.encode(SMALL | more), limits), limits)
    return str(caught.value)


def typed(**more: Any) -> dict[str, Any]:
    return {"types": [{"rate": 10} | more]}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"agents": 10**9}, "agents: expected at most 10000 (limit agents), not 1000000000"),
        ({"agents": 10**400}, "agents: expected at most 10000 (limit agents), not more than 1e+300"),
        ({"agents": [{"count": 9000}, {"count": 9000}]}, "agents: expected at most 10000 (limit agents), not 18000"),
        ({"agents": [{"count": 1}] * 3000}, "agents: expected at most 2000 (limit entries), not 3000"),
        ({"seeds": 10**9}, "seeds: expected at most 1000 (limit seeds), not 1000000000"),
        ({"seeds": list(range(2000))}, "seeds: expected at most 1000 (limit seeds), not 2000"),
        ({"hours": 5e6}, "hours: expected at most 1000000 (limit hours), not 5e+06"),
        ({"hours": 1e308}, "hours: expected at most 1000000 (limit hours), not more than 1e+300"),
        ({"policies": ["index"] * 1000}, "policies: expected at most 100 (limit policies), not 1000"),
        (typed(rate=1e308), "types[0].rate: expected 0, or a number from 1e-09 to 1e+09 (limit largest), not more than 1e+300"),
        (typed(target=1e-300), "types[0].target: expected 0, or a number from 1e-09 to 1e+09 (limit largest), not 1e-300"),
        (typed(priority=10**30), "types[0].priority: expected 0, or a number from 1e-09 to 1e+09 (limit largest), not 1e+30"),
        (typed(handle={"law": "empirical", "values": [1] * 100_001}), "types[0].handle.values: expected at most 100000 (limit values), not 100001"),
        (typed(handle={"law": "erlang", "mean": 1, "phases": 10**6}), "types[0].handle.phases: expected at most 2000 (limit entries), not 1000000 phases"),
        (typed(profile=[1] * 2001), "types[0].profile: expected at most 2000 (limit entries), not 2001"),
        (typed(profile=[1] * 2000) | {"hours": 1e6}, "hours: expected at most 5000000 (limit steps), not 8.5e+07 changes of rates and shifts"),
        (typed(rate=1e6), "hours: expected at most 1000000 (limit at_once), not 1.02e+08 conversations in 100 hours"),
        (
            typed(rate=9000) | {"seeds": 60, "policies": ["index", "strict"]},
            "hours: expected at most 100000000 (limit conversations), not 1.102e+08 conversations, 918000 under each of 60 seeds and 2 policies",
        ),
        ({"bursts": [{"from": 1, "until": 99, "factor": 1e6}]}, "hours: expected at most 1000000 (limit at_once), not 9.8e+08 conversations in 100 hours"),
        ({"types": [{"rate": 1, "name": str(at)} for at in range(200)], "tiers": [{"name": str(at), "share": 1} for at in range(10)]},
         "tiers: expected at most 1000 (limit kinds), not 2000"),
        (typed(steps=[{"agents": ["agents"]}] * 2000) | {"agents": 10_000}, "agents: expected at most 5000000 (limit steps), not 20010000; 10000 agents for each of 1 kinds"),
        ({"agents": [{"count": 10_000, "shifts": ["09:00-17:00"]}], "hours": 1e6, "types": [{"rate": 0.1}]},
         "hours: expected at most 5000000 (limit steps), not 4.25e+08 changes of rates and shifts"),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_what_is_too_big_is_refused_by_the_name_of_its_limit(more: dict[str, Any], told: str) -> None:
    assert refused(**more) == told


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_what_is_no_finite_number_is_refused(number: str) -> None:
    with pytest.raises(Invalid, match=r"the scenario: expected JSON|rate"):
        read(b'{"types": [{"rate": %s}], "agents": 1}' % number.encode())


def test_rules_within_rules_without_end_are_refused() -> None:
    rules: dict[str, Any] = {"policy": "index"}
    for _ in range(30):
        rules = {"queues": {"main": rules}}
    assert "at most 20 levels" in refused(policy=rules)


def test_more_is_allowed_to_whoever_says_so() -> None:
    most = replace(LIMITS, agents=20_000)
    assert read(msgspec.json.encode(SMALL | {"agents": 20_000}), most).teams[0].count == 20_000


@pytest.mark.parametrize(
    "example", sorted((ROOT / "docs" / "simulation").glob("*.json")), ids=lambda path: path.stem
)
def test_no_example_comes_near(example: Any) -> None:
    tenth = replace(LIMITS, conversations=LIMITS.conversations // 10, at_once=LIMITS.at_once // 10)
    assert check_size(read(example.read_bytes()), tenth).kinds
