"""How many agents a half hour needs."""

from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from routing.staffing import Goal, Work, expected, plan

CALLS = Work(handle_s=300)


def test_the_fewest_agents_that_reach_the_goal_are_named() -> None:
    (half,) = plan([50], CALLS, Goal(0.8, 20))
    assert half.agents == 12
    assert half.expected.within >= 0.8
    assert half.with_one_less is not None
    assert half.with_one_less.within < 0.8


@given(st.floats(0.1, 400), st.sampled_from([None, 30.0, 300.0]), st.floats(0.5, 0.99), st.integers(1, 4))
@settings(max_examples=40)
def test_one_agent_less_would_not_do(
    arrivals: float, patience_s: float | None, share: float, at_once: int
) -> None:
    work, goal = Work(300, patience_s, at_once), Goal(share, 20)
    (half,) = plan([arrivals], work, goal)
    assert expected(arrivals, work, 20, half.agents).within >= share
    assert half.agents == 1 or expected(arrivals, work, 20, half.agents - 1).within < share


def test_each_half_hour_is_planned_by_itself() -> None:
    quiet, busy, night, again = plan([10, 100, 0, 10], CALLS, Goal())
    assert quiet.agents < busy.agents
    assert (night.agents, night.scheduled, night.with_one_less) == (0, 0, None)
    assert again == quiet


def test_a_limit_on_occupancy_or_abandonment_asks_for_more() -> None:
    (free,) = plan([500], CALLS, Goal())
    (relaxed,) = plan([500], CALLS, Goal(most_occupancy=0.8))
    assert free.expected.occupancy > 0.8 >= relaxed.expected.occupancy
    assert relaxed.agents == 105
    (lost,) = plan([500], Work(300, 60), Goal(0.5, 20))
    (kept,) = plan([500], Work(300, 60), Goal(0.5, 20, most_abandoned=0.01))
    assert lost.expected.abandoned > 0.01 >= kept.expected.abandoned


def test_who_is_absent_is_scheduled_too() -> None:
    (half,) = plan([50], CALLS, Goal(shrinkage=0.25))
    assert (half.agents, half.scheduled) == (12, 16)


def test_who_holds_several_at_once_counts_as_so_many() -> None:
    (one,), (three,) = plan([60], CALLS, Goal()), plan([60], replace(CALLS, at_once=3), Goal())
    assert three.agents == -(-one.agents // 3)


@pytest.mark.parametrize(
    ("arrivals", "work", "goal", "field"),
    [
        ([], CALLS, Goal(), "arrivals"),
        ([10] * 337, CALLS, Goal(), "arrivals"),
        ([5, -1], CALLS, Goal(), "arrivals[1]"),
        ([nan], CALLS, Goal(), "arrivals[0]"),
        ([inf], CALLS, Goal(), "arrivals[0]"),
        ([99_999], CALLS, Goal(), "arrivals"),
        ([10], Work(0), Goal(), "handle_s"),
        ([10], Work(nan), Goal(), "handle_s"),
        ([10], Work(300, 0), Goal(), "patience_s"),
        ([10], Work(300, at_once=0), Goal(), "at_once"),
        ([10], CALLS, Goal(share=1), "share"),
        ([10], CALLS, Goal(share=80), "share"),
        ([10], CALLS, Goal(target_s=-1), "target_s"),
        ([10], CALLS, Goal(most_occupancy=0), "most_occupancy"),
        ([10], CALLS, Goal(most_abandoned=1.5), "most_abandoned"),
        ([10], CALLS, Goal(shrinkage=1), "shrinkage"),
    ],
)
def test_bad_input_is_refused_by_its_field(arrivals: list[float], work: Work, goal: Goal, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan(arrivals, work, goal)
    assert refused.value.field == field


def test_a_goal_that_no_number_of_agents_reaches_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        plan([1500], CALLS, Goal(most_occupancy=0.001))
    assert refused.value.field == "share"
