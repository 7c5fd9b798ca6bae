"""Of simulations that are begun in the same instant one begins, on both databases."""

import asyncio
from pathlib import Path

import pytest

from console.changes import simulations as changes
from core.errors import Conflict
from core.ids import AgentId
from tests.builders import a_company, a_world, sqlite_url


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_of_four_begun_at_once_one_begins(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address = sqlite_url(tmp_path) if database == "sqlite" else request.getfixturevalue("postgres_url")
    async with a_world(address) as world:
        await world.db.run(a_company)
        asked = {"source": "past", "policies": []}
        begun = await asyncio.gather(
            *(world.db.run(changes.begin, "", asked, AgentId("ada"), 60.0) for _ in range(4)),
            return_exceptions=True,
        )
    assert sum(isinstance(each, str) for each in begun) == 1
    assert sum(isinstance(each, Conflict) for each in begun) == 3
