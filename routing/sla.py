"""Targets and their clocks: when each starts, pauses and stops, and what is due when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from core.ids import SLAPolicyId
from routing.calendar import ROUND_THE_CLOCK, WorkingTime


class Target(StrEnum):
    """What is promised."""

    FIRST = "first"
    NEXT = "next"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Policy:
    """Targets in seconds of working time; None promises nothing."""

    id: SLAPolicyId
    name: str
    first_response_s: int | None
    next_response_s: int | None
    resolution_s: int | None
    time: WorkingTime = ROUND_THE_CLOCK

    def seconds(self, target: Target) -> int | None:
        match target:
            case Target.FIRST:
                return self.first_response_s
            case Target.NEXT:
                return self.next_response_s
            case Target.RESOLUTION:
                return self.resolution_s
            case _:
                assert_never(target)


@dataclass(frozen=True, slots=True)
class Pause:
    """From when to when a clock stood still; ``end`` None while it still does."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlaClock:
    """One target's time on one conversation. The start stays whatever policy it is measured by.

    ``stopped_at``: met, or no longer owed. ``missed_at``: the deadline passed while it ran.
    """

    target: Target
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None
    missed_at: datetime | None = None

    @property
    def running(self) -> bool:
        return self.stopped_at is None and not self.paused

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None


def pauses_while_waiting(target: Target) -> bool:
    """All but first response stand still while a conversation is waiting or snoozed."""
    return target is not Target.FIRST


def due(clock: SlaClock, policy: Policy | None) -> datetime | None:
    """When the target is missed; None when nothing is promised, or while the clock stands still or has stopped."""
    seconds = None if policy is None else policy.seconds(clock.target)
    if policy is None or seconds is None or not clock.running:
        return None
    stood_still = sum(
        policy.time.between(pause.start, pause.end) for pause in clock.pauses if pause.end is not None
    )
    return policy.time.add(clock.started_at, seconds + stood_still)


def pause(clock: SlaClock, at: datetime) -> SlaClock:
    """Stand still from ``at``; nothing changes when it already does or has stopped."""
    if not clock.running:
        return clock
    return replace(clock, pauses=(*clock.pauses, Pause(at)))


def resume(clock: SlaClock, at: datetime) -> SlaClock:
    """Run on from ``at``; nothing changes when it already does."""
    if not clock.paused:
        return clock
    return replace(clock, pauses=(*clock.pauses[:-1], replace(clock.pauses[-1], end=at)))


def stop(clock: SlaClock, at: datetime) -> SlaClock:
    """The promise is kept, or no longer owed."""
    return clock if clock.stopped_at is not None else replace(resume(clock, at), stopped_at=at)


def go_on(clock: SlaClock, at: datetime) -> SlaClock:
    """It had stopped and is owed again, from the old start; the time in between does not count."""
    if clock.stopped_at is None:
        return clock
    return replace(clock, stopped_at=None, pauses=(*clock.pauses, Pause(clock.stopped_at, at)))


def miss(clock: SlaClock, policy: Policy | None, now: datetime) -> SlaClock:
    """Marked as missed once its deadline has come; unchanged before, and when it already is."""
    when = due(clock, policy)
    if when is None or when > now or clock.missed_at is not None:
        return clock
    return replace(clock, missed_at=when)


def most_urgent(deadlines: Sequence[datetime | None]) -> datetime | None:
    """The earliest of those that there are."""
    return min((each for each in deadlines if each is not None), default=None)
