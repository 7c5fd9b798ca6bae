"""The relay when the database is away now and then."""

import asyncio

import pytest

from core.events import Event, MessageReceived, Recorded
from core.outbox import IoHandler
from core.receive import receive_message
from tests.builders import a_company, a_world, an_inbound
from tests.outages import Outages


async def test_a_relay_goes_on_soon_after_each_time_that_the_database_was_away(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: asyncio.Queue[Event] = asyncio.Queue()

    async def hear(recorded: Recorded) -> None:
        heard.put_nowait(recorded.event)

    async with a_world(address, [IoHandler("io", (MessageReceived,), hear, 60)]) as world:
        await world.db.run(a_company)
        outages = Outages(world.db, monkeypatch)
        working = world.supervisor.service("relay", world.relay.run)
        for visitor in ("first", "second"):
            got = await world.db.run(receive_message, an_inbound("Hello", key=visitor, visitor=visitor))
            await outages.pass_by(world.relay.wake)
            async with asyncio.timeout(60):
                event = await heard.get()
            assert isinstance(event, MessageReceived)
            assert event.message == got.message
        assert not working.done()
        assert max(outages.slept) <= 1
