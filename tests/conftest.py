"""What any test may ask for by name."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser

from tests.servers.browser import connected_browser, running_chromium
from tests.servers.postgres import Cluster, running_cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL server; make databases with `create_database`, or take `postgres_url`."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """The address of an empty database for this test alone."""
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The address of the one browser of this run; tests take `browser`."""
    with running_chromium() as address:
        yield address


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A real browser, in this test's event loop; make a context for each person."""
    async with connected_browser(chromium) as connected:
        yield connected
