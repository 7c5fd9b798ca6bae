"""The fewest agents of each team, by simulation: where one skill is all there is, as Erlang's formula has it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from core.errors import Invalid
from routing.simulation.reading.scenario import read
from routing.simulation.runner import simulate
from routing.simulation.scenario import Scenario
from routing.simulation.staffing import Search, alone, half_hour
from routing.staffing import Goal, Work, plan

CALLS = {"name": "calls", "rate": 40, "handle": 180, "target": 20}


def scenario(**form: Any) -> Scenario:
    usual = {
        "types": [CALLS],
        "agents": [{"name": "all", "count": 1}],
        "policy": "first_come",
        "seeds": 2,
        "hours": 60,
    }
    return alone(read(msgspec.json.encode(usual | form)))


def fewest(made: Scenario, share: float = 0.8) -> Any:
    return Search(made, share, simulate).fewest()


@pytest.mark.served
def test_one_skill_needs_what_erlangs_formula_says() -> None:
    found = fewest(scenario())
    (exact,) = plan([20], Work(180), Goal(0.8, 20))
    assert found.counts == {"all": exact.agents}
    assert found.attainment["calls"].value == pytest.approx(exact.expected.within, abs=0.05)


@pytest.mark.served
def test_one_agent_less_of_any_team_would_miss_a_promise() -> None:
    types = [
        CALLS | {"name": "a", "skills": ["x"], "rate": 20},
        CALLS | {"name": "b", "skills": ["y"], "rate": 10},
    ]
    agents = [{"name": "x", "skills": ["x"], "count": 6}, {"name": "both", "skills": ["x", "y"], "count": 4}]
    search = Search(scenario(types=types, agents=agents, hours=30), 0.8, simulate)
    found = search.fewest()
    counts = [found.counts["x"], found.counts["both"]]
    assert all(figure.value >= 0.8 for figure in found.attainment.values())
    kinds = search.scenario.kinds
    for at in range(2):
        if counts[at]:
            fewer = [count - (place == at) for place, count in enumerate(counts)]
            assert search._worst(fewer, kinds) is not None
    assert found.agents < 10


@pytest.mark.served
def test_a_busy_half_hour_needs_more_than_a_quiet_one() -> None:
    made = scenario(types=[CALLS | {"profile": [0.5, 2.0]}], hours=15)
    morning, evening = fewest(half_hour(made, 10)), fewest(half_hour(made, 40))
    assert morning.agents < evening.agents


Wrong = Callable[[], Any]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (lambda: fewest(scenario(types=[{"name": "a", "rate": 5, "handle": 60}])), "types"),
        (lambda: fewest(scenario(), 1.0), "share"),
        (
            lambda: fewest(scenario(types=[CALLS | {"handle": 180, "target": 0.5, "rate": 1}], hours=5), 0.0),
            "share",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Wrong, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wrong()
    assert refused.value.field == field
