"""A program that publishes everything anew over and over, and keeps the index each time: to be killed by a test."""

import asyncio
import itertools
import sys
from pathlib import Path

from core.ids import ArticleId
from core.store.tx import Tx
from core.tasks import Workers
from knowledge import library
from knowledge.article import Content
from knowledge.index.settings import SearchSettings
from knowledge.library import Edit
from knowledge.search import Search
from tests.builders import a_world, sqlite_url

ARTICLES = 12


def content(article: int, turn: int) -> Content:
    return Content(f"Lamp {article}", f"Everything about lamp {article}, as of round {turn}.")


def first(tx: Tx) -> list[ArticleId]:
    made = [library.create(tx, "en", content(number, 0), category="Lamps").id for number in range(ARTICLES)]
    for article in made:
        library.publish(tx, article, "en", 1)
    return made


def again(tx: Tx, articles: list[ArticleId], turn: int) -> None:
    for number, article in enumerate(articles):
        library.edit(tx, article, "en", Edit(content(number, turn), turn))
        library.publish(tx, article, "en", turn + 1)


async def run(folder: Path) -> None:
    """It says a word after the first round, and goes on for good."""
    workers = Workers(2)
    async with a_world(sqlite_url(folder)) as world:
        search = Search(world.db, workers, SearchSettings(keep_after=1), folder / "search")
        articles = await world.db.run(first)
        await search.refresh()
        print("ready", flush=True)
        for turn in itertools.count(1):
            await world.db.run(again, articles, turn)
            await search.refresh()
            if turn % 7 == 0:
                await search.rebuild()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
