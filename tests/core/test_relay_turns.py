"""Whose turn it is when a relay has fewer places than there is to do."""

import asyncio
from random import Random

from core.events import MessageReceived, Recorded, conversation_topic
from core.outbox import IoHandler, Last, Relay, TxHandler
from core.receive import receive_message
from core.relay_settings import RelaySettings
from core.store.tx import Tx
from tests.builders import a_company, a_world, an_inbound


async def test_the_few_places_for_io_go_to_what_is_due_longest_whatever_its_topic(address: str) -> None:
    ran: list[str] = []
    topics: list[str] = []

    async def says_more(recorded: Recorded) -> None:
        ran.append(recorded.topic)
        if recorded.topic == topics[0]:
            await world.db.run(receive_message, an_inbound(visitor="v0", key=f"more{len(ran)}"))

    handler = IoHandler("io", (MessageReceived,), says_more, 60)
    async with a_world(address, [handler]) as world:
        await world.db.run(a_company)
        settings = RelaySettings(at_once=1)
        relay = Relay(world.db, [handler], world.supervisor, world.clock, Random(1), settings)
        for visitor in range(3):
            got = await world.db.run(receive_message, an_inbound(visitor=f"v{visitor}", key="first"))
            topics.append(conversation_topic(got.conversation))
            world.clock.forward(0.001)
        while len(ran) < len(topics):
            await relay.step()
            world.clock.forward(0.001)
            if relay._running:
                await asyncio.wait(relay._running)
        assert ran == topics
        await relay.stop(1)


async def test_io_begins_and_ends_however_small_the_transactions_are(address: str) -> None:
    began, wrote = 0, 0

    async def outside(recorded: Recorded) -> Last:
        nonlocal began
        _ = recorded
        began += 1
        return writes_down

    def writes_down(tx: Tx) -> None:
        nonlocal wrote
        _ = tx
        wrote += 1
        world.clock.forward(1)

    handler = IoHandler("io", (MessageReceived,), outside, 60)
    async with a_world(address, [handler]) as world:
        await world.db.run(a_company)
        for visitor in range(60):
            await world.db.run(receive_message, an_inbound(visitor=f"v{visitor}", key="first"))
        each = []
        while await world.relay.step():
            while world.relay._running:
                await asyncio.wait(world.relay._running)
            each.append((began, wrote))
    assert each[0] == (60, 0)
    assert [wrote for _, wrote in each[:4]] == [0, 32, 48, 56]
    assert wrote == 60


async def test_what_takes_long_is_done_in_small_transactions(address: str) -> None:
    """Whoever writes to one of these conversations waits until the transaction ends."""

    def takes_long(tx: Tx, recorded: Recorded) -> None:
        _ = tx, recorded
        world.clock.forward(0.1)

    handler = TxHandler("tx", (MessageReceived,), takes_long)
    async with a_world(address, [handler]) as world:
        await world.db.run(a_company)
        for visitor in range(60):
            await world.db.run(receive_message, an_inbound(visitor=f"v{visitor}", key="first"))
        done = []
        while many := await world.relay.step():
            done.append(many)
    assert sum(done) == 60
    assert done[0] > done[1] > done[2]
