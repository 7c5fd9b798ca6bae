"""How long questions are kept, and that they go with the conversations they come from."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, exists, select, tuple_, union, update

from core.store.database import Database
from core.store.tables.conversation import conversation
from core.store.tables.loop import gap, gap_answer, gap_cluster
from core.store.tx import Tx
from knowledge.loop.settings import LoopSettings
from knowledge.loop.store import THE_CLUSTERS

_CLOSED = "closed"
_AT_ONCE = 1000


async def forget(db: Database, settings: LoopSettings) -> int:
    """What is older than it is kept, and what was asked in conversations that were closed long ago; how many questions.

    In small transactions, so that nobody waits for them.
    """
    gone = 0
    while some := await db.run(forget_old):
        gone += some
    while await db.run(forget_old_answers):
        pass
    while closed := await db.large.read(closed_long_ago, settings):
        gone += await db.run(forget_conversations, closed)
    return gone


def forget_old(tx: Tx) -> int:
    """Delete some questions that are older than they are kept, and clusters that have none left; how many questions."""
    settings = tx.setting(LoopSettings)
    before = tx.now - timedelta(days=settings.keep_days)
    oldest = select(gap.c.id).where(gap.c.created_at < before).order_by(gap.c.created_at, gap.c.id)
    return _forget(tx, tx.conn.execute(oldest.limit(settings.forget_at_once)).scalars().all())


def forget_old_answers(tx: Tx) -> int:
    """Delete some of which articles were given that long ago; how many."""
    settings = tx.setting(LoopSettings)
    before = tx.now - timedelta(days=settings.keep_days)
    key = (gap_answer.c.cluster_id, gap_answer.c.message_id)
    old = select(*key).where(gap_answer.c.created_at < before).limit(settings.forget_at_once)
    return tx.conn.execute(delete(gap_answer).where(tuple_(*key).in_(old))).rowcount


def closed_long_ago(tx: Tx, settings: LoopSettings) -> list[str]:
    """Some conversations in which something was asked that is still kept, and that were closed ``closed_days`` ago."""
    before = tx.now - timedelta(days=settings.closed_days)
    asked_in = union(select(gap.c.conversation_id), select(gap_answer.c.conversation_id)).subquery()
    closed = (
        select(conversation.c.id)
        .join(asked_in, asked_in.c.conversation_id == conversation.c.id)
        .where(conversation.c.status == _CLOSED, conversation.c.updated_at < before)
    )
    return list(tx.conn.execute(closed.limit(settings.forget_at_once)).scalars())


def forget_conversations(tx: Tx, conversations: Collection[str]) -> int:
    """Delete what was asked in these; how many questions."""
    tx.conn.execute(delete(gap_answer).where(gap_answer.c.conversation_id.in_(conversations)))
    asked = tx.conn.execute(select(gap.c.id).where(gap.c.conversation_id.in_(conversations))).scalars().all()
    starts = range(0, len(asked), _AT_ONCE)
    return sum(_forget(tx, asked[start : start + _AT_ONCE]) for start in starts)


def _forget(tx: Tx, gaps: Sequence[str]) -> int:
    """Labels quote questions, so the clusters concerned are to be named anew."""
    if not gaps:
        return 0
    tx.alone(THE_CLUSTERS)
    which = gap.c.id.in_(gaps)
    concerned = select(gap.c.cluster_id).where(which, gap.c.cluster_id.is_not(None)).distinct()
    clusters = tx.conn.execute(concerned).scalars().all()
    tx.conn.execute(update(gap_cluster).where(gap_cluster.c.id.in_(clusters)).values(label=""))
    gone = tx.conn.execute(delete(gap).where(which)).rowcount
    left = exists().where(gap.c.cluster_id == gap_cluster.c.id)
    empty = select(gap_cluster.c.id).where(gap_cluster.c.id.in_(clusters), ~left)
    tx.conn.execute(delete(gap_answer).where(gap_answer.c.cluster_id.in_(empty)))
    tx.conn.execute(delete(gap_cluster).where(gap_cluster.c.id.in_(empty)))
    return gone
