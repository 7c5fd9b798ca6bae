"""Work that nobody can serve, told to supervisors as it comes and goes."""

import asyncio

from console.live.encode import encode
from console.live.sockets import Sockets
from console.parts import Parts
from console.queries.checks import nobody_serves
from console.wire.live import NobodyFrame
from core.agent import Permission
from core.bus import TopicMoved
from core.events import SETTINGS_TOPIC


class NobodyWatch:
    """Looks again whenever settings, and so perhaps what can be served, have changed; says so only what is new."""

    def __init__(self, parts: Parts, sockets: Sockets) -> None:
        self._parts = parts
        self._sockets = sockets
        self._awake = asyncio.Event()
        self._last = encode(NobodyFrame(()))
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
        frame = await self.frame()
        if frame == self._last:
            return
        self._last = frame
        for connection in self._sockets.everybody():
            if connection.session.may(Permission.SUPERVISE):
                connection.give(frame)

    async def frame(self) -> bytes:
        """As it is now."""
        return encode(NobodyFrame(await self._parts.db.read(nobody_serves, self._parts.routing.rules)))

    def _topic_moved(self, signal: TopicMoved) -> None:
        if signal.topic == SETTINGS_TOPIC:
            self._awake.set()
