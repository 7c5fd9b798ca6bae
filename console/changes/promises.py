"""SLA policies and business hours as supervisors change them."""

from typing import Any

from sqlalchemy import select, update

from console.changes.rows import Noun, add, check_known, put_next, remove
from console.wire import promises as wire
from core.errors import Conflict
from core.store.forms import StoredWeek
from core.store.tables.people import business_hours, queue, sla_policy
from core.store.tables.routing import conversation_route, sla_clock
from core.store.tx import Tx
from routing.holidays import HolidayPlan, OwnDay, to_date
from routing.hours import checked, years_around
from routing.sla_store import to_business_hours

POLICY = Noun("sla_policy", sla_policy, (), (queue.c.sla_policy_id,))
HOURS = Noun("hours", business_hours, (), (queue.c.hours_id, sla_policy.c.hours_id))


def save_policy(tx: Tx, id: str | None, ask: wire.SlaPolicyAsk) -> str:
    """New for None. Raises Conflict ``newer_version``."""
    check_known(tx, business_hours, [ask.hours], "hours")
    values: dict[str, Any] = {
        "name": ask.name,
        "first_response_s": ask.first_response_s,
        "next_response_s": ask.next_response_s,
        "resolution_s": ask.resolution_s,
        "hours_id": ask.hours,
        "worth": ask.worth,
        "warn_share": ask.warn_share,
    }
    return add(tx, POLICY, values) if id is None else put_next(tx, POLICY, id, values, ask.version)


def remove_policy(tx: Tx, id: str) -> None:
    """Raises Conflict ``in_use`` when a queue has it, or a conversation that is not over was given it."""
    given = conversation_route.c.sla_policy_id == id
    runs = (
        select(sla_clock.c.conversation_id)
        .join(conversation_route, conversation_route.c.conversation_id == sla_clock.c.conversation_id)
        .where(given, sla_clock.c.stopped_at.is_(None))
    )
    if tx.conn.execute(runs.limit(1)).first() is not None:
        raise Conflict("a conversation that is not over was given this policy", code="in_use")
    tx.conn.execute(update(conversation_route).where(given).values(sla_policy_id=None))
    remove(tx, POLICY, id)


def save_hours(tx: Tx, id: str | None, ask: wire.HoursAsk, ahead: int) -> str:
    """New for None; holidays are worked out for so many years ``ahead``.

    Raises Invalid on a zone, an interval, a date, a country or a region that does not exist, Conflict ``newer_version``.
    """
    week = StoredWeek(tuple(tuple(sorted(day)) for day in ask.week))
    to_business_hours(ask.zone, week, ())
    own = (OwnDay(to_date(each.date, "holidays"), each.name, each.yearly) for each in ask.holidays)
    plan = HolidayPlan(ask.country, ask.subdivision, frozenset(ask.struck), tuple(own))
    worked = checked(ask.zone, plan, years_around(tx.now, ahead))
    values: dict[str, Any] = {
        "name": ask.name,
        "zone": ask.zone,
        "week": week,
        "holidays": worked.holidays,
        "plan": worked.plan,
    }
    return add(tx, HOURS, values) if id is None else put_next(tx, HOURS, id, values, ask.version)
