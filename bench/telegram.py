"""Telegram in and out on one core, each beside the least that could do it, taking turns in the same run.

In: updates are posted to the running server (64 at once, of many people), which answers once they are stored; beside
it an aiohttp handler that writes the same rows in one transaction. Out: replies that wait in the database leave when
the server starts; beside it bare calls of python-telegram-bot over the same BaseRequest with a row updated for each.
A second of CPU stands for a second on one core: whatever the process does meanwhile counts, and no other one's work.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import aiohttp
import msgspec

from bench.harness import Aim, Options, Result
from bench.parley import Server, parley
from bench.process import cpu_s, first_line, program
from bench.telegram_stock import INBOX, stock_now
from tests.servers.programs import free_ports
from tests.servers.telegram import TOKEN

IN_OF_BARE = 0.5
OUT_OF_BARE = 0.6
_AT_ONCE = 64
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LATE_S = 120.0
_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Size:
    """``rounds`` of ``updates`` in and of ``replies`` out; the first tenth of the replies is not counted."""

    chats: int
    updates: int
    replies: int
    rounds: int


FULL = Size(chats=500, updates=6000, replies=6000, rounds=3)
QUICK = Size(chats=200, updates=1500, replies=1500, rounds=1)


@dataclass(frozen=True, slots=True)
class Load:
    """What one round took, in seconds of CPU of the one process and of the wall."""

    count: int
    cpu: float
    wall: float


def measure(options: Options) -> Result:
    size = QUICK if options.quick else FULL
    rounds: dict[str, list[Load]] = {"in": [], "bare_in": [], "out": [], "bare_out": []}
    for _ in range(size.rounds):
        for name, one in (("in", _in), ("bare_in", _bare_in), ("out", _out), ("bare_out", _bare_out)):
            with TemporaryDirectory() as folder:
                rounds[name].append(one(Path(folder), size))
    figures = {name: _figures(loads) for name, loads in rounds.items()}
    in_, bare_in, out, bare_out = (
        figures[name]["per_s_of_cpu"] for name in ("in", "bare_in", "out", "bare_out")
    )
    aims = {
        "updates_in_of_bare": Aim.at_least(in_ / bare_in, IN_OF_BARE),
        "sends_out_of_bare": Aim.at_least(out / bare_out, OUT_OF_BARE),
    }
    config = {"chats": size.chats, "updates": size.updates, "replies": size.replies, "rounds": size.rounds}
    return Result(config, figures, aims)


def _figures(loads: list[Load]) -> dict[str, float]:
    """Of the median round."""
    each = median(load.cpu / load.count for load in loads)
    return {
        "cpu_ms_each": round(each * 1000, 3),
        "per_s_of_cpu": round(1 / each, 1),
        "per_s": round(median(load.count / load.wall for load in loads), 1),
    }


@contextmanager
def _bot_api(size: Size) -> Iterator[str]:
    with program("bench.bot_api", str(size.chats)) as process:
        yield first_line(process)


@contextmanager
def _ours(folder: Path, api: str, size: Size, *, replies: int, mode: str) -> Iterator[Server]:
    """The product with its sample company, and our bot beside it; no limit of ours slows it."""
    fast = {
        "PARLEY_TELEGRAM_API_URL": api,
        "PARLEY_PUBLIC_URL": "https://parley.example",
        "PARLEY_TELEGRAM_SEND_BOT_PER_S": "1e9",
        "PARLEY_TELEGRAM_SEND_BOT_BURST": "1000000000",
        "PARLEY_TELEGRAM_SEND_CHAT_PER_S": "1e9",
        "PARLEY_TELEGRAM_SEND_CHAT_BURST": "1000000000",
    }
    with parley(folder, **fast):
        pass
    stock_now(folder / "parley.db", chats=size.chats, replies=replies, mode=mode)
    (port,) = free_ports(1)
    with parley(folder, PARLEY_PORT=str(port), **fast) as server:
        # It tells its public address, where nobody is.
        yield replace(server, address=f"http://127.0.0.1:{port}")


def _in(folder: Path, size: Size) -> Load:
    with _bot_api(size) as api, _ours(folder, api, size, replies=0, mode="webhook") as server:
        return asyncio.run(_post(server.address, server.pid, size, api))


def _bare_in(folder: Path, size: Size) -> Load:
    with program("bench.bare_telegram", "in", str(folder), str(size.chats)) as process:
        return asyncio.run(_post(f"http://127.0.0.1:{first_line(process)}", process.pid, size, None))


def _update(number: int, chats: int) -> bytes:
    person = number % chats + 1
    who = {"id": person, "is_bot": False, "first_name": f"Person {person}", "language_code": "en"}
    message = {
        "message_id": number + 1,
        "from": who,
        "chat": {"id": person, "type": "private", "first_name": f"Person {person}"},
        "date": int(time.time()),
        "text": f"Where is my parcel number {number}? I have waited for a week.",
    }
    return msgspec.json.encode({"update_id": 1000 + number, "message": message})


async def _post(address: str, pid: int, size: Size, api: str | None) -> Load:
    """As Telegram does: so many calls at once, the next one when one was answered."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        headers = {"Content-Type": "application/json"}
        if api is not None:
            headers[_HEADER] = await _secret(session, api)
        updates = iter([_update(number, size.chats) for number in range(size.updates)])

        async def work() -> None:
            for body in updates:
                async with session.post(f"{address}/telegram/{INBOX}", data=body, headers=headers) as answer:
                    if answer.status != 200:
                        raise RuntimeError(f"an update was answered with {answer.status}")

        cpu, wall = cpu_s(pid), time.perf_counter()
        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
        return Load(size.updates, cpu_s(pid) - cpu, time.perf_counter() - wall)


async def _secret(session: aiohttp.ClientSession, api: str) -> str:
    """Which the server gives to Telegram once it has started."""
    async with asyncio.timeout(_LATE_S):
        while True:
            async with session.get(f"{api}/bench") as answer:
                secret = (await answer.json())["secret"]
            if secret is not None:
                return str(secret)
            await asyncio.sleep(_LOOK_S)


def _out(folder: Path, size: Size) -> Load:
    with _bot_api(size) as api, _ours(folder, api, size, replies=size.replies, mode="polling") as server:
        return asyncio.run(_sent(api, server.pid, size.replies))


def _bare_out(folder: Path, size: Size) -> Load:
    with _bot_api(size) as api:
        arguments = (str(folder), api, TOKEN, str(size.chats), str(size.replies))
        with program("bench.bare_telegram", "out", *arguments) as process:
            first_line(process)
            return asyncio.run(_sent(api, process.pid, size.replies))


async def _sent(api: str, pid: int, replies: int) -> Load:
    """Between a tenth and all of them."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(_LATE_S):

        async def until(count: int) -> tuple[int, float, float]:
            while True:
                async with session.get(f"{api}/bench") as answer:
                    sent = (await answer.json())["sent"]
                if sent >= count:
                    return sent, cpu_s(pid), time.perf_counter()
                await asyncio.sleep(_LOOK_S)

        first = await until(replies // 10)
        last = await until(replies)
        return Load(last[0] - first[0], last[1] - first[1], last[2] - first[2])
