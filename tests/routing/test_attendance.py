"""Who does nothing is away after a while, and who is gone is offline."""

from datetime import UTC, datetime, timedelta

import pytest

from core.agent import Presence, PresenceState
from routing.attendance import Attendance, AttendanceSettings, overdue

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = AttendanceSettings(idle_s=900, gone_s=180, watch_s=15)
LONG_AGO = NINE - timedelta(days=1)


def later(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def state_at(
    seconds: float,
    presence: PresenceState = PresenceState.AVAILABLE,
    *,
    seen: float | None = 0,
    connected: float | None = None,
    watched_since: datetime = LONG_AGO,
) -> tuple[str, str] | None:
    """What becomes of them ``seconds`` after nine; connected until that moment unless said otherwise."""
    known = Attendance(
        presence,
        NINE,
        None if seen is None else later(seen),
        later(seconds if connected is None else connected),
    )
    found: Presence | None = overdue(known, later(seconds), watched_since, SETTINGS)
    return None if found is None else (found.state.value, str(found.reason))


def test_who_is_available_and_does_nothing_is_away_after_the_idle_time() -> None:
    assert state_at(914) is None
    assert state_at(915) == ("away", "idle")


def test_doing_something_puts_it_off() -> None:
    assert state_at(1500, seen=800) is None
    assert state_at(1715, seen=800) == ("away", "idle")


def test_setting_a_presence_is_doing_something() -> None:
    known = Attendance(PresenceState.AVAILABLE, later(1000), NINE, later(1500))
    assert overdue(known, later(1500), LONG_AGO, SETTINGS) is None


@pytest.mark.parametrize("state", [PresenceState.BUSY, PresenceState.AWAY, PresenceState.NOT_RESPONDING])
def test_who_is_not_offered_work_anyway_is_left_alone_while_connected(state: PresenceState) -> None:
    assert state_at(100_000, state) is None


@pytest.mark.parametrize("state", [each for each in PresenceState if each is not PresenceState.OFFLINE])
def test_whoever_is_gone_is_offline(state: PresenceState) -> None:
    assert state_at(194, state, connected=0) is None
    assert state_at(195, state, connected=0) == ("offline", "disconnected")


def test_who_is_offline_stays_so() -> None:
    assert state_at(100_000, PresenceState.OFFLINE, connected=0) is None


def test_what_nobody_could_notice_is_not_held_against_them() -> None:
    """The server was down for an hour: nobody's clicks were noted, nobody was connected."""
    started = later(3600)
    assert state_at(3700, connected=0, watched_since=started) is None
    assert state_at(3795, connected=0, watched_since=started) == ("offline", "disconnected")


def test_either_can_be_switched_off() -> None:
    never = AttendanceSettings(idle_s=0, gone_s=0)
    known = Attendance(PresenceState.AVAILABLE, NINE, NINE, NINE)
    assert overdue(known, later(1_000_000), LONG_AGO, never) is None
