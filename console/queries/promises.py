"""SLA policies and business hours as the console shows them."""

from typing import Any

from sqlalchemy import select

from console.wire import promises as wire
from core.store.tables.people import business_hours, sla_policy
from core.store.tx import Tx
from routing.sla_store import store_plan, to_plan


def list_policies(tx: Tx) -> tuple[wire.SlaPolicy, ...]:
    """By name."""
    rows = tx.conn.execute(select(sla_policy).order_by(sla_policy.c.name, sla_policy.c.id))
    return tuple(
        wire.SlaPolicy(
            row.id,
            row.name,
            row.first_response_s,
            row.next_response_s,
            row.resolution_s,
            row.hours_id,
            row.worth,
            row.warn_share,
            row.version,
        )
        for row in rows
    )


def list_hours(tx: Tx) -> tuple[wire.Hours, ...]:
    """By name."""
    rows = tx.conn.execute(select(business_hours).order_by(business_hours.c.name, business_hours.c.id))
    return tuple(_hours(row) for row in rows)


def _hours(row: Any) -> wire.Hours:
    plan = row.plan or store_plan(to_plan(None, row.holidays), "")
    return wire.Hours(
        id=row.id,
        name=row.name,
        zone=row.zone,
        week=row.week.days,
        country=plan.country,
        subdivision=plan.subdivision,
        struck=plan.struck,
        holidays=tuple(wire.OwnHoliday(each.date, each.name, each.yearly) for each in plan.own),
        closed=tuple(wire.ClosedDay(each.date, each.name) for each in row.holidays),
        version=row.version,
    )
