"""What another process did is seen also when no signal of it came: once, and soon where signals are known to be lost."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert

from core.bus import BUS, Bus, InProcessBus, StateChanged, TopicMoved
from core.errors import Unavailable
from core.events import KNOWLEDGE_TOPIC, SETTINGS_TOPIC, Topic
from core.knowledge_events import KnowledgeChanged
from core.redis import RedisSettings
from core.store.tables.conversation import event
from core.store.tx import Tx
from core.sweeping import Look, Sweep
from tests.builders import World, a_world, sqlite_url

NEVER_S = 3600.0


class Ear:
    """Which topics were told to have moved, and how often all streams were looked at."""

    def __init__(self, bus: Bus) -> None:
        self.moved: list[tuple[Topic, int]] = []
        self.looks = 0
        self.looked = asyncio.Event()
        self.begun: list[Topic] = []
        self.away = False
        bus.listen(TopicMoved, lambda signal: self.moved.append((signal.topic, signal.n)))

    def look(self) -> None:
        self.looks += 1
        self.looked.set()

    async def hear_of(self, topics: Collection[Topic]) -> None:
        if self.away:
            raise Unavailable("the database is away")
        self.begun += topics


@asynccontextmanager
async def a_deaf_process(
    folder: Path, settings: RedisSettings | None = None
) -> AsyncIterator[tuple[World, Sweep, Ear, InProcessBus]]:
    """``World`` is the process that does things; the other one hears no signals of it."""
    async with a_world(sqlite_url(folder)) as world:
        bus = InProcessBus()
        ear = Ear(bus)
        sweep = Sweep(world.db, bus, world.clock, Look(ear.look, ear.hear_of), settings or RedisSettings())
        yield world, sweep, ear, bus


def change(tx: Tx) -> None:
    tx.emit(KNOWLEDGE_TOPIC, KnowledgeChanged("brands"))


async def test_what_was_committed_elsewhere_is_told_here_once(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path) as (world, sweep, ear, _):
        await world.db.run(change)
        await world.db.run(change)
        await sweep.step()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 2)]
        world.clock.forward(1)
        await sweep.step()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 2)]
        await world.db.run(change)
        await sweep.step()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 2), (KNOWLEDGE_TOPIC, 3)]
        assert ear.looks == 3


async def test_what_began_elsewhere_is_looked_at_once_and_again_when_it_could_not_be(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path) as (world, sweep, ear, _):
        await world.db.run(change)
        ear.away = True
        await sweep.step()
        assert not ear.moved
        ear.away = False
        for _ in range(2):
            await world.db.run(change)
            await sweep.step()
        assert ear.begun == [KNOWLEDGE_TOPIC]
        assert ear.moved == [(KNOWLEDGE_TOPIC, 2), (KNOWLEDGE_TOPIC, 3)]


async def test_what_goes_on_elsewhere_does_not_begin(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path) as (world, sweep, ear, _):
        await world.db.run(change)
        for _ in range(3):
            await sweep.step()
            world.clock.forward(100)
        ear.begun.clear()
        await world.db.run(change)
        await sweep.step()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 1), (KNOWLEDGE_TOPIC, 2)]
        assert not ear.begun


async def test_a_process_whose_clock_is_behind_is_seen_too(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path) as (world, sweep, ear, _):
        world.clock.forward(100)
        await sweep.step()
        world.clock.forward(-4)
        await world.db.run(change)
        world.clock.forward(5)
        await sweep.step()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 1)]


async def test_what_a_signal_has_told_already_is_not_told_again(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path, RedisSettings(away_sweep_s=NEVER_S)) as (world, sweep, ear, bus):
        _ = world.supervisor.service("sweep", sweep.run)
        await ear.looked.wait()
        bus.hear(TopicMoved(KNOWLEDGE_TOPIC, 1))
        await world.db.run(change)
        ear.looked.clear()
        bus.hear(StateChanged(BUS, {"whole": False}))
        await ear.looked.wait()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 1)]


async def test_lost_signals_are_looked_for_at_once(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path, RedisSettings(away_sweep_s=NEVER_S)) as (world, sweep, ear, bus):
        _ = world.supervisor.service("sweep", sweep.run)
        async with asyncio.timeout(30):
            await ear.looked.wait()
            await world.db.run(change)
            ear.looked.clear()
            bus.hear(StateChanged(BUS, {"whole": True}))
            await ear.looked.wait()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 1)]


async def test_what_happened_while_the_database_was_away_is_seen_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_deaf_process(tmp_path) as (world, sweep, ear, _):
        await world.db.run(change)
        with monkeypatch.context() as patched:
            patched.setattr(world.db, "read", away)
            world.clock.forward(60)
            await sweep.step()
            assert not ear.looks
        await sweep.step()
        assert ear.moved == [(KNOWLEDGE_TOPIC, 1)]


async def test_what_is_long_past_is_told_to_nobody(tmp_path: Path) -> None:
    async with a_deaf_process(tmp_path) as (world, sweep, ear, _):
        await world.db.run(long_ago)
        await sweep.step()
        assert not ear.moved


async def away(*_: object) -> None:
    raise Unavailable("the database is away")


def long_ago(tx: Tx) -> None:
    at = tx.now.replace(year=tx.now.year - 1)
    tx.conn.execute(insert(event).values(topic=SETTINGS_TOPIC, n=1, type="x", data="{}", at=at))
