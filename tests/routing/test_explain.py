"""A deadline is explained by what counted and what did not: the parts are the whole, and what was skipped is named."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import SLAPolicyId
from routing import sla
from routing.calendar import ROUND_THE_CLOCK, BusinessHours, Interval
from routing.explain import MOST_STEPS, Explained, Kind, State, explain
from routing.holidays import Holiday
from routing.sla import Pause, Policy, SlaClock, Target

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = (((Interval(9 * 60, 12 * 60), Interval(13 * 60, 17 * 60)),) * 5) + ((), ())
FREE = {date(2026, 4, 3): "Good Friday", date(2026, 4, 5): "Easter Sunday", date(2026, 4, 6): "Easter Monday"}
OFFICE = BusinessHours("Europe/Berlin", WEEK, frozenset(FREE))
NAMES = {day: Holiday(day, name) for day, name in FREE.items()}


def promise(seconds: int, time: BusinessHours | None = OFFICE) -> Policy:
    return Policy(SLAPolicyId("gold"), "Gold", None, seconds, None, time or ROUND_THE_CLOCK, warn_share=0.8)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def of(start: str, seconds: int, *pauses: tuple[str, str]) -> Explained:
    stood = tuple(Pause(at(one), at(other)) for one, other in pauses)
    found = explain(SlaClock(Target.NEXT, at(start), stood), promise(seconds), NAMES)
    assert found is not None
    return found


def told(explained: Explained) -> list[tuple[str, str, str, float]]:
    return [
        (
            each.kind.value,
            f"{each.start.astimezone(BERLIN):%a %H:%M}",
            f"{each.end.astimezone(BERLIN):%a %H:%M}",
            each.seconds / 60,
        )
        for each in explained.steps
    ]


def test_a_deadline_over_the_weekend_says_what_counted() -> None:
    found = of("2026-03-06 16:50", 1800)
    assert found.due_at == at("2026-03-09 09:20")
    assert found.warn_at == at("2026-03-09 09:14")
    assert told(found) == [
        ("counted", "Fri 16:50", "Fri 17:00", 10),
        ("closed", "Fri 17:00", "Mon 09:00", 0),
        ("counted", "Mon 09:00", "Mon 09:20", 20),
    ]
    assert found.holidays == ()


def test_holidays_that_were_skipped_are_named_and_those_on_free_days_are_not() -> None:
    found = of("2026-04-02 16:50", 1800)
    assert found.due_at == at("2026-04-07 09:20")
    assert [each.name for each in found.holidays] == ["Good Friday", "Easter Monday"]
    assert [each.kind.value for each in found.steps] == [
        "counted", "closed", "holiday", "closed", "holiday", "closed", "counted",
    ]  # fmt: skip


def test_standing_still_is_told_with_the_business_time_that_it_cost() -> None:
    found = of("2026-03-09 09:00", 3600, ("2026-03-09 09:30", "2026-03-09 11:00"))
    assert told(found) == [
        ("counted", "Mon 09:00", "Mon 09:30", 30),
        ("paused", "Mon 09:30", "Mon 11:00", 0),
        ("counted", "Mon 11:00", "Mon 11:30", 30),
    ]
    assert (found.paused_s, found.due_at) == (90 * 60, at("2026-03-09 11:30"))


def test_what_stood_still_only_after_the_deadline_changes_nothing() -> None:
    found = of("2026-03-09 09:00", 1800, ("2026-03-09 10:00", "2026-03-09 11:00"))
    assert (found.due_at, found.paused_s) == (at("2026-03-09 09:30"), 0)


def test_a_clock_that_stands_still_says_what_is_used() -> None:
    clock = SlaClock(Target.NEXT, at("2026-03-09 09:00"), (Pause(at("2026-03-09 09:10")),))
    found = explain(clock, promise(1800))
    assert found is not None
    assert (found.state, found.due_at, found.counted_s) == (State.PAUSED, None, 600)


def test_a_change_of_the_clocks_on_the_way_is_told() -> None:
    found = of("2026-03-27 16:50", 1800)
    assert [(each.at, each.seconds) for each in found.shifts] == [(at("2026-03-29 03:00"), 3600)]
    assert [each.seconds for each in of("2026-10-23 16:50", 1800).shifts] == [-3600]


def test_a_long_way_is_told_by_its_beginning_and_its_end() -> None:
    found = of("2026-05-04 09:00", 60 * 7 * 3600)
    assert len(found.steps) == MOST_STEPS
    assert found.hidden > 0
    assert (found.steps[0].start, found.steps[-1].end) == (found.started_at, found.due_at)


def test_around_the_clock_there_is_one_step() -> None:
    found = explain(SlaClock(Target.NEXT, at("2026-03-06 16:50")), promise(1800, None))
    assert found is not None
    assert [(each.kind, each.seconds) for each in found.steps] == [(Kind.COUNTED, 1800)]
    assert found.zone is None


def test_what_is_not_promised_is_not_explained() -> None:
    assert explain(SlaClock(Target.FIRST, at("2026-03-06 16:50")), promise(1800)) is None


@given(
    st.integers(0, 60 * 24 * 30).map(lambda minutes: at("2026-03-15 00:00") + timedelta(minutes=minutes)),
    st.integers(60, 20 * 3600),
    st.lists(st.integers(0, 60 * 24 * 10), min_size=0, max_size=6, unique=True).map(sorted),
)
@settings(max_examples=30, deadline=None)
def test_the_steps_join_and_what_counted_is_what_was_promised(
    start: datetime, seconds: int, cuts: list[int]
) -> None:
    marks = [start + timedelta(minutes=cut) for cut in cuts]
    pauses = tuple(Pause(*pair) for pair in zip(marks[::2], marks[1::2], strict=False))
    clock, policy = SlaClock(Target.NEXT, start, pauses), promise(seconds)
    found = explain(clock, policy, NAMES)
    assert found is not None
    assert found.due_at == sla.due(clock, policy)
    assert found.counted_s == seconds
    if not found.hidden:
        assert found.steps[0].start == start
        assert found.steps[-1].end == found.due_at
        assert all(one.end == two.start for one, two in zip(found.steps, found.steps[1:], strict=False))
