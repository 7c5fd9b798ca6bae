"""Widget sockets and agents against a running server in another process, beside a bare echo that writes the same rows.

A round trip begins when a visitor sends and ends when the agent who follows the conversation has it, after the commit.
CPU is that of the server's process, for each message; the bare echo's was measured the same way in the same run.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import msgspec

from bench.fanout import Watched, fan_out
from bench.harness import Aim, Options, Result, percentile
from bench.parley import Server, parley
from bench.process import cpu_s, first_line, program, resident_bytes
from bench.storm import Storm, storm

RATE = 300
MOST_TIMES_BARE = 3.0
MOST_KIB_A_SOCKET = 30.0
_LATE_S = 20.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much load; ``seconds`` at the fixed rate."""

    visitors: int
    agents: int
    messages: int
    seconds: float
    idle: int
    storm: int
    watchers: int
    watched: int


FULL = Size(64, 4, 12_000, 30, idle=5_000, storm=10_000, watchers=500, watched=100)
QUICK = Size(64, 4, 1_500, 3, idle=300, storm=300, watchers=50, watched=20)


@dataclass(slots=True)
class Load:
    """What was seen: seconds of each round trip, CPU seconds and wall seconds of the whole."""

    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0
    wall: float = 0.0

    def figures(self, messages: int) -> dict[str, float]:
        return {
            "p50_ms": round(percentile(self.latencies, 0.5) * 1000, 2),
            "p99_ms": round(percentile(self.latencies, 0.99) * 1000, 2),
            "messages_per_s": round(messages / self.wall, 1),
            "cpu_ms_per_message": round(self.cpu / messages * 1000, 3),
        }


def measure(options: Options) -> Result:
    """Closed loop, fixed rate, idle sockets; the bare echo; many who come back at once; many who watch one conversation."""
    size = QUICK if options.quick else FULL
    with TemporaryDirectory() as folder:
        ours = asyncio.run(_ours(Path(folder), size))
    with TemporaryDirectory() as folder:
        bare = asyncio.run(_bare(Path(folder), size))
    with TemporaryDirectory() as folder:
        back = asyncio.run(_storm(Path(folder), size))
    with TemporaryDirectory() as folder:
        watched = asyncio.run(_fan_out(Path(folder), size))
    busy, steady, kib = ours
    ratio = (busy.cpu / size.messages) / (bare.cpu / size.messages)
    at_rate = steady.figures(len(steady.latencies))
    kept_up = at_rate["messages_per_s"] >= RATE * 0.98 and at_rate["p99_ms"] < 1000
    figures = {
        "parley": busy.figures(size.messages),
        "bare_echo": bare.figures(size.messages),
        "at_fixed_rate": at_rate,
        "idle_kib_per_socket": round(kib, 1),
        "idle_sockets": size.idle,
        "storm": back.figures(),
        "fan_out": watched.figures(size.watchers),
    }
    aims = {
        "cpu_per_message_times_bare": Aim.at_most(ratio, MOST_TIMES_BARE),
        "messages_per_s_without_a_growing_queue": Aim(
            at_rate["messages_per_s"], f"at least {RATE}, 99 of 100 within a second", kept_up
        ),
        "idle_kib_per_socket": Aim.at_most(
            kib, MOST_KIB_A_SOCKET, " KiB", long_enough=size.idle >= FULL.idle
        ),
        "events_lost_or_doubled_in_the_storm": Aim.at_most(back.lost + back.doubled, 0),
    }
    config = {"visitors": size.visitors, "agents": size.agents, "messages": size.messages, "rate": RATE}
    return Result(config, figures, aims)


async def _ours(folder: Path, size: Size) -> tuple[Load, Load, float]:
    with parley(folder) as server:
        async with AsyncExitStack() as stack:
            connector = aiohttp.TCPConnector(limit=0)
            session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
            watch = Watch()
            visitors = [await Visitor.come(stack, session, server.address) for _ in range(size.visitors)]
            await _agents(stack, session, server, size.agents, visitors, watch)
            busy = await _closed_loop(visitors, watch, size.messages, server.pid)
            steady = await _fixed_rate(visitors, watch, size.seconds, server.pid)
        kib = await _idle(server, size.idle)
    return busy, steady, kib


class Watch:
    """Knows when each text arrived at an agent."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[float]] = {}

    def expect(self, text: str) -> asyncio.Future[float]:
        future = asyncio.get_running_loop().create_future()
        self._waiting[text] = future
        return future

    def seen(self, text: str) -> None:
        future = self._waiting.pop(text, None)
        if future is not None and not future.done():
            future.set_result(time.perf_counter())


class Visitor:
    """One widget: sends messages and reads whatever comes."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self._ws = ws
        self._numbers = itertools.count(1)
        self.conversation = ""

    @classmethod
    async def come(cls, stack: AsyncExitStack, session: aiohttp.ClientSession, address: str) -> "Visitor":
        """With a conversation that a person was asked for, so that agents follow it and the bot keeps out."""
        ws = await stack.enter_async_context(session.ws_connect(f"{address}/live/web/socket"))
        visitor = cls(ws)
        await ws.send_json({"type": "hello", "session": None, "language": "en"})
        await ws.send_json({"type": "message", "key": "0", "text": "I want to talk to a person"})
        async with asyncio.timeout(_LATE_S):
            async for frame in ws:
                told = msgspec.json.decode(frame.data)
                visitor.conversation = told.get("conversation") or visitor.conversation
                if told.get("event", {}).get("handler") == "queue":
                    break
        task = asyncio.create_task(visitor._read())
        stack.callback(task.cancel)
        return visitor

    async def _read(self) -> None:
        async for _ in self._ws:
            pass

    async def say(self, watch: Watch) -> float:
        """Seconds until an agent has it."""
        number = next(self._numbers)
        text = f"{self.conversation} {number}"
        arrived = watch.expect(text)
        began = time.perf_counter()
        await self._ws.send_json({"type": "message", "key": str(number), "text": text})
        async with asyncio.timeout(_LATE_S):
            return await arrived - began


