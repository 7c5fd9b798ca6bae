"""What all pages rest on, and when finished pages are out of date: at once in this process, soon in the others."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.bus import Bus, TopicMoved
from core.clock import Clock
from core.events import KNOWLEDGE_TOPIC, SETTINGS_TOPIC, Topic
from core.store.changes import ARTICLES, counts
from core.store.database import Database
from core.store.tx import Tx
from knowledge.helpcenter.brand import Brand
from knowledge.helpcenter.brands import list_brands
from knowledge.helpcenter.settings import HelpSettings

_ARTICLES = "article:"
_FOLLOWED = (ARTICLES, KNOWLEDGE_TOPIC, SETTINGS_TOPIC)


@dataclass(frozen=True, slots=True)
class Ground:
    """``generation`` is another as soon as anything was published, filed, renamed, translated or dressed anew."""

    generation: int
    brands: Sequence[Brand]


@dataclass(frozen=True, slots=True)
class _Seen:
    counts: Mapping[Topic, int]
    brands: Sequence[Brand]


class Freshness:
    """Asked for each page; looks into the database at most every ``poll_s`` seconds, and after each signal."""

    def __init__(self, db: Database, bus: Bus, clock: Clock, settings: HelpSettings) -> None:
        self._db = db
        self._clock = clock
        self._poll = timedelta(seconds=settings.poll_s)
        self._lasts = timedelta(seconds=settings.kept_s)
        self._ground = Ground(0, ())
        self._seen: _Seen | None = None
        self._looked: datetime | None = None
        self._began = clock.now()
        self._stirs = 0
        self._looking = asyncio.Lock()
        self._stop = bus.listen(TopicMoved, self._heard)

    def close(self) -> None:
        self._stop()

    def _heard(self, signal: TopicMoved) -> None:
        topic = signal.topic
        if topic.startswith(_ARTICLES) or topic in _FOLLOWED:
            self._stirs += 1
            self._looked = None

    async def now(self) -> Ground:
        """Raises Unavailable when it is time to look and the database does not answer: nothing old is shown then."""
        if self._is_time():
            async with self._looking:
                if self._is_time():
                    await self._look()
        return self._ground

    def _is_time(self) -> bool:
        return self._looked is None or self._clock.now() - self._looked >= self._poll

    async def _look(self) -> None:
        began, stirs = self._clock.now(), self._stirs
        seen = await self._db.read(_see)
        if seen != self._seen or began - self._began >= self._lasts:
            self._ground = Ground(self._ground.generation + 1, seen.brands)
            self._seen, self._began = seen, began
        # What was heard meanwhile may not have been seen yet.
        self._looked = began if stirs == self._stirs else None


def _see(tx: Tx) -> _Seen:
    return _Seen(counts(tx.conn, _FOLLOWED), list_brands(tx))
