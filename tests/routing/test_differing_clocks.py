"""Machines whose clocks differ: what one of them writes is routed at once, and in the order in which it happened."""

import pytest

from core.events import SETTINGS_TOPIC, SettingsChanged
from core.store import outbox as store
from core.store.shared_time import SharedTime, shared_now
from core.store.tx import Tx
from routing import intake
from routing.handlers import routing_handler, sla_handler
from tests.builders import MORNING, a_world
from tests.routing.center import Center, a_center, a_router


def said(tx: Tx, number: int) -> None:
    tx.emit(SETTINGS_TOPIC, SettingsChanged("queue", str(number)))


def taken(tx: Tx, most: int) -> list[tuple[str, int]]:
    entries = store.take_exclusive(tx, intake.HANDLER, most)
    store.finish(tx, [entry for entry, _ in entries])
    return [(entry.topic, entry.n) for entry, _ in entries]


async def test_what_was_written_by_a_clock_that_is_ahead_is_taken_in_at_once(center: Center) -> None:
    await center.settle()
    center.world.clock.forward(6)
    conversation = await center.write()
    center.world.clock.forward(-6)
    await center.settle()
    assert (await center.offer()).conversation == conversation


async def test_what_is_to_be_tried_again_later_waits_whoever_wrote_it(center: Center) -> None:
    await center.settle()
    await center.db.run(said, 1)

    def put_off(tx: Tx) -> None:
        [(entry, _)] = store.take_exclusive(tx, intake.HANDLER, 1)
        store.retry_at(tx, entry, MORNING.replace(hour=20), "not today")

    await center.db.run(put_off)
    assert not await center.db.read(intake.anything_waits)
    assert await center.db.run(taken, 10) == []


@pytest.mark.parametrize("most", [1, 2, 10])
async def test_a_topic_keeps_its_order_when_those_who_write_have_differing_clocks(
    center: Center, most: int
) -> None:
    await center.settle()
    clock, offsets = center.world.clock, [20, 10, 30, 0]
    for number, ahead in enumerate(offsets):
        clock.forward(ahead)
        await center.db.run(said, number)
        clock.forward(-ahead)
    clock.forward(15)
    await center.write()
    clock.forward(60)
    order: list[tuple[str, int]] = []
    while await center.db.read(intake.anything_waits):
        order += await center.db.run(taken, most)
    settings = [n for topic, n in order if topic == SETTINGS_TOPIC]
    assert settings == sorted(settings)
    assert len(settings) == len(offsets)
    assert len(order) > len(offsets)


@pytest.mark.postgres
async def test_a_router_whose_clock_is_behind_offers_at_once_what_a_machine_ahead_of_it_wrote(
    postgres_url: str,
) -> None:
    """One machine's clock is half an hour ahead of the database's, the router's as much behind it."""
    shared = [SharedTime(of_database=True)]
    async with (
        a_center(postgres_url) as _,
        a_world(postgres_url, [routing_handler(), sla_handler()], shared) as ahead,
        a_world(postgres_url, [routing_handler(), sla_handler()], shared) as behind,
    ):
        now = await ahead.db.read(shared_now)
        ahead.clock.forward((now - MORNING).total_seconds() + 1800)
        behind.clock.forward((now - MORNING).total_seconds() - 1800)
        ahead.ids.start_at(1000)
        behind.ids.start_at(2000)
        router = Center(behind, a_router(behind))
        await router.settle()
        conversation = await Center(ahead, a_router(ahead)).write()
        await router.settle()
        assert (await router.offer()).conversation == conversation
