"""After publishing: which questions got the article, and what follows for the clusters that watch it."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import select, update

from core.errors import Conflict
from core.events import Event, Recorded
from core.ids import ArticleId
from core.knowledge_events import ArticlePublished, ArticleUnpublished
from core.outbox import TxHandler
from core.store.database import Database
from core.store.tables.loop import gap_answer, gap_cluster
from core.store.tx import Tx
from knowledge.loop.cluster import State, change, cluster_of
from knowledge.loop.counting import current
from knowledge.loop.deflection import Verdict, verdict
from knowledge.loop.settings import LoopSettings

NAME = "loop.published"
_WATCHED = (State.WATCHING.value, State.CLOSED.value)
_LINKED = (State.OPEN.value, State.DRAFTING.value, *_WATCHED)
"""States in which a publication of the cluster's article counts; OPEN with one: it did not help, and is to be mended."""


def publishing_handler() -> TxHandler:
    """Its line in the table of subscriptions."""
    return TxHandler(NAME, (ArticlePublished, ArticleUnpublished), published, _is_publication)


def _is_publication(event: Event) -> bool:
    return isinstance(event, ArticlePublished | ArticleUnpublished)


def published(tx: Tx, recorded: Recorded) -> None:
    """Clusters of this article in this language are watched with this revision; without any they wait for the next one.

    ``watched_since`` stays from the first time, so that what former revisions did can be compared.
    """
    match recorded.event:
        case ArticlePublished(article, language, revision):
            for row in _linked(tx, article, language, _LINKED):
                since = row.watched_since or recorded.at
                values = {"state": State.WATCHING.value, "number": revision, "watched_since": since}
                change(tx, row.id, None, **values)
        case ArticleUnpublished(article, language):
            for row in _linked(tx, article, language, _WATCHED):
                change(tx, row.id, None, state=State.DRAFTING.value)
        case _:
            pass


def _linked(tx: Tx, article: ArticleId, language: str, states: Collection[str]) -> Sequence[Any]:
    linked = select(gap_cluster.c.id, gap_cluster.c.watched_since).where(
        gap_cluster.c.article_id == article,
        gap_cluster.c.language == language,
        gap_cluster.c.state.in_(states),
    )
    return tx.conn.execute(linked).all()


def answered(tx: Tx, turn: Any, question: str) -> None:
    """The bot gave articles: remember it for the clusters that watch one of them. ``question``: the message that asked.

    Also while one is open again: what its article does until it is mended is counted by the same measure.
    """
    given = {each.article: each for each in turn.articles}
    watching = select(gap_cluster.c.id, gap_cluster.c.article_id, gap_cluster.c.language).where(
        gap_cluster.c.article_id.in_(given),
        gap_cluster.c.state.in_(_LINKED),
        gap_cluster.c.watched_since.is_not(None),
    )
    for row in tx.conn.execute(watching):
        article = given[row.article_id]
        if article.language == row.language:
            values = {"cluster_id": row.id, "message_id": question, "article_id": row.article_id}
            where = {"conversation_id": turn.conversation_id, "language": row.language}
            asked = {"number": article.revision, "created_at": turn.created_at}
            _ = tx.insert_new(gap_answer, {**values, **where, **asked})


async def judge_all(db: Database) -> int:
    """``judge`` each cluster, and write only where something follows, one transaction each; how many changed.

    What an article did is counted over years of questions: as one transaction it would hold up all others.
    """
    await db.run(let_go)
    changed = 0
    for cluster in await db.read(watched):
        if await db.large.read(_follows, cluster) is not None:
            with suppress(Conflict):  # somebody has taken it in hand
                changed += await db.run(judge, [cluster])
    return changed


def watched(tx: Tx) -> list[str]:
    """The clusters that are to be judged."""
    wanted = select(gap_cluster.c.id).where(
        gap_cluster.c.state.in_(_WATCHED), gap_cluster.c.watched_since.is_not(None)
    )
    return list(tx.conn.execute(wanted.order_by(gap_cluster.c.id)).scalars())


def judge(tx: Tx, clusters: Sequence[str] | None = None) -> int:
    """Close what works and open again what does not, by the revision that readers see now; how many changed.

    None: all of them.
    """
    if clusters is None:
        let_go(tx)
        clusters = watched(tx)
    changed = 0
    for cluster in clusters:
        follows = _follows(tx, cluster)
        if follows is not None:
            version, state = follows
            change(tx, cluster, version, state=state.value)
            changed += 1
    return changed


def let_go(tx: Tx) -> None:
    """Whose article was deleted is open again."""
    lost = (
        gap_cluster.c.article_id.is_(None),
        gap_cluster.c.state.in_((State.DRAFTING.value, State.WATCHING.value)),
    )
    values = {
        "state": State.OPEN.value,
        "number": None,
        "watched_since": None,
        "version": gap_cluster.c.version + 1,
    }
    tx.conn.execute(update(gap_cluster).where(*lost).values(values))


def _follows(tx: Tx, cluster_id: str) -> tuple[int, State] | None:
    """The version that was looked at and the state that follows; None where nothing does."""
    row = tx.conn.execute(select(gap_cluster).where(gap_cluster.c.id == cluster_id)).one_or_none()
    if row is None or row.state not in _WATCHED:
        return None
    cluster = cluster_of(row)
    seen = current(tx, cluster)
    if seen is None:
        return None
    match verdict(seen.share, tx.setting(LoopSettings)):
        case Verdict.FAILS:
            return cluster.version, State.OPEN
        case Verdict.WORKS if cluster.state is State.WATCHING:
            return cluster.version, State.CLOSED
        case _:
            return None
