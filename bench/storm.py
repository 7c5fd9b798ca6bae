"""Many sockets of visitors, half of which come back at once after they missed something: how long until all have it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import msgspec
from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.harness import percentile
from bench.parley import Server
from bench.process import cpu_s, resident_bytes

_AT_ONCE = 64
"""So many do something at the same time while nothing is measured."""
_LATE_S = 900.0
_OPENING_S = 15.0
"""As the widget: a socket that has not opened after this long is given up."""
_QUESTION = "How do I return a lamp?"


@dataclass(frozen=True, slots=True)
class Storm:
    """What came of it. ``seconds`` each took to have all, from the moment when all began to come back."""

    sockets: int
    back: int
    missed: int
    lost: int
    doubled: int
    tries: int
    seconds: list[float]
    cpu: float
    kib_per_socket: float

    def figures(self) -> dict[str, object]:
        return {
            "sockets": self.sockets,
            "back_at_once": self.back,
            "events_missed": self.missed,
            "events_lost": self.lost,
            "events_doubled": self.doubled,
            "connections_tried_again": self.tries,
            "all_caught_up_after_s": round(max(self.seconds), 2),
            "half_of_them_after_s": round(percentile(self.seconds, 0.5), 2),
            "server_cpu_ms_each": round(self.cpu / self.back * 1000, 2),
            "kib_per_socket": round(self.kib_per_socket, 1),
        }


@dataclass(slots=True)
class Guest:
    """A visitor over any number of sockets; ``n`` is the last number they have."""

    address: str
    session: str | None = None
    conversation: str | None = None
    n: int = 0
    goal: int = 0
    doubled: int = 0
    said: int = 0
    tries: int = 0
    gone: bool = False
    transport: WSTransport | None = None
    greeted: asyncio.Event = field(default_factory=asyncio.Event)
    stored: asyncio.Event = field(default_factory=asyncio.Event)
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def come(self) -> None:
        """As often as it takes."""
        while not await self._come():
            self.tries += 1
            await asyncio.sleep(random.uniform(0.25, 0.75))

    async def _come(self) -> bool:
        """Whether we were greeted."""
        self.greeted.clear()
        self.gone = False
        url = f"{self.address.replace('http', 'ws', 1)}/live/web/socket"
        try:
            transport, _ = await ws_connect(lambda: _Ears(self), url, websocket_handshake_timeout=_OPENING_S)
        except (OSError, TimeoutError, WSError):
            return False
        self.transport = transport
        hello = {
            "type": "hello",
            "session": self.session,
            "language": "en",
            "conversation": self.conversation,
            "n": self.n,
        }
        self._send(hello)
        await self.greeted.wait()
        return not self.gone

    def hung_up(self) -> None:
        """Also while we wait to be greeted."""
        self.gone = True
        self.greeted.set()

    async def say(self, text: str) -> None:
        """Until it is on disk."""
        self.said += 1
        self.stored.clear()
        self._send({"type": "message", "key": str(self.said), "text": text})
        await self.stored.wait()

    def vanish(self) -> None:
        """Without a word."""
        assert self.transport is not None
        self.transport.underlying_transport.abort()

    async def caught_up(self) -> None:
        while self.n < self.goal:
            self.moved.clear()
            await self.moved.wait()

    def hear(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self.session = frame["session"]
                self.goal = frame["conversation"]["n"] if frame["conversation"] else 0
                self.greeted.set()
            case "stored":
                self.conversation = frame["conversation"]
                self.stored.set()
            case "event":
                self.conversation = frame["conversation"]
                if frame["n"] != self.n + 1:
                    self.doubled += 1
                self.n = max(self.n, frame["n"])
                self.moved.set()
            case "error":
                raise RuntimeError(f"a visitor got {frame}")
            case _:
                pass

    def _send(self, frame: Mapping[str, object]) -> None:
        assert self.transport is not None
        self.transport.send(WSMsgType.TEXT, msgspec.json.encode(frame))


class _Ears(WSListener):
    """One socket of a guest."""

    def __init__(self, guest: Guest) -> None:
        super().__init__()
        self._guest = guest

    def on_ws_disconnected(self, _transport: WSTransport) -> None:
        self._guest.hung_up()

    def on_ws_frame(self, _transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._guest.hear(msgspec.json.decode(frame.get_payload_as_bytes()))


async def storm(server: Server, count: int) -> Storm:
    """``count`` visitors; every second one asks something, vanishes before the answer, and comes back with all the others."""
    before = resident_bytes(server.pid)
    guests = [Guest(server.address) for _ in range(count)]
    await _all(guests, Guest.come)
    kib = (resident_bytes(server.pid) - before) / count / 1024
    gone = guests[::2]
    await _all(gone, _ask_and_vanish)
    await _quiet(server)
    had = [guest.n for guest in gone]
    cpu, began = cpu_s(server.pid), time.perf_counter()

    async def back(guest: Guest) -> float:
        await guest.come()
        await guest.caught_up()
        return time.perf_counter() - began

    async with asyncio.timeout(_LATE_S):
        seconds = await asyncio.gather(*map(back, gone))
    spent = cpu_s(server.pid) - cpu
    missed = sum(guest.goal - n for guest, n in zip(gone, had, strict=True))
    if missed < len(gone):
        raise RuntimeError("nobody had missed anything")
    return Storm(
        sockets=count,
        back=len(gone),
        missed=missed,
        lost=sum(max(0, guest.goal - guest.n) for guest in gone),
        doubled=sum(guest.doubled for guest in guests),
        tries=sum(guest.tries for guest in gone),
        seconds=list(seconds),
        cpu=spent,
        kib_per_socket=kib,
    )


async def _ask_and_vanish(guest: Guest) -> None:
    await guest.say(_QUESTION)
    guest.vanish()


async def _all(guests: Sequence[Guest], work: Callable[[Guest], Awaitable[None]]) -> None:
    """A few at a time."""
    left = iter(guests)

    async def some() -> None:
        for guest in left:
            await work(guest)

    async with asyncio.timeout(_LATE_S):
        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))


async def _quiet(server: Server) -> None:
    """Until the server has nothing left to do."""
    email, password = next(iter(server.sign_ins.items()))
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(server.address, cookie_jar=jar) as client, asyncio.timeout(_LATE_S):
        async with client.post("/api/session", json={"email": email, "password": password}) as answer:
            answer.raise_for_status()
        while True:
            async with client.get("/api/status") as answer:
                answer.raise_for_status()
                if (await answer.json())["outbox"]["waiting"] == 0:
                    return
            await asyncio.sleep(0.2)
