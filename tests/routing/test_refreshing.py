"""After a change of settings those who wait are put in line anew, batch by batch; a death in between loses nothing."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from core.agent import PresenceState
from core.events import SETTINGS_TOPIC, SettingsChanged
from core.store.forms import StoredRequirement
from core.store.tables import people
from core.store.tables.conversation import timer
from core.store.tables.routing import queue_item
from core.store.tx import Tx
from routing import intake, lease, refreshing
from routing.handlers import Router
from tests.routing.center import ADA, BOB, SETTINGS, Center

SMALL = replace(SETTINGS, line_batch=2)


@pytest.fixture
async def line(center: Center) -> Center:
    """Five who wait, and nobody who could take them."""
    for agent in (ADA, BOB):
        await center.presence(agent, PresenceState.OFFLINE)
    for number in range(5):
        await center.waits(f"v{number}")
    center.router = Router(center.db, center.world.bus, center.world.clock, "small", SMALL)
    center.world.clock.forward(SETTINGS.lease_s)
    await center.settle()
    return center


async def raised(center: Center, priority: int) -> None:
    def work(tx: Tx) -> None:
        tx.conn.execute(update(people.queue).where(people.queue.c.id == "general").values(priority=priority))
        tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", "general"))

    await center.db.run(work)


async def priorities(center: Center) -> list[int]:
    """In the order of their ids, in which they are gone through."""
    rows = select(queue_item.c.priority).order_by(queue_item.c.conversation_id)
    return await center.db.read(lambda tx: list(tx.conn.execute(rows).scalars()))


async def taken_in(center: Center) -> None:
    """One transaction of the router."""
    await center.world.relay.drain()
    epoch: Any = await center.db.run(lease.current)
    await center.db.run(intake.take_in, epoch, SMALL, 256)


async def test_so_many_at_a_time_are_put_in_line_anew(line: Center) -> None:
    await raised(line, 5)
    seen = []
    for _ in range(4):
        await taken_in(line)
        seen.append((await priorities(line)).count(5))
    assert seen == [0, 2, 4, 5]
    assert await line.db.read(left) == []


def left(tx: Tx) -> list[str]:
    return list(tx.conn.execute(select(timer.c.ref).where(timer.c.kind == refreshing.TIMER)).scalars())


async def test_another_router_goes_on_where_one_died(line: Center) -> None:
    await raised(line, 5)
    await taken_in(line)
    await taken_in(line)
    assert await priorities(line) == [5, 5, 0, 0, 0]
    line.world.clock.forward(SETTINGS.lease_s)
    line.router = Router(line.db, line.world.bus, line.world.clock, "another", SMALL)
    await line.settle()
    assert await priorities(line) == [5] * 5


async def test_another_change_in_between_counts_for_all(line: Center) -> None:
    await raised(line, 5)
    await taken_in(line)
    await taken_in(line)
    await raised(line, 7)
    await line.settle()
    assert await priorities(line) == [7] * 5


async def test_the_router_that_decides_hears_of_all_that_were_put_anew(line: Center) -> None:
    """Nobody has the skill that the queue asks for now."""

    def asking(tx: Tx) -> None:
        asked = (StoredRequirement("chinese", 3),)
        tx.conn.execute(update(people.queue).where(people.queue.c.id == "general").values(requirements=asked))
        tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", "general"))

    await line.db.run(asking)
    await line.settle()
    await line.presence(ADA, PresenceState.AVAILABLE)
    assert await line.offers() == []
