"""A knowledge base on both databases, and a search over it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from core.tasks import Workers
from knowledge.search import Search
from tests.builders import World, a_company, a_world, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """An empty knowledge base, with the agents ada and bob."""
    url = sqlite_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    async with a_world(url) as made:
        await made.db.run(a_company)
        yield made


@pytest.fixture
def workers() -> Iterator[Workers]:
    pool = Workers(2)
    yield pool
    pool.close()


@pytest.fixture
def search(world: World, workers: Workers) -> Search:
    return Search(world.db, workers)
