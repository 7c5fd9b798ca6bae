"""The circuit breaker, with a clock moved by hand."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.breaker import BreakerSettings, Closed, HalfOpen, Opened, State, admit, failed, succeeded
from tests.builders import MORNING

SETTINGS = BreakerSettings(failures=3, open_s=2, longest_s=10)


def after(seconds: float) -> State:
    """Opened at MORNING by three failures, asked after so many seconds."""
    state: State = Closed()
    for _ in range(3):
        state = failed(state, MORNING, SETTINGS)
    return admit(state, MORNING + timedelta(seconds=seconds))[0]


def test_it_stays_closed_until_the_failures_in_a_row_are_enough() -> None:
    state = failed(failed(Closed(), MORNING, SETTINGS), MORNING, SETTINGS)
    assert admit(state, MORNING) == (Closed(2), True)
    assert failed(succeeded(state), MORNING, SETTINGS) == Closed(1)


def test_it_opens_for_a_while_and_lets_nobody_through() -> None:
    assert isinstance(after(0), Opened)
    assert isinstance(after(1.9), Opened)


def test_then_exactly_one_may_try() -> None:
    now = MORNING + timedelta(seconds=2)
    state, admitted = admit(after(0), now)
    assert admitted
    assert admit(state, now) == (state, False)


def test_a_try_that_succeeds_closes_it() -> None:
    assert succeeded(after(2)) == Closed()


def test_a_try_that_fails_opens_it_for_twice_as_long_up_to_a_limit() -> None:
    state, now = after(2), MORNING
    for seconds in (4, 8, 10, 10):
        state = failed(state, now, SETTINGS)
        assert state == Opened(now + timedelta(seconds=seconds), seconds)
        now += timedelta(seconds=seconds)
        state, admitted = admit(state, now)
        assert admitted


def test_a_try_that_never_tells_does_not_close_the_door_for_ever() -> None:
    state = after(2)
    assert isinstance(state, HalfOpen)
    later = MORNING + timedelta(seconds=4)
    assert admit(state, later) == (HalfOpen(later, 2), True)


@given(st.lists(st.sampled_from(["ask", "fail", "succeed", "wait"]), max_size=60))
def test_whatever_happens_somebody_may_try_again_in_the_end(steps: list[str]) -> None:
    state: State = Closed()
    now = MORNING
    for step in steps:
        match step:
            case "ask":
                state, _ = admit(state, now)
            case "fail":
                state = failed(state, now, SETTINGS)
            case "succeed":
                state = succeeded(state)
            case _:
                now += timedelta(seconds=1)
    assert admit(state, now + timedelta(seconds=SETTINGS.longest_s))[1]
