"""A world with turns that the bot misunderstood."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import World, a_company, a_world, sqlite_url


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(sqlite_url(tmp_path)) as made:
        await made.db.run(a_company)
        yield made
