"""The same tests on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import World, a_company, a_world, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """An empty company: the queue general, the inbox web with a bot, the agents ada and bob."""
    async with a_world(address) as made:
        await made.db.run(a_company)
        yield made
