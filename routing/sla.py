"""Targets and their clocks: when each starts, pauses and stops, and what is due when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from core.ids import SLAPolicyId
from routing.calendar import ROUND_THE_CLOCK, WorkingTime

WORTH = 1.0
"""Of what no policy says it of."""


class Target(StrEnum):
    """What is promised."""

    FIRST = "first"
    NEXT = "next"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Policy:
    """Targets in seconds of working time; None promises nothing.

    ``worth``: what a missed target of it is worth beside others. ``warn_share``: of the target has passed when the
    warning comes; at 1 there is none.
    """

    id: SLAPolicyId
    name: str
    first_response_s: int | None
    next_response_s: int | None
    resolution_s: int | None
    time: WorkingTime = ROUND_THE_CLOCK
    worth: float = WORTH
    warn_share: float = 1.0

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

    ``stopped_at``: met, or no longer owed, which `met.py` tells apart. ``missed_at``: the deadline passed while it ran.
    ``warned_at``: that it was near has been told.
    """

    target: Target
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None
    missed_at: datetime | None = None
    warned_at: datetime | None = None

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
    return _reached(clock, policy.time, seconds)


def near_at(clock: SlaClock, policy: Policy | None) -> datetime | None:
    """When the warning comes that the target is near; None when none does."""
    seconds = None if policy is None else policy.seconds(clock.target)
    if policy is None or seconds is None or not clock.running or policy.warn_share >= 1:
        return None
    return _reached(clock, policy.time, seconds * policy.warn_share)


def stood_still(clock: SlaClock, time: WorkingTime, until: datetime) -> float:
    """Counted seconds in the pauses that were over by then."""
    return sum(time.between(each.start, each.end) for each in clock.pauses if each.end and each.end <= until)


def _reached(clock: SlaClock, time: WorkingTime, seconds: float) -> datetime:
    """When the clock has run for so long; what stands still only after that moves nothing."""
    when = time.add(clock.started_at, seconds)
    for each in clock.pauses:
        if each.end is None or each.start >= when:
            break
        seconds += time.between(each.start, each.end)
        when = time.add(clock.started_at, seconds)
    return when


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


def warn(clock: SlaClock, policy: Policy | None, now: datetime) -> SlaClock:
    """Marked as near once its warning has come; unchanged before, when it already is, and when it is missed by now."""
    when = near_at(clock, policy)
    if when is None or when > now or clock.warned_at is not None or clock.missed_at is not None:
        return clock
    return replace(clock, warned_at=now)


@dataclass(frozen=True, slots=True)
class Pressing:
    """The target that falls due first: when, how many seconds were promised, and what missing it is worth."""

    deadline: datetime
    target_s: float
    worth: float


def pressing(due_at: Mapping[Target, datetime | None], policy: Policy | None) -> Pressing | None:
    """None when nothing is due; a tie goes to the shorter promise."""
    if policy is None:
        return None
    promised = [
        Pressing(when, seconds, policy.worth)
        for target, when in due_at.items()
        if when is not None and (seconds := policy.seconds(target)) is not None
    ]
    return min(promised, key=lambda each: (each.deadline, each.target_s), default=None)
