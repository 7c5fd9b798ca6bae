"""Time wakes what was snoozed and closes what was resolved, unless somebody came first; on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core import lifecycle
from core.conversation import AssignedTo, Cause, Closed, Open, Resolved
from core.ids import AgentId, ConversationId
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.tx import Tx
from core.upkeep import Upkeep, UpkeepSettings
from tests.builders import World, a_company, a_world, an_inbound

ADA = AgentId("ada")


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    async with a_world(address, Upkeep(UpkeepSettings(close_after_s=3600)).handlers()) as made:
        await made.db.run(a_company)
        yield made


def resolved(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, conversation))


def snoozed(tx: Tx, conversation: ConversationId) -> None:
    held = lifecycle.assign(tx, get_conversation(tx, conversation), ADA, cause=Cause.TAKEN)
    lifecycle.snooze(tx, held, tx.now + timedelta(minutes=30))


async def pass_time(world: World, seconds: float) -> None:
    await world.relay.drain()
    world.clock.forward(seconds)
    await world.relay.drain()


async def test_a_resolved_conversation_is_closed_after_its_time(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(resolved, received.conversation)
    await pass_time(world, 3599)
    assert (await world.db.run(get_conversation, received.conversation)).status == Resolved()
    await pass_time(world, 2)
    assert (await world.db.run(get_conversation, received.conversation)).status == Closed()


async def test_one_that_was_reopened_and_resolved_again_gets_the_whole_time_anew(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(resolved, received.conversation)
    await pass_time(world, 3000)
    await world.db.run(receive_message, an_inbound("Not yet", key="m2"))
    await pass_time(world, 1200)
    assert (await world.db.run(get_conversation, received.conversation)).status == Open()
    await world.db.run(resolved, received.conversation)
    await pass_time(world, 3000)
    assert (await world.db.run(get_conversation, received.conversation)).status == Resolved()


async def test_a_snoozed_conversation_wakes_with_its_agent(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(snoozed, received.conversation)
    await pass_time(world, 1801)
    after = await world.db.run(get_conversation, received.conversation)
    assert (after.status, after.handler) == (Open(), AssignedTo(ADA))
