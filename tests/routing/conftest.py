"""The same tests on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import sqlite_url
from tests.routing.center import Center, a_center


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
async def center(address: str) -> AsyncIterator[Center]:
    """Ada and Bob are available; a visitor's message goes straight to the queue."""
    async with a_center(address) as made:
        yield made
