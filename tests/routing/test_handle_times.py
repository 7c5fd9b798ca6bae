"""Handle times as they are learned from conversations, and as routing reads them."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert, select

from core import lifecycle
from core.conversation import AssignedTo
from core.events import AgentChanged, Event, agent_topic
from core.ids import AgentId, ConversationId
from core.receive import receive_message
from core.store.conversations import get_conversation
from core.store.messages import read_events
from core.store.tables.routing import handle_time
from core.store.tx import Tx
from routing import roster
from routing.handle_times import EVERYBODY, expected_of, handling_handler
from routing.handling import HandlingSettings
from routing.presence import AgentState
from tests.builders import World, a_queue, a_world, an_agent, an_inbound, an_inbox
from tests.routing.center import join

ADA = AgentId("ada")
KIND = "general"


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """Ada answers in ``general``; only the handler of handle times listens."""
    async with a_world(address, [handling_handler()]) as made:
        await made.db.run(company)
        yield made


def company(tx: Tx) -> None:
    a_queue(tx)
    an_inbox(tx, bot=False)
    an_agent(tx, ADA)
    join(tx, ADA)


def gives(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.change(tx, get_conversation(tx, conversation), handler=AssignedTo(ADA))


def waits(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.wait(tx, get_conversation(tx, conversation))


def wakes(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.wake(tx, get_conversation(tx, conversation))


def resolves(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, conversation))


async def works(world: World, seconds: float, *, visitor: str = "v1", pause_s: float = 0) -> ConversationId:
    """Ada gets a conversation, works on it, perhaps waits for the customer in between, and resolves it."""
    conversation = (await world.db.run(receive_message, an_inbound("Help", visitor=visitor))).conversation
    world.clock.forward(60)
    await world.db.run(gives, conversation)
    world.clock.forward(seconds / 2)
    if pause_s:
        await world.db.run(waits, conversation)
        world.clock.forward(pause_s)
        await world.db.run(wakes, conversation)
    world.clock.forward(seconds / 2)
    await world.db.run(resolves, conversation)
    await world.relay.drain()
    return conversation


async def times(world: World) -> dict[str, tuple[float, float]]:
    rows = await world.db.read(lambda tx: list(tx.conn.execute(select(handle_time))))
    return {agent: (count, seconds) for agent, _, count, seconds, _ in rows}


async def ada(world: World) -> AgentState:
    found = await world.db.read(roster.read_agent, ADA)
    assert found is not None
    return found


async def test_the_time_from_having_it_to_resolving_it_is_learned_without_the_pauses(world: World) -> None:
    await works(world, 400, pause_s=3600)
    assert await times(world) == {EVERYBODY: (1, 400), ADA: (1, 400)}
    assert await world.db.read(expected_of, KIND) == pytest.approx((400 + 10 * 300) / 11)


async def test_a_conversation_that_is_opened_again_is_measured_anew(world: World) -> None:
    conversation = await works(world, 400)
    world.clock.forward(86_400)
    await world.db.run(lambda tx: lifecycle.reopen(tx, get_conversation(tx, conversation), bot=False))
    world.clock.forward(500)
    await world.db.run(gives, conversation)
    world.clock.forward(100)
    await world.db.run(resolves, conversation)
    await world.relay.drain()
    assert await times(world) == {EVERYBODY: (2, 250), ADA: (2, 250)}


async def test_what_nobody_held_teaches_nothing(world: World) -> None:
    conversation = (await world.db.run(receive_message, an_inbound("Help"))).conversation
    world.clock.forward(100)
    await world.db.run(resolves, conversation)
    await world.relay.drain()
    assert await times(world) == {}


async def test_routing_hears_when_an_agent_has_become_slower_than_others(world: World) -> None:
    await world.db.run(
        lambda tx: tx.conn.execute(insert(handle_time).values(_known(tx, EVERYBODY, 100, 300)))
    )
    await world.db.run(lambda tx: tx.conn.execute(insert(handle_time).values(_known(tx, ADA, 3, 400))))
    assert (await ada(world)).speeds == {}
    await works(world, 1500)
    assert (await ada(world)).speeds == {KIND: 1.25}
    # Whoever looks at agents for other reasons need not look again.
    assert await heard(world) == [AgentChanged(ADA, only_speed=True)]


async def test_routing_hears_nothing_while_the_rounded_speed_stays(world: World) -> None:
    await works(world, 300)
    assert await heard(world) == []


async def heard(world: World) -> list[Event]:
    events = await world.db.read(read_events, agent_topic(ADA), 0, 100)
    return [each.event for each in events if isinstance(each.event, AgentChanged)]


async def test_times_are_learned_and_expected_as_the_settings_say(address: str) -> None:
    handling = HandlingSettings(usual_s=100, prior=1, most_s=500)
    async with a_world(address, [handling_handler()], settings=(handling,)) as world:
        await world.db.run(company)
        assert await world.db.read(expected_of, KIND) == 100
        assert (await ada(world)).held_s == 100
        await works(world, 900)
        assert await times(world) == {EVERYBODY: (1, 500), ADA: (1, 500)}
        assert await world.db.read(expected_of, KIND) == 300


async def test_routing_reads_how_much_an_agent_holds_and_how_long_that_takes(world: World) -> None:
    first = (await world.db.run(receive_message, an_inbound("Help", visitor="v1"))).conversation
    second = (await world.db.run(receive_message, an_inbound("Help", visitor="v2"))).conversation
    for each in (first, second):
        await world.db.run(gives, each)
    await world.db.run(waits, second)
    state = await ada(world)
    assert (state.held, state.held_s) == (1, HandlingSettings().usual_s)


def _known(tx: Tx, agent: str, count: float, seconds: float) -> dict[str, object]:
    return {"agent_id": agent, "kind": KIND, "count": count, "seconds": seconds, "updated_at": tx.now}