async def _agents(
    stack: AsyncExitStack,
    session: aiohttp.ClientSession,
    server: Server,
    count: int,
    visitors: list[Visitor],
    watch: Watch,
) -> None:
    """Each agent follows a share of the conversations."""
    people = list(server.sign_ins.items())
    for number in range(count):
        email, password = people[number % len(people)]
        own = await stack.enter_async_context(
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        )
        body = {"email": email, "password": password}
        async with own.post(f"{server.address}/api/session", json=body) as answer:
            answer.raise_for_status()
        ws = await stack.enter_async_context(own.ws_connect(f"{server.address}/api/live"))
        for visitor in visitors[number::count]:
            topic = f"conversation:{visitor.conversation}"
            await ws.send_json({"type": "subscribe", "topic": topic, "n": 0})
        task = asyncio.create_task(follow(ws, watch))
        stack.callback(task.cancel)


async def follow(ws: aiohttp.ClientWebSocketResponse, watch: Watch) -> None:
    async for frame in ws:
        if b'"contact"' not in frame.data.encode():
            continue
        told = msgspec.json.decode(frame.data)
        message = told.get("event", {}).get("message") if told["type"] == "event" else None
        for part in message["parts"] if message else ():
            if part["type"] == "text":
                watch.seen(part["text"])


async def _measured(pid: int, work: Callable[[], Awaitable[list[float]]]) -> Load:
    cpu, wall = cpu_s(pid), time.perf_counter()
    latencies = await work()
    return Load(latencies, cpu_s(pid) - cpu, time.perf_counter() - wall)


async def _closed_loop(visitors: list[Visitor], watch: Watch, messages: int, pid: int) -> Load:
    """Everybody sends the next message when the last one arrived."""
    each = messages // len(visitors)

    async def talk(visitor: Visitor) -> list[float]:
        return [await visitor.say(watch) for _ in range(each)]

    async def all_talk() -> list[float]:
        return [one for mine in await asyncio.gather(*map(talk, visitors)) for one in mine]

    return await _measured(pid, all_talk)


async def _fixed_rate(visitors: list[Visitor], watch: Watch, seconds: float, pid: int) -> Load:
    """``RATE`` messages a second, whether the earlier ones arrived or not."""

    async def send() -> list[float]:
        loop, began, tasks = asyncio.get_running_loop(), time.perf_counter(), []
        for number in range(int(RATE * seconds)):
            await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            tasks.append(loop.create_task(visitors[number % len(visitors)].say(watch)))
        return list(await asyncio.gather(*tasks))

    return await _measured(pid, send)


async def _idle(server: Server, count: int) -> float:
    """KiB of the server's memory for each socket that said hello and then nothing."""
    before = resident_bytes(server.pid)
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(limit=0)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        for _ in range(count):
            ws = await stack.enter_async_context(session.ws_connect(f"{server.address}/live/web/socket"))
            await ws.send_json({"type": "hello", "session": None, "language": "en"})
            await ws.receive(timeout=_LATE_S)
        return (resident_bytes(server.pid) - before) / count / 1024


async def _storm(folder: Path, size: Size) -> Storm:
    with parley(folder) as server:
        return await storm(server, size.storm)


async def _fan_out(folder: Path, size: Size) -> Watched:
    with parley(folder) as server:
        return await fan_out(server, size.watchers, size.watched)


async def _bare(folder: Path, size: Size) -> Load:
    with program("bench.bare", str(folder)) as process:
        address = f"http://127.0.0.1:{first_line(process)}/socket"
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(aiohttp.ClientSession())
            sockets = [
                await stack.enter_async_context(session.ws_connect(address)) for _ in range(size.visitors)
            ]
            each = size.messages // size.visitors

            async def talk(ws: aiohttp.ClientWebSocketResponse) -> list[float]:
                latencies = []
                for number in range(each):
                    began = time.perf_counter()
                    await ws.send_json({"type": "message", "key": str(number), "text": "x" * 30})
                    await ws.receive(timeout=_LATE_S)
                    latencies.append(time.perf_counter() - began)
                return latencies

            async def all_talk() -> list[float]:
                return [one for mine in await asyncio.gather(*map(talk, sockets)) for one in mine]

            return await _measured(process.pid, all_talk)
