"""What every database promises: all or nothing for each caller, whatever happens to those who share its commit."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Text, func, insert, literal, select

from core.bus import TopicMoved
from core.errors import NotFound, Unavailable
from core.events import KNOWLEDGE_TOPIC
from core.knowledge_events import KnowledgeChanged
from core.store.tables.people import skill
from core.store.tx import Tx
from core.store.types import json_length
from tests.builders import World, a_world, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    url: str = request.getfixturevalue("sqlite_address" if request.param == "sqlite" else "postgres_url")
    async with a_world(url) as made:
        yield made


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[World]:
    """SQLite, where whoever waits together commits together."""
    async with a_world(sqlite_url(tmp_path)) as made:
        yield made


def learn(tx: Tx, name: str) -> str:
    tx.conn.execute(insert(skill).values(id=name, name=name))
    return name


def learn_and_fail(tx: Tx, name: str) -> None:
    learn(tx, name)
    raise NotFound("no such teacher")


def known(tx: Tx) -> list[str]:
    return list(tx.conn.execute(select(skill.c.name).order_by(skill.c.name)).scalars())


@dataclass(slots=True)
class Gate:
    """Holds the writer, so that those who come meanwhile share the next commit."""

    entered: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def hold(self, _tx: Tx) -> None:
        self.entered.set()
        assert self.opened.wait(5)


async def held(world: World) -> tuple[Gate, asyncio.Task[None]]:
    gate = Gate()
    holding = asyncio.create_task(world.db.run(gate.hold))
    assert await asyncio.to_thread(gate.entered.wait, 5)
    return gate, holding


async def test_who_fails_leaves_nothing_and_hears_why(world: World) -> None:
    with pytest.raises(NotFound, match="no such teacher"):
        await world.db.run(learn_and_fail, "latin")
    assert await world.db.run(learn, "greek") == "greek"
    assert await world.db.read(known) == ["greek"]


async def test_a_reader_cannot_write(world: World) -> None:
    with pytest.raises(Unavailable):
        await world.db.read(learn, "latin")
    assert await world.db.read(known) == []


async def test_what_is_large_is_worked_on_beside_the_event_loop_and_told_on_it(world: World) -> None:
    threads: list[int] = []
    told: list[int] = []
    world.bus.listen(TopicMoved, lambda _: told.append(threading.get_ident()))

    def large(tx: Tx) -> str:
        threads.append(threading.get_ident())
        tx.emit(KNOWLEDGE_TOPIC, KnowledgeChanged("import"))
        return learn(tx, "latin")

    def looked(tx: Tx) -> list[str]:
        threads.append(threading.get_ident())
        return known(tx)

    assert await world.db.large.run(large) == "latin"
    assert await world.db.large.read(looked) == await world.db.read(known) == ["latin"]
    with pytest.raises(NotFound, match="no such teacher"):
        await world.db.large.run(learn_and_fail, "greek")
    assert threading.get_ident() not in threads
    assert told == [threading.get_ident()]


async def test_many_at_once_are_all_there(world: World) -> None:
    names = [f"skill{number:03}" for number in range(100)]
    await asyncio.gather(*(world.db.run(learn, name) for name in names))
    assert await world.db.read(known) == names


async def test_of_those_who_share_a_commit_only_who_failed_is_undone(alone: World) -> None:
    gate, holding = await held(alone)
    names = ("a", "b", "c")
    work = [asyncio.create_task(alone.db.run(learn, name)) for name in names]
    wrong = asyncio.create_task(alone.db.run(learn_and_fail, "wrong"))
    twice = asyncio.create_task(alone.db.run(learn, "a"))
    last = asyncio.create_task(alone.db.run(learn, "d"))
    await asyncio.sleep(0)
    gate.opened.set()
    assert [await each for each in work] == list(names)
    with pytest.raises(NotFound):
        await wrong
    with pytest.raises(Unavailable):
        await twice
    assert await last == "d"
    await holding
    assert await alone.db.read(known) == ["a", "b", "c", "d"]


async def test_a_commit_that_fails_is_told_to_all_who_share_it_and_the_next_one_works(alone: World) -> None:
    def break_the_commit(tx: Tx) -> None:
        tx.conn.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        tx.conn.exec_driver_sql("INSERT INTO agent_skill (agent_id, skill_id, level) VALUES ('no', 'no', 1)")

    gate, holding = await held(alone)
    work = [
        asyncio.create_task(each)
        for each in (alone.db.run(learn, "a"), alone.db.run(break_the_commit), alone.db.run(learn, "b"))
    ]
    await asyncio.sleep(0)
    gate.opened.set()
    results = await asyncio.gather(*work, return_exceptions=True)
    await holding
    assert [type(each) for each in results] == [Unavailable] * 3
    assert await alone.db.read(known) == []
    assert await alone.db.run(learn, "c") == "c"


@pytest.mark.parametrize("callers", [1, 3])
async def test_a_full_disk_is_told_and_leaves_nothing_half_done(alone: World, callers: int) -> None:
    def fill(tx: Tx, name: str) -> None:
        learn(tx, name)
        try:
            tx.attempt(lambda tx: learn(tx, "x" * 10_000_000))
        except Exception:  # noqa: BLE001 - as the relay does with a handler's failure
            learn(tx, f"after {name}")

    def narrow(tx: Tx) -> None:
        pages: int = tx.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")

    await alone.db.run(narrow)
    gate, holding = await held(alone)
    work = [asyncio.create_task(alone.db.run(fill, str(number))) for number in range(callers)]
    await asyncio.sleep(0)
    gate.opened.set()
    results = await asyncio.gather(*work, return_exceptions=True)
    await holding
    assert [type(each) for each in results] == [Unavailable] * callers
    assert await alone.db.read(known) == []
    await alone.db.run(lambda tx: tx.conn.exec_driver_sql("PRAGMA max_page_count=1000000").scalar_one())
    assert await alone.db.run(learn, "later") == "later"


async def test_a_caller_who_is_cancelled_stops_nobody(alone: World) -> None:
    gate, holding = await held(alone)
    gone = asyncio.create_task(alone.db.run(learn, "a"))
    there = asyncio.create_task(alone.db.run(learn, "b"))
    await asyncio.sleep(0)
    gone.cancel()
    gate.opened.set()
    assert await there == "b"
    await holding
    assert await alone.db.read(known) == ["a", "b"]


async def test_closing_finishes_what_waits(tmp_path: Path) -> None:
    async with a_world(sqlite_url(tmp_path)) as first:
        gate, holding = await held(first)
        waiting = asyncio.create_task(first.db.run(learn, "a"))
        await asyncio.sleep(0)
        gate.opened.set()
        await first.db.close()
        assert await waiting == "a"
        await holding
        with pytest.raises(Unavailable):
            await first.db.run(learn, "b")
    async with a_world(sqlite_url(tmp_path)) as again:

        def count(tx: Tx) -> int:
            return tx.conn.execute(select(func.count()).select_from(skill)).scalar_one()

        assert await again.db.read(count) == 1


async def test_a_list_in_a_json_column_is_counted_where_it_lies(world: World) -> None:
    def counted(tx: Tx) -> list[int]:
        lists = [literal(each, Text).label("n") for each in ("[]", '[{"a": [1, 2]}, "b"]')]
        return [tx.conn.execute(select(json_length(each))).scalar_one() for each in lists]

    assert await world.db.read(counted) == [0, 2]
