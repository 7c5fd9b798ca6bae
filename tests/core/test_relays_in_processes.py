"""Three relays in processes of their own share an outbox: one breaks in the middle, and everything is done once and in order."""

import asyncio
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, pairwise

import pytest
from sqlalchemy import select

from core.events import MessageReceived
from core.receive import receive_message
from core.store import outbox as store
from core.store.codec import event_name
from core.store.tables.conversation import event
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbound
from tests.chaos.everywhere import pause
from tests.core.shaky_relay import IN_IO, IN_TX, WELL, Work, handled, handlers
from tests.servers.parley import ROOT

pytestmark = pytest.mark.postgres

LATE_S = 120.0
"""Generous: it is never waited for unless something is wrong."""
STREAMS = 12
BURST = 3
Done = dict[tuple[str, str], list[tuple[int, int, str]]]


@dataclass(slots=True)
class RelayProcess:
    """``tests/core/shaky_relay.py``."""

    process: asyncio.subprocess.Process

    async def hears(self, word: str) -> str:
        """Reads on until it says something that begins so; the rest of it."""
        assert self.process.stdout is not None
        heard = []
        async with asyncio.timeout(LATE_S):
            while line := (await self.process.stdout.readline()).decode():
                heard.append(line)
                if line.startswith(word):
                    return line.removeprefix(word).strip()
        raise AssertionError(f"it never said {word!r}, but {''.join(heard)}")

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def a_relay_process(
    url: str, name: str, where: str = WELL, what: signal.Signals = signal.SIGSTOP
) -> AsyncIterator[RelayProcess]:
    """At work; ended at the end of the block, however it is then."""
    process = RelayProcess(
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.core.shaky_relay", url, name, where, what.name),
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
    )
    try:
        await process.hears("works")
        yield process
    finally:
        await process.end()


@dataclass
class Visitors:
    """They write and write."""

    world: World
    numbers: "count[int]" = field(default_factory=count)

    async def write(self) -> None:
        """One message in each conversation."""
        for visitor in range(STREAMS):
            key = str(next(self.numbers))
            await self.world.db.run(receive_message, an_inbound(key, key=key, visitor=f"v{visitor}"))

    async def write_until(self, broken: "asyncio.Task[str]") -> str:
        """Until the process broke; at which event.

        Whoever has a stream keeps it while more waits in it: only between bursts does it fall to whoever comes first.
        """
        async with asyncio.timeout(LATE_S):
            while not broken.done():
                for _ in range(BURST):
                    await self.write()
                await self.all_done()
        return await broken

    async def all_done(self) -> None:
        async with asyncio.timeout(LATE_S):
            while (await self.world.db.read(store.backlog)).waiting:
                await pause(0.05)


def written(tx: Tx) -> dict[str, list[int]]:
    """What there is to do in each stream, in order."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = (
        select(event.c.topic, event.c.n)
        .where(event.c.type == event_name(MessageReceived))
        .order_by(event.c.n)
    )
    for topic, n in tx.conn.execute(rows):
        found[topic].append(n)
    return found


def done(tx: Tx) -> Done:
    """What was done in each stream, in the order in which it was."""
    found: Done = defaultdict(list)
    for row in tx.conn.execute(select(handled).order_by(handled.c.seq)):
        found[row.handler, row.topic].append((row.n, row.behind, row.by))
    return found


def make_table(tx: Tx) -> None:
    handled.create(tx.conn)


@pytest.mark.parametrize(
    ("where", "what"),
    [(IN_IO, signal.SIGSTOP), (IN_TX, signal.SIGSTOP), (IN_IO, signal.SIGKILL), (IN_TX, signal.SIGKILL)],
)
async def test_a_relay_that_stands_still_or_dies_in_a_handler_holds_nothing_up_and_does_nothing_twice(
    postgres_url: str, where: str, what: signal.Signals
) -> None:
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(a_world(postgres_url, handlers(Work("the test"))))
        await world.db.run(a_company)
        await world.db.run(make_table)
        visitors = Visitors(world)
        relays = [("well", WELL), ("shaky", where), ("as well", WELL)]
        first, shaky, second = await asyncio.gather(
            *(
                stack.enter_async_context(a_relay_process(postgres_url, name, place, what))
                for name, place in relays
            )
        )
        broken = asyncio.create_task(shaky.hears("breaks "))
        topic, n = (await visitors.write_until(broken)).split()
        await visitors.write()
        await visitors.all_done()
        if what is signal.SIGSTOP:
            shaky.process.send_signal(signal.SIGCONT)
            if where == IN_IO:
                await shaky.hears("handler io was too late")
            # What comes now is done by nobody else, after whatever it had in hand when it stopped.
            for each in (first, second):
                await each.end()
            await visitors.write()
            await visitors.all_done()
        found, wanted = await world.db.read(done), await world.db.read(written)
        assert {stream: [each for each, *_ in ns] for stream, ns in found.items()} == {
            (handler, each): ns for handler in (IN_TX, IN_IO) for each, ns in wanted.items()
        }
        for stream in found.values():
            assert all(later[1] == earlier[0] for earlier, later in pairwise(stream)), "begun too early"
        by = {each: who for each, _, who in found[where, topic]}
        assert by[int(n)] in {"well", "as well"}
        if what is signal.SIGSTOP:
            assert {stream[-1][2] for stream in found.values()} == {"shaky"}
