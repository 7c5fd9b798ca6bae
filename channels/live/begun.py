"""A conversation that a visitor began at another process opens in their tabs here, also where no signal told it.

Whose it is the database says: a signal may come from whoever can write to Redis.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress

from sqlalchemy import select

from channels.live.following import BEGAN, Followers
from core.bus import Bus, Transient
from core.errors import Unavailable
from core.events import Topic, conversation_topic
from core.ids import ConversationId
from core.store.database import Database
from core.store.tables.conversation import conversation
from core.store.tx import Tx
from core.tasks import Supervisor

_AT_ONCE = 1000
_OURS = conversation_topic(ConversationId(""))


class Begun:
    """One a process."""

    def __init__(self, db: Database, bus: Bus, followers: Followers, supervisor: Supervisor) -> None:
        self._db = db
        self._followers = followers
        self._supervisor = supervisor
        _ = bus.listen(Transient, self._heard)

    def _heard(self, signal: Transient) -> None:
        """Looked at after all have heard it: what began here is open by then."""
        visitor, id = signal.topic.partition(":")[2], signal.data.get("conversation")
        if (
            signal.kind == BEGAN
            and isinstance(id, str)
            and self._followers.lacks(visitor, ConversationId(id))
        ):
            _ = self._supervisor.start("begun", self._check(visitor, ConversationId(id)))

    async def _check(self, visitor: str, id: ConversationId) -> None:
        if self._followers.lacks(visitor, id):
            # What cannot be read now is found by a sweep.
            with suppress(Unavailable):
                await self.look([conversation_topic(id)])

    async def look(self, topics: Collection[Topic]) -> None:
        """These began elsewhere: open those of visitors who are here. Raises Unavailable."""
        begun = [topic.removeprefix(_OURS) for topic in topics if topic.startswith(_OURS)]
        for start in range(0, len(begun), _AT_ONCE):
            here = self._followers.here()
            if not here:
                return
            for id, visitor in await self._db.read(_threads, begun[start : start + _AT_ONCE]):
                if visitor in here:
                    self._followers.open(visitor, ConversationId(id))


def _threads(tx: Tx, ids: Collection[str]) -> Sequence[tuple[str, str]]:
    """Whose each is, of those that are not over yet; the last to begin is the last."""
    columns = conversation.c.id, conversation.c.thread_key
    open_ones = (conversation.c.id.in_(ids), conversation.c.status != "closed")
    rows = tx.conn.execute(select(*columns).where(*open_ones).order_by(conversation.c.created_at))
    return [(row.id, row.thread_key) for row in rows]
