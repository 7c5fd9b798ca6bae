"""What changed in the knowledge base, told to everybody a few times a second at most; they fetch what they show."""

import asyncio

from console.live.encode import encode
from console.live.sockets import Sockets
from console.parts import Parts
from console.wire.live import ArticlesFrame, KnowledgeFrame
from core.agent import Permission
from core.bus import TopicMoved
from core.events import KNOWLEDGE_TOPIC, article_topic
from core.ids import ArticleId

_PREFIX = article_topic(ArticleId(""))


class ArticlesWatch:
    """Collects which articles moved and names them to whoever may read them, at most every ``lists_every_s``."""

    def __init__(self, parts: Parts, sockets: Sockets) -> None:
        self._parts = parts
        self._sockets = sockets
        self._moved: set[str] = set()
        self._rest = False
        self._awake = asyncio.Event()
        self._deafen = parts.bus.listen(TopicMoved, self._topic_moved)

    def close(self) -> None:
        """Hear no more signals."""
        self._deafen()

    async def run(self) -> None:
        """A service: for as long as the server runs."""
        while True:
            await self._awake.wait()
            self.step()
            await asyncio.sleep(self._parts.settings.live.lists_every_s)

    def step(self) -> None:
        """Tell what has moved; more at once than a list shows is told as none by name."""
        self._awake.clear()
        if self._rest:
            self._rest = False
            self._give(encode(KnowledgeFrame()))
        moved, self._moved = self._moved, set()
        if moved:
            named = sorted(moved) if len(moved) <= self._parts.settings.live.changed_at_once else []
            self._give(encode(ArticlesFrame(tuple(named))))

    def _give(self, frame: bytes) -> None:
        for connection in self._sockets.everybody():
            if connection.session.may(Permission.READ):
                connection.give(frame)

    def _topic_moved(self, signal: TopicMoved) -> None:
        if not self._sockets.count:
            return
        if signal.topic == KNOWLEDGE_TOPIC:
            self._rest = True
            self._awake.set()
        elif signal.topic.startswith(_PREFIX):
            self._moved.add(signal.topic.removeprefix(_PREFIX))
            self._awake.set()
