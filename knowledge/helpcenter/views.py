"""How often articles are read: counted in memory, written by day now and then; a crash loses seconds of it."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence

from core.clock import Clock
from core.ids import ArticleId
from core.store.database import Database
from core.store.tables.loop import article_use
from core.store.tx import Tx
from knowledge.helpcenter.keeping import Viewed
from knowledge.helpcenter.reading import VIEWED

log = logging.getLogger(__name__)


class Views:
    """``serve`` is a service; ``flush`` writes what has not been written yet."""

    def __init__(self, db: Database, clock: Clock, flush_s: float, most: int) -> None:
        self._db = db
        self._clock = clock
        self._flush_s = flush_s
        self._most = most
        self._counted: Counter[Viewed] = Counter()
        self._full = asyncio.Event()

    def count(self, viewed: Viewed) -> None:
        """No write: a dictionary's entry. What no longer fits is not counted."""
        if viewed in self._counted or len(self._counted) < self._most:
            self._counted[viewed] += 1
        else:
            self._full.set()

    async def serve(self) -> None:
        try:
            while True:
                await self._wait()
                await self.flush()
        finally:
            await asyncio.shield(self.flush())

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._flush_s):
                await self._full.wait()
        except TimeoutError:
            pass
        self._full.clear()

    async def flush(self) -> None:
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            await self._db.run(add_uses, VIEWED, counted)
        except Exception:
            self._counted.update(counted)
            raise


def add_uses(tx: Tx, kind: str, counted: Mapping[Viewed, int]) -> None:
    """To the counts of today; other processes add to the same rows."""
    day = tx.now.date()
    for viewed, count in sorted(counted.items(), key=lambda each: _order(each[0])):
        row = {
            "day": day,
            "article_id": ArticleId(viewed.article),
            "language": viewed.language,
            "number": viewed.number,
            "kind": kind,
            "count": count,
        }
        statement = tx.insert_for(article_use).values(row)
        key: Sequence[str] = ("day", "article_id", "language", "number", "kind")
        more = {"count": article_use.c.count + count}
        tx.conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=more))


def _order(viewed: Viewed) -> tuple[str, str, int]:
    """The same in every process, so that none waits for another in a circle."""
    return viewed.article, viewed.language, viewed.number
