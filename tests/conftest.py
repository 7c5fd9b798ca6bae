"""What any test may ask for by name."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.async_api import Browser

from core.store.schema import migrate
from tests.builders import sqlite_url
from tests.servers.browser import connected_browser, running_chromium
from tests.servers.postgres import Cluster, running_cluster
from tests.servers.rasa import RunningRasa, running_rasa

# The same examples each time, so that a red run is red again; make soak looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("exploring", max_examples=2000, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL server; make databases with `create_database`, or take `postgres_url`."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Cluster) -> str:
    """The name of a database with all tables and nothing in them, to be copied."""
    name = postgres.create_database()
    migrate_now(postgres.url(name))
    return name


@pytest.fixture
def postgres_url(postgres: Cluster, migrated_postgres: str) -> Iterator[str]:
    """The address of a database for this test alone: all tables, nothing in them."""
    name = postgres.create_database(migrated_postgres)
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture
def bare_postgres_url(postgres: Cluster) -> Iterator[str]:
    """The address of a database for this test alone, without any table."""
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture
def sqlite_address(tmp_path: Path) -> str:
    """The address of a file for this test alone; `a_world` makes its tables."""
    return sqlite_url(tmp_path)


def migrate_now(url: str) -> None:
    """In a thread of its own: the test's event loop is none of our business."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(migrate(url))).result()


@pytest.fixture(scope="session")
def rasa_models(pytestconfig: pytest.Config) -> Path:
    """Where trained models stay from one run to the next, by the fingerprint of the project."""
    return pytestconfig.cache.mkdir("rasa")


@pytest.fixture(scope="session")
def rasa(rasa_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRasa]:
    """The one real Rasa of this run, with an action server that tests may break and must mend."""
    with running_rasa(rasa_models, tmp_path_factory.mktemp("rasa")) as running:
        yield running


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
