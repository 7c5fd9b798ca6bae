"""The relay: order in a stream, retries, dead rows, timers, and what a crash leaves behind; on both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest

from core.attempts import Retry
from core.errors import Unavailable, Undeliverable
from core.events import Event, MessageReceived, Recorded, TimerFired, conversation_topic
from core.ids import ConversationId
from core.outbox import IoHandler, Last, OutboxHandler, Relay, TxHandler
from core.receive import receive_message
from core.relay_settings import RelaySettings
from core.store import outbox as store
from core.store.shared_time import SharedTime, shared_now
from core.store.tx import Tx
from tests.builders import MORNING, World, a_company, a_world, an_inbound
from tests.core.test_relay_claims import stand_still


class Heard:
    """Handlers that note what they were given, and fail as often as they are told."""

    def __init__(self) -> None:
        self.in_tx: list[str] = []
        self.in_io: list[str] = []
        self.timers: list[str] = []
        self.given_up: list[str] = []
        self.failures: dict[str, int] = {}
        """So often does this handler fail. One in a transaction that fails with others is tried once more at once."""
        self.error: Exception = RuntimeError("not today")
        self.gate = asyncio.Event()
        self.gate.set()

    def _fail_if_told(self, handler: str) -> None:
        if self.failures.get(handler, 0) > 0:
            self.failures[handler] -= 1
            raise self.error

    def tx(self, tx: Tx, recorded: Recorded) -> None:
        self._fail_if_told("tx")
        self.in_tx.append(key_of(recorded.event))

    async def io(self, recorded: Recorded) -> None:
        await self.gate.wait()
        self._fail_if_told("io")
        self.in_io.append(key_of(recorded.event))

    def timer(self, tx: Tx, recorded: Recorded) -> None:
        assert isinstance(recorded.event, TimerFired)
        self.timers.append(recorded.event.kind)

    def dead(self, tx: Tx, recorded: Recorded) -> None:
        self.given_up.append(key_of(recorded.event))


def key_of(event: Event) -> str:
    assert isinstance(event, MessageReceived)
    return f"{event.conversation}/{event.message}"


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def world(address: str, heard: Heard) -> AsyncIterator[World]:
    handlers: list[OutboxHandler] = [
        TxHandler("tx", (MessageReceived,), heard.tx, on_dead=heard.dead, retry=Retry(1, 8, 60)),
        IoHandler("io", (MessageReceived,), heard.io, 60, on_dead=heard.dead, retry=Retry(1, 8, 60)),
        TxHandler("timers", (TimerFired,), heard.timer),
    ]
    async with a_world(address, handlers) as made:
        await made.db.run(a_company)
        yield made


async def messages(world: World, count: int, visitor: str = "v1") -> list[str]:
    keys = []
    for number in range(count):
        got = await world.db.run(receive_message, an_inbound(str(number), key=str(number), visitor=visitor))
        keys.append(f"{got.conversation}/{got.message}")
    return keys


async def test_every_event_reaches_every_handler_once_and_in_order(world: World, heard: Heard) -> None:
    first, second = await messages(world, 20, "v1"), await messages(world, 20, "v2")
    await world.relay.drain()
    for log in (heard.in_tx, heard.in_io):
        assert [key for key in log if key in first] == first
        assert [key for key in log if key in second] == second
        assert len(log) == 40
    assert (await world.db.read(store.backlog)).waiting == 0


async def test_a_failure_holds_its_own_stream_and_no_other(world: World, heard: Heard) -> None:
    first = await messages(world, 3, "v1")
    heard.failures["tx"] = 2
    await world.relay.drain()
    assert heard.in_tx == []
    second = await messages(world, 1, "v2")
    await world.relay.drain()
    assert heard.in_tx == second
    world.clock.forward(2)
    await world.relay.drain()
    assert heard.in_tx == second + first


async def test_a_failed_handler_leaves_nothing_behind(world: World, heard: Heard) -> None:
    received = await world.db.run(receive_message, an_inbound())
    topic = conversation_topic(received.conversation)

    def half_way(tx: Tx, recorded: Recorded) -> None:
        tx.emit(topic, TimerFired("never", "", tx.now))
        raise RuntimeError

    def try_it(tx: Tx) -> None:
        with pytest.raises(RuntimeError):
            tx.attempt(half_way, Recorded(topic, 1, None, tx.now, TimerFired("x", "", tx.now)))

    await world.db.run(try_it)
    await world.relay.drain()
    assert heard.timers == []


async def test_after_the_horizon_the_row_is_dead_the_stream_goes_on_and_a_person_can_replay_it(
    world: World, heard: Heard
) -> None:
    keys = await messages(world, 2)
    heard.failures["io"] = 100
    for _ in range(40):
        await world.relay.drain()
        world.clock.forward(10)
    dead = await world.db.read(store.dead, 10)
    assert {entry.handler for entry in dead} == {"io"}
    assert heard.given_up == keys
    heard.failures["io"] = 0
    last = dead[-1]
    assert await world.db.run(store.replay, last.handler, last.topic, last.n)
    await world.relay.drain()
    assert heard.in_io == keys[:1]


async def test_what_can_never_work_is_given_up_at_once(world: World, heard: Heard) -> None:
    keys = await messages(world, 1)
    heard.failures["io"], heard.error = 1, Undeliverable("no such address")
    await world.relay.drain()
    assert heard.given_up == keys


async def test_two_relays_share_the_work_and_keep_the_order(world: World, heard: Heard) -> None:
    other = Relay(
        world.db, tuple(world.relay._handlers.values()), world.supervisor, world.clock, world.relay._jitter
    )
    keys = [key for visitor in ("a", "b", "c") for key in await messages(world, 15, visitor)]
    await asyncio.gather(world.relay.drain(), other.drain())
    await world.relay.drain()
    for log in (heard.in_tx, heard.in_io):
        assert sorted(log) == sorted(keys)
        for conversation in {key.split("/")[0] for key in keys}:
            of_one = [key for key in log if key.startswith(conversation)]
            assert of_one == [key for key in keys if key.startswith(conversation)]


async def test_handlers_without_a_free_place_hold_up_no_others(world: World, heard: Heard) -> None:
    handlers = tuple(world.relay._handlers.values())
    settings = RelaySettings(heads=2, at_once=2)
    relay = Relay(world.db, handlers, world.supervisor, world.clock, Random(1), settings)
    heard.gate.clear()
    waiting = [key for visitor in ("a", "b", "c", "d") for key in await messages(world, 1, visitor)]
    while await relay.step():
        pass
    world.clock.forward(1)
    later = await messages(world, 1, "e")
    while await relay.step():
        pass
    assert sorted(heard.in_tx) == sorted(waiting + later)
    assert heard.in_io == []
    heard.gate.set()
    await relay.drain()
    assert sorted(heard.in_io) == sorted(waiting + later)


async def test_what_is_being_tried_again_wakes_nobody_before_its_next_attempt(
    world: World, heard: Heard
) -> None:
    await messages(world, 2)
    heard.failures["io"] = 1
    await world.relay.drain()
    retry = await world.db.read(store.next_due, world.clock.now())
    assert retry is not None
    world.clock.forward((retry - world.clock.now()).total_seconds())
    heard.gate.clear()
    assert await world.relay.step() == 1
    assert await world.db.read(store.next_due, world.clock.now()) is None
    heard.gate.set()
    await world.relay.drain()


async def test_a_claim_that_a_crash_left_behind_runs_out_or_is_released(world: World, heard: Heard) -> None:
    keys = await messages(world, 1)
    heard.gate.clear()
    await world.relay.step()
    await world.supervisor.stop()
    heard.gate.set()
    assert await world.relay.step() == 0
    await world.db.run(store.release_claims)
    await world.relay.drain()
    assert heard.in_io == keys


async def test_what_goes_on_for_long_stays_claimed_and_after_a_death_is_free_soon(
    world: World, heard: Heard
) -> None:
    handlers = tuple(world.relay._handlers.values())
    other = Relay(world.db, handlers, world.supervisor, world.clock, Random(1))
    keys = await messages(world, 1)
    heard.gate.clear()
    await world.relay.step()
    for _ in range(10):
        world.clock.forward(RelaySettings().claim_s / 2)
        assert await world.relay.step() == 0
        assert await other.step() == 0
    await world.supervisor.stop()
    heard.gate.set()
    world.clock.forward(RelaySettings().claim_s)
    await other.drain()
    assert heard.in_io == keys


async def test_timers_fire_once_when_due_and_never_when_cancelled(world: World, heard: Heard) -> None:
    received = await world.db.run(receive_message, an_inbound())
    topic = conversation_topic(received.conversation)
    due = world.clock.now() + timedelta(seconds=30)
    await world.db.run(lambda tx: tx.set_timer(topic, "ring", due))
    await world.db.run(lambda tx: tx.set_timer(topic, "cancelled", due))
    await world.db.run(lambda tx: tx.cancel_timer(topic, "cancelled"))
    await world.relay.drain()
    assert heard.timers == []
    world.clock.forward(31)
    await world.relay.drain()
    await world.relay.drain()
    assert heard.timers == ["ring"]


@pytest.mark.parametrize("turns", range(5))
async def test_a_relay_that_is_woken_and_ended_at_almost_the_same_moment_ends(
    world: World, turns: int
) -> None:
    """A cancellation that comes between the waking and the going on must not be lost: the server would never stop."""
    _ = world.supervisor.service("relay", world.relay.run)
    await messages(world, 1)
    await world.relay.drain()
    for _ in range(turns):
        world.relay.wake()
        await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await world.supervisor.stop()


async def test_a_timer_of_something_that_is_gone_holds_up_no_other(world: World, heard: Heard) -> None:
    received = await world.db.run(receive_message, an_inbound())
    now = world.clock.now()
    gone = conversation_topic(ConversationId("gone"))
    await world.db.run(lambda tx: tx.set_timer(gone, "lost", now))
    await world.db.run(lambda tx: tx.set_timer(conversation_topic(received.conversation), "ring", now))
    await world.relay.drain()
    assert heard.timers == ["ring"]
    assert await world.relay.step() == 0


async def test_what_io_has_done_is_not_done_again_because_the_database_was_away_for_a_moment(
    world: World, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.db.run(receive_message, an_inbound())
    heard.gate.clear()
    await world.relay.step()
    heard.gate.set()
    await asyncio.wait(world.relay._running)
    assert len(heard.in_io) == 1
    with monkeypatch.context() as broken:

        async def away(*_args: object) -> None:
            raise Unavailable("away")

        broken.setattr(world.db, "run", away)
        with pytest.raises(Unavailable):
            await world.relay.step()
    world.clock.forward(60)
    await world.relay.drain()
    assert len(heard.in_io) == 1
    assert (await world.db.read(store.backlog)).waiting == 0


async def test_the_last_thing_that_io_writes_commits_with_its_done_mark_and_is_tried_again_when_it_fails(
    address: str,
) -> None:
    written: list[str] = []

    def last(tx: Tx) -> None:
        written.append("tried")
        if len(written) < 3:
            raise RuntimeError("not today")

    async def run(_: Recorded) -> Last:
        return last

    handler = IoHandler("io", (MessageReceived,), run, 60, retry=Retry(1, 8, 60))
    async with a_world(address, [handler]) as world:
        await world.db.run(a_company)
        await world.db.run(receive_message, an_inbound())
        await world.relay.drain()
        assert (await world.db.read(store.backlog)).waiting == 1
        world.clock.forward(10)
        await world.relay.drain()
        assert written == ["tried", "tried", "tried"]
        assert (await world.db.read(store.backlog)).waiting == 0


async def test_a_relay_that_is_ended_writes_down_what_was_done(address: str) -> None:
    written: list[str] = []

    async def run(_: Recorded) -> Last:
        return lambda _: written.append("done")

    async with a_world(address, [IoHandler("io", (MessageReceived,), run, 60)]) as world:
        await world.db.run(a_company)
        await world.db.run(receive_message, an_inbound())
        await world.relay.step()
        await asyncio.wait(world.relay._running)
        working = world.supervisor.start("relay", world.relay.run())
        await asyncio.sleep(0)
        working.cancel()
        await asyncio.wait([working])
        assert written
        assert (await world.db.read(store.backlog)).waiting == 0


@pytest.mark.parametrize("fails", [False, True])
async def test_whoever_stood_still_until_another_took_its_work_over_writes_nothing_any_more(
    address: str, *, fails: bool
) -> None:
    gates = [asyncio.Event(), asyncio.Event()]
    written: list[int] = []

    def working(at: int) -> OutboxHandler:
        async def run(_: Recorded) -> Last:
            await gates[at].wait()
            if fails and at == 0:
                raise RuntimeError("too late as well")
            return lambda _: written.append(at)

        return IoHandler("io", (MessageReceived,), run, 60)

    async with a_world(address, [working(0)]) as world:
        other = Relay(world.db, [working(1)], world.supervisor, world.clock, Random(1))
        await world.db.run(a_company)
        await messages(world, 2)
        await world.relay.step()
        stand_still(world.relay)
        world.clock.forward(RelaySettings().claim_s)
        assert await other.step() == 1
        gates[0].set()
        await world.relay.drain()
        assert written == []
        assert await other.step() == 0
        gates[1].set()
        await other.drain()
        await world.relay.drain()
        assert written == [1, 1]
        assert (await world.db.read(store.backlog)).waiting == 0


@pytest.mark.postgres
async def test_clocks_that_differ_neither_hold_work_up_nor_have_it_done_twice(postgres_url: str) -> None:
    """One machine's clock is half an hour ahead of the database's, the other's as much behind it."""
    heard = Heard()
    handler = IoHandler("io", (MessageReceived,), heard.io, 60)
    shared = [SharedTime(of_database=True)]
    async with (
        a_world(postgres_url, [handler], shared) as ahead,
        a_world(postgres_url, [handler], shared) as behind,
    ):
        now = await ahead.db.read(shared_now)
        ahead.clock.forward((now - MORNING).total_seconds() + 1800)
        behind.clock.forward((now - MORNING).total_seconds() - 1800)
        await ahead.db.run(a_company)
        keys = await messages(ahead, 1)
        heard.gate.clear()
        assert await behind.relay.step() == 1
        assert await ahead.relay.step() == 0
        heard.gate.set()
        await behind.relay.drain()
        assert heard.in_io == keys
