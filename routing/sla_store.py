"""Between promised times and the database: policies with the business hours that they are measured in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from core.conversation import Conversation
from core.ids import SLAPolicyId
from core.store.forms import StoredHoliday, StoredHolidayPlan, StoredOwnDay, StoredWeek
from core.store.tables import people
from core.store.tables.routing import conversation_route
from core.store.tx import Tx
from routing.calendar import ROUND_THE_CLOCK, BusinessHours, Interval, parse_time
from routing.holidays import Holiday, HolidayPlan, OwnDay, to_date
from routing.sla import Policy

_own, _theirs = people.business_hours.alias("own_hours"), people.business_hours.alias("queue_hours")


@dataclass(frozen=True, slots=True)
class Promises:
    """A policy, and what the hours that it is measured in are called; ``holidays`` by their dates."""

    policy: Policy
    hours: str | None = None
    holidays: Mapping[date, Holiday] = field(default_factory=dict)


def governing() -> ColumnElement[Any]:
    """Whose policy holds: the one that the rules gave the conversation, else its queue's."""
    return func.coalesce(conversation_route.c.sla_policy_id, people.queue.c.sla_policy_id)


def policy_of(tx: Tx, conversation: Conversation) -> Policy | None:
    """What is promised to it, in the policy's business hours, else in its queue's, else round the clock."""
    row = _read(tx, conversation)
    return None if row is None else _to_policy(row)


def promises_of(tx: Tx, conversation: Conversation) -> Promises | None:
    """The same with the names, for who explains it."""
    row = _read(tx, conversation)
    if row is None:
        return None
    if row.zone is not None:
        return Promises(_to_policy(row), row.hours_name, to_holidays(row.holidays))
    if row.queue_zone is not None:
        return Promises(_to_policy(row), row.queue_hours_name, to_holidays(row.queue_holidays))
    return Promises(_to_policy(row))


def to_business_hours(zone: str, week: StoredWeek, holidays: Sequence[StoredHoliday]) -> BusinessHours:
    """Raises Invalid, naming the field, for hours that make no sense; the console checks its input with it."""
    return _business_hours(zone, week.days, tuple(each.date for each in holidays))


def to_holidays(stored: Sequence[StoredHoliday]) -> dict[date, Holiday]:
    """By date."""
    days = (Holiday(date.fromisoformat(each.date), each.name, each.names) for each in stored)
    return {each.day: each for each in days}


def to_plan(stored: StoredHolidayPlan | None, holidays: Sequence[StoredHoliday]) -> HolidayPlan:
    """Hours of the time before plans have days of their own only. Raises Invalid, naming the field."""
    if stored is None:
        stored = StoredHolidayPlan(own=tuple(StoredOwnDay(each.date, each.name) for each in holidays))
    own = (
        OwnDay(to_date(each.date, f"holidays[{at}].date"), each.name, each.yearly)
        for at, each in enumerate(stored.own)
    )
    return HolidayPlan(stored.country, stored.subdivision, frozenset(stored.struck), tuple(own))


def store_plan(plan: HolidayPlan, basis: str) -> StoredHolidayPlan:
    own = tuple(StoredOwnDay(each.day.isoformat(), each.name, each.yearly) for each in plan.own)
    return StoredHolidayPlan(plan.country, plan.subdivision, tuple(sorted(plan.struck)), own, basis)


@lru_cache(maxsize=256)
def _business_hours(
    zone: str, week: tuple[tuple[tuple[str, str], ...], ...], days: tuple[str, ...]
) -> BusinessHours:
    intervals = tuple(
        tuple(
            Interval(parse_time(start, f"week[{day}][{at}][0]"), parse_time(end, f"week[{day}][{at}][1]"))
            for at, (start, end) in enumerate(each)
        )
        for day, each in enumerate(week)
    )
    holidays = frozenset(to_date(each, f"holidays[{at}].date") for at, each in enumerate(days))
    return BusinessHours(zone, intervals, holidays)


def _read(tx: Tx, conversation: Conversation) -> Any:
    row = tx.conn.execute(
        _POLICY.where(people.queue.c.id == conversation.queue), {"conversation": conversation.id}
    )
    return row.one_or_none()


def _to_policy(row: Any) -> Policy:
    if row.zone is not None:
        time = to_business_hours(row.zone, row.week, row.holidays)
    elif row.queue_zone is not None:
        time = to_business_hours(row.queue_zone, row.queue_week, row.queue_holidays)
    else:
        time = None
    return Policy(
        SLAPolicyId(row.id),
        row.name,
        row.first_response_s,
        row.next_response_s,
        row.resolution_s,
        ROUND_THE_CLOCK if time is None else time,
        row.worth,
        row.warn_share,
    )


_POLICY = (
    select(
        people.sla_policy,
        _own.c.name.label("hours_name"),
        _own.c.zone,
        _own.c.week,
        _own.c.holidays,
        _theirs.c.name.label("queue_hours_name"),
        _theirs.c.zone.label("queue_zone"),
        _theirs.c.week.label("queue_week"),
        _theirs.c.holidays.label("queue_holidays"),
    )
    .select_from(people.queue)
    .outerjoin(conversation_route, conversation_route.c.conversation_id == bindparam("conversation"))
    .join(people.sla_policy, people.sla_policy.c.id == governing())
    .outerjoin(_own, _own.c.id == people.sla_policy.c.hours_id)
    .outerjoin(_theirs, _theirs.c.id == people.queue.c.hours_id)
)
