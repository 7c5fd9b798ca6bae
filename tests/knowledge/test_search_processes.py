"""Several processes of one machine: one builds what takes minutes, the others wait and take what it kept."""

from pathlib import Path

import pytest

from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.index.keeping import IndexStore
from knowledge.index.settings import SearchSettings
from knowledge.search import Search
from tests.builders import World

pytestmark = pytest.mark.served

ALONE = SearchSettings(build_alone=1)


def published(tx: Tx) -> None:
    article = library.create(tx, "en", Content("Lamp", "A lamp."), category="Products")
    library.publish(tx, article.id, "en", 1)


async def test_what_one_process_builds_the_others_take(
    world: World, workers: Workers, tmp_path: Path
) -> None:
    folder = tmp_path / "search"
    await world.db.run(published)
    building = IndexStore(folder)
    building.open()
    assert not building.others_build()
    waiting = Search(world.db, workers, ALONE, folder)
    assert await waiting.refresh()
    assert waiting.size == 0
    assert not await waiting.refresh()
    building.built()
    builder = Search(world.db, workers, ALONE, folder)
    await builder.refresh()
    assert builder.size == 1
    assert await waiting.refresh()
    assert waiting.size == 1
    assert len(list(folder.glob("kept-*-1"))) == 1
    for each in (waiting, builder):
        each.close()
    building.close()


async def test_a_start_does_not_wait_for_a_long_build(world: World, workers: Workers, tmp_path: Path) -> None:
    await world.db.run(published)
    search = Search(world.db, workers, ALONE, tmp_path / "search")
    await search.open()
    assert search.size == 0
    assert await search.refresh()
    assert search.size == 1
    search.close()
