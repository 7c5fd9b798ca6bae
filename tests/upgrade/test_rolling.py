"""A rolling upgrade: processes of the version before and of this one serve fifty chats on one database, and nothing is lost."""

import asyncio
import io
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random

import aiohttp
import pytest

from tests.builders import a_world
from tests.journeys.books import audit
from tests.journeys.line import Line
from tests.journeys.people import settled, staff
from tests.journeys.test_crash import CAPACITY, NO_LIMITS
from tests.journeys.visits import Crowd, Visit
from tests.servers.parley import ROOT, Server

pytestmark = pytest.mark.postgres

PREVIOUS = Path(__file__).with_name("previous")
AT_EACH = 25
A_WHILE = 50
"""So many frames reach the visitors of a process between two steps."""
PATIENCE_S = 240.0
PATIENT_BOT = {"PARLEY_BOT_ANSWER_ATTEMPT_S": "60", "PARLEY_BOT_ANSWER_HORIZON_S": "180"}
"""On a busy machine it would give an answer up, and hand the conversation to a person."""


class Brief(Crowd):
    """Who has asked one thing or two goes, and somebody else comes."""

    def _new_visit(self) -> Visit:
        visit = super()._new_visit()
        del visit.rounds[2:]
        return visit


@pytest.fixture(scope="module")
def tree_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the version before; where there is no history to take them from, this version is also the one before."""
    commit, tree = PREVIOUS.read_text().strip(), tmp_path_factory.mktemp("before")
    found = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if found.returncode:
        print(
            f"\nNO UPGRADE IS TESTED: there is no history here with the commit {commit}", file=sys.__stderr__
        )
        return ROOT
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(tree, filter="data")
    return tree


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=jar) as session:
        yield session


@asynccontextmanager
async def stopped_at_the_end(*servers: Server) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for server in servers:
            if server.process is not None and server.process.poll() is None:
                await asyncio.to_thread(server.stop)


async def test_fifty_chats_go_on_while_the_processes_are_brought_to_this_version_one_after_another(
    tmp_path: Path, tree_before: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    """Its first migrations run under the version before, which also starts anew on them."""
    settings = {"PARLEY_DATABASE_URL": bare_postgres_url, **NO_LIMITS, **PATIENT_BOT}
    old = Server(tmp_path / "old", settings, tree=tree_before)
    new = Server(tmp_path / "new", settings, arguments=())
    first, second, random = Line(old, http), Line(new, http), Random(8)
    async with asyncio.timeout(3 * PATIENCE_S), stopped_at_the_end(old, new):
        await first.start()
        people = await staff(first, CAPACITY)
        crowds = [Brief(line, random, AT_EACH) for line in (first, second)]
        tasks = [asyncio.create_task(person.work()) for person in people]
        chats = [asyncio.create_task(crowd.run()) for crowd in crowds]
        try:
            async with while_these_go_on(*tasks, *chats):
                await first.passed(A_WHILE)
                # Its migrations run now.
                await second.start()
                await second.passed(A_WHILE)
                first.kill()
                await first.start()
                await first.passed(first.progress + A_WHILE)
                await moved_over(first, second)
                await first.passed(first.progress + A_WHILE)
                for crowd in crowds:
                    crowd.open = False
                await asyncio.gather(*chats)
                await settled(next(one for one in people if "administrator" in one.roles))
        finally:
            for task in (*tasks, *chats):
                task.cancel()
            await asyncio.gather(*tasks, *chats, return_exceptions=True)
    visits = [visit for crowd in crowds for visit in crowd.visits]
    async with a_world(bare_postgres_url) as world:
        counted = await world.db.read(audit, visits)
    assert counted["visits"] >= 2 * AT_EACH


async def moved_over(first: Line, second: Line) -> None:
    """The last process of the version before ends; who was there goes on at the new one."""
    first.up.clear()
    assert await asyncio.to_thread(first.server.stop) == 0
    first.server = second.server
    first.up.set()


@asynccontextmanager
async def while_these_go_on(*tasks: asyncio.Task[None]) -> AsyncIterator[None]:
    """Whoever fails meanwhile ends the wait, and says why."""
    waiting = asyncio.current_task()
    assert waiting is not None
    failed: list[BaseException] = []

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            failed.append(error)
            waiting.cancel()

    for task in tasks:
        task.add_done_callback(ended)
    with suppress(asyncio.CancelledError):
        yield
        return
    waiting.uncancel()
    raise failed[0] if failed else TimeoutError("it took too long")
