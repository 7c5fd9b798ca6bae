"""A conversation that a visitor began at another process opens in their tabs here, also where no signal told it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from channels.live.following import BEGAN, Followers, visitor_topic
from core.bus import Bus, Transient
from core.events import Topic, conversation_topic
from core.ids import ConversationId
from core.store.database import Database
from core.store.tables.conversation import conversation
from core.store.tx import Tx

_AT_ONCE = 1000
_OURS = conversation_topic(ConversationId(""))


class Begun:
    """One a process."""

    def __init__(self, db: Database, bus: Bus, followers: Followers) -> None:
        self._db = db
        self._bus = bus
        self._followers = followers

    async def look(self, topics: Collection[Topic]) -> None:
        """These began elsewhere: what visitors here began is done as if its signal had come. Raises Unavailable."""
        begun = [topic.removeprefix(_OURS) for topic in topics if topic.startswith(_OURS)]
        for start in range(0, len(begun), _AT_ONCE):
            here = self._followers.here()
            if not here:
                return
            for id, visitor in await self._db.read(_threads, begun[start : start + _AT_ONCE]):
                if visitor in here:
                    self._bus.hear(Transient(visitor_topic(visitor), BEGAN, {"conversation": id}))


def _threads(tx: Tx, ids: Collection[str]) -> Sequence[tuple[str, str]]:
    """Whose each is, of those that are not over yet; the last to begin is the last."""
    columns = conversation.c.id, conversation.c.thread_key
    open_ones = (conversation.c.id.in_(ids), conversation.c.status != "closed")
    rows = tx.conn.execute(select(*columns).where(*open_ones).order_by(conversation.c.created_at))
    return [(row.id, row.thread_key) for row in rows]
