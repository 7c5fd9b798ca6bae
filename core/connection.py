"""One open socket: answers go out at once, news waits in a bounded queue, and who cannot keep up is let go to catch up later."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import WSMsgType

from core.tasks import Supervisor


class Transport(Protocol):
    """What is used of a WebSocket; tests give one of their own."""

    @property
    def closed(self) -> bool: ...

    async def send_frame(self, message: bytes, opcode: WSMsgType, compress: int | None = None) -> None: ...

    async def close(self, *, code: int = 1000, message: bytes = b"") -> bool: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """``frames`` of news may wait; one frame may take ``stall_s`` to leave, the last word ``farewell_s`` in all."""

    frames: int
    stall_s: float
    farewell_s: float


@dataclass(frozen=True, slots=True)
class Farewell:
    """How a socket is closed, and the frames that go before."""

    code: int
    reason: str = ""
    last: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Care:
    """What all sockets of a kind share: ``slow`` is said to who does not keep up, and ``dropped`` hears of it."""

    supervisor: Supervisor
    bounds: Bounds
    slow: Farewell
    dropped: Callable[[], None]


def aborting(transport: asyncio.Transport | None) -> Callable[[], None]:
    """What drops the transport of a request at once, with whatever still waits to leave."""
    return _nothing if transport is None else transport.abort


def _nothing() -> None:
    return


class Connection:
    """Written to by its own reader (``answer``) and by everybody else (``give``).

    An idle connection has no task beside its reader: the writer begins with the first news. ``abort`` drops what the
    other side never took.
    """

    __slots__ = (
        "_abort",
        "_care",
        "_ending",
        "_news",
        "_owed",
        "_queue",
        "_transport",
        "_writer",
    )

    def __init__(self, transport: Transport, care: Care, abort: Callable[[], None] = _nothing) -> None:
        self._transport = transport
        self._care = care
        self._abort = abort
        self._queue: deque[bytes] | None = None
        self._news: asyncio.Event | None = None
        self._writer: asyncio.Task[None] | None = None
        self._ending = False
        self._owed = 0

    async def answer(self, frame: bytes) -> None:
        """From the reader only: who does not take their answers is not read from either, and then let go."""
        if self._ending or self._transport.closed:
            return
        try:
            await self._send(frame)
        except TimeoutError:
            self._drop()

    def give(self, *frames: bytes) -> None:
        """Never blocks."""
        self._put(frames, missed=False)

    def catch_up(self, frames: Sequence[bytes]) -> None:
        """What was missed: the bound is for what comes beside it, else nobody far behind would ever get on."""
        self._put(frames, missed=True)

    def end(self, bye: Farewell) -> None:
        """Send nothing more but this and close, without waiting long for who does not listen."""
        if self._ending:
            return
        self.gone()
        _ = self._care.supervisor.start("socket end", self._leave(bye))

    def gone(self) -> None:
        """The socket is over."""
        self._ending = True
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        self.forget_news()

    def forget_news(self) -> None:
        """What waits was meant for somebody else than who is there from now on."""
        self._owed = 0
        if self._queue is not None:
            self._queue.clear()

    def _put(self, frames: Sequence[bytes], *, missed: bool) -> None:
        if self._ending:
            return
        if self._queue is None or self._news is None:
            self._queue, self._news = deque(), asyncio.Event()
            self._writer = self._care.supervisor.start("socket writer", self._write(self._queue, self._news))
        if missed and not self._owed:
            self._owed = len(frames)
        elif len(self._queue) - self._owed + len(frames) > self._care.bounds.frames:
            self._drop()
            return
        self._queue.extend(frames)
        self._news.set()

    async def _write(self, queue: deque[bytes], news: asyncio.Event) -> None:
        try:
            while await news.wait():
                news.clear()
                while queue:
                    self._owed = max(0, self._owed - 1)
                    await self._send(queue.popleft())
        except TimeoutError:
            self._drop()
        except ConnectionError:
            # The reader notices by itself and ends the connection.
            return

    async def _send(self, frame: bytes) -> None:
        async with asyncio.timeout(self._care.bounds.stall_s):
            await self._transport.send_frame(frame, WSMsgType.TEXT)

    def _drop(self) -> None:
        if not self._ending:
            self._care.dropped()
            self.end(self._care.slow)

    async def _leave(self, bye: Farewell) -> None:
        try:
            async with asyncio.timeout(self._care.bounds.farewell_s):
                for frame in bye.last:
                    await self._transport.send_frame(frame, WSMsgType.TEXT)
                await self._transport.close(code=bye.code, message=bye.reason.encode())
        except (TimeoutError, ConnectionError):
            # What they have not taken would wait for them for a quarter of an hour.
            self._abort()
