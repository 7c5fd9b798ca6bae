"""How long work takes, learned from what was measured."""

from datetime import UTC, datetime, timedelta

import pytest

from core.ids import AgentId
from routing.handling import (
    Estimate,
    HandlingSettings,
    Moment,
    active_s,
    expected_s,
    held_s,
    learned,
    speed,
    speeds,
)

SETTINGS = HandlingSettings()
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA, BOB = AgentId("ada"), AgentId("bob")


def at(minutes: float, holder: AgentId | None, *, is_open: bool = True) -> Moment:
    return Moment(NINE + timedelta(minutes=minutes), holder, is_open)


def measured(*seconds: float) -> Estimate:
    known = Estimate()
    for each in seconds:
        known = learned(known, each, SETTINGS)
    return known


def test_only_time_in_which_it_was_open_in_the_agents_hands_counts() -> None:
    moments = [
        at(0, None),
        at(2, BOB),
        at(5, ADA),
        at(8, ADA, is_open=False),
        at(60, ADA),
        at(64, None, is_open=False),
    ]
    assert active_s(moments, ADA) == 7 * 60
    assert active_s(moments, BOB) == 3 * 60


def test_of_work_of_which_nothing_is_known_the_usual_is_expected() -> None:
    assert expected_s(Estimate(), SETTINGS) == SETTINGS.usual_s


def test_a_few_measurements_move_the_expectation_a_little_and_many_move_it_all_the_way() -> None:
    few, many = measured(*[600.0] * 2), measured(*[600.0] * 400)
    assert 300 < expected_s(few, SETTINGS) < 400
    assert expected_s(many, SETTINGS) == pytest.approx(600, rel=0.06)


def test_old_measurements_fade() -> None:
    known = measured(*[600.0] * 500, *[100.0] * 1000)
    assert known.count == SETTINGS.memory
    assert known.seconds == pytest.approx(100, rel=0.05)


def test_what_took_all_night_counts_as_the_longest_there_is() -> None:
    assert measured(90_000.0).seconds == SETTINGS.most_s
    assert measured(0.1).seconds == SETTINGS.least_s


def test_who_is_new_is_as_fast_as_everybody() -> None:
    assert speed(Estimate(), measured(*[400.0] * 50), SETTINGS) == 1.0
    assert speed(measured(800.0), measured(*[400.0] * 50), SETTINGS) == 1.0


def test_speeds_are_few_and_bounded() -> None:
    kind = measured(*[400.0] * 200)
    found = {speed(measured(*[float(seconds)] * 100), kind, SETTINGS) for seconds in range(20, 8000, 20)}
    assert len(found) == 2 * SETTINGS.steps + 1
    assert min(found) == pytest.approx(1.25**-3, abs=1e-3)
    assert max(found) == pytest.approx(1.25**3, abs=1e-3)


def test_a_speed_of_one_is_not_written_down() -> None:
    kinds = {"mail": measured(*[400.0] * 200), "chat": measured(*[200.0] * 200)}
    own = {"mail": measured(*[400.0] * 50), "chat": measured(*[400.0] * 100)}
    assert speeds(own, kinds, SETTINGS) == {"chat": pytest.approx(1.9531, abs=0.5)}


def test_what_somebody_holds_is_weighed_by_how_many_there_are() -> None:
    assert held_s([(1, 100.0), (3, 500.0)], SETTINGS) == 400
    assert held_s([], SETTINGS) == SETTINGS.usual_s
