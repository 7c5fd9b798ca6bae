"""The lists as they change: conversations that moved, read once for everybody, a few times a second at most."""

import asyncio

import msgspec

from console.live.encode import encode
from console.live.sockets import Sockets
from console.parts import Parts
from console.queries.agents import get_agents, me
from console.queries.lists import AllCounts, counts_of_all
from console.queries.summaries import mark_seen, summaries_of
from console.wire.conversation import ConversationSummary
from console.wire.live import ChangedFrame, CountsFrame, MeFrame
from core.agent import Permission
from core.bus import TopicMoved
from core.events import conversation_topic
from core.ids import ConversationId
from core.store.tx import Tx

_PREFIX = conversation_topic(ConversationId(""))


class Lists:
    """Collects what moved and sends it to all sockets, at most every ``lists_every_s``."""

    def __init__(self, parts: Parts, sockets: Sockets) -> None:
        self._parts = parts
        self._sockets = sockets
        self._moved: set[ConversationId] = set()
        self._awake = asyncio.Event()
        self._deafen = parts.bus.listen(TopicMoved, self._topic_moved)

    def close(self) -> None:
        """Hear no more signals."""
        self._deafen()

    def moved(self, conversation: ConversationId) -> None:
        """Something about it that no event tells, such as how much is unread."""
        if self._sockets.count:
            self._moved.add(conversation)
            self._awake.set()

    async def run(self) -> None:
        """A service: for as long as the server runs."""
        while True:
            await self._awake.wait()
            await self.step()
            await asyncio.sleep(self._parts.settings.live.lists_every_s)

    async def step(self) -> None:
        """Send what has moved since the last time."""
        self._awake.clear()
        moved, self._moved = self._moved, set()
        if not moved or not self._sockets.count:
            return
        try:
            items, counts = await self._read(list(moved))
        except BaseException:
            self._moved |= moved
            self._awake.set()
            raise
        at_once = self._parts.settings.live.changed_at_once
        for start in range(0, len(items), at_once):
            self._sockets.broadcast(
                encode(ChangedFrame(tuple(items[start : start + at_once]))), Permission.ANSWER
            )
        self._tell_counts(counts)
        await self._tell_agents()

    async def _tell_agents(self) -> None:
        """What agents hold changes their load, which no event of theirs tells."""
        connections = self._sockets.everybody()
        people = await self._parts.db.read(get_agents, {each.session.agent.id for each in connections})
        for connection in connections:
            person = people.get(connection.session.agent.id)
            if person is not None and me(person) != connection.me:
                connection.me = me(person)
                connection.give(encode(MeFrame(*msgspec.structs.astuple(connection.me))))

    async def _read(self, moved: list[ConversationId]) -> tuple[list[ConversationSummary], AllCounts]:
        items, counts = await self._parts.db.read(_changed, moved)
        read = [each for each in items if each.unread and self._holder_looks(each)]
        if not read:
            return items, counts
        await self._parts.db.run(mark_seen, [ConversationId(each.id) for each in read])
        return await self._parts.db.read(_changed, moved)

    def _holder_looks(self, item: ConversationSummary) -> bool:
        """What its agent has open is not unread."""
        return item.handler.kind == "agent" and item.handler.id in self._sockets.viewers.agents(
            ConversationId(item.id)
        )

    def _tell_counts(self, counts: AllCounts) -> None:
        for connection in self._sockets.everybody():
            if not connection.session.may(Permission.ANSWER):
                continue
            own = counts.of(connection.session.agent.id)
            frame = CountsFrame(own.mine, own.queue, own.all)
            if connection.counts != frame:
                connection.counts = frame
                connection.give(encode(frame))

    def _topic_moved(self, signal: TopicMoved) -> None:
        if signal.topic.startswith(_PREFIX):
            self.moved(ConversationId(signal.topic.removeprefix(_PREFIX)))


def _changed(tx: Tx, moved: list[ConversationId]) -> tuple[list[ConversationSummary], AllCounts]:
    return summaries_of(tx, moved), counts_of_all(tx)
