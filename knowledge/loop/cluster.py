"""A cluster of questions that ask the same, and what editors do with it: merge, split, ignore, open again, link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from core.errors import Conflict, Invalid, NotFound
from core.ids import ArticleId
from core.store.tables.loop import gap, gap_answer, gap_cluster
from core.store.tx import Tx

REASON_CHARACTERS = 300


class State(StrEnum):
    """Where a cluster stands: drafting means that an article is linked, watching that it is published."""

    OPEN = "open"
    DRAFTING = "drafting"
    WATCHING = "watching"
    CLOSED = "closed"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Cluster:
    """``number`` of the article's revision that is watched, ``watched_since`` the first one was; ``reason`` why it is ignored.

    One that is open and has an ``article`` was opened again, because that does not help.
    """

    id: str
    language: str
    label: str
    state: State
    version: int
    article: ArticleId | None
    number: int | None
    watched_since: datetime | None
    reason: str | None
    created_at: datetime
    updated_at: datetime


def find(tx: Tx, cluster: str) -> Cluster:
    """Raises NotFound."""
    row = tx.conn.execute(select(gap_cluster).where(gap_cluster.c.id == cluster)).one_or_none()
    if row is None:
        raise NotFound(f"there is no cluster {cluster}")
    return cluster_of(row)


def cluster_of(row: Row[Any]) -> Cluster:
    return Cluster(
        row.id,
        row.language,
        row.label,
        State(row.state),
        row.version,
        None if row.article_id is None else ArticleId(row.article_id),
        row.number,
        row.watched_since,
        row.reason,
        row.created_at,
        row.updated_at,
    )


def change(tx: Tx, cluster: str, version: int | None, **values: object) -> None:
    """Raises Conflict ``newer_version`` when somebody changed it since ``version``."""
    where = [gap_cluster.c.id == cluster]
    if version is not None:
        where.append(gap_cluster.c.version == version)
    values = {**values, "version": gap_cluster.c.version + 1, "updated_at": tx.now}
    if not tx.conn.execute(update(gap_cluster).where(*where).values(**values)).rowcount:
        _ = find(tx, cluster)
        raise Conflict(f"somebody changed cluster {cluster} meanwhile", code="newer_version")


def ignore(tx: Tx, cluster: str, version: int, reason: str) -> None:
    """Nobody needs to write for it; what asks the same joins it without being seen. Raises Invalid without a reason."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > REASON_CHARACTERS:
        raise Invalid("reason", f"why nobody needs to answer it, 1 to {REASON_CHARACTERS} characters")
    change(tx, cluster, version, state=State.IGNORED.value, reason=reason)


def reopen(tx: Tx, cluster: str, version: int) -> None:
    """To be answered after all: what was linked is let go."""
    nothing = {"article_id": None, "number": None, "watched_since": None, "reason": None}
    change(tx, cluster, version, state=State.OPEN.value, **nothing)


def close(tx: Tx, cluster: str, version: int) -> None:
    """Done with, whatever the figures say."""
    change(tx, cluster, version, state=State.CLOSED.value)


def merge(tx: Tx, into: str, version: int, other: str) -> None:
    """``other`` asks the same: its questions move, and it is gone. Raises Invalid across languages or with itself."""
    stays, goes = find(tx, into), find(tx, other)
    if stays.id == goes.id or stays.language != goes.language:
        raise Invalid("other", "another cluster of the same language")
    # Without a label until the next step finds one.
    change(tx, into, version, label="")
    tx.conn.execute(update(gap).where(gap.c.cluster_id == other).values(cluster_id=into))
    kept = select(gap_answer.c.message_id).where(gap_answer.c.cluster_id == into)
    tx.conn.execute(
        delete(gap_answer).where(gap_answer.c.cluster_id == other, gap_answer.c.message_id.in_(kept))
    )
    tx.conn.execute(update(gap_answer).where(gap_answer.c.cluster_id == other).values(cluster_id=into))
    tx.conn.execute(delete(gap_cluster).where(gap_cluster.c.id == other))


def split(tx: Tx, cluster: str, version: int, gaps: Sequence[str]) -> str:
    """These questions ask something else: they become a cluster of their own, open; its id.

    Raises Invalid unless some of the cluster's questions are named and some are left.
    """
    of_it = gap.c.cluster_id == cluster
    chosen = tx.conn.execute(select(gap.c.id).where(of_it, gap.c.id.in_(gaps))).all()
    whole = tx.conn.execute(select(func.count()).select_from(gap).where(of_it)).scalar_one()
    if not chosen or len(chosen) >= whole or len(chosen) != len(set(gaps)):
        raise Invalid("gaps", "some of the cluster's questions, not all of them")
    before = find(tx, cluster)
    change(tx, cluster, version, label="")
    made = insert_cluster(tx, before.language, "")
    tx.conn.execute(update(gap).where(gap.c.id.in_([row.id for row in chosen])).values(cluster_id=made))
    return made


def insert_cluster(tx: Tx, language: str, label: str) -> str:
    """An open one; its id."""
    made = tx.ids.new()
    row = {"id": made, "language": language, "label": label, "state": State.OPEN.value}
    tx.conn.execute(gap_cluster.insert().values(**row, created_at=tx.now, updated_at=tx.now))
    return made
