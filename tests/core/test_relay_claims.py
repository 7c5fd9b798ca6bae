"""What a relay works on stays its own while its other work waits, and what it learns too late is not lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import create_async_engine

from core.events import MessageReceived, Recorded, TimerFired, conversation_topic
from core.outbox import IoHandler, Last, Relay, TxHandler
from core.receive import receive_message
from core.relay_settings import RelaySettings
from core.store import outbox as store
from core.store.tables.conversation import outbox
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound

LATE_S = 120.0
"""Generous: it is never waited for unless something is wrong."""
SETTINGS = RelaySettings(claim_s=1.0)
_LOCK = text("SELECT pg_advisory_xact_lock(4711)")


@asynccontextmanager
async def somebody_holding_the_lock(url: str) -> AsyncIterator[None]:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as conn:
            await conn.execute(_LOCK)
            yield
    finally:
        await engine.dispose()


def claimed_until(tx: Tx) -> datetime:
    until: datetime = tx.conn.execute(
        select(outbox.c.claimed_until).where(outbox.c.handler == "io")
    ).scalar_one()
    return until


async def claimed_anew(world: World) -> None:
    """Until more than half of the time of a claim is left."""
    async with asyncio.timeout(LATE_S):
        soon = world.clock.now() + timedelta(seconds=SETTINGS.claim_s / 2)
        while await world.db.read(claimed_until) <= soon:
            pass


@pytest.mark.postgres
async def test_a_handler_that_waits_for_a_lock_lets_no_other_relay_have_what_goes_on(
    postgres_url: str,
) -> None:
    gate, waits = asyncio.Event(), asyncio.Event()
    sent: list[str] = []

    async def send(_: Recorded) -> None:
        await gate.wait()
        sent.append("sent")

    def wait(tx: Tx, _: Recorded) -> None:
        waits.set()
        tx.conn.execute(_LOCK)

    io = IoHandler("io", (MessageReceived,), send, 240)
    async with a_world(postgres_url, [io, TxHandler("tx", (TimerFired,), wait)]) as world:
        handlers = tuple(world.relay._handlers.values())
        relay, other = (
            Relay(world.db, each, world.supervisor, world.clock, Random(1), SETTINGS)
            for each in (handlers, [io])
        )
        await world.db.run(a_company)
        got = await world.db.run(receive_message, an_inbound())
        assert await relay.step() == 1
        topic = conversation_topic(got.conversation)
        await world.db.run(lambda tx: tx.set_timer(topic, "ring", tx.now))
        assert await relay.step() == 1
        async with somebody_holding_the_lock(postgres_url):
            stepping = asyncio.create_task(relay.step())
            await waits.wait()
            for _ in range(4):
                world.clock.forward(SETTINGS.claim_s / 2)
                await claimed_anew(world)
                assert await other.step() == 0
            assert not stepping.done()
        await stepping
        gate.set()
        await relay.drain()
        assert sent == ["sent"]
        assert (await world.db.read(store.backlog)).waiting == 0


@pytest.mark.parametrize("even_late", [True, False])
async def test_what_is_known_of_the_outside_is_written_even_when_another_took_the_work_over(
    address: str, *, even_late: bool
) -> None:
    gates = [asyncio.Event(), asyncio.Event()]
    written: list[int] = []

    def working(at: int) -> IoHandler:
        async def run(_: Recorded) -> Last:
            await gates[at].wait()
            return lambda _: written.append(at)

        return IoHandler("io", (MessageReceived,), run, 60, even_late=even_late)

    async with a_world(address, [working(0)]) as world:
        other = Relay(world.db, [working(1)], world.supervisor, world.clock, Random(1))
        await world.db.run(a_company)
        await world.db.run(receive_message, an_inbound())
        await world.relay.step()
        stand_still(world.relay)
        world.clock.forward(RelaySettings().claim_s)
        assert await other.step() == 1
        gates[0].set()
        await world.relay.drain()
        assert written == ([0] if even_late else [])
        gates[1].set()
        await other.drain()
        assert written[-1] == 1
        assert (await world.db.read(store.backlog)).waiting == 0


def stand_still(relay: Relay) -> None:
    """It claims nothing anew any more, as a process that was stopped."""
    assert relay._keeping is not None
    relay._keeping.cancel()
