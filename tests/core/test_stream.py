"""Following a topic: exactly what was missed, in order, for each follower; on both databases."""

import asyncio
from collections.abc import Sequence

import pytest

from core.bus import InProcessBus, TopicMoved
from core.events import Recorded, Topic, conversation_topic
from core.ids import AgentId, ConversationId
from core.message import Text
from core.receive import receive_message
from core.reply import add_note
from core.store.tx import Tx
from core.stream import Frame, Hub
from tests.builders import World, an_inbound


class Follower:
    """Keeps the numbers it was given."""

    def __init__(self, position: int = 0) -> None:
        self.position = position
        self.numbers: list[int] = []
        self.reload = False
        self.got = asyncio.Event()

    def push(self, frames: Sequence[Frame]) -> None:
        self.numbers += [frame.n for frame in frames]
        self.got.set()

    def too_old(self) -> None:
        self.reload = True
        self.got.set()

    async def until(self, last: int) -> list[int]:
        async with asyncio.timeout(30):
            while not self.numbers or self.numbers[-1] < last:
                self.got.clear()
                await self.got.wait()
        return self.numbers


def render(tx: Tx, events: Sequence[Recorded]) -> list[Frame]:
    return [Frame(one.visible_n or 0, type(one.event).__name__.encode()) for one in events]


def a_hub(world: World, replay: int = 500) -> Hub:
    return Hub(world.db, world.bus, world.supervisor, render, visible_only=True, replay=replay)


async def write(world: World, first: int, count: int) -> Topic:
    conversation = ConversationId("")
    for number in range(first, first + count):
        received = await world.db.run(receive_message, an_inbound(str(number), key=str(number)))
        conversation = received.conversation
        await world.db.run(add_note, conversation, AgentId("ada"), (Text("x"),), str(number))
    return conversation_topic(conversation)


async def test_a_follower_gets_what_it_missed_and_then_what_comes_without_a_gap(world: World) -> None:
    hub = a_hub(world)
    topic = await write(world, 1, 5)
    early, late = Follower(0), Follower(3)
    hub.join(topic, early)
    hub.join(topic, late)
    await write(world, 6, 5)
    assert await early.until(10) == list(range(1, 11))
    assert await late.until(10) == list(range(4, 11))


async def test_many_signals_at_once_double_nothing(world: World) -> None:
    hub = a_hub(world)
    topic = await write(world, 1, 3)
    follower = Follower()
    hub.join(topic, follower)
    for n in range(50):
        world.bus.publish(TopicMoved(topic, n))
    await write(world, 4, 1)
    assert await follower.until(4) == [1, 2, 3, 4]


async def test_a_follower_too_far_behind_is_told_so_and_others_go_on(world: World) -> None:
    hub = a_hub(world, replay=4)
    topic = await write(world, 1, 8)
    behind, near = Follower(0), Follower(6)
    hub.join(topic, near)
    hub.join(topic, behind)
    assert await near.until(8) == [7, 8]
    async with asyncio.timeout(30):
        await behind.got.wait()
    assert behind.reload
    assert behind.numbers == []


async def test_a_sweep_finds_what_a_lost_signal_left_out(world: World) -> None:
    deaf = Hub(world.db, InProcessBus(), world.supervisor, render, visible_only=True)
    topic = await write(world, 1, 1)
    follower = Follower()
    deaf.join(topic, follower)
    await follower.until(1)
    await write(world, 2, 1)
    deaf.sweep()
    assert await follower.until(2) == [1, 2]


async def test_who_leaves_gets_nothing_more(world: World) -> None:
    hub = a_hub(world)
    topic = await write(world, 1, 1)
    gone, here = Follower(), Follower()
    hub.join(topic, gone)
    hub.join(topic, here)
    await gone.until(1)
    hub.leave(topic, gone)
    hub.leave(topic, gone)
    await write(world, 2, 1)
    await here.until(2)
    assert gone.numbers == [1]


@pytest.mark.parametrize("followers", [0])
async def test_a_topic_that_nobody_follows_is_forgotten(world: World, followers: int) -> None:
    hub = a_hub(world)
    topic = await write(world, 1, 1)
    follower = Follower()
    hub.join(topic, follower)
    await follower.until(1)
    hub.leave(topic, follower)
    await write(world, 2, 1)
    assert hub.followed == followers


async def test_a_follower_that_joins_while_others_are_served_misses_nothing(world: World) -> None:
    hub = a_hub(world)
    topic = await write(world, 1, 5)
    up_to_date, new = Follower(5), Follower(0)
    hub.join(topic, up_to_date)
    # Lets the hub begin to read, from 5 on.
    await asyncio.sleep(0)
    await write(world, 6, 1)
    hub.join(topic, new)
    assert await new.until(6) == [1, 2, 3, 4, 5, 6]
    assert await up_to_date.until(6) == [6]


async def test_a_topic_that_cannot_be_shown_holds_up_no_other(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken = True

    def picky(tx: Tx, events: Sequence[Recorded]) -> list[Frame]:
        if broken and any(event.topic == bad for event in events):
            raise ValueError(bad)
        return render(tx, events)

    bad = await write(world, 1, 1)
    received = await world.db.run(receive_message, an_inbound(visitor="other"))
    good = conversation_topic(received.conversation)
    hub = Hub(world.db, world.bus, world.supervisor, picky, visible_only=True)
    unlucky, lucky = Follower(), Follower()
    hub.join(bad, unlucky)
    hub.join(good, lucky)
    assert await lucky.until(1) == [1]
    assert unlucky.numbers == []
    assert "could not be read" in caplog.text
    broken = False
    hub.sweep()
    assert await unlucky.until(1) == [1]
