"""That orders changed, told to everybody who answers a few times a second at most; they fetch what they show."""

import asyncio

from console.live.encode import encode
from console.live.sockets import Sockets
from console.parts import Parts
from console.wire.live import OrdersFrame
from core.agent import Permission
from core.bus import TopicMoved
from core.events import order_topic
from core.ids import OrderId

_PREFIX = order_topic(OrderId(""))


class OrdersWatch:
    """Hears of orders that moved and says so, at most every ``lists_every_s``."""

    def __init__(self, parts: Parts, sockets: Sockets) -> None:
        self._parts = parts
        self._sockets = sockets
        self._awake = asyncio.Event()
        self._deafen = parts.bus.listen(TopicMoved, self._topic_moved)

    def close(self) -> None:
        """Hear no more signals."""
        self._deafen()

    async def run(self) -> None:
        """A service: for as long as the server runs."""
        while True:
            await self._awake.wait()
            self._awake.clear()
            frame = encode(OrdersFrame())
            for connection in self._sockets.everybody():
                if connection.session.may(Permission.ANSWER):
                    connection.give(frame)
            await asyncio.sleep(self._parts.settings.live.lists_every_s)

    def _topic_moved(self, signal: TopicMoved) -> None:
        if self._sockets.count and signal.topic.startswith(_PREFIX):
            self._awake.set()
