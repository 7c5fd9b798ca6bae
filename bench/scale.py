"""1, 2 and 4 processes on PostgreSQL and Redis: messages a second, how late the last of a hundred is, and whose CPU it takes.

Visitors write at one process and the agent who follows them listens at another, where there is another. A round trip ends when
the agent has the message, after the commit. All of it shares the cores of one machine: the load, PostgreSQL and Redis too.
What follows a message may come later: the CPU of it is counted, and how long that takes when no more messages come.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from sqlalchemy.ext.asyncio import create_async_engine

from bench.harness import Options, Result, percentile
from bench.live import Visitor, Watch, follow
from bench.parley import Server, parley, parley_beside
from bench.process import children_cpu_s, cpu_s
from bench.sizing import sized
from tests.servers.postgres import KEEPING, Cluster, NoPostgresError, running_cluster
from tests.servers.valkey import Valkey, running_valkey

_PROCESSES = (1, 2, 4)
_SETTLE_S = 2.0
_LOOK_S = 0.05
_DUE = "SELECT EXISTS (SELECT FROM outbox WHERE dead_at IS NULL AND due_at <= now())"


@dataclass(frozen=True, slots=True)
class Size:
    """``seconds`` at the fixed ``rate``, in messages a second."""

    visitors: int
    messages: int
    rate: int
    seconds: float


FULL = Size(64, 6_000, 60, 20)
QUICK = Size(32, 480, 30, 3)


@dataclass(frozen=True, slots=True)
class _Cpu:
    """Seconds so far of each part."""

    ours: float
    postgresql: float
    redis: float

    def since(self, before: "_Cpu", messages: int) -> dict[str, float]:
        """Milliseconds a message."""
        spent = {
            name: getattr(self, name) - getattr(before, name) for name in ("ours", "postgresql", "redis")
        }
        spent["all"] = sum(spent.values())
        return {name: round(seconds / messages * 1000, 2) for name, seconds in spent.items()}


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of processes: flat out, then at the fixed rate."""

    messages_per_s: float
    behind_s: float
    p50_ms: float
    p99_ms: float
    at_fixed_rate_p50_ms: float
    at_fixed_rate_p99_ms: float
    cpu_ms_per_message: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Site:
    cluster: Cluster
    database: str
    valkey: Valkey
    servers: Sequence[Server]

    def cpu(self) -> _Cpu:
        postmaster = int((self.cluster.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        assert self.valkey.process is not None
        return _Cpu(
            sum(cpu_s(each.pid) for each in self.servers),
            children_cpu_s(postmaster),
            cpu_s(self.valkey.process.pid),
        )


def measure(options: Options) -> Result:
    size = QUICK if options.quick else FULL
    measured: list[Measured] = []
    for processes in _PROCESSES:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="parley-bench-")))
            try:
                cluster = stack.enter_context(running_cluster(KEEPING))
            except NoPostgresError as error:
                raise RuntimeError(str(error)) from error
            valkey = stack.enter_context(running_valkey())
            database = cluster.url(cluster.create_database())
            shared = {"PARLEY_DATABASE_URL": database, "PARLEY_REDIS_URL": valkey.url}
            site = _Site(cluster, database, valkey, _started(stack, folder, shared, processes))
            measured.append(asyncio.run(_measured(site, size)))
    figures: dict[str, object] = {
        f"{count}": asdict(each) for count, each in zip(_PROCESSES, measured, strict=True)
    }
    # By the most processes: what they cost each other is in it.
    figures["sizing"] = [asdict(row) for row in sized(measured[-1].cpu_ms_per_message)]
    config = {"visitors": size.visitors, "messages": size.messages, "rate": size.rate, "fsync": False}
    return Result(config, figures)


def _started(stack: ExitStack, folder: Path, shared: Mapping[str, str], processes: int) -> list[Server]:
    return [
        stack.enter_context((parley_beside if number else parley)(folder / str(number), **shared))
        for number in range(processes)
    ]


async def _measured(site: _Site, size: Size) -> Measured:
    async with _people(site.servers, size.visitors) as (visitors, watch):
        # What was begun when they came ends first.
        await asyncio.sleep(_SETTLE_S)
        before, began = site.cpu(), time.perf_counter()
        late = await _closed_loop(visitors, watch, size.messages)
        seconds = time.perf_counter() - began
        await _nothing_due(site.database)
        behind_s = time.perf_counter() - began - seconds
        cpu = site.cpu().since(before, len(late))
        steady = await _fixed_rate(visitors, watch, size)
    return Measured(
        messages_per_s=round(len(late) / seconds, 1),
        behind_s=round(behind_s, 1),
        p50_ms=_ms(late, 0.5),
        p99_ms=_ms(late, 0.99),
        at_fixed_rate_p50_ms=_ms(steady, 0.5),
        at_fixed_rate_p99_ms=_ms(steady, 0.99),
        cpu_ms_per_message=cpu,
    )


async def _nothing_due(database: str) -> None:
    engine = create_async_engine(database)
    try:
        async with engine.connect() as conn:
            while (await conn.exec_driver_sql(_DUE)).scalar_one():
                await conn.rollback()
                await asyncio.sleep(_LOOK_S)
    finally:
        await engine.dispose()


def _ms(late: list[float], share: float) -> float:
    return round(percentile(late, share) * 1000, 1)


@asynccontextmanager
async def _people(servers: Sequence[Server], count: int) -> AsyncIterator[tuple[list[Visitor], Watch]]:
    """Visitors at each server in turn, each followed by an agent at the next one."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        )
        watch, places = Watch(), len(servers)
        visitors = [
            await Visitor.come(stack, session, servers[number % places].address) for number in range(count)
        ]
        who = list(servers[0].sign_ins.items())
        for at, server in enumerate(servers):
            theirs = [each for number, each in enumerate(visitors) if (number + 1) % places == at]
            await _listen(stack, server, who[at % len(who)], theirs, watch)
        yield visitors, watch


async def _listen(
    stack: AsyncExitStack, server: Server, who: tuple[str, str], visitors: Sequence[Visitor], watch: Watch
) -> None:
    own = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
    email, password = who
    async with own.post(
        f"{server.address}/api/session", json={"email": email, "password": password}
    ) as answer:
        answer.raise_for_status()
    ws = await stack.enter_async_context(own.ws_connect(f"{server.address}/api/live"))
    for visitor in visitors:
        await ws.send_json({"type": "subscribe", "topic": f"conversation:{visitor.conversation}", "n": 0})
    task = asyncio.create_task(follow(ws, watch))
    stack.callback(task.cancel)


async def _closed_loop(visitors: Sequence[Visitor], watch: Watch, messages: int) -> list[float]:
    """Everybody says the next thing when the last one has arrived."""
    each = messages // len(visitors)

    async def talk(visitor: Visitor) -> list[float]:
        return [await visitor.say(watch) for _ in range(each)]

    return [one for mine in await asyncio.gather(*map(talk, visitors)) for one in mine]


async def _fixed_rate(visitors: Sequence[Visitor], watch: Watch, size: Size) -> list[float]:
    """So many a second, whether those before have arrived or not."""
    loop, began, tasks = asyncio.get_running_loop(), time.perf_counter(), []
    for number in range(int(size.rate * size.seconds)):
        await asyncio.sleep(max(0.0, began + number / size.rate - time.perf_counter()))
        tasks.append(loop.create_task(visitors[number % len(visitors)].say(watch)))
    return list(await asyncio.gather(*tasks))
