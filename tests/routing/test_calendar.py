"""Business time adds up, never runs backwards, and survives midnight, holidays and both changes of the clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from routing.calendar import ROUND_THE_CLOCK, BusinessHours, Interval, WorkingTime, changes, parse_time

HOUR = 3600
OFFICE = (((Interval(9 * 60, 12 * 60), Interval(13 * 60, 17 * 60)),) * 5) + ((), ())
ALWAYS = ((Interval(0, 1440),),) * 7
NIGHTS = ((Interval(0, 6 * 60), Interval(22 * 60, 1440)),) * 7
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


def office(*holidays: str) -> BusinessHours:
    return BusinessHours("Europe/Berlin", OFFICE, frozenset(date.fromisoformat(day) for day in holidays))


def calendars() -> st.SearchStrategy[WorkingTime]:
    minutes = st.lists(st.integers(0, 96), min_size=0, max_size=4, unique=True).map(sorted)
    day = minutes.map(
        lambda cuts: tuple(Interval(a * 15, b * 15) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    )
    weeks = st.tuples(*[day] * 7).filter(any)
    holidays = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5)
    drawn = st.builds(BusinessHours, st.sampled_from(ZONES), weeks, holidays)
    usual = st.sampled_from(
        [office(), BusinessHours("Europe/Berlin", ALWAYS), BusinessHours("America/New_York", NIGHTS)]
    )
    return st.one_of(drawn, usual, st.just(ROUND_THE_CLOCK))


INSTANTS = st.integers(0, 380 * 24 * 60).map(
    lambda at: datetime(2025, 12, 25, tzinfo=UTC) + timedelta(minutes=at)
)
AMOUNTS = st.integers(0, 90 * HOUR)


def test_time_runs_on_after_the_night_and_the_weekend() -> None:
    assert office().add(berlin("2026-03-06 16:50"), 30 * 60) == berlin("2026-03-09 09:20")


def test_a_break_and_a_holiday_do_not_count() -> None:
    assert office().add(berlin("2026-03-06 11:30"), HOUR) == berlin("2026-03-06 13:30")
    assert office("2026-03-09").add(berlin("2026-03-06 16:50"), 30 * 60) == berlin("2026-03-10 09:20")


def test_what_ends_with_the_day_is_due_at_its_end_not_the_next_morning() -> None:
    assert office().add(berlin("2026-03-06 16:30"), 30 * 60) == berlin("2026-03-06 17:00")


def test_no_time_is_no_time_even_at_night() -> None:
    assert office().add(berlin("2026-03-06 23:00"), 0) == berlin("2026-03-06 23:00")


def test_hours_up_to_and_from_midnight_are_one_stretch() -> None:
    nights = BusinessHours("Europe/Berlin", NIGHTS)
    assert nights.add(berlin("2026-03-05 23:30"), HOUR) == berlin("2026-03-06 00:30")
    assert nights.between(berlin("2026-03-05 21:00"), berlin("2026-03-06 07:00")) == 8 * HOUR


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)],
    ids=["a plain day", "clocks go forward", "clocks go back"],
)
def test_a_full_day_has_as_many_hours_as_it_really_has(day: str, hours: int) -> None:
    full = BusinessHours("Europe/Berlin", ALWAYS)
    midnight = berlin(f"{day} 00:00")
    assert full.between(midnight, berlin(f"{day} 00:00") + timedelta(days=1)) == hours * HOUR
    assert full.add(midnight, hours * HOUR) == midnight + timedelta(days=1)


def test_an_hour_that_is_skipped_counts_nothing_and_a_repeated_one_twice() -> None:
    early = BusinessHours("Europe/Berlin", ((Interval(60, 150),),) * 7)
    day = timedelta(days=1)
    assert early.between(berlin("2026-03-29 00:00"), berlin("2026-03-29 00:00") + day) == HOUR
    assert early.between(berlin("2026-10-25 00:00"), berlin("2026-10-25 00:00") + day) == 2 * HOUR


def test_office_hours_are_the_same_on_the_wall_in_summer_and_in_winter() -> None:
    assert office().between(berlin("2026-03-27 12:30"), berlin("2026-03-30 09:30")) == 4.5 * HOUR


def test_a_day_that_a_zone_left_out_has_no_hours() -> None:
    samoa = BusinessHours("Pacific/Apia", ALWAYS)
    before = datetime(2011, 12, 29, 12, tzinfo=ZoneInfo("Pacific/Apia"))
    assert samoa.add(before, 24 * HOUR) == datetime(2011, 12, 31, 12, tzinfo=ZoneInfo("Pacific/Apia"))


@given(calendars(), INSTANTS, AMOUNTS, AMOUNTS)
@settings(max_examples=150, deadline=None)
def test_adding_in_two_steps_is_adding_at_once(
    time: WorkingTime, start: datetime, one: int, two: int
) -> None:
    assert time.add(time.add(start, one), two) == time.add(start, one + two)


@given(calendars(), INSTANTS, INSTANTS, INSTANTS)
@settings(max_examples=150, deadline=None)
def test_stretches_add_up(time: WorkingTime, one: datetime, two: datetime, three: datetime) -> None:
    assert time.between(one, two) + time.between(two, three) == time.between(one, three)


@given(calendars(), INSTANTS, AMOUNTS)
@settings(max_examples=150, deadline=None)
def test_exactly_the_time_that_was_added_lies_between(
    time: WorkingTime, start: datetime, amount: int
) -> None:
    end = time.add(start, amount)
    assert time.between(start, end) == amount
    if amount:
        assert time.between(start, end - timedelta(seconds=1)) == amount - 1


@given(calendars(), INSTANTS, INSTANTS, AMOUNTS)
@settings(max_examples=150, deadline=None)
def test_who_starts_later_is_not_due_earlier(
    time: WorkingTime, one: datetime, two: datetime, amount: int
) -> None:
    first, second = sorted((one, two))
    assert time.add(first, amount) <= time.add(second, amount)
    assert time.between(first, second) >= 0


@given(calendars(), INSTANTS, AMOUNTS, AMOUNTS)
@settings(max_examples=30, deadline=None)
def test_more_time_is_never_due_earlier(time: WorkingTime, start: datetime, one: int, two: int) -> None:
    assert time.add(start, min(one, two)) <= time.add(start, max(one, two))


@given(calendars(), INSTANTS, AMOUNTS, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
@settings(max_examples=20, deadline=None)
def test_a_further_holiday_makes_nothing_due_earlier_and_takes_only_its_own_hours(
    time: WorkingTime, start: datetime, amount: int, day: date
) -> None:
    if not isinstance(time, BusinessHours):
        return
    closed = replace(time, holidays=time.holidays | {day})
    assert closed.add(start, amount) >= time.add(start, amount)
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time.zone))
    ends = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(time.zone))
    whole = begins - timedelta(days=3), ends + timedelta(days=3)
    assert closed.between(*whole) == time.between(*whole) - time.between(begins, ends)


@pytest.mark.soak
@given(calendars(), INSTANTS, INSTANTS, AMOUNTS, AMOUNTS)
@settings(max_examples=20_000, deadline=None)
def test_business_time_adds_up_however_it_is_cut(
    time: WorkingTime, start: datetime, other: datetime, one: int, two: int
) -> None:
    assert time.add(time.add(start, one), two) == time.add(start, one + two)
    assert time.between(start, time.add(start, one)) == one
    assert time.between(start, other) == -time.between(other, start)
    first, second = sorted((start, other))
    assert time.add(first, one) <= time.add(second, one)


@given(st.sampled_from(ZONES), st.data())
@settings(max_examples=40, deadline=None)
def test_it_counts_the_minutes_in_which_the_clock_on_the_wall_says_open(
    zone: str, data: st.DataObject
) -> None:
    week = data.draw(st.sampled_from([OFFICE, NIGHTS, ((Interval(30, 165),),) * 7]))
    start = data.draw(st.sampled_from([
        datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC),
        datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 4, 4, 6, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC),
    ])) + timedelta(minutes=data.draw(st.integers(0, 3000)))  # fmt: skip
    end = start + timedelta(minutes=data.draw(st.integers(0, 3000)))
    open_minutes, at = 0, start
    while at < end:
        wall = at.astimezone(ZoneInfo(zone))
        minute = wall.hour * 60 + wall.minute
        open_minutes += any(each.start <= minute < each.end for each in week[wall.weekday()])
        at += timedelta(minutes=1)
    assert BusinessHours(zone, week).between(start, end) == open_minutes * 60


@pytest.mark.parametrize(
    ("week", "says"),
    [
        (
            ((Interval(540, 1020), Interval(1000, 1100)),) + ((),) * 6,
            "on Monday hours in order that do not overlap, not 09:00.17:00 and 16:40.18:20",
        ),
        (
            ((), (Interval(1020, 540),)) + ((),) * 5,
            "on Tuesday hours that end after they start, not 17:00.09:00",
        ),
        (((),) * 7, "at least one interval"),
        (((Interval(0, 60),),), "seven days"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_the_day(
    week: tuple[tuple[Interval, ...], ...], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        BusinessHours("Europe/Berlin", week)


def test_the_change_of_the_clocks_is_found_to_the_second() -> None:
    spring = list(changes("Europe/Berlin", berlin("2026-03-27 12:00"), berlin("2026-03-31 12:00")))
    assert spring == [(datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=1))]
    assert [
        by for _, by in changes("Europe/Berlin", berlin("2026-01-01 12:00"), berlin("2026-12-31 12:00"))
    ] == [
        timedelta(hours=1),
        timedelta(hours=-1),
    ]


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(Invalid, match="not 'Europe/Atlantis'"):
        BusinessHours("Europe/Atlantis", ALWAYS)


def test_hours_that_never_open_again_are_refused_when_asked() -> None:
    mondays = BusinessHours("UTC", ((Interval(0, 60),),) + ((),) * 6)
    closed = frozenset(date(2026, 1, 5) + timedelta(days=7 * week) for week in range(2000))
    with pytest.raises(Invalid, match="thirty years"):
        BusinessHours("UTC", mondays.week, closed).add(datetime(2026, 1, 1, tzinfo=UTC), 60)


def test_times_are_read_from_midnight_to_midnight() -> None:
    assert [parse_time(text, "week") for text in ("00:00", "09:30", "24:00")] == [0, 570, 1440]


@pytest.mark.parametrize("text", ["9:00", "24:01", "12:60", "noon", "", "-1:00", "٠٩:٠٠"])
def test_anything_else_is_no_time(text: str) -> None:
    with pytest.raises(Invalid, match="HH:MM"):
        parse_time(text, "week[0][0]")
