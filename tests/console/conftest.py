"""The console over HTTP on a real database: a server, browsers that sign in, and a clock moved by hand."""

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientWebSocketResponse, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from sqlalchemy import update

from bot.contract import BotState, Progress
from bot.improving.contract import Improving
from channels.contract import Capabilities, Intake, Outgoing, ProbeStep, Receipt, Recipients, Upload
from channels.dispatcher import decide
from channels.fields import only_known
from channels.live.config import LiveConfig
from console.auth.passwords import Passwords
from console.pages import Pages
from console.parts import Installation, Parts, Shop
from console.routes import Console, build
from console.settings import ConsoleSettings
from core.answer import PUBLIC_READER, Answer, Audience, Reader
from core.contact import Sender
from core.errors import Invalid
from core.ids import ArticleId, MediaId
from core.inbox import Inbox
from core.limits import InProcessRateLimits
from core.message import Attachment, Envelope
from core.receive import Received, receive_message
from core.store.tables import people
from core.store.tx import Tx
from core.tasks import Workers
from core.texts import Texts
from core.web import Route, errors_as_json
from knowledge.article import Content
from knowledge.index import Finding, Index, prepare
from knowledge.settings import KnowledgeSettings
from knowledge.store import Key
from routing.settings import RoutingSettings
from tests.bot.builders import some_errands
from tests.builders import World, a_company, a_world, an_agent, an_inbound, sqlite_url
from tests.house.tree import ROOT
from tests.linked import LinkedBus

PASSWORD = "correct horse battery"
DEEP = urlsafe_b64encode(b'["2026-01-31T09:00:00Z","id",' + b"[" * 5_000).decode().rstrip("=")
"""A cursor that is nested too deeply to be read."""


