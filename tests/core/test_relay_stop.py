"""A relay that is stopped: what goes on comes to its end, nothing more is begun, and the rest is free at once."""

import asyncio
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest

from core.events import MessageReceived, Recorded
from core.outbox import IoHandler, Last, Relay
from core.receive import receive_message
from core.store import outbox as store
from tests.builders import World, a_company, a_world, an_inbound

LATE_S = 120.0
"""Generous: it is never waited for unless something is wrong."""


class Sending:
    """It lasts until ``answers``; what was begun, and what was written down at the end."""

    def __init__(self) -> None:
        self.answers = asyncio.Event()
        self.begun = 0
        self.written = 0

    async def run(self, _: Recorded) -> Last:
        self.begun += 1
        await self.answers.wait()

        def last(_: object) -> None:
            self.written += 1

        return last


@pytest.fixture
def sending() -> Sending:
    return Sending()


@pytest.fixture
async def world(address: str, sending: Sending) -> AsyncIterator[World]:
    async with a_world(address, [IoHandler("io", (MessageReceived,), sending.run, 240)]) as made:
        await made.db.run(a_company)
        await made.db.run(receive_message, an_inbound("Hello", key="1", visitor="v1"))
        yield made


async def waiting(world: World) -> int:
    return (await world.db.read(store.backlog)).waiting


async def test_what_goes_on_comes_to_its_end_and_nothing_more_is_begun(
    world: World, sending: Sending
) -> None:
    working = world.supervisor.service("relay", world.relay.run)
    async with asyncio.timeout(LATE_S):
        while not sending.begun:
            await waiting(world)
        stopping = asyncio.create_task(world.relay.stop(LATE_S))
        await asyncio.sleep(0)
        await world.db.run(receive_message, an_inbound("Hello", key="2", visitor="v2"))
        assert await world.relay.step() == 0
        assert not stopping.done()
        sending.answers.set()
        await stopping
        while await waiting(world) > 1:
            pass
    assert (sending.begun, sending.written) == (1, 1)
    assert not working.done()


async def test_what_does_not_end_in_time_is_free_for_others_at_once(world: World, sending: Sending) -> None:
    other = Relay(world.db, tuple(world.relay._handlers.values()), world.supervisor, world.clock, Random(1))
    assert await world.relay.step() == 1
    await world.relay.stop(0.01)
    assert await other.step() == 1
    sending.answers.set()
    await other.drain()
    assert (sending.begun, sending.written) == (2, 1)
    assert await waiting(world) == 0


async def test_what_was_claimed_while_it_was_told_to_stop_is_free_for_others_at_once(
    world: World, sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Relay(world.db, tuple(world.relay._handlers.values()), world.supervisor, world.clock, Random(1))
    run = world.db.run

    async def run_then_stop(*args: Any) -> Any:
        result: Any = await run(*args)
        world.relay._stopping = True
        return result

    monkeypatch.setattr(world.db, "run", run_then_stop)
    assert await world.relay.step() == 1
    assert not sending.begun
    sending.answers.set()
    await other.drain()
    assert sending.written == 1
