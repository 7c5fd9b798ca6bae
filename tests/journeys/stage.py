"""A page with the widget in front of a server that says exactly what a test lets it say."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer

from channels.live import protocol as wire
from channels.live.shown import AuthorOut, MessageOut, PartOut, TextPart
from channels.live.texts import WidgetTexts
from tests.channels.shop import TEXTS
from tests.journeys.guest import SCRIPT

WORDS = WidgetTexts(TEXTS)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CONTACT, BOT, ADA = AuthorOut("contact", None), AuthorOut("bot", None), AuthorOut("agent", "Ada")
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self' ws:; img-src 'self' blob:; style-src 'self'"
)


@dataclass
class Stage:
    """What the server says; a test may change any of it. ``heard`` are the frames of all tabs, hello and pings left out."""

    inbox: wire.InboxOut = field(default_factory=lambda: an_inbox())  # noqa: PLW0108 - defined below
    service: wire.ServiceOut = field(default_factory=wire.ServiceOut)
    user: wire.UserOut | None = None
    conversation: str | None = None
    events: list[wire.EventOut] = field(default_factory=list)
    status: str = "open"
    handler: str = "bot"
    answers: dict[str, Any] = field(default_factory=dict)
    script: str = 'data-inbox="web"'
    accepts: bool = True
    hellos: list[wire.Hello] = field(default_factory=list)
    heard: list[wire.ClientFrame] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    open: list[web.WebSocketResponse] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    closed: bool = False
    address: str = ""
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def tell(self, *frames: wire.ServerFrame) -> None:
        """To every tab."""
        for ws in self.sockets:
            for frame in frames:
                await ws.send_str(wire.encode(frame).decode())

    async def happen(self, *facts: wire.Fact) -> None:
        """The next things that a visitor may see of their conversation."""
        self.conversation = self.conversation or "c1"
        for fact in facts:
            event = wire.EventOut(self.conversation, len(self.events) + 1, NOON, fact)
            self.events.append(event)
            await self.tell(event)

    def before(self, *facts: wire.Fact) -> None:
        """The same, before anybody comes."""
        self.conversation = self.conversation or "c1"
        for fact in facts:
            at = NOON + timedelta(minutes=len(self.events))
            self.events.append(wire.EventOut(self.conversation, len(self.events) + 1, at, fact))

    async def until(self, kind: type[wire.ClientFrame], count: int = 1) -> Any:
        """The ``count``-th frame of this kind, now or when it comes; 30 s at most."""

        def there() -> bool:
            return len(self._of(kind)) >= count

        async with asyncio.timeout(30), self.moved:
            await self.moved.wait_for(there)
        return self._of(kind)[count - 1]

    def _of(self, kind: type[wire.ClientFrame]) -> list[Any]:
        return [each for each in self.heard if isinstance(each, kind)]

    def _welcome(self, hello: wire.Hello) -> wire.Welcome:
        known = self.conversation is not None
        n = len(self.events)
        after = min(hello.n, n) if hello.conversation == self.conversation else 0
        summary = wire.ConversationOut(
            self.conversation or "", n, after, self.status, self.handler, None, 0, None
        )
        return wire.Welcome(
            session=hello.session or "v1.visitor.secret",
            resumed=hello.session is not None,
            inbox=self.inbox,
            conversation=summary if known else None,
            limits=wire.LimitsOut(16_384, 1_000_000, 5),
            heartbeat_s=25,
            service=self.service,
            user=self.user,
        )

    async def socket(self, request: web.Request) -> web.StreamResponse:
        if self.closed:
            raise web.HTTPServiceUnavailable
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        self.open.append(ws)
        async for message in ws:
            await self._do(ws, wire.decode(message.data.encode()))
        if ws in self.sockets:
            self.sockets.remove(ws)
        return ws

    async def _do(self, ws: web.WebSocketResponse, frame: wire.ClientFrame) -> None:
        match frame:
            case wire.Hello():
                self.hellos.append(frame)
                await self._greet(ws, frame)
            case wire.Ping():
                await ws.send_str(wire.encode(wire.Pong()).decode())
            case _:
                self.heard.append(frame)
                if isinstance(frame, wire.Say):
                    await self._take(ws, frame)
                async with self.moved:
                    self.moved.notify_all()

    async def _greet(self, ws: web.WebSocketResponse, hello: wire.Hello) -> None:
        if not self.accepts:
            refused = wire.ErrorOut("identity", "identity", "a token of this site", None)
            await ws.send_str(wire.encode(refused).decode())
            return
        welcome = self._welcome(hello)
        await ws.send_str(wire.encode(welcome).decode())
        after = welcome.conversation.after if welcome.conversation else 0
        for event in self.events[after:]:
            await ws.send_str(wire.encode(event).decode())
        if ws not in self.sockets:
            self.sockets.append(ws)

    async def _take(self, ws: web.WebSocketResponse, said: wire.Say) -> None:
        await self.happen(a_message(said.text, CONTACT, key=said.key))
        stored = wire.Stored(said.key, f"m-{said.key}", self.conversation or "", len(self.events))
        await ws.send_str(wire.encode(stored).decode())

    async def config(self, request: web.Request) -> web.Response:
        language = WORDS.pick(request.query.get("language", ""))
        limits = wire.LimitsOut(16_384, 1_000_000, 5)
        body = wire.Config(self.inbox, limits, WORDS.words(language))
        return web.Response(body=msgspec.json.encode(body), content_type="application/json")

    async def answer(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/live/web/")
        self.asked.append(f"{request.method} {request.rel_url}".replace("/live/web/", ""))
        if path != "suggest" and not request.headers.get("Authorization", "").startswith("Bearer v1."):
            return web.Response(status=401)
        if path not in self.answers:
            return web.Response(status=404)
        return web.Response(body=msgspec.json.encode(self.answers[path]), content_type="application/json")

    async def page(self, request: web.Request) -> web.Response:
        site = "" if "data-mode" in self.script else "<main><h1>Site</h1></main>"
        html = (
            "<!doctype html><html lang=en><meta charset=utf-8><title>Site</title>"
            '<meta name=viewport content="width=device-width, initial-scale=1">'
            f'<body>{site}<script src="/widget.js" {self.script} async></script>'
        )
        headers = {"Content-Security-Policy": POLICY}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def built(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(SCRIPT.parent / request.path[1:])


def an_inbox(**change: Any) -> wire.InboxOut:
    known: dict[str, Any] = {
        "name": "Lumen & Leaf",
        "brand": wire.Brand("#1f6f5c", "right"),
        "greeting": "Hello! How can we help?",
        "languages": ("en", "zh"),
    }
    return wire.InboxOut(**(known | change))


def a_message(
    text: str, author: AuthorOut = BOT, *, key: str | None = None, parts: Sequence[PartOut] = ()
) -> wire.MessageFact:
    said = (TextPart(text), *parts)
    delivery = None if author is CONTACT else "sent"
    return wire.MessageFact(MessageOut(f"m-{key or text[:20]}", author, said, NOON, delivery, key))


@asynccontextmanager
async def a_stage(stage: Stage) -> AsyncIterator[Stage]:
    """Served on a port of its own, at ``address``."""
    app = web.Application()
    app.router.add_get("/live/web/socket", stage.socket)
    app.router.add_get("/live/web/config", stage.config)
    app.router.add_route("*", "/live/web/{rest:.+}", stage.answer)
    app.router.add_get("/widget.js", stage.built)
    app.router.add_get("/widget-more.js", stage.built)
    app.router.add_get("/", stage.page)
    async with TestServer(app) as server:
        stage.address = str(server.make_url("/"))
        try:
            yield stage
        finally:
            stage.closed = True
            for ws in stage.open:
                await ws.close(drain=False)
