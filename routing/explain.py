"""How a deadline was reached, step by step as data: what counted, what did not and why; the words are the catalogue's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from routing import sla
from routing.calendar import BusinessHours, changes
from routing.holidays import Holiday
from routing.sla import Policy, SlaClock, Target

MOST_STEPS = 30
"""So many are told one by one; of more, the first and the last."""


class State(StrEnum):
    """How a promise stands; unanswered: it ended in time without an answer, because none was owed any more."""

    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    KEPT = "kept"
    UNANSWERED = "unanswered"
    LATE = "late"


class Kind(StrEnum):
    """What a stretch of time is to a promise: it counts; it is closed, a holiday, or the clock stands still."""

    COUNTED = "counted"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Step:
    """From when to when; ``seconds`` that counted in it; ``holiday``: which."""

    kind: Kind
    start: datetime
    end: datetime
    seconds: float = 0.0
    holiday: Holiday | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """The clocks of the zone were changed at an instant, by so many seconds; forward is positive."""

    at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Explained:
    """``due_at``: None while it stands still. ``counted_s`` up to then, or up to when it stopped or stands still.

    ``unanswered``: it ended, in time or not, without being met.
    ``paused_s``: business time for which it stood still. ``hidden``: steps left out in the middle of ``steps``.
    """

    target: Target
    state: State
    unanswered: bool
    started_at: datetime
    promised_s: float
    counted_s: float
    paused_s: float
    due_at: datetime | None
    warn_at: datetime | None
    zone: str | None
    steps: tuple[Step, ...]
    hidden: int
    holidays: tuple[Holiday, ...]
    shifts: tuple[Shift, ...]


def explain(
    clock: SlaClock, policy: Policy, holidays: Mapping[date, Holiday] | None = None, *, met: bool = True
) -> Explained | None:
    """None when the policy promises nothing for it. ``holidays`` has the names of those of the policy's hours.

    ``met``: what stopped it, if it has stopped, was what is promised.
    """
    seconds = policy.seconds(clock.target)
    if seconds is None:
        return None
    due, until = sla.due(clock, policy), _until(clock, policy)
    hours = policy.time if isinstance(policy.time, BusinessHours) else None
    steps = tuple(_merged(_steps(clock, hours, until, holidays or {})))
    shown, hidden = _shortened(steps)
    return Explained(
        target=clock.target,
        state=_state(clock, met=met),
        unanswered=clock.stopped_at is not None and not met,
        started_at=clock.started_at,
        promised_s=seconds,
        counted_s=sum(each.seconds for each in steps),
        paused_s=sla.stood_still(clock, policy.time, until),
        due_at=due,
        warn_at=sla.near_at(clock, policy),
        zone=None if hours is None else hours.zone,
        steps=shown,
        hidden=hidden,
        holidays=tuple(dict.fromkeys(each.holiday for each in steps if each.holiday is not None)),
        shifts=() if hours is None else _shifts(hours.zone, clock.started_at, until),
    )


def _state(clock: SlaClock, *, met: bool) -> State:
    missed = clock.missed_at is not None
    if clock.stopped_at is not None:
        if met:
            return State.LATE if missed else State.KEPT
        return State.MISSED if missed else State.UNANSWERED
    if missed:
        return State.MISSED
    return State.PAUSED if clock.paused else State.RUNNING


def _until(clock: SlaClock, policy: Policy) -> datetime:
    """Up to where there is something to tell."""
    if clock.stopped_at is not None:
        return clock.stopped_at
    return sla.due(clock, policy) or clock.pauses[-1].start


def _steps(
    clock: SlaClock, hours: BusinessHours | None, until: datetime, holidays: Mapping[date, Holiday]
) -> Iterator[Step]:
    """The whole time from the start, cut where it begins or ends to count."""
    at = clock.started_at
    for pause in (*clock.pauses, None):
        end = until if pause is None else min(pause.start, until)
        yield from _open_and_closed(hours, at, end, holidays)
        if pause is None or pause.end is None or pause.start >= until:
            return
        at = min(pause.end, until)
        yield Step(Kind.PAUSED, pause.start, at)


def _open_and_closed(
    hours: BusinessHours | None, start: datetime, end: datetime, holidays: Mapping[date, Holiday]
) -> Iterator[Step]:
    if hours is None:
        if end > start:
            yield Step(Kind.COUNTED, start, end, (end - start).total_seconds())
        return
    at = start
    for opened, closed in hours.spans(start, end):
        yield from _closed(hours, at, opened, holidays)
        yield Step(Kind.COUNTED, opened, closed, (closed - opened).total_seconds())
        at = closed
    yield from _closed(hours, at, end, holidays)


def _closed(
    hours: BusinessHours, start: datetime, end: datetime, holidays: Mapping[date, Holiday]
) -> Iterator[Step]:
    """Cut at the holidays that were missed by it: those on which the week would have had hours."""
    zone, at = ZoneInfo(hours.zone), start
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if day in hours.holidays and hours.week[day.weekday()]:
            began, ended = max(at, _midnight(day, zone)), min(end, _midnight(day + timedelta(days=1), zone))
            if ended > began:
                if began > at:
                    yield Step(Kind.CLOSED, at, began)
                yield Step(Kind.HOLIDAY, began, ended, holiday=holidays.get(day, Holiday(day, "")))
                at = ended
        day += timedelta(days=1)
    if end > at:
        yield Step(Kind.CLOSED, at, end)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _merged(steps: Iterator[Step]) -> Iterator[Step]:
    """Stretches that touch and are of one kind are one, as those before and after midnight."""
    last: Step | None = None
    for step in steps:
        if last is not None and last.kind == step.kind != Kind.HOLIDAY and last.end == step.start:
            last = Step(step.kind, last.start, step.end, last.seconds + step.seconds)
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last


def _shortened(steps: Sequence[Step]) -> tuple[tuple[Step, ...], int]:
    if len(steps) <= MOST_STEPS:
        return tuple(steps), 0
    half = MOST_STEPS // 2
    return (*steps[:half], *steps[-half:]), len(steps) - 2 * half


def _shifts(zone: str, start: datetime, end: datetime) -> tuple[Shift, ...]:
    info = ZoneInfo(zone)
    if end <= start or start.astimezone(info).utcoffset() == end.astimezone(info).utcoffset():
        return ()
    return tuple(Shift(at, by.total_seconds()) for at, by in changes(zone, start, end))
