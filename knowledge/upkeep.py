"""What time does to the knowledge base: unsaved text that nobody comes back to goes, and all vectors of a model that nobody uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_

from core.clock import Clock
from core.store.database import Database
from core.store.tables.knowledge import working_copy
from core.store.tx import Tx
from knowledge.embedding import store
from knowledge.settings import KeepingSettings


@dataclass(frozen=True, slots=True)
class Gone:
    """How many there were of each."""

    copies: int
    vectors: int


async def tend(db: Database, clock: Clock, at_work: Sequence[str] | None, settings: KeepingSettings) -> Gone:
    """``at_work``: the fingerprints of all models that settings ask for; None while one is not at work, so that none is forgotten."""
    now, copies, vectors = clock.now(), 0, 0
    while some := await db.run(forget_copies, now - timedelta(days=settings.copies_days), settings.at_once):
        copies += some
    if at_work is not None:
        vectors = await _forget_vectors(db, now - timedelta(days=settings.vectors_days), at_work, settings)
    return Gone(copies, vectors)


async def _forget_vectors(
    db: Database, since: datetime, at_work: Sequence[str], settings: KeepingSettings
) -> int:
    """Whole models only: of one at work the vectors stay, also those of texts that no revision has any more."""
    await db.run(store.use, at_work)
    await db.run(store.notice, await db.large.read(store.models))
    gone = 0
    for model in await db.read(store.unused, since):
        while some := await db.run(store.forget, model, settings.at_once):
            gone += some
    return gone


def forget_copies(tx: Tx, before: datetime, most: int) -> int:
    """Delete some unsaved texts in which nobody has typed since then; how many."""
    key = (working_copy.c.article_id, working_copy.c.language, working_copy.c.agent_id)
    old = select(*key).where(working_copy.c.updated_at < before).limit(most)
    return tx.conn.execute(delete(working_copy).where(tuple_(*key).in_(old))).rowcount
