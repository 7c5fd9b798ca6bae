"""Passing events go when they are old; whatever anybody still reads stays, however old; on both databases."""

from datetime import timedelta

from sqlalchemy import insert, select

from console.queries.timeline import TIMELINE
from core.agent import PresenceState
from core.events import (
    HandlerChanged,
    MessageReceived,
    PresenceChanged,
    TimerFired,
    agent_topic,
    conversation_topic,
)
from core.ids import AgentId
from core.passing import PASSING, prune_events
from core.pruning import PruningSettings
from core.receive import receive_message
from core.store.tables.conversation import event, outbox
from core.store.tx import Tx
from routing.past import _TYPES
from tests.builders import World, an_inbound

ADA = agent_topic(AgentId("ada"))
SETTINGS = PruningSettings(event_days=180, rows=3)
LONG_S = 181 * 86_400.0


def fire(tx: Tx, times: int) -> None:
    for number in range(times):
        tx.emit(ADA, TimerFired("offer", f"r{number}", tx.now))


def types(tx: Tx) -> list[str]:
    return list(
        tx.conn.execute(select(event.c.type).order_by(event.c.at, event.c.topic, event.c.n)).scalars()
    )


async def prune(world: World, settings: PruningSettings = SETTINGS) -> int:
    """As the server does: page after page."""
    place, removed, more = "", 0, True
    while more:
        done = await world.db.run(prune_events, place, settings)
        place, removed, more = done.place, removed + done.removed, done.more
    return removed


async def test_what_only_told_the_parts_what_to_do_goes_and_all_else_stays(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(fire, 8)
    await world.db.run(
        lambda tx: tx.emit(ADA, PresenceChanged(AgentId("ada"), PresenceState.AWAY.value, None))
    )
    kept = [each for each in await world.db.read(types) if each != TimerFired.__name__]
    world.clock.forward(LONG_S)
    await world.db.run(fire, 2)
    assert await prune(world) == 8
    assert await world.db.read(types) == [*kept, *["TimerFired"] * 2]
    assert {MessageReceived.__name__, PresenceChanged.__name__} <= set(kept)
    assert received.visible_n == 1


async def test_what_a_handler_still_has_to_work_on_or_has_given_up_stays(world: World) -> None:
    await world.db.run(fire, 3)

    def waits(tx: Tx) -> None:
        given_up = {"handler": "dead", "topic": ADA, "n": 2, "created_at": tx.now, "due_at": tx.now}
        tx.conn.execute(insert(outbox).values(**given_up, dead_at=tx.now, error="RuntimeError"))

    await world.db.run(waits)
    world.clock.forward(LONG_S)
    assert await prune(world) == 2
    assert await world.db.read(lambda tx: list(tx.conn.execute(select(event.c.n)).scalars())) == [2]


async def test_what_a_customer_sees_stays_in_their_count_without_a_gap(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    topic = conversation_topic(received.conversation)
    await world.db.run(lambda tx: tx.emit(topic, TimerFired("close", "", tx.now), visible=True))
    world.clock.forward(LONG_S)
    await prune(world)
    seen = select(event.c.visible_n).where(event.c.topic == topic, event.c.visible_n.is_not(None))
    assert await world.db.read(lambda tx: list(tx.conn.execute(seen).scalars())) == [1, 2]


async def test_a_page_looks_at_so_many_rows_and_the_next_one_goes_on_from_there(world: World) -> None:
    for _ in range(7):
        await world.db.run(fire, 1)
        world.clock.forward(1)
    world.clock.forward(LONG_S)
    first = await world.db.run(prune_events, "", SETTINGS)
    assert (first.removed, first.more) == (3, True)
    second = await world.db.run(prune_events, first.place, SETTINGS)
    assert (second.removed, second.more) == (3, True)
    last = await world.db.run(prune_events, second.place, SETTINGS)
    assert (last.removed, last.more) == (1, False)


async def test_with_no_days_everything_is_kept(world: World) -> None:
    await world.db.run(fire, 3)
    world.clock.forward(LONG_S * 100)
    assert await prune(world, PruningSettings(event_days=0)) == 0


async def test_what_is_not_old_yet_is_kept_to_the_day(world: World) -> None:
    await world.db.run(fire, 1)
    world.clock.forward(timedelta(days=180).total_seconds())
    assert await prune(world) == 0
    world.clock.forward(1)
    assert await prune(world) == 1


def test_nothing_that_people_statistics_or_simulations_read_counts_as_passing() -> None:
    assert not {each.__name__ for each in PASSING} & {*_TYPES, *(each.__name__ for each in TIMELINE)}
    assert HandlerChanged.__name__ in _TYPES
