"""Holidays are worked out when hours are saved, and again when the data they rest on or the year have changed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.events import SETTINGS_TOPIC, SettingsChanged
from core.store.forms import StoredHoliday, StoredHolidayPlan, StoredWeek
from core.store.messages import read_events
from core.store.tables import people
from core.store.tx import Tx
from routing import holiday_data, hours
from routing.holidays import HolidayPlan
from tests.routing.center import Center

DAY = (("09:00", "17:00"),)
AHEAD = 2


async def office(center: Center, plan: HolidayPlan | None) -> None:
    def add(tx: Tx) -> None:
        worked = (
            None if plan is None else hours.work_out("Europe/Berlin", plan, hours.years_around(tx.now, AHEAD))
        )
        values = {
            "id": "office", "name": "Office", "zone": "Europe/Berlin", "week": StoredWeek((DAY,) * 7),
            "holidays": (StoredHoliday("2026-12-24", "Christmas Eve"),) if worked is None else worked.holidays,
            "plan": None if worked is None else worked.plan,
        }  # fmt: skip
        tx.conn.execute(insert(people.business_hours).values(**values))

    await center.db.run(add)


async def row(center: Center) -> Any:
    return await center.db.read(lambda tx: tx.conn.execute(select(people.business_hours)).one())


async def told(center: Center) -> int:
    events = await center.db.read(read_events, SETTINGS_TOPIC, 0, 100)
    return sum(each.event == SettingsChanged("hours", "office") for each in events)


async def test_nothing_is_done_while_nothing_has_changed(center: Center) -> None:
    await office(center, HolidayPlan("DE", "BE"))
    before = await row(center)
    assert await center.db.run(hours.renew, AHEAD) == 0
    assert (await row(center), await told(center)) == (before, 0)


async def test_a_new_year_is_worked_out_and_told(center: Center) -> None:
    await office(center, HolidayPlan("DE", "BE"))
    center.world.clock.forward(timedelta(days=365).total_seconds())
    assert await center.db.run(hours.renew, AHEAD) == 1
    assert "2029-10-03" in {each.date for each in (await row(center)).holidays}
    assert await told(center) == 1
    assert await center.db.run(hours.renew, AHEAD) == 0


async def test_other_rules_of_a_zone_are_told_even_where_no_holiday_moved(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office(center, HolidayPlan("DE"))
    monkeypatch.setattr(holiday_data, "fingerprint", lambda zone: "other rules")
    assert await center.db.run(hours.renew, AHEAD) == 1
    assert await told(center) == 1


async def test_other_data_with_the_same_days_are_noted_and_not_told(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office(center, HolidayPlan("DE"))
    monkeypatch.setattr(holiday_data, "VERSION", "99")
    assert await center.db.run(hours.renew, AHEAD) == 0
    assert "holidays 99" in (await row(center)).plan.basis


async def test_hours_of_the_time_before_plans_keep_their_days(center: Center) -> None:
    await office(center, None)
    assert await center.db.run(hours.renew, AHEAD) == 1
    found = await row(center)
    assert [(each.date, each.name) for each in found.holidays] == [("2026-12-24", "Christmas Eve")]
    assert [each.date for each in found.plan.own] == ["2026-12-24"]


async def test_a_country_that_the_data_have_lost_leaves_the_days_that_were_worked_out(center: Center) -> None:
    await office(center, HolidayPlan("DE"))
    gone = StoredHolidayPlan("XX", basis="older")
    await center.db.run(lambda tx: tx.conn.execute(update(people.business_hours).values(plan=gone)))
    assert await center.db.run(hours.renew, AHEAD) == 0
    assert len((await row(center)).holidays) > 9
