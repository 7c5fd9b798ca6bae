"""A router that was stopped for longer than its lease, in a process of its own, writes nothing when it wakes."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from core.store.shared_time import SharedTime
from core.store.tables.routing import lease as lease_table
from core.store.tables.routing import reservation
from core.store.tx import Tx
from routing import lease
from tests.builders import MORNING, ManualClock, a_world
from tests.routing.center import Center, a_center
from tests.routing.paused_router import BEFORE, INSIDE, NEVER
from tests.servers.parley import ROOT

pytestmark = pytest.mark.postgres

PATIENCE_S = 60.0


@dataclass(slots=True)
class RouterProcess:
    """``tests/routing/paused_router.py``; ``hears`` waits for a line of it."""

    process: asyncio.subprocess.Process

    async def hears(self, word: str) -> None:
        """Reads on until it says so."""
        assert self.process.stdout is not None
        heard = []
        async with asyncio.timeout(PATIENCE_S):
            while line := (await self.process.stdout.readline()).decode().strip():
                heard.append(line)
                if line == word:
                    return
        raise AssertionError(f"it never said {word!r}, but {heard}")

    def wake(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@asynccontextmanager
async def a_router_process(url: str, holder: str, when: str) -> AsyncIterator[RouterProcess]:
    """Ended at the end of the block, however it is then."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.routing.paused_router", url, holder, when),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    try:
        yield RouterProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def offers(tx: Tx) -> list[Any]:
    return list(tx.conn.execute(select(reservation).order_by(reservation.c.created_at)))


@pytest.mark.parametrize("when", [BEFORE, INSIDE])
async def test_what_a_router_decided_before_it_was_stopped_past_its_lease_is_refused_when_it_wakes(
    postgres_url: str, when: str
) -> None:
    """Also when it was stopped with its locks on: they are taken from it, and the next one goes on without it."""
    async with AsyncExitStack() as stack:
        center = await stack.enter_async_context(a_center(postgres_url))
        now_at(center)
        old = await stack.enter_async_context(a_router_process(postgres_url, "old", when))
        await old.hears("leads")
        await center.write("v1")
        await old.hears("stops")
        new = await stack.enter_async_context(a_router_process(postgres_url, "new", NEVER))
        await new.hears("leads")
        await new.hears("wrote")
        old.wake()
        await old.hears("refused stale_epoch")
        await center.write("v2")
        await new.hears("wrote")
        made = await center.db.read(offers)
        assert {each.epoch for each in made} == {2}
        assert len({each.conversation_id for each in made}) == 2
        agents = [await center.agent(each.agent_id) for each in made]
        assert [each.load for each in agents] == [1, 1]


def now_at(center: Center) -> None:
    """The routers' processes go by the real time of day."""
    center.world.clock.forward((datetime.now(UTC) - MORNING).total_seconds())


async def test_a_machine_whose_clock_is_ahead_takes_the_lease_from_nobody(postgres_url: str) -> None:
    """And one whose clock is behind holds it no longer than anybody else."""
    async with AsyncExitStack() as stack:
        right, ahead = [
            await stack.enter_async_context(a_world(postgres_url, settings=(SharedTime(of_database=True),)))
            for _ in range(2)
        ]
        set_clock(right.clock, datetime.now(UTC))
        set_clock(ahead.clock, datetime.now(UTC) + timedelta(hours=1))
        assert await right.db.run(lease.hold, "right", 60.0) == 1
        assert await ahead.db.run(lease.hold, "ahead", 60.0) is None
        await right.db.run(lease.release, 1)
        assert await ahead.db.run(lease.hold, "ahead", 60.0) == 2
        await ahead.db.run(run_out)
        assert await right.db.run(lease.hold, "right", 60.0) == 3


def set_clock(clock: ManualClock, at: datetime) -> None:
    clock.forward((at - clock.now()).total_seconds())


def run_out(tx: Tx) -> None:
    """By the database's clock, a moment ago."""
    a_moment_ago = datetime.now(UTC) - timedelta(seconds=5)
    tx.conn.execute(update(lease_table).values(expires_at=a_moment_ago))
