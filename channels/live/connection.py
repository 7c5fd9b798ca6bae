"""One open socket: answers go out at once, news waits in a bounded queue, and a reader that cannot keep up is dropped."""

import asyncio
import ipaddress
from collections import deque
from collections.abc import Callable, Sequence

from aiohttp import WSMsgType, web

from channels.live.inbound import Visitor
from channels.live.protocol import Reload, encode
from core.events import Topic
from core.ids import ConversationId
from core.inbox import Inbox
from core.stream import Frame
from core.tasks import Supervisor

TRY_AGAIN_LATER = 1013
RELOAD = encode(Reload())


class Connection:
    """Written to by its own reader (``answer``) and by everybody else (``push``).

    An idle connection has no task beside its reader: the writer begins with the first news.
    """

    __slots__ = (
        "_dropped",
        "_most",
        "_news",
        "_queue",
        "_supervisor",
        "_writer",
        "_ws",
        "address",
        "following",
        "inbox",
        "serial",
        "visitor",
    )

    def __init__(
        self, ws: web.WebSocketResponse, inbox: Inbox, address: str, supervisor: Supervisor, most: int
    ) -> None:
        self._ws = ws
        self._supervisor = supervisor
        self._most = most
        self._queue: deque[bytes] | None = None
        self._news: asyncio.Event | None = None
        self._writer: asyncio.Task[None] | None = None
        self._dropped: Callable[[], None] | None = None
        self.address = address
        self.inbox = inbox
        self.serial = f"live.frames:{id(self)}"
        self.visitor: Visitor | None = None
        self.following: Following | None = None

    def on_drop(self, dropped: Callable[[], None]) -> None:
        """Called when the connection is dropped for being slow."""
        self._dropped = dropped

    async def answer(self, frame: bytes) -> None:
        """From the reader only: a client that does not read its answers is not read from either."""
        if not self._ws.closed:
            await self._ws.send_frame(frame, WSMsgType.TEXT)

    def push(self, frames: Sequence[bytes]) -> None:
        """Never blocks."""
        if self._queue is None or self._news is None:
            self._queue, self._news = deque(), asyncio.Event()
            self._writer = self._supervisor.start("live writer", self._write(self._queue, self._news))
        if len(self._queue) + len(frames) > self._most:
            self._drop()
            return
        self._queue.extend(frames)
        self._news.set()

    def close(self, code: int, reason: str) -> None:
        """End it without waiting for the other side."""
        _ = self._supervisor.start("live close", self._close(code, reason))

    def gone(self) -> None:
        """The socket is over."""
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self, queue: deque[bytes], news: asyncio.Event) -> None:
        try:
            while await news.wait():
                news.clear()
                while queue:
                    await self._ws.send_frame(queue.popleft(), WSMsgType.TEXT)
        except ConnectionError:
            # The reader notices by itself and ends the connection.
            return

    async def _close(self, code: int, reason: str) -> None:
        _ = await self._ws.close(code=code, message=reason.encode(), drain=False)

    def _drop(self) -> None:
        if self._dropped is not None:
            self._dropped()
            self._dropped = None
        self.gone()
        self.close(TRY_AGAIN_LATER, "too slow")


class Following:
    """A connection's place in one conversation: a ``core.stream.Sink``, new with each hello."""

    __slots__ = ("_connection", "position", "topic")

    def __init__(self, connection: Connection, topic: Topic, position: int) -> None:
        self._connection = connection
        self.topic = topic
        self.position = position

    def push(self, frames: Sequence[Frame]) -> None:
        self._connection.push([frame.data for frame in frames])

    def too_old(self) -> None:
        self._connection.push([RELOAD])

    @property
    def conversation(self) -> ConversationId:
        return ConversationId(self.topic.partition(":")[2])


def is_loopback(address: str) -> bool:
    """A proxy on this machine, or ourselves: behind it may be everybody, so it is not limited by address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
