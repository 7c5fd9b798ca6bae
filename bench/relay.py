"""Events a second through the outbox and its relay, beside a bare loop of INSERT and DELETE … RETURNING in the same run.

Both write a batch of events in one transaction and take it out again in another, over the same driver and connections.
Ours also keeps the event, takes only the head of each stream, reads the event and runs its handler.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.harness import Aim, Options, Result
from bench.relay_bare import Bare
from core.events import Recorded, TimerFired, conversation_topic
from core.ids import ConversationId
from core.outbox import TxHandler
from core.relay_settings import RelaySettings
from core.store.tx import Tx
from tests.builders import MORNING, World, a_world, sqlite_url
from tests.servers.postgres import NoPostgresError, running_cluster

BATCH = RelaySettings().heads
_RATIO = 0.5
_QUICK_ROUNDS, _ROUNDS, _WARM_UP = 5, 20, 2
_BATCHES = 20
"""Of one round."""

Loop = Callable[[int], Awaitable[None]]


def measure(options: Options) -> Result:
    rounds = _QUICK_ROUNDS if options.quick else _ROUNDS
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    for name, address in _databases():
        ours, bare = asyncio.run(_rates(address, rounds))
        figures[name] = {
            "events_per_s": round(ours),
            "bare_per_s": round(bare),
            "ratio": round(ours / bare, 3),
        }
        aims[f"{name}_times_bare"] = Aim.at_least(ours / bare, _RATIO, long_enough=not options.quick)
    return Result({"batch": BATCH, "rounds": rounds, "events": rounds * _BATCHES * BATCH}, figures, aims)


def _databases() -> Iterator[tuple[str, str]]:
    """A new database of each kind that is here."""
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        yield "sqlite", sqlite_url(Path(folder))
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except NoPostgresError:
            return
        yield "postgresql", cluster.url(cluster.create_database())


async def _rates(address: str, rounds: int) -> tuple[float, float]:
    """Events a second, ours and bare, each in its median round; the rounds take turns."""
    heard: list[Recorded] = []
    handler = TxHandler("bench", (TimerFired,), lambda _, recorded: heard.append(recorded))
    async with a_world(address, [handler]) as world:
        bare = Bare(world.db, BATCH)
        await bare.prepare()
        emitting = _Ours(world)
        await emitting.prepare()
        loops: tuple[Loop, Loop] = (emitting.loop, bare.loop)
        spent: list[list[float]] = [[], []]
        for number in range(rounds + _WARM_UP):
            for at, loop in enumerate(loops):
                began = time.perf_counter()
                await loop(_BATCHES)
                if number >= _WARM_UP:
                    spent[at].append(time.perf_counter() - began)
        expected = (1 + (rounds + _WARM_UP) * _BATCHES) * BATCH
        if len(heard) < expected:
            raise RuntimeError(f"{len(heard)} of {expected} events reached their handler")
    ours, theirs = (_BATCHES * BATCH / median(each) for each in spent)
    return ours, theirs


class _Ours:
    """As many streams as a batch has events: the relay takes the head of each."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._n = 0

    async def prepare(self) -> None:
        """A relay begins with few at once, and takes a whole batch when it has seen that it is quick."""
        await self._world.db.run(self._emit, self._n)
        await self._world.relay.drain()

    async def loop(self, batches: int) -> None:
        for _ in range(batches):
            self._n += 1
            await self._world.db.run(self._emit, self._n)
            await self._world.relay.step()

    def _emit(self, tx: Tx, n: int) -> None:
        for stream in range(BATCH):
            topic = conversation_topic(ConversationId(f"bench{stream}"))
            tx.emit_as(n, topic, TimerFired("bench", f"{stream}", MORNING))
