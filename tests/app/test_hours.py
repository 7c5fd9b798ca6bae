"""When a queue's people are there, and when they are next."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from app.hours import QueueHours
from bot.handing.service import Service, There
from core.ids import QueueId
from core.store.forms import StoredHoliday, StoredWeek
from core.store.tables.people import business_hours, queue, queue_member
from core.store.tx import Tx
from tests.builders import World, a_queue, a_world, an_agent, sqlite_url

GENERAL = QueueId("general")
WEEKDAYS = StoredWeek((*[(("09:00", "17:00"),)] * 5, (), ()))


def with_hours(tx: Tx) -> None:
    a_queue(tx)
    tx.conn.execute(
        insert(business_hours).values(
            id="office",
            name="Office",
            zone="Europe/Berlin",
            week=WEEKDAYS,
            holidays=(StoredHoliday("2026-03-09", "A day off"),),
        )
    )
    tx.conn.execute(update(queue).values(hours_id="office"))


async def hours_of(world: World) -> QueueHours:
    hours = QueueHours(world.db, world.clock)
    await hours.refresh()
    return hours


async def test_a_queue_says_when_it_opens_next_over_night_weekend_and_holiday(tmp_path: Path) -> None:
    async with a_world(sqlite_url(tmp_path)) as world:
        await world.db.run(with_hours)
        hours = await hours_of(world)
        # Monday, 2 March 2026, 10:00 in Berlin.
        assert (hours.open_now(GENERAL), hours.opens_at(GENERAL)) == (True, None)
        world.clock.forward(8 * 3600)
        assert (hours.open_now(GENERAL), hours.opens_at(GENERAL)) == (
            False,
            datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
        )
        world.clock.forward(4 * 86_400)
        assert hours.opens_at(GENERAL) == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


async def test_of_a_queue_without_hours_nothing_is_said(tmp_path: Path) -> None:
    async with a_world(sqlite_url(tmp_path)) as world:
        await world.db.run(lambda tx: a_queue(tx, "general"))
        hours = await hours_of(world)
        assert (hours.open_now(GENERAL), hours.opens_at(GENERAL)) == (None, None)


@pytest.mark.parametrize(
    ("presences", "there"),
    [
        ({"ada": "available", "bob": "offline"}, There.FREE),
        ({"ada": "busy", "bob": "offline"}, There.BUSY),
        ({"ada": "away", "bob": "not_responding"}, There.BUSY),
        ({"ada": "offline", "bob": "offline"}, There.NOBODY),
        ({"ada": "offline", "bob": "offline", "eve": "available"}, There.NOBODY),
    ],
)
async def test_who_is_there_is_known_by_the_presence_of_the_queues_own_people_also_out_of_hours(
    tmp_path: Path, presences: dict[str, str], there: There
) -> None:
    def staffed(tx: Tx) -> None:
        with_hours(tx)
        for name, presence in presences.items():
            agent = an_agent(tx, name, presence=presence)
            if name != "eve":
                tx.conn.execute(insert(queue_member).values(queue_id="general", agent_id=agent))

    async with a_world(sqlite_url(tmp_path)) as world:
        await world.db.run(staffed)
        hours = await hours_of(world)
        world.clock.forward(8 * 3600)
        service = await world.db.read(hours.service, GENERAL)
        assert await world.db.read(hours.there_now, GENERAL) is (there is There.FREE)
    assert service == Service(there, False, datetime(2026, 3, 3, 8, 0, tzinfo=UTC), "Europe/Berlin")
