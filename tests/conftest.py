"""What any test may ask for by name."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.async_api import Browser

from core.store.schema import migrate
from tests import saving
from tests.builders import sqlite_url
from tests.servers.browser import connected_browser, running_chromium
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.postfix import Postfix, running_postfix
from tests.servers.postgres import Cluster, running_cluster
from tests.servers.rasa import RunningRasa, running_rasa
from tests.servers.s3 import S3, running_s3
from tests.servers.valkey import Valkey, running_valkey

# The same examples each time, so that a red run is red again; make soak looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("exploring", max_examples=2000, deadline=None)
settings.load_profile("repeatable")

saving.begin_collecting()

_MAILBOXES = itertools.count()

SERVING = frozenset({"shop", "serve", "outside", "center"})
"""Fixtures that serve our routes on a port of this test's own, or run a whole center with its relay and router."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what serves, or runs a center, within the test, so that `make check` can leave it to `make test`; but for the channels' contract."""
    for item in items:
        serves = isinstance(item, pytest.Function) and SERVING.intersection(item.fixturenames)
        if serves and "contracts" not in item.path.parts:
            item.add_marker(pytest.mark.served)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    saving.end_collecting()


def pytest_sessionfinish() -> None:
    saving.forget()


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
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A throw-away authority, and a certificate for localhost and 127.0.0.1."""
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """The one IMAP server of this run; tests take `dovecot` and a `mailbox`."""
    with running_dovecot() as server:
        yield server


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> Dovecot:
    """A real IMAP server that runs, also when the test before stopped it."""
    if dovecot_server.process is None or dovecot_server.process.poll() is not None:
        dovecot_server.start()
    return dovecot_server


@pytest.fixture
def mailbox(dovecot: Dovecot) -> str:
    """The address of a user of Dovecot for this test alone, whose mailbox is empty."""
    return dovecot.add_user(f"support{next(_MAILBOXES)}@example.com")


@pytest.fixture(scope="session")
def postfix_server(dovecot_server: Dovecot) -> Iterator[Postfix]:
    """The one SMTP server of this run; tests take `postfix`."""
    with running_postfix(dovecot_server) as server:
        yield server


@pytest.fixture
def postfix(postfix_server: Postfix, dovecot: Dovecot) -> Postfix:
    """A real SMTP server that runs, in front of `dovecot`, also when the test before stopped it."""
    if postfix_server.process is None or postfix_server.process.poll() is not None:
        postfix_server.start()
    return postfix_server


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """The one store of this run that speaks S3; make a bucket for each test with `create_bucket`."""
    with running_s3(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """The one Redis of this run; tests take `valkey`."""
    with running_valkey() as server:
        yield server


@pytest.fixture
def valkey(valkey_server: Valkey) -> Valkey:
    """A real Redis that runs, also when the test before stopped it; what others left there has other prefixes."""
    if not valkey_server.runs:
        valkey_server.start()
    return valkey_server


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
