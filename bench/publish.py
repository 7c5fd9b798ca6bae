"""Seconds from "publish" to the bot's changed answer: a person publishes in the console, customers ask at every process.

One process on SQLite, three on PostgreSQL (where it is installed); with the sample company's articles, and with 100,000
more, or as many as ``--articles`` says. A customer in front of each process asks over and over, each time as somebody new; the
clock stops when the bot's answer is the new revision's. Its own time is in the figure, between once and twice: a question's
whole way through the widget and back, which stands beside it.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import insert

from app.runtime import opened
from app.settings import Settings
from bench.harness import Aim, Options, Result, percentile
from bench.parley import Server, parley
from bench.search_world import Company
from core.store.tables.knowledge import article, published, revision
from core.store.tx import Tx
from knowledge.article import Content
from tests.servers.postgres import NoPostgresError, running_cluster

MORE = 100_000
ROUNDS, QUICK_ROUNDS = 20, 5
LIMIT_S = 2.0
BUILD_S = 1200.0
_ROWS_AT_ONCE = 1000
_LATE_S = 30.0
_PAUSE_S = 0.05
PUBLISHER = "anna@lumenandleaf.example"
QUESTION = "How do I polish the zyxomat?"


@dataclass(frozen=True, slots=True)
class Shape:
    """``database`` is None for SQLite in the folder of the one process."""

    name: str
    processes: int
    more: int
    database: str | None


def measure(options: Options) -> Result:
    figures: dict[str, object] = {}
    aims: dict[str, Aim] = {}
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    with ExitStack() as stack:
        for shape in _shapes(stack, options):
            before = os.getloadavg()[0]
            took, asked, ready = asyncio.run(_measured(shape, rounds))
            figures[shape.name] = {
                "p50_s": round(percentile(took, 0.5), 3),
                "longest_s": round(max(took), 3),
                "all_s": [round(each, 2) for each in took],
                "a_question_p50_s": round(percentile(asked, 0.5), 3),
                "a_question_longest_s": round(max(asked), 3),
                "started_and_indexed_s": round(ready, 1),
                "load": [round(each, 1) for each in (before, os.getloadavg()[0])],
            }
            aims[f"{shape.name}: the longest"] = Aim.at_most(max(took), LIMIT_S, " s")
    return Result({"rounds": rounds, "shapes": list(figures), "quick": options.quick}, figures, aims)


def _shapes(stack: ExitStack, options: Options) -> Iterator[Shape]:
    sizes = (0,) if options.quick else (0, MORE)
    if options.articles is not None:
        sizes = (options.articles,)
    for more in sizes:
        yield Shape(f"1 process, {more} articles beside the sample's", 1, more, None)
    try:
        cluster = stack.enter_context(running_cluster())
    except NoPostgresError:
        return
    for more in sizes:
        database = cluster.url(cluster.create_database())
        yield Shape(f"3 processes, {more} articles beside the sample's", 3, more, database)


async def _measured(shape: Shape, rounds: int) -> tuple[list[float], list[float], float]:
    """Seconds of each process in each round; of each question; and of the start, until everything is found."""
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        settings = {} if shape.database is None else {"PARLEY_DATABASE_URL": shape.database}
        if shape.more:
            with parley(Path(folder), **settings):
                pass  # the sample company comes first
            await _fill(Path(folder), shape)
        began = time.perf_counter()
        with _servers(Path(folder), shape.processes, settings) as servers:
            async with _publisher(servers[0]) as publisher:
                await publisher.publish(0, create=True)
                await _answered(servers, 0, BUILD_S, [])
                ready = time.perf_counter() - began
                took: list[float] = []
                asked: list[float] = []
                for number in range(1, rounds + 1):
                    await publisher.draft(number)
                    start = time.perf_counter()
                    await publisher.publish(number)
                    took += [at - start for at in await _answered(servers, number, _LATE_S, asked)]
    return took, asked, ready


@contextmanager
def _servers(folder: Path, processes: int, settings: dict[str, str]) -> Iterator[list[Server]]:
    """The first with the sample; all of one machine share its folder, and so what is kept of the index."""
    with ExitStack() as stack:
        yield [stack.enter_context(parley(folder, **settings)) for _ in range(processes)]


async def _answered(
    servers: Sequence[Server], number: int, limit_s: float, asked: list[float]
) -> list[float]:
    """When the bot said revision ``number`` at each of them; ``asked`` gets how long each question took."""
    async with asyncio.timeout(limit_s), aiohttp.ClientSession() as session:
        return await asyncio.gather(*(_asked(session, server, number, asked) for server in servers))


async def _asked(session: aiohttp.ClientSession, server: Server, number: int, asked: list[float]) -> float:
    while True:
        began = time.perf_counter()
        async with session.ws_connect(f"{server.address}/live/web/socket") as ws:
            await ws.send_json({"type": "hello", "session": None, "language": "en"})
            await ws.send_json({"type": "message", "key": "0", "text": QUESTION})
            reply = await _reply(ws)
            asked.append(time.perf_counter() - began)
            if f"in way {number}." in reply:
                return began + asked[-1]
        await asyncio.sleep(_PAUSE_S)


async def _reply(ws: aiohttp.ClientWebSocketResponse) -> str:
    """What the bot says, or that it passes the question on."""
    async for frame in ws:
        event = frame.json().get("event", {})
        message = event.get("message")
        if message is not None and message["author"]["kind"] == "bot":
            return str(frame.data)
        if event.get("handler") == "queue":
            return ""
    return ""


class _Publisher:
    """Somebody at the console."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._address = address
        self._article = ""

    async def draft(self, number: int) -> None:
        words = {"title": "Polishing the zyxomat", "body": _body(number), "questions": [QUESTION]}
        await self._call("PUT", f"/api/articles/{self._article}/en", {**words, "base": number})

    async def publish(self, number: int, *, create: bool = False) -> None:
        if create:
            words = {"title": "Polishing the zyxomat", "body": _body(number), "questions": [QUESTION]}
            made = await self._call("POST", "/api/articles", {**words, "language": "en", "category": "Care"})
            self._article = made["id"]
        path = f"/api/articles/{self._article}/en/publish"
        await self._call("POST", path, {"revision": number + 1})

    async def _call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._session.request(method, f"{self._address}{path}", json=body) as answer:
            if not answer.ok:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
            found: dict[str, Any] = await answer.json()
            return found


