"""What a page of the help center costs in CPU, beside a bare aiohttp handler that serves the same bytes.

Both serve in this process and are asked by the same client, one request after the other on one connection; the client's
cost is in both figures, and "beyond" is the difference. "made" is an article that is not in memory: read, rendered, packed.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from app.sample.company import seed
from app.settings import ROOT
from bench.harness import Aim, Options, Result, percentile
from core.limits import InProcessRateLimits, Rate
from core.tasks import Workers
from core.texts import Texts
from knowledge.helpcenter.assembly import build
from knowledge.helpcenter.contract import HelpParts
from knowledge.helpcenter.settings import HelpSettings
from knowledge.search import Search
from tests.builders import World, a_world, sqlite_url

REQUESTS, QUICK_REQUESTS = 20_000, 3_000
MADE = 300
ROUNDS = 5
KEPT_LIMIT_MS = 0.2
MADE_LIMIT_MS = 15.0
PAGE = "/help/en/articles/returns"

Ask = Callable[[str], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Served:
    """Addresses of the page and of the bare handler, and the size of both."""

    ask: Ask
    size: int


def measure(options: Options) -> Result:
    requests = QUICK_REQUESTS if options.quick else REQUESTS
    return asyncio.run(_measured(requests))


async def _measured(requests: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        async with a_world(sqlite_url(Path(folder))) as world, _served(world) as served:
            kept, bare = [], []
            for _ in range(ROUNDS):
                kept.append(await _cpu_ms(served.ask, lambda: PAGE, requests // ROUNDS))
                bare.append(await _cpu_ms(served.ask, lambda: "/bare", requests // ROUNDS))
            # What is not looked for in memory: an article together with what was searched for.
            numbers = count()
            made = await _cpu_ms(served.ask, lambda: f"{PAGE}?q={next(numbers)}", MADE)
            size = served.size
    page, same = percentile(kept, 0.5), percentile(bare, 0.5)
    figures = {
        "page_bytes": size,
        "kept_ms": round(page, 3),
        "bare_ms": round(same, 3),
        "beyond_bare_ms": round(page - same, 3),
        "made_ms": round(made, 3),
    }
    aims = {
        "kept_beyond_bare_ms": Aim.at_most(page - same, KEPT_LIMIT_MS, " ms"),
        "made_ms": Aim.at_most(made, MADE_LIMIT_MS, " ms"),
    }
    return Result({"requests": requests, "rounds": ROUNDS, "made": MADE, "page": PAGE}, figures, aims)


async def _cpu_ms(ask: Ask, address: Callable[[], str], requests: int) -> float:
    """Of this process with all its threads, for each request."""
    began = time.process_time()
    for _ in range(requests):
        await ask(address())
    return (time.process_time() - began) * 1000 / requests


@asynccontextmanager
async def _served(world: World) -> AsyncIterator[Served]:
    await world.db.run(seed, lambda _password: "none", lambda: "none")
    workers = Workers(2)
    parts = HelpParts(
        db=world.db,
        bus=world.bus,
        clock=world.clock,
        limits=InProcessRateLimits(world.clock),
        workers=workers,
        texts=Texts(ROOT / "web" / "locales"),
        finder=Search(world.db, workers),
        name="Lumen & Leaf",
        address="https://help.example",
        secret=b"sixteen bytes or more",
        built=ROOT / "web" / "dist" / "help",
        settings=HelpSettings(pages=Rate(burst=MADE * 10, per_s=1_000)),
    )
    app = web.Application()
    for route in build(parts).routes:
        app.router.add_route(route.method, route.path, route.handler)
    body = b""

    async def bare(_request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": "gzip"}, content_type="text/html")

    app.router.add_get("/bare", bare)
    async with TestServer(app, access_log=None) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)

        async def answer(path: str) -> bytes:
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: help.example\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{path} was refused: {head[:100]!r}")
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            return await reader.readexactly(int(length))

        async def ask(path: str) -> int:
            return len(await answer(path))

        body = await answer(PAGE)
        yield Served(ask, len(body))
        writer.close()
    workers.close()
