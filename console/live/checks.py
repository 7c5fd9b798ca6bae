"""Work that nobody can serve, told to supervisors as it comes and goes."""

import asyncio

from console.auth.sessions import Signed
from console.live.encode import encode
from console.live.sockets import Sockets
from console.parts import Parts
from console.queries.checks import nobody_serves
from console.wire.live import NobodyFrame
from core.agent import Permission
from core.bus import TopicMoved
from core.events import SETTINGS_TOPIC


class NobodyWatch:
    """Looks again whenever settings, and so perhaps what can be served, have changed; says so only what is new.

    The line that waits may be long: it is read beside the event loop, and once for all who are there.
    """

    def __init__(self, parts: Parts, sockets: Sockets) -> None:
        self._parts = parts
        self._sockets = sockets
        self._awake = asyncio.Event()
        self._one = asyncio.Lock()
        self._last: bytes | None = None
        self._deafen = parts.bus.listen(TopicMoved, self._topic_moved)

    def close(self) -> None:
        """Hear no more signals."""
        self._deafen()

    async def run(self) -> None:
        """A service: for as long as the server runs."""
        while True:
            await self._awake.wait()
            self._awake.clear()
            await self.step()
            await asyncio.sleep(self._parts.settings.live.lists_every_s)

    async def step(self) -> None:
        """Tell all supervisors who are there, if anything is new."""
        async with self._one:
            frame = await self._frame()
            if frame == self._last:
                return
            self._last = frame
            for connection in self._sockets.everybody():
                if connection.session.may(Permission.SUPERVISE):
                    connection.give(frame)

    async def known(self, session: Signed) -> bytes | None:
        """What was last seen, for who may do something about it and has just come; it is looked again for them soon."""
        if not session.may(Permission.SUPERVISE):
            return None
        if self._last is not None:
            self._awake.set()
            return self._last
        async with self._one:
            if self._last is None:
                self._last = await self._frame()
            return self._last

    async def _frame(self) -> bytes:
        items = await self._parts.db.large.read(nobody_serves, self._parts.routing.rules)
        return encode(NobodyFrame(items))

    def _topic_moved(self, signal: TopicMoved) -> None:
        if signal.topic == SETTINGS_TOPIC:
            self._awake.set()
