"""The same tests on both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.builders import World, a_company, a_world
from tests.core.letters import a_mailbox


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest) -> str:
    """The URL of a database with nothing in it."""
    url: str = request.getfixturevalue("sqlite_address" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    """An empty company: the queue general, the inbox web with a bot, the agents ada and bob."""
    async with a_world(address) as made:
        await made.db.run(a_company)
        yield made


@pytest.fixture
async def post(world: World) -> World:
    """With a mailbox beside its widget."""
    await world.db.run(a_mailbox)
    return world
