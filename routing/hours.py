"""Business hours in the database: their holidays are worked out for some years, and anew when data or the year change."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core.errors import Invalid
from core.events import SETTINGS_TOPIC, SettingsChanged
from core.store.forms import StoredHoliday, StoredHolidayPlan
from core.store.tables.people import business_hours
from core.store.tx import Tx
from routing import holiday_data
from routing.holidays import HolidayPlan, check_struck, in_effect
from routing.sla_store import store_plan, to_plan

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What is stored: the holidays in effect, and what they were made of."""

    holidays: tuple[StoredHoliday, ...]
    plan: StoredHolidayPlan


def years_around(now: datetime, ahead: int) -> range:
    """The last year, for clocks that began in it, this one, and so many ahead."""
    return range(now.year - 1, now.year + ahead + 1)


def work_out(zone: str, plan: HolidayPlan, years: range) -> WorkedOut:
    """Raises Invalid for a country or region that the data do not know."""
    known = holiday_data.of_plan(plan, years)
    holidays = tuple(
        StoredHoliday(each.day.isoformat(), each.name, dict(each.names))
        for each in in_effect(plan, known, years)
    )
    return WorkedOut(holidays, store_plan(plan, _basis(zone, years)))


def checked(zone: str, plan: HolidayPlan, years: range) -> WorkedOut:
    """The same of what somebody asks for: raises Invalid, too, when something is struck out that is no holiday."""
    holiday_data.check_country(plan.country, plan.subdivision)
    check_struck(plan, holiday_data.of_plan(plan, years), years)
    return work_out(zone, plan, years)


def renew(tx: Tx, ahead: int) -> int:
    """Work out anew what rests on other data than there are now; how many hours count otherwise since.

    For each of them ``SettingsChanged`` lets open deadlines be measured anew.
    """
    tx.alone("business hours")
    return sum(_renew(tx, row, years_around(tx.now, ahead)) for row in tx.conn.execute(_HOURS).all())


def _renew(tx: Tx, row: Any, years: range) -> bool:
    try:
        worked = work_out(row.zone, to_plan(row.plan, row.holidays), years)
    except Invalid as error:
        log.warning("the business hours %s keep the holidays that they have: %s", row.name, error)
        return False
    if row.plan is not None and row.plan.basis == worked.plan.basis:
        return False
    tx.conn.execute(
        update(business_hours)
        .where(business_hours.c.id == row.id)
        .values(holidays=worked.holidays, plan=worked.plan)
    )
    known = "" if row.plan is None else row.plan.basis
    if row.holidays == worked.holidays and _zone_of(known) == _zone_of(worked.plan.basis):
        return False
    tx.emit(SETTINGS_TOPIC, SettingsChanged("hours", row.id))
    log.info(
        "the business hours %s were worked out anew: %s instead of %s", row.name, worked.plan.basis, known
    )
    return True


def _basis(zone: str, years: range) -> str:
    """The data that holidays and time zone come from."""
    return f"holidays {holiday_data.VERSION} {years[0]}-{years[-1]} zone {holiday_data.fingerprint(zone)}"


def _zone_of(basis: str) -> str:
    return basis.rpartition(" ")[2]


_HOURS = select(business_hours).order_by(business_hours.c.id)