def _body(number: int) -> str:
    return f"Polish the zyxomat in way {number}."


@asynccontextmanager
async def _publisher(server: Server) -> AsyncIterator[_Publisher]:
    async with AsyncExitStack() as stack:
        jar = aiohttp.CookieJar(unsafe=True)
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
        body = {"email": PUBLISHER, "password": server.sign_ins[PUBLISHER]}
        async with session.post(f"{server.address}/api/session", json=body) as answer:
            answer.raise_for_status()
            session.headers["X-CSRF-Token"] = (await answer.json())["csrf"]
        yield _Publisher(session, server.address)


async def _fill(folder: Path, shape: Shape) -> None:
    """Straight into the tables: what is measured comes later."""
    settings = replace(Settings(), folder=folder, database_url=shape.database)
    contents = Company(shape.more).contents
    async with opened(settings) as runtime:
        for start in range(0, shape.more, _ROWS_AT_ONCE):
            await runtime.db.run(_insert, contents[start : start + _ROWS_AT_ONCE], start)


def _insert(tx: Tx, contents: Sequence[Content], start: int) -> None:
    ids = [f"made-{start + number:06}" for number in range(len(contents))]
    at = {"created_at": tx.now, "updated_at": tx.now}
    heads = [{"id": id, "slug": id, "category": "Made", **at} for id in ids]
    texts = [{"title": each.title, "body": each.body, "questions": each.questions} for each in contents]
    rows = [
        {"article_id": id, "language": "en", "number": 1, "created_at": tx.now, **text}
        for id, text in zip(ids, texts, strict=True)
    ]
    shown = [{"article_id": id, "language": "en", "number": 1, "published_at": tx.now} for id in ids]
    for table, some in ((article, heads), (revision, rows), (published, shown)):
        tx.conn.execute(insert(table), some)
