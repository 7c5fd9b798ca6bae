"""People on both sides of a conversation over a network that fails: they come back, say again what was not confirmed, and keep count."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, TypeVar

import aiohttp
from playwright.async_api import Page

from tests.journeys.line import UNREACHABLE
from tests.journeys.people import Person
from tests.servers.cutting import Network

T = TypeVar("T")

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "chat-protocol.md"
HEARTBEAT_S = 1.0
FOR_A_PERSON = "I want to talk to a person"
_CLOSING = aiohttp.ClientWSTimeout(ws_close=0.1)
_QUIET_S = HEARTBEAT_S * 2.5


def sessions() -> aiohttp.ClientSession:
    """Connections of one side, each request with a time limit: a network that went dead tells nobody."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=3),
    )


async def pause(seconds: float) -> None:
    """Between two attempts."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    await over.wait()


async def insist(call: Callable[[], Awaitable[T]]) -> T:
    """Again and again until it is answered."""
    while True:
        try:
            return await call()
        except UNREACHABLE:
            await pause(0.05)


async def heard(ws: aiohttp.ClientWebSocketResponse) -> AsyncIterator[dict[str, Any]]:
    """Its frames, until it ends or has been silent for too long although it was asked."""
    asked = False
    while True:
        try:
            async with asyncio.timeout(_QUIET_S / 2):
                message = await ws.receive()
        except TimeoutError:
            if asked:
                return
            asked = True
            await ws.send_json({"type": "ping"})
            continue
        if message.type is not aiohttp.WSMsgType.TEXT:
            return
        asked = False
        yield message.json()


@dataclass
class Progress:
    """How much has happened; who waits is woken by each step."""

    count: int = 0
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    def step(self) -> None:
        self.count += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def until(self, true: Callable[[], bool]) -> None:
        while not true():
            await self._moved.wait()


@dataclass
class Caller:
    """A visitor without a browser, as ``docs/`` tells how to be one."""

    network: Network
    http: aiohttp.ClientSession
    random: Random
    progress: Progress
    session: str | None = None
    conversation: str = ""
    n: int = 0
    texts: list[str] = field(default_factory=list)
    returns: int = 0
    _unconfirmed: dict[str, str] = field(default_factory=dict)
    _said: int = 0
    _ws: aiohttp.ClientWebSocketResponse | None = None

    async def run(self) -> None:
        """For ever."""
        while True:
            with suppress(*UNREACHABLE):
                await self._connect()
            self._ws = None
            await pause(self.random.uniform(0.02, 0.2))

    async def say(self, text: str) -> None:
        self._said += 1
        key = f"{self._said:06}"
        self._unconfirmed[key] = text
        if self._ws is not None:
            with suppress(*UNREACHABLE):
                await self._send(self._ws, key)

    async def _connect(self) -> None:
        url = f"{self.network.address}/live/web/socket"
        async with self.http.ws_connect(url, max_msg_size=0, timeout=_CLOSING) as ws:
            hello = {"session": self.session, "conversation": self.conversation or None, "n": self.n}
            await ws.send_json({"type": "hello", "language": "en", **hello})
            async for frame in heard(ws):
                await self._hear(ws, frame)

    async def _hear(self, ws: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                assert frame["resumed"] == (self.session is not None)
                self.returns += frame["resumed"]
                self.session = frame["session"]
                sent: set[str] = set()
                while left := [key for key in self._unconfirmed if key not in sent]:
                    await self._send(ws, left[0])
                    sent.add(left[0])
                # Only now: what is said meanwhile comes behind what was said before.
                self._ws = ws
            case "stored":
                self._unconfirmed.pop(frame["key"], None)
                self.progress.step()
            case "event":
                self._happened(frame)
            case "pong" | "typing" | "waiting" | "read":
                pass
            case _:
                raise AssertionError(f"the visitor got {frame}")

    async def _send(self, ws: aiohttp.ClientWebSocketResponse, key: str) -> None:
        await ws.send_json({"type": "message", "key": key, "text": self._unconfirmed[key]})

    def _happened(self, frame: dict[str, Any]) -> None:
        self.conversation = self.conversation or frame["conversation"]
        assert frame["conversation"] == self.conversation
        if frame["n"] <= self.n:
            return
        assert frame["n"] == self.n + 1, f"the visitor has {self.n} and got {frame['n']}"
        self.n = frame["n"]
        if frame["event"]["kind"] == "message":
            self.texts += [part["text"] for part in frame["event"]["message"]["parts"] if "text" in part]
        self.progress.step()


@dataclass
class Documented:
    """The client that docs/chat-protocol.md prints, in threads; only its patience is shortened."""

    network: Network
    progress: Progress
    chat: Any = None
    texts: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def conversation(self) -> str:
        return str(self.chat.conversation or "") if self.chat else ""

    async def come(self) -> None:
        printed = DOCUMENT.read_text(encoding="utf-8").split("```python\n", 1)[1].split("```", 1)[0]
        assert "timeout=75" in printed
        names: dict[str, Any] = {"__name__": "printed"}
        exec(printed.replace("timeout=75", "timeout=3"), names)  # noqa: S102 - it is what is tested
        names["time"] = SimpleNamespace(sleep=self._pause)
        self.chat = await asyncio.to_thread(names["Chat"], self.network.address, "web")

    async def run(self) -> None:
        """For ever."""
        while self.chat is None:
            await pause(0.05)
        while True:
            for frame in await asyncio.to_thread(self.chat.news, 1):
                self.numbers.append(frame["n"])
                if frame["event"]["kind"] == "message":
                    self.texts += [
                        each["text"] for each in frame["event"]["message"]["parts"] if "text" in each
                    ]
                self.progress.step()

    async def say(self, text: str) -> None:
        await asyncio.to_thread(self.chat.say, text)
        self.progress.step()

    def end(self) -> None:
        """Its threads give up."""
        self._over.set()

    def _pause(self, _seconds: float) -> None:
        if self._over.wait(0.1):
            raise RuntimeError("over")


@dataclass
class Surfer:
    """A visitor in a real browser; what they see is read from the page."""

    page: Page
    network: Network

    async def come(self) -> None:
        await self.page.goto(f"{self.network.address}/demo")
        await self.page.locator(".launcher").click()

    async def say(self, text: str) -> None:
        field = self.page.locator("textarea")
        await field.fill(text)
        await field.press("Enter")

    async def kept(self) -> str | None:
        """The conversation as the page remembers it."""
        kept: str | None = await self.page.evaluate(
            "() => localStorage[Object.keys(localStorage).find((key) => key.endsWith(':conversation'))] ?? null"
        )
        return kept

    async def texts(self) -> list[str]:
        return await self.page.get_by_role("log").locator(".bubble").all_text_contents()


@dataclass
class Clerk:
    """An agent who follows conversations over the live socket and answers in them."""

    person: Person
    random: Random
    progress: Progress
    positions: dict[str, int] = field(default_factory=dict)
    heard: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    _ws: aiohttp.ClientWebSocketResponse | None = None

    async def run(self) -> None:
        """For ever."""
        while True:
            with suppress(*UNREACHABLE):
                await self._connect()
            self._ws = None
            await pause(self.random.uniform(0.02, 0.2))

    async def take(self, conversation: str) -> None:
        """Everything of it from its beginning, and it is theirs to answer."""
        self.positions[conversation] = 0
        self.heard[conversation], self.said[conversation] = [], []
        if self._ws is not None:
            await self._subscribe(self._ws, conversation)
        await insist(lambda: self.person.ask("POST", f"/api/conversations/{conversation}/take"))

    async def say(self, conversation: str, text: str) -> None:
        """Until it is confirmed."""
        body = {"key": text, "kind": "reply", "text": text, "uploads": []}
        path = f"/api/conversations/{conversation}/messages"
        await insist(lambda: self.person.ask("POST", path, body))
        self.progress.step()

    async def _connect(self) -> None:
        line = self.person.line
        url = f"{line.server.address}/api/live?position={self.person.position}"
        async with line.http.ws_connect(
            url, headers=self.person.proof, timeout=_CLOSING, max_msg_size=0
        ) as ws:
            for conversation in self.positions:
                await self._subscribe(ws, conversation)
            self._ws = ws
            async for frame in heard(ws):
                assert frame["type"] not in {"reload", "error"}, f"the agent got {frame}"
                if frame["type"] == "event":
                    self._happened(frame)

    async def _subscribe(self, ws: aiohttp.ClientWebSocketResponse, conversation: str) -> None:
        topic, n = f"conversation:{conversation}", self.positions[conversation]
        await ws.send_json({"type": "subscribe", "topic": topic, "n": n})

    def _happened(self, frame: dict[str, Any]) -> None:
        kind, _, conversation = frame["topic"].partition(":")
        n = frame["n"]
        if kind == "agent":
            self.person.position = max(self.person.position, n)
            return
        if n <= self.positions[conversation]:
            return
        known = self.positions[conversation]
        assert n == known + 1, f"the agent has {known} and got {n}"
        self.positions[conversation] = n
        if frame["event"]["kind"] == "message":
            message = frame["event"]["message"]
            theirs = message["author"]["kind"] == "contact"
            texts = [part["text"] for part in message["parts"] if "text" in part]
            (self.heard if theirs else self.said)[conversation] += texts
        self.progress.step()
