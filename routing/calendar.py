"""Business time: weekly hours and holidays in a time zone, counted exactly through every change of the clocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import Invalid

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FULL_DAY = 24 * 60
_TIME = re.compile(r"([0-2][0-9]):([0-5][0-9])")
_HORIZON = timedelta(days=366 * 30)
_WIDEST_OFFSET = timedelta(hours=15)
_PROBE = timedelta(hours=3)
_SECOND = timedelta(seconds=1)


class WorkingTime(Protocol):
    """Tells how much time counts between two instants, and when a given amount will have passed."""

    def add(self, start: datetime, seconds: float) -> datetime:
        """The earliest instant at which ``seconds`` of counted time have passed since ``start``."""
        ...

    def between(self, start: datetime, end: datetime) -> float:
        """Counted seconds from ``start`` to ``end``; negative when ``end`` is the earlier."""
        ...


@dataclass(frozen=True, slots=True)
class RoundTheClock:
    """Every second counts."""

    def add(self, start: datetime, seconds: float) -> datetime:
        return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(start.tzinfo)

    def between(self, start: datetime, end: datetime) -> float:
        return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True, slots=True)
class Interval:
    """Minutes after local midnight, ``end`` not included; 1440 is the next midnight."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_on_the_wall(self.start)}\N{EN DASH}{_on_the_wall(self.end)}"


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """An instant counts when the clock on the wall of ``zone`` shows a time within the day's intervals.

    ``week`` has seven days, Monday first. So an hour that is skipped counts nothing and one that is repeated twice.
    """

    zone: str
    week: tuple[tuple[Interval, ...], ...]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        check_zone(self.zone)
        _check_week(self.week)

    def add(self, start: datetime, seconds: float) -> datetime:
        """Raises Invalid when that much business time does not come within thirty years."""
        if seconds < 0:
            raise ValueError("business time is only added forward")
        if not seconds:
            return start
        began, left = start.astimezone(UTC), timedelta(seconds=seconds)
        for opened, closed in self.spans(began, began + _HORIZON):
            if closed - opened >= left:
                return (opened + left).astimezone(start.tzinfo)
            left -= closed - opened
        raise Invalid("hours", f"{seconds:g} seconds of business time within thirty years")

    def between(self, start: datetime, end: datetime) -> float:
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        if last < first:
            return -self.between(last, first)
        return sum((closed - opened).total_seconds() for opened, closed in self.spans(first, last))

    def spans(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is open between two instants in UTC (in another zone Python compares what the wall shows)."""
        day = (first - _WIDEST_OFFSET).date()
        while day <= (last + _WIDEST_OFFSET).date():
            for opened, closed in _open_on(self, day):
                if closed > first and opened < last:
                    yield max(opened, first), min(closed, last)
            day += timedelta(days=1)


def parse_time(text: str, field: str) -> int:
    """Minutes after midnight of ``HH:MM``; ``24:00`` is the end of the day."""
    found = _TIME.fullmatch(text)
    total = int(found[1]) * 60 + int(found[2]) if found else _FULL_DAY + 1
    if total > _FULL_DAY:
        raise Invalid(field, f"a time from 00:00 to 24:00 written HH:MM, not {text!r}")
    return total


def check_zone(zone: str) -> None:
    """Raises Invalid."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("zone", f"an IANA time zone such as Europe/Berlin, not {zone!r}") from None


def _check_week(week: tuple[tuple[Interval, ...], ...]) -> None:
    if len(week) != len(DAYS):
        raise Invalid("week", f"seven days, Monday first, not {len(week)}")
    for name, day in zip(DAYS, week, strict=True):
        _check_day(name, day)
    if not any(week):
        raise Invalid("week", "at least one interval in the week")


def _check_day(name: str, day: tuple[Interval, ...]) -> None:
    for each in day:
        if not 0 <= each.start <= _FULL_DAY or not 0 <= each.end <= _FULL_DAY:
            raise Invalid("week", f"on {name} times from 00:00 to 24:00, not {each}")
        if each.start >= each.end:
            raise Invalid(
                "week",
                f"on {name} hours that end after they start, not {each} (past midnight: split them at 24:00)",
            )
    for one, other in pairwise(day):
        if one.end > other.start:
            raise Invalid("week", f"on {name} hours in order that do not overlap, not {one} and {other}")


def _on_the_wall(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@lru_cache(maxsize=16_384)
def _open_on(hours: BusinessHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """What is open on a local date, in UTC and in order."""
    intervals = hours.week[day.weekday()]
    if not intervals or day in hours.holidays:
        return ()
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    spans = [
        (max(start, opened), min(end, closed))
        for start, end, offset in _constant(
            hours.zone, midnight - _WIDEST_OFFSET, midnight + timedelta(days=1) + _WIDEST_OFFSET
        )
        for each in intervals
        for opened, closed in [
            (
                midnight + timedelta(minutes=each.start) - offset,
                midnight + timedelta(minutes=each.end) - offset,
            )
        ]
        if opened < end and closed > start
    ]
    return tuple(sorted(spans))


def changes(zone: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """When the clocks of a zone are changed between two instants, and by how much: forward is positive."""
    before: timedelta | None = None
    for began, _, offset in _constant(zone, start.astimezone(UTC), end.astimezone(UTC)):
        if before is not None:
            yield began, offset - before
        before = offset


def _constant(zone: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """The time from ``start`` to ``end`` cut where the zone's offset from UTC changes."""
    info = ZoneInfo(zone)
    began, offset, at = start, _offset(info, start), start
    while at < end:
        probe = min(at + _PROBE, end)
        if _offset(info, probe) != offset:
            change = _first_change(info, at, probe)
            yield began, change, offset
            began, offset = change, _offset(info, change)
            probe = change
        at = probe
    yield began, end, offset


def _first_change(info: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second with another offset than ``before``; ``after`` has another."""
    offset = _offset(info, before)
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        before, after = (middle, after) if _offset(info, middle) == offset else (before, middle)
    return after


def _offset(info: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(info).utcoffset()
    return timedelta(0) if offset is None else offset
