"""Once an hour: old questions go a few at a time, and each cluster is judged by itself."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select, update
from sqlalchemy import event as sa_event

from core.store.tables.conversation import conversation
from core.store.tables.loop import gap, gap_answer
from core.store.tx import Tx
from core.tasks import Workers
from knowledge.loop import cluster as use
from knowledge.loop.cluster import State
from knowledge.loop.counting import current
from knowledge.loop.gathering import Gatherer
from knowledge.loop.keeping import forget
from knowledge.loop.settings import LoopSettings
from knowledge.loop.watching import judge, judge_all
from tests.builders import World, a_company, a_world, sqlite_url
from tests.knowledge.loop.asking import Themes, ask, ask_bot, gather, reading, watched

DAY = 86_400.0
SETTINGS = LoopSettings(keep_days=100, closed_days=10, forget_at_once=2)


@pytest.fixture
async def few(tmp_path: Path) -> AsyncIterator[World]:
    """Where two questions are forgotten at a time."""
    async with a_world(sqlite_url(tmp_path), settings=(SETTINGS,)) as made:
        await made.db.run(a_company)
        yield made


def gatherer_of(world: World, workers: Workers) -> Gatherer:
    return Gatherer(world.db, workers, LoopSettings(), reading(Themes()))


def written(world: World, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Callable[..., Any], Any, int]]:
    """What is written from now on, one entry a transaction: the work, what it was given, what came of it."""
    found: list[tuple[Callable[..., Any], Any, int]] = []
    run = world.db.run

    async def noted(work: Callable[..., Any], *args: Any) -> Any:
        result = await run(work, *args)
        found.append((work, args, result))
        return result

    monkeypatch.setattr(world.db, "run", noted)
    return found


def left(tx: Tx) -> tuple[int, int]:
    """Questions, and those that got a watched article."""

    def count(table: Table) -> int:
        return int(tx.conn.execute(select(func.count()).select_from(table)).scalar_one())

    return count(gap), count(gap_answer)


async def test_old_questions_go_a_few_at_a_time(
    few: World, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(few, *(f"Can you engrave {number}?" for number in range(5)))
    few.clock.forward(100 * DAY)
    await ask(few, "Is there gift wrap?")
    await gather(few, gatherer_of(few, workers))
    transactions = written(few, monkeypatch)
    assert await forget(few.db, SETTINGS) == 5
    assert max(count for _, _, count in transactions) == 2
    assert await few.db.read(left) == (1, 0)


async def test_what_was_asked_in_a_conversation_goes_some_time_after_it_was_closed(
    few: World, workers: Workers
) -> None:
    gatherer = gatherer_of(few, workers)
    _, article = await watched(few, gatherer)
    closed = await few.db.run(ask_bot, "engrave mine", "v1", article, 1, "handed_off")
    await few.db.run(ask_bot, "engrave hers", "v2", article, 1, "handed_off")
    await gather(few, gatherer)
    before = await few.db.read(left)

    def close(tx: Tx) -> None:
        at = conversation.c.id == closed
        tx.conn.execute(update(conversation).where(at).values(status="closed", updated_at=tx.now))

    await few.db.run(close)
    few.clock.forward(9 * DAY)
    assert await forget(few.db, SETTINGS) == 0
    few.clock.forward(2 * DAY)
    gone = await forget(few.db, SETTINGS)
    assert gone >= 1
    assert await few.db.read(left) == (before[0] - gone, before[1] - 1)


async def test_only_where_something_follows_is_written_one_cluster_at_a_time(
    world: World, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    gatherer = gatherer_of(world, workers)
    one, article = await watched(world, gatherer)
    assert await judge_all(world.db) == 0
    for at in range(4 * LoopSettings().enough):
        world.clock.forward(1)
        await world.db.run(ask_bot, f"engrave {at}", f"v{at}", article, 1, "answered")
    await gather(world, gatherer)
    transactions = written(world, monkeypatch)
    assert await judge_all(world.db) == 0
    assert [work for work, _, _ in transactions if work is judge] == []
    world.clock.forward(4 * DAY)
    assert await judge_all(world.db) == 1
    assert [given for work, given, _ in transactions if work is judge] == [([one],)]
    assert (await world.db.read(use.find, one)).state is State.CLOSED


async def test_judging_a_cluster_asks_no_more_where_more_was_given(world: World, workers: Workers) -> None:
    one, article = await watched(world, gatherer_of(world, workers))

    def asked(tx: Tx) -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        sa_event.listen(tx.conn, "before_cursor_execute", counted)
        found = current(tx, use.find(tx, one))
        sa_event.remove(tx.conn, "before_cursor_execute", counted)
        assert found is not None
        return count

    few = await world.db.read(asked)
    for at in range(6):
        await world.db.run(ask_bot, f"engrave {at}", f"v{at}", article, 1, "answered")
    world.clock.forward(4 * DAY)
    assert await world.db.read(asked) == few
