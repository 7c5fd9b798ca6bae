"""One socket of one agent: a bounded queue out, and the topics that it follows."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from aiohttp import WSMsgType

from console.auth.sessions import Signed
from console.live.encode import encode
from console.queries.agents import me
from console.settings import LiveSettings
from console.wire.live import CountsFrame, ReloadFrame
from core.events import Topic
from core.stream import Frame


class Transport(Protocol):
    """What is used of a WebSocket; tests give one of their own."""

    async def send_frame(self, message: bytes, opcode: WSMsgType, compress: int | None = None) -> None: ...

    async def close(self, *, code: int = 1000, message: bytes = b"") -> bool: ...


SESSION_ENDED = 4401
"""Closed because the session was revoked or has expired: sign in again."""
GOING_AWAY = 1001
"""Closed because the server stops."""
TOO_SLOW = 4408
"""Closed because the reader did not keep up: connect again and resume."""


class Connection:
    """Frames go into ``give``, which never waits; ``write`` sends them until the end."""

    def __init__(self, transport: Transport, session: Signed, settings: LiveSettings) -> None:
        self.session = session
        self.followed: dict[Topic, Follower] = {}
        self.counts: CountsFrame | None = None
        self.me = me(session.agent)
        self._transport = transport
        self._settings = settings
        self._frames: deque[bytes] = deque()
        self._something = asyncio.Event()
        self._closing: int | None = None

    def give(self, *frames: bytes) -> None:
        """A reader that is too slow for its queue loses it all, is told to reload, and is let go."""
        if self._closing is not None:
            return
        self._frames.extend(frames)
        if len(self._frames) > self._settings.queued:
            self._frames.clear()
            self._frames.append(encode(ReloadFrame("")))
            self._closing = TOO_SLOW
        self._something.set()

    def end(self, code: int) -> None:
        """Send nothing more and close."""
        self._frames.clear()
        self._closing = code
        self._something.set()

    async def write(self) -> None:
        """Send until somebody ends it; then close, without waiting long for who does not listen."""
        while self._closing is None:
            await self._something.wait()
            self._something.clear()
            while self._frames and self._closing is None:
                await self._transport.send_frame(self._frames.popleft(), WSMsgType.TEXT)
        try:
            async with asyncio.timeout(self._settings.farewell_s):
                while self._frames:
                    await self._transport.send_frame(self._frames.popleft(), WSMsgType.TEXT)
                await self._transport.close(code=self._closing)
        except (TimeoutError, ConnectionError):
            return


class Follower:
    """One topic of one connection, for the hub."""

    def __init__(self, connection: Connection, topic: Topic, position: int) -> None:
        self.position = position
        self._connection = connection
        self._topic = topic

    def push(self, frames: Sequence[Frame]) -> None:
        self._connection.give(*(frame.data for frame in frames))

    def too_old(self) -> None:
        self._connection.followed.pop(self._topic, None)
        self._connection.give(encode(ReloadFrame(self._topic)))