class Letters:
    """A channel that only remembers what it was given."""

    kind = "widget"
    secrets: Sequence[str] = ()
    destinations: Sequence[str] = ()
    through: Mapping[str, str] = {"mail": "email"}
    capabilities = Capabilities(
        buttons=True,
        articles=True,
        attachments=True,
        typing=True,
        starts=True,
        by_stream=True,
        repeats_harmless=True,
        text_characters=10_000,
        attachment_bytes=1_000_000,
        anonymous=True,
    )

    def check(self, config: Any) -> None:
        if "color" in config and not isinstance(config["color"], str):
            raise Invalid("config.color", "a colour")
        only_known(config, LiveConfig)

    def clashes(self, config: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
        return None

    def owns(self, config: Mapping[str, Any], address: str) -> bool:
        return bool(config.get("address") == address)

    async def probe(self, config: Mapping[str, Any]) -> Sequence[ProbeStep]:
        return ()

    def person(self, address: str, name: str | None = None) -> Sender:
        raise Invalid("address", "nobody")

    def envelope(self, tx: Tx, outgoing: Outgoing, recipients: Recipients) -> Envelope | None:
        return None

    def wait_s(self, outgoing: Outgoing) -> float:
        return 0.0

    async def send(self, outgoing: Outgoing) -> Receipt:
        return Receipt()

    def routes(self) -> Sequence[Route]:
        return ()

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return f'<script src="{address}/widget.js" data-inbox="{inbox.id}" async></script>'


class Post(Letters):
    """Mail: people have addresses, conversations subjects, replies copies, and its inboxes a password."""

    kind = "email"
    secrets: Sequence[str] = ("password", "oauth.refresh_token", "keys")
    destinations: Sequence[str] = ("imap.host", "oauth.token_url")
    through: Mapping[str, str] = {}
    capabilities = replace(
        Letters.capabilities, by_stream=False, copies=True, participants=True, threads=True, anonymous=False
    )

    def check(self, config: Any) -> None:
        for name, value in config.items():
            if name == "password" and not isinstance(value, str):
                raise Invalid("password", "words")
        if not config.get("password") and "oauth" not in config:
            raise Invalid("password", "a password, or oauth", code="empty")

    def clashes(self, config: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
        return "address" if config.get("address") == other.get("address") else None

    async def probe(self, config: Mapping[str, Any]) -> Sequence[ProbeStep]:
        self.check(config)
        if config["password"] != "open sesame":
            return ProbeStep("imap.name", "ok"), ProbeStep(
                "imap.password", "failed", "password", "no such user"
            )
        return (ProbeStep("imap.name", "ok"), ProbeStep("imap.password", "ok"))

    def person(self, address: str, name: str | None = None) -> Sender:
        return Sender(self.kind, address.lower(), verified=False, name=name)

    def snippet(self, inbox: Inbox, address: str) -> str | None:
        return None


@dataclass
class Shelf:
    """A library of files that keeps nothing but their names."""

    stored: dict[str, tuple[str, Attachment]] = field(default_factory=dict)

    async def store(self, owner: str, upload: Upload) -> Attachment:
        body = b""
        while piece := await upload.read():
            body += piece
        if not body:
            raise Invalid("file", "a file with something in it", code="empty")
        if len(body) > 1000:
            raise Invalid("file", "at most 1000 bytes", code="too_large")
        media = MediaId(f"media{len(self.stored) + 1}")
        attachment = Attachment(media, upload.name, "text/plain", len(body))
        self.stored[media] = (owner, attachment)
        return attachment

    def claim(self, tx: Tx, owner: str, uploads: Sequence[MediaId]) -> tuple[Attachment, ...]:
        if any(self.stored.get(each, ("",))[0] != owner for each in uploads):
            raise Invalid("uploads", "ids of your own uploads", code="upload")
        return tuple(self.stored.pop(each)[1] for each in uploads)

    def url(self, media: MediaId) -> str:
        return f"/media/{media}?t=signed"


@dataclass
class OneAnswer:
    """A knowledge base that always finds the same article."""

    article: str = "returns"
    revision: int = 1
    probability: float = 0.9
    audience: Audience = Audience.PUBLIC
    brands: tuple[str, ...] = ()
    language: str | None = None
    asked: list[str] = field(default_factory=list)

    async def search(
        self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        self.asked.append(q)
        language = self.language or language
        answer = Answer(
            ArticleId(self.article), self.revision, language, "Returns", "Send it back.", q, self.probability
        )
        answer = replace(answer, audience=self.audience, brands=self.brands)
        return [answer][:limit]

    find = search

    async def look(self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER) -> Finding:
        content = Content("Returns", "Send it back.", (q,))
        index = Index({key: prepare(key, content) for key in [Key(ArticleId("returns"), language, 1)]})
        return index.finder.find(q, language, limit, reader)


@dataclass
class Office:
    """A running console and what it stands on."""

    world: World
    console: Console
    client: Callable[[], TestClient[web.Request, web.Application]]
    refused: Counter[str]
    parts: Parts

    async def visitor_says(self, text: str = "Hello", *, key: str = "m1", visitor: str = "v1") -> Received:
        return await self.world.db.run(receive_message, an_inbound(text, key=key, visitor=visitor))

    async def browser(self, agent: str = "ada") -> "Browser":
        """Somebody who has signed in."""
        browser = Browser(self.client())
        await browser.sign_in(agent)
        return browser


class Browser:
    """One person's cookies and CSRF token."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self.client = client
        self.csrf = ""
        self.session: dict[str, Any] = {}

    async def sign_in(self, agent: str, password: str = PASSWORD) -> None:
        body = {"email": f"{agent}@example.org", "password": password}
        async with self.client.post("/api/session", json=body) as response:
            assert response.status == 200, await response.text()
            self.session = await response.json()
        self.csrf = self.session["csrf"]

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> ClientResponse:
        headers = {"X-CSRF-Token": self.csrf} | options.pop("headers", {})
        if body is not None:
            options["json"] = body
        return await self.client.request(method, path, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> Any:
        return await self._json("GET", path, None, 200, **options)

    async def post(self, path: str, body: Any = None, *, status: int = 200) -> Any:
        return await self._json("POST", path, body, status)

    async def put(self, path: str, body: Any, *, status: int = 200) -> Any:
        return await self._json("PUT", path, body, status)

    async def patch(self, path: str, body: Any, *, status: int = 200) -> Any:
        return await self._json("PATCH", path, body, status)

    async def delete(self, path: str, *, status: int = 204) -> Any:
        return await self._json("DELETE", path, None, status)

    async def live(self, **options: Any) -> ClientWebSocketResponse:
        path = f"/api/live?position={self.session['position']}"
        socket: ClientWebSocketResponse = await self.client.ws_connect(path, **options)
        return socket

    async def _json(self, method: str, path: str, body: Any, status: int, **options: Any) -> Any:
        response = await self.call(method, path, body, **options)
        text = await response.text()
        assert response.status == status, f"{response.status}: {text}"
        return None if not text else await response.json()


Serve = Callable[..., Awaitable[Office]]


def cheap() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The company of the builders; ada is an agent, eve an editor, sue a supervisor, max an administrator."""
    async with a_world(sqlite_url(tmp_path)) as made:
        await made.db.run(_staff, cheap().hash(PASSWORD))
        yield made


def _staff(tx: Tx, password_hash: str) -> None:
    a_company(tx, bot=False)
    for name, role in (("eve", "publisher"), ("sue", "supervisor"), ("max", "administrator")):
        an_agent(tx, name, roles=(role,), presence="offline")
    tx.conn.execute(update(people.agent).values(password_hash=password_hash))


def _application(console: Console, pages: Path) -> web.Application:
    pages.mkdir(exist_ok=True)
    app = web.Application(middlewares=[errors_as_json])
    for route in [*console.routes, *Pages(pages).routes()]:
        app.router.add_route(route.method, route.path, route.handler)
    return app


async def _no_checks() -> list[Any]:
    return []


INSTALLATION = Installation(
    "0.1", "sqlite", lambda: BotState(Progress.READY, "rasa"), _no_checks, ("scripted", "rasa")
)


def _begun(parts: Parts) -> Console:
    console = build(parts)
    console.start(parts)
    return console


@pytest.fixture
async def serve(world: World, tmp_path: Path) -> AsyncIterator[Serve]:
    """Starts the console with settings of the test's own."""
    workers = Workers(2)
    clients: list[TestClient[web.Request, web.Application]] = []
    servers: list[TestServer] = []
    opened: list[Console] = []

    async def start(
        settings: ConsoleSettings | None = None,
        intake: Intake | None = None,
        knowledge: KnowledgeSettings | None = None,
        shop: Shop | None = None,
        improving: Improving | None = None,
        beside: LinkedBus | None = None,
    ) -> Office:
        refused: Counter[str] = Counter()
        parts = Parts(
            db=world.db,
            bus=beside or world.bus,
            clock=world.clock,
            supervisor=world.supervisor,
            workers=workers,
            limits=InProcessRateLimits(world.clock),
            passwords=Passwords(workers, cheap()),
            settings=settings or ConsoleSettings(public_url="http://parley.example"),
            routing=RoutingSettings(),
            library=Shelf(),
            channels={"widget": Letters(), "email": Post()},
            decide=decide,
            finder=OneAnswer(),
            article_url=lambda article, language: f"https://help.example/help/{language}/articles/{article}",
            texts=Texts(ROOT / "web" / "locales"),
            installation=replace(INSTALLATION, process=beside.process if beside else ""),
            count=lambda reason: refused.update([reason]),
            intake=intake,
            errands=some_errands(),
            knowledge=knowledge or KnowledgeSettings(),
            shop=shop,
            improving=improving,
        )
        opened.append(console := _begun(parts))
        server = TestServer(_application(console, tmp_path / "pages"))
        servers.append(server)
        await server.start_server()

        def client() -> TestClient[web.Request, web.Application]:
            made = TestClient(server, cookie_jar=CookieJar(unsafe=True))
            clients.append(made)
            return made

        return Office(world, console, client, refused, parts)

    yield start
    for each in opened:
        each.close()
    for client in clients:
        await client.close()
    for server in servers:
        await server.close()
    workers.close()


@pytest.fixture
async def office(serve: Serve) -> Office:
    """The console with its usual settings."""
    return await serve()


async def frame_of(socket: ClientWebSocketResponse, kind: str, **having: Any) -> dict[str, Any]:
    """The next frame of this type, whatever comes before it."""
    while True:
        frame: dict[str, Any] = await socket.receive_json(timeout=30)
        if frame["type"] == kind and all(frame.get(name) == value for name, value in having.items()):
            return frame
