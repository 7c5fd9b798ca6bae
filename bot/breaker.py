"""A circuit breaker: after several failures in a row nobody is asked for a while, then one may try; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never


@dataclass(frozen=True, slots=True)
class BreakerSettings:
    """Opens after ``failures`` in a row, for ``open_s``, doubled each time the try fails, up to ``longest_s``."""

    failures: int = 3
    open_s: float = 2.0
    longest_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Closed:
    """All is well, or nearly."""

    failures: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """Nobody is let through until then."""

    until: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class HalfOpen:
    """One is trying since ``since``; if it never tells, the next may try after ``seconds``."""

    since: datetime
    seconds: float


State = Closed | Opened | HalfOpen


def admit(state: State, now: datetime) -> tuple[State, bool]:
    """The state after somebody asked to go through, and whether they may."""
    match state:
        case Closed():
            return state, True
        case Opened(until, seconds):
            return (HalfOpen(now, seconds), True) if now >= until else (state, False)
        case HalfOpen(since, seconds):
            lost = now >= since + timedelta(seconds=seconds)
            return (HalfOpen(now, seconds), True) if lost else (state, False)
        case _:
            assert_never(state)


def succeeded(state: State) -> State:
    """Somebody came through."""
    return Closed()


def failed(state: State, now: datetime, settings: BreakerSettings) -> State:
    """Somebody did not."""
    match state:
        case Closed(failures):
            if failures + 1 < settings.failures:
                return Closed(failures + 1)
            return Opened(now + timedelta(seconds=settings.open_s), settings.open_s)
        case HalfOpen(_, seconds):
            longer = min(settings.longest_s, seconds * 2)
            return Opened(now + timedelta(seconds=longer), longer)
        case Opened():
            return state
        case _:
            assert_never(state)
