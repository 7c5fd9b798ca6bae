"""Erlang's formulas against published figures, against each other, and against the integral that defines them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.erlang import Line, Outlook, blocked, outlook

EXACT_C = [
    (10, 100, 300, 0.4876, 87.77, 0.5637),
    (14, 200, 180, 0.1741, 7.836, 0.8884),
    (90, 1008, 300, 0.4120, 20.60, 0.7239),
]
EXACT_A = [
    (50, 2880, 60, 120, 0.4678, 0.0309, 3.7095),
    (90, 1026, 300, 600, 0.3762, 0.0167, 10.02),
    (100, 1200, 300, 60, 0.3281, 0.0550, 3.302),
]
LINES = st.builds(Line, st.floats(0.001, 2), st.floats(0.001, 0.1), st.one_of(st.none(), st.floats(5, 3600)))


def a_line(an_hour: float, handle_s: float, patience_s: float | None = None) -> Line:
    return Line(an_hour / 3600, 1 / handle_s, patience_s)


@pytest.mark.parametrize(("agents", "an_hour", "handle_s", "waits", "mean_wait_s", "within"), EXACT_C)
def test_who_never_gives_up_meets_erlang_c(
    agents: int,
    an_hour: float,
    handle_s: float,
    waits: float,
    mean_wait_s: float,
    within: float,
) -> None:
    found = outlook(a_line(an_hour, handle_s), agents, 20)
    assert round(found.waits, 4) == waits
    assert float(f"{found.mean_wait_s:.4g}") == mean_wait_s
    assert round(found.within, 4) == within


@pytest.mark.parametrize("row", EXACT_A)
def test_who_gives_up_meets_erlang_a(row: tuple[int, float, float, float, float, float, float]) -> None:
    agents, an_hour, handle_s, patience_s, waits, abandoned, mean_wait_s = row
    found = outlook(a_line(an_hour, handle_s, patience_s), agents, 20)
    assert round(found.waits, 4) == waits
    assert round(found.abandoned, 4) == abandoned
    assert found.mean_wait_s == pytest.approx(mean_wait_s, rel=3e-4)


def test_who_is_lost_when_everybody_is_busy_meets_erlang_b() -> None:
    assert round(100 * blocked(90, 84), 3) == 4.462


@pytest.mark.parametrize("target_s", [0, 20, 60])
@pytest.mark.parametrize("row", EXACT_A)
def test_the_share_in_target_is_the_integral_over_the_wait(
    row: tuple[int, float, float, float, float, float, float], target_s: float
) -> None:
    """The density of an endless caller's wait is known; who is still there at that moment is served."""
    agents, an_hour, handle_s, patience_s = row[:4]
    line = a_line(an_hour, handle_s, patience_s)
    before = 1 / blocked(agents - 1, line.load)

    def density(wait: float) -> float:
        thinned = line.arrival * patience_s * -math.expm1(-wait / patience_s)
        return line.arrival * math.exp(thinned - agents * line.service * wait)

    step = 0.05
    waits = [(at + 0.5) * step for at in range(12_000)]
    everybody = before + sum(map(density, waits)) * step
    late = sum(density(wait) * math.exp(-wait / patience_s) for wait in waits if wait > target_s) * step
    found = outlook(line, agents, target_s)
    assert found.within == pytest.approx(1 - found.abandoned - late / everybody, abs=1e-5)


@given(LINES, st.integers(1, 120), st.floats(0, 120))
@settings(max_examples=40)
def test_another_agent_never_makes_it_worse(line: Line, agents: int, target_s: float) -> None:
    fewer, more = outlook(line, agents, target_s), outlook(line, agents + 1, target_s)
    for share in (fewer.waits, fewer.within, fewer.abandoned, fewer.occupancy):
        assert 0 <= share <= 1 + 1e-9
    assert more.within >= fewer.within - 1e-9
    assert more.waits <= fewer.waits + 1e-9
    assert more.mean_wait_s <= fewer.mean_wait_s + 1e-9


@given(LINES, st.integers(1, 120))
@settings(max_examples=30)
def test_what_comes_is_served_or_gives_up(line: Line, agents: int) -> None:
    found = outlook(line, agents, 20)
    served = found.occupancy * agents * line.service
    if line.patience_s is not None or line.load < agents:
        assert served == pytest.approx(line.arrival * (1 - found.abandoned), rel=1e-6)


def test_great_patience_comes_down_to_erlang_c_and_none_to_erlang_b() -> None:
    patient, endless = outlook(a_line(100, 300, 1e9), 10, 20), outlook(a_line(100, 300), 10, 20)
    assert patient.mean_wait_s == pytest.approx(endless.mean_wait_s, rel=1e-4)
    assert patient.within == pytest.approx(endless.within, rel=1e-4)
    hasty = outlook(a_line(1008, 300, 1e-6), 90, 20)
    assert hasty.abandoned == pytest.approx(blocked(90, 84), rel=1e-4)


def test_large_numbers_stay_numbers() -> None:
    assert outlook(a_line(100_000, 3600, 86_400), 100, 20).abandoned == pytest.approx(0.999)
    crowd = outlook(a_line(100_000, 360, 3600), 10_100, 20)
    assert crowd.within > 0.95
    assert crowd.abandoned == pytest.approx(0, abs=1e-3)


def test_a_line_that_can_only_grow_is_never_answered_in_time() -> None:
    assert outlook(a_line(100, 300), 8, 20) == Outlook(1, 0, math.inf, 0, 1)


def test_where_nobody_calls_nobody_waits() -> None:
    assert outlook(Line(0, 0.01), 0, 20) == Outlook(0, 1, 0, 0, 0)


def test_without_agents_everybody_gives_up() -> None:
    found = outlook(a_line(60, 60, 30), 0, 20)
    assert (found.within, found.abandoned) == pytest.approx((0, 1))
