"""A made-up Rasa: speaks its protocol, keeps trackers, calls actions when asked to, and fails as a test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.contract import RasaAddress
from bot.preferring import preferred
from core.ids import ConversationId

SECRET = "rasa-secret"
Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeRasa:
    """``said`` is what the next turns answer before the closing record; ``fault`` replaces the whole answer."""

    url: str = ""
    said: list[dict[str, Any]] = field(default_factory=lambda: [{"kind": "say", "key": "bot-greet"}])
    record: dict[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    restored: list[Any] = field(default_factory=list)
    last_turn: dict[str, str | None] = field(default_factory=dict)
    before_answer: Callable[[dict[str, Any]], Awaitable[None]] | None = None
    ready: bool = True
    under_way: int = 0
    most_under_way: int = 0

    def places(self, conversation: ConversationId) -> tuple[RasaAddress, ...]:
        """As ``bot.process.RasaProcess`` gives it."""
        return (RasaAddress(self.url, SECRET),) if self.ready else ()

    async def turn(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("X-Parley-Secret") != SECRET:
            return web.Response(status=401)
        body = await request.json()
        self.asked.append(body)
        if self.fault is not None:
            return await self.fault(request)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            if self.before_answer is not None:
                await self.before_answer(body)
            await asyncio.sleep(0)
            return self._answer(body)
        finally:
            self.under_way -= 1

    def _answer(self, body: dict[str, Any]) -> web.Response:
        sender, where = body["sender"], body["metadata"]
        if where["anew"] or self.last_turn.get(sender) != where["after"]:
            self.restored.append(where["events"])
        turn = self.last_turn[sender] = where["turn"]
        record = {
            "kind": "turn",
            "turn": turn,
            "failed": None,
            "intent": {"name": "greet", "confidence": 0.97},
            "active_form": None,
        } | self.record
        return web.json_response([{"recipient_id": sender, "custom": each} for each in [*self.said, record]])


class Rasas:
    """Implements ``RasaWhereabouts`` with these; each conversation prefers one."""

    def __init__(self, *addresses: RasaAddress) -> None:
        self._addresses = {each.url: each for each in addresses}

    def places(self, conversation: ConversationId) -> tuple[RasaAddress, ...]:
        return tuple(self._addresses[url] for url in preferred(self._addresses, conversation))


@asynccontextmanager
async def a_fake_rasa() -> AsyncIterator[FakeRasa]:
    rasa = FakeRasa()
    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", rasa.turn)
    server = TestServer(app)
    await server.start_server()
    rasa.url = str(server.make_url("")).rstrip("/")
    try:
        yield rasa
    finally:
        await server.close()


async def broken(request: web.Request) -> web.StreamResponse:
    return web.Response(status=500, text="oh no")


async def garbage(request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"\xff{[not json", content_type="application/json")


async def empty(request: web.Request) -> web.StreamResponse:
    return web.json_response([])


async def no_end(request: web.Request) -> web.StreamResponse:
    return web.json_response([{"recipient_id": "c1", "custom": {"kind": "say", "key": "bot-greet"}}])


async def plain_text(request: web.Request) -> web.StreamResponse:
    """As a Rasa without our launcher answers."""
    return web.json_response([{"recipient_id": "c1", "text": "Hello, I am Rasa"}])


async def another_turn(request: web.Request) -> web.StreamResponse:
    return web.json_response([{"recipient_id": "c1", "custom": {"kind": "turn", "turn": "somebody's"}}])


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(64):
        await response.write(b" " * 65536)
    return response


async def redirect(request: web.Request) -> web.StreamResponse:
    return web.Response(status=307, headers={"Location": "http://127.0.0.1:9/"})


async def hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def half_an_answer(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(json.dumps([]).encode())
    if request.transport is not None:
        request.transport.close()
    return response


def unavailable(reason: str) -> Fault:
    async def answer(request: web.Request) -> web.StreamResponse:
        turn = json.loads(await request.read())["metadata"]["turn"]
        items = [{"kind": "unavailable", "reason": reason}, {"kind": "turn", "turn": turn, "failed": reason}]
        return web.json_response([{"recipient_id": "c1", "custom": each} for each in items])

    return answer


async def never(request: web.Request) -> web.StreamResponse:
    """Until the client gives up."""
    await asyncio.Event().wait()
    return web.Response()
