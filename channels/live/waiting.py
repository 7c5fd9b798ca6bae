"""Tells visitors who wait and are connected where they stand in line, when that changes."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from channels.live import protocol as wire
from channels.live.connection import Connection
from channels.live.following import Followers
from channels.live.parts import LiveParts
from core.bus import TopicMoved
from core.events import Topic, conversation_topic
from core.ids import ConversationId, QueueId
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx


class Places:
    """One a process. Looked at are conversations that moved, those just followed, and those that waited last time."""

    def __init__(self, parts: LiveParts, followers: Followers) -> None:
        self._db = parts.db
        self._around = parts.around
        self._followers = followers
        self._asked: set[Topic] = set()
        self._told: dict[Topic, bytes] = {}
        followers.on_follow(self._followed)
        self._unlisten = parts.bus.listen(TopicMoved, self._moved)

    def close(self) -> None:
        """Hear nothing more."""
        self._unlisten()

    async def step(self) -> None:
        """Look once, in one statement for all, and tell whoever's place changed; to be called every few seconds."""
        asked, self._asked = self._asked, set()
        topics = [each for each in asked | self._told.keys() if self._followers.of(each)]
        self._told = {topic: frame for topic, frame in self._told.items() if topic in topics}
        if not topics:
            return
        try:
            places = await self._db.read(self._places, [_conversation(each) for each in topics])
        except BaseException:
            self._asked |= asked
            raise
        for topic in topics:
            self._tell(topic, places)

    def _places(
        self, tx: Tx, conversations: Collection[ConversationId]
    ) -> Mapping[ConversationId, wire.WaitingOut]:
        """Where each stands; how long it takes is promised only while its queue's people are there."""
        places = self._around.waiting.places(tx, conversations)
        promised = [each for each, place in places.items() if place.expected_wait_s is not None]
        closed = self._out_of_hours(tx, promised) if promised else frozenset()
        return {
            each: wire.WaitingOut(each, place.position, None if each in closed else place.expected_wait_s)
            for each, place in places.items()
        }

    def _out_of_hours(self, tx: Tx, conversations: Collection[ConversationId]) -> Collection[str]:
        queues = tx.conn.execute(select(table.c.id, table.c.queue_id).where(table.c.id.in_(conversations)))
        hours = self._around.hours
        return {
            row.id for row in queues if row.queue_id and hours.there_now(tx, QueueId(row.queue_id)) is False
        }

    def _tell(self, topic: Topic, places: Mapping[ConversationId, wire.WaitingOut]) -> None:
        conversation = _conversation(topic)
        place = places.get(conversation)
        if place is None:
            if self._told.pop(topic, None) is None:
                return
            frame = wire.encode(wire.WaitingOut(conversation, None, None))
        else:
            frame = wire.encode(place)
            if self._told.get(topic) == frame:
                return
            self._told[topic] = frame
        for connection in self._followers.of(topic):
            connection.give(frame)

    def _followed(self, connection: Connection, conversation: ConversationId) -> None:
        topic = conversation_topic(conversation)
        known = self._told.get(topic)
        if known is None:
            self._asked.add(topic)
        else:
            connection.give(known)

    def _moved(self, signal: TopicMoved) -> None:
        if self._followers.of(signal.topic):
            self._asked.add(signal.topic)


def _conversation(topic: Topic) -> ConversationId:
    return ConversationId(topic.partition(":")[2])
