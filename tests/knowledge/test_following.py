"""Whoever follows what is published misses nothing: neither what took long, nor what was overtaken."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from core.bus import InProcessBus
from core.ids import ArticleId
from core.store.postgres import PostgresDatabase
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.helpcenter.freshness import Freshness
from knowledge.helpcenter.settings import HelpSettings
from knowledge.index.keeping import IndexStore
from knowledge.index.settings import SearchSettings
from knowledge.index.source import counted, moved
from knowledge.library import Edit
from knowledge.search import Search
from tests.builders import World, a_world

LONG_S = 200.0
"""Of a large import; shorter than the time after which everything is compared anyway."""
GATE = 7


def published(tx: Tx, title: str) -> ArticleId:
    article = library.create(tx, "en", Content(title, f"All about {title}."), category="Products")
    library.publish(tx, article.id, "en", 1)
    return article.id


async def test_what_a_long_transaction_published_is_found_with_its_end(world: World, search: Search) -> None:
    def long(tx: Tx) -> None:
        published(tx, "lamp")
        world.clock.forward(LONG_S)

    await search.refresh()
    await world.db.run(long)
    assert await search.refresh()
    assert search.size == 1


async def test_pages_of_the_help_center_are_made_anew_after_one(world: World) -> None:
    def long(tx: Tx) -> None:
        published(tx, "lamp")
        world.clock.forward(LONG_S)

    await world.db.run(published, "chair")
    settings = HelpSettings()
    elsewhere = Freshness(world.db, InProcessBus(), world.clock, settings)
    before = (await elsewhere.now()).generation
    world.clock.forward(settings.poll_s)
    assert (await elsewhere.now()).generation == before
    await world.db.run(long)
    world.clock.forward(settings.poll_s)
    assert (await elsewhere.now()).generation == before + 1


async def test_pages_are_not_kept_for_ever(world: World) -> None:
    settings = HelpSettings()
    freshness = Freshness(world.db, world.bus, world.clock, settings)
    before = (await freshness.now()).generation
    world.clock.forward(settings.kept_s)
    assert (await freshness.now()).generation == before + 1


async def test_each_commit_moves_its_articles_to_the_end(world: World) -> None:
    first, second = await world.db.run(published, "lamp"), await world.db.run(published, "desk")
    seen = await world.db.read(counted)
    assert (await world.db.read(moved, seen, 9)).ids == []
    await world.db.run(library.edit, first, "en", Edit(Content("lamp", "New words."), 1))
    assert (await world.db.read(moved, seen, 9)).ids == [first]
    await world.db.run(library.unpublish, second, "en")
    assert (await world.db.read(moved, seen, 9)).ids == [first, second]
    assert (await world.db.read(moved, seen, 1)).ids is None


async def test_what_moved_too_much_is_compared_whole(world: World, workers: Workers) -> None:
    search = Search(world.db, workers, SearchSettings(compare_from=1))
    await search.refresh()
    await world.db.run(lambda tx: [published(tx, title) for title in ("lamp", "desk", "chair")])
    assert await search.refresh()
    assert search.size == 3


async def test_what_was_published_is_found_before_the_index_is_kept_on_disk(
    world: World, workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search(world.db, workers, folder=tmp_path / "search")
    found: list[int] = []
    monkeypatch.setattr(IndexStore, "keep", lambda *_: found.append(search.size))
    await world.db.run(published, "lamp")
    await search.refresh()
    assert found == [1]
    search.close()


async def test_nothing_waits_for_the_loading_of_models_but_what_is_in_the_background(
    world: World, workers: Workers
) -> None:
    background = Workers(1)
    loading, loaded = threading.Event(), threading.Event()

    class Slow:
        def of(self, language: str) -> None:
            loading.set()
            assert loaded.wait(5)

        def between(self) -> None:
            return None

    one = Workers(1)
    search = Search(world.db, one, models=Slow(), background=background)
    await world.db.run(published, "lamp")
    await search.refresh()
    taking = asyncio.create_task(search.take_vectors())
    assert await asyncio.to_thread(loading.wait, 60)
    await world.db.run(published, "desk")
    async with asyncio.timeout(60):
        await search.refresh()
    assert search.size == 2
    loaded.set()
    await taking
    one.close()
    background.close()


@pytest.mark.postgres
async def test_who_began_first_and_ends_last_is_not_overtaken(postgres_url: str, workers: Workers) -> None:
    """The transaction that waits has written everything but its number when the other one comes and goes."""
    async with a_world(postgres_url) as world:
        await overtaken(world, Search(world.db, workers))


async def overtaken(world: World, search: Search) -> None:
    assert isinstance(world.db, PostgresDatabase)
    began = asyncio.Event()
    lamp, desk, _ = [await world.db.run(published, title) for title in ("lamp", "desk", "chair")]

    def slow(tx: Tx) -> None:
        library.unpublish(tx, lamp, "en")
        began.set()
        tx.conn.execute(text("SELECT pg_advisory_xact_lock(:gate)"), {"gate": GATE})

    await search.refresh()
    async with world.db._engine.connect() as gate:
        await gate.execute(text("SELECT pg_advisory_lock(:gate)"), {"gate": GATE})
        waiting = asyncio.create_task(world.db.run(slow))
        await began.wait()
        await world.db.run(library.unpublish, desk, "en")
        assert await search.refresh()
        assert search.size == 2
        await gate.execute(text("SELECT pg_advisory_unlock(:gate)"), {"gate": GATE})
    await waiting
    assert await search.refresh()
    assert search.size == 1
