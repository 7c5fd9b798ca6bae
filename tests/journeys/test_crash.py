"""The server is killed at any point while many visitors write: nothing accepted is lost, doubled or left unanswered."""

import asyncio
import os
from collections.abc import Awaitable
from pathlib import Path
from random import Random

import aiohttp
import pytest

from tests.builders import a_world, sqlite_url
from tests.journeys.books import audit
from tests.journeys.line import Line
from tests.journeys.people import settled, staff
from tests.journeys.visits import Crowd
from tests.servers.parley import Server

VISITORS = 200
CAPACITY = 100_000
NO_LIMITS = {
    "PARLEY_LIVE_SESSIONS_BURST": "10000000",
    "PARLEY_LIVE_MESSAGES_BURST": "10000",
    "PARLEY_LIVE_INBOX_SESSIONS_BURST": "10000000",
    "PARLEY_LIVE_INBOX_MESSAGES_BURST": "10000000",
    "PARLEY_LIVE_FRAMES_BURST": "10000",
    "PARLEY_LOG_LEVEL": "warning",
}
FIRST_STARTS = 6
SETTLE_S = 90.0
"""After the last kill everybody is answered within this, on a machine that does much else."""
PROGRESS_S = 60.0


def seeded() -> Random:
    """By a seed that a failure shows; CRASH_SEED repeats the choices of a run, though not its timing."""
    seed = int(os.environ.get("CRASH_SEED") or Random().randrange(10**6))
    print(f"CRASH_SEED={seed}")
    return Random(seed)


async def survive(
    line: Line, random: Random, kills: int, *, in_the_start: float = 0.0, visitors: int = VISITORS
) -> dict[str, int]:
    """Visitors write and agents answer over so many kills; then everything is settled and counted."""
    if in_the_start:
        # Tables, people and articles are made at the first start: each attempt ends somewhere in the middle.
        for _ in range(FIRST_STARTS):
            await line.start_and_kill_after(random.uniform(0.3, 2.0))
    await line.start()
    people = await staff(line, CAPACITY)
    crowd = Crowd(line, random, visitors)
    working = [asyncio.create_task(person.work()) for person in people]
    writing = asyncio.create_task(crowd.run())
    try:
        for number in range(kills):
            # Later they are in the middle of talking; soon after the start everybody comes back.
            gap = random.randrange(1, 300) if number % 2 else random.randrange(300, 1500)
            await _unless_over(_under_way(crowd, line.progress + gap), writing, *working)
            line.kill()
            if random.random() < in_the_start:
                await line.start_and_kill_after(random.uniform(0.1, 1.5))
            seconds = await line.start()
            print(
                f"kill {number + 1} after {gap} frames; {len(crowd.visits)} visits; back in {seconds:.1f} s"
            )
        crowd.open = False
        try:
            async with asyncio.timeout(SETTLE_S):
                await _unless_over(asyncio.shield(writing), *working)
                await settled(next(one for one in people if "administrator" in one.roles))
        except TimeoutError:
            pytest.fail(f"still waiting: {crowd.unfinished()[:5]}\n{line.server.log()[-3000:]}")
    except BaseException:
        # Nobody else would end it.
        line.kill()
        raise
    finally:
        for task in (writing, *working):
            task.cancel()
        await asyncio.gather(writing, *working, return_exceptions=True)
    assert await asyncio.to_thread(line.server.stop) == 0
    lived = {
        "repeats": sum(visit.repeats for visit in crowd.visits),
        "returns": sum(visit.returns for visit in crowd.visits),
    }
    url = line.server.environment.get("PARLEY_DATABASE_URL") or sqlite_url(line.server.folder)
    async with a_world(url) as world:
        return {**lived, **await world.db.read(audit, crowd.visits)}


async def _unless_over(wanted: Awaitable[None], *others: asyncio.Task[None]) -> None:
    """Wait for the first; what another one raises meanwhile is raised here."""
    waiting = asyncio.ensure_future(wanted)
    done, _ = await asyncio.wait({waiting, *others}, timeout=PROGRESS_S, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    assert waiting in done, "the server is there and nothing moves"


async def _under_way(crowd: Crowd, progress: int) -> None:
    """Until so many frames have arrived and some message is on its way."""
    await crowd.line.passed(progress)
    while not any(visit.unconfirmed for visit in crowd.visits):
        await crowd.line.passed(crowd.line.progress + 1)


def the_line(folder: Path, http: aiohttp.ClientSession, **environment: str) -> Line:
    return Line(Server(folder, {**NO_LIMITS, **environment}), http)


@pytest.mark.server
async def test_kills_while_many_write_lose_double_and_leave_nothing(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    counts = await survive(the_line(tmp_path, http), seeded(), 4)
    print(counts)
    assert counts["messages"] > VISITORS
    assert counts["repeats"] > 0
    assert counts["with a person"] > 0


@pytest.mark.postgres
async def test_kills_lose_nothing_on_postgresql_either(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    line = the_line(tmp_path, http, PARLEY_DATABASE_URL=bare_postgres_url)
    counts = await survive(line, seeded(), 2, visitors=VISITORS // 2)
    print(counts)
    assert counts["returns"] > 0


@pytest.mark.soak
@pytest.mark.server
async def test_fifty_kills_some_in_the_middle_of_the_start_lose_nothing(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    counts = await survive(the_line(tmp_path, http), seeded(), 50, in_the_start=0.3)
    print(counts)
