"""Gaps and clusters in the database, as clustering reads and writes them: bounded, whatever has gathered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, select, update

from core.store.tables.conversation import message
from core.store.tables.loop import gap, gap_answer, gap_cluster
from core.store.tx import Tx
from knowledge.loop.clustering import Question
from knowledge.loop.redacting import redact
from knowledge.loop.settings import LoopSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THE_CLUSTERS = "knowledge.loop"
"""What to wait for (``Tx.alone``) before questions are put into clusters, or taken out and forgotten."""

AnswerKey = tuple[str, str]
"""A cluster, and the message that asked."""


@dataclass(frozen=True, slots=True)
class Known:
    """A question that is in a cluster, with its stored vector and the model that made it."""

    id: str
    text: str
    cluster: str
    model: str | None
    vector: bytes | None


@dataclass(frozen=True, slots=True)
class Held:
    """What one step works on, of one language; ``unnamed`` clusters were put together by hand since their label.

    ``sizes`` are those of the known clusters; ``answers``: redacted questions that got a watched article, not yet
    compared with its cluster.
    """

    language: str
    new: Sequence[Question]
    known: Sequence[Known]
    sizes: Mapping[str, int]
    unnamed: frozenset[str]
    answers: Mapping[AnswerKey, str]


def languages_waiting(tx: Tx) -> list[str]:
    """Those with new questions, with answers to look at, or with clusters that need a new label."""
    new = select(gap.c.language).where(gap.c.cluster_id.is_(None))
    joined = gap_answer.join(gap_cluster, gap_cluster.c.id == gap_answer.c.cluster_id)
    answers = select(gap_cluster.c.language).select_from(joined).where(gap_answer.c.alike.is_(None))
    unnamed = select(gap_cluster.c.language).where(gap_cluster.c.label == "")
    return sorted(tx.conn.execute(new.union(answers, unnamed)).scalars())


def held(tx: Tx, language: str, settings: LoopSettings) -> Held:
    """The oldest new questions, and the newest known ones of each cluster."""
    new = (
        select(gap.c.id, gap.c.text)
        .where(gap.c.language == language, gap.c.cluster_id.is_(None))
        .order_by(gap.c.created_at, gap.c.id)
        .limit(settings.at_once)
    )
    unnamed = select(gap_cluster.c.id).where(gap_cluster.c.language == language, gap_cluster.c.label == "")
    sizes = (
        select(gap.c.cluster_id, func.count().label("size"))
        .where(gap.c.language == language, gap.c.cluster_id.is_not(None))
        .group_by(gap.c.cluster_id)
    )
    return Held(
        language,
        [Question(row.id, row.text) for row in tx.conn.execute(new)],
        _known(tx, language, settings),
        {row.cluster_id: row.size for row in tx.conn.execute(sizes)},
        frozenset(tx.conn.execute(unnamed).scalars()),
        _answers(tx, language, settings),
    )


def _known(tx: Tx, language: str, settings: LoopSettings) -> list[Known]:
    place = func.row_number().over(
        partition_by=gap.c.cluster_id, order_by=(gap.c.created_at.desc(), gap.c.id)
    )
    ranked = (
        select(
            gap.c.id,
            gap.c.text,
            gap.c.cluster_id,
            gap.c.model,
            gap.c.vector,
            gap.c.created_at,
            place.label("place"),
        )
        .where(gap.c.language == language, gap.c.cluster_id.is_not(None))
        .subquery()
    )
    newest = (
        select(ranked)
        .where(ranked.c.place <= settings.of_cluster)
        .order_by(ranked.c.created_at.desc(), ranked.c.id)
        .limit(settings.compared)
    )
    return [_load(row) for row in tx.conn.execute(newest)]


def _load(row: Row[Any]) -> Known:
    return Known(row.id, row.text, row.cluster_id, row.model, row.vector)


def _answers(tx: Tx, language: str, settings: LoopSettings) -> dict[AnswerKey, str]:
    joined = gap_answer.join(gap_cluster, gap_cluster.c.id == gap_answer.c.cluster_id).join(
        message, message.c.id == gap_answer.c.message_id
    )
    wanted = (
        select(gap_answer.c.cluster_id, gap_answer.c.message_id, message.c.text)
        .select_from(joined)
        .where(gap_cluster.c.language == language, gap_answer.c.alike.is_(None))
        .order_by(gap_answer.c.created_at)
        .limit(settings.at_once)
    )
    return {(row.cluster_id, row.message_id): redact(row.text) for row in tx.conn.execute(wanted)}


def with_vector(known: Known, model: str | None) -> Question:
    """Its vector only where this model made it."""
    vector = (
        None if known.vector is None or model is None or known.model != model else _unpacked(known.vector)
    )
    return Question(known.id, known.text, known.cluster, vector)


def still_waiting(tx: Tx, gaps: Collection[str]) -> set[str]:
    """Those of them that are in no cluster."""
    wanted = select(gap.c.id).where(gap.c.id.in_(gaps), gap.c.cluster_id.is_(None))
    return set(tx.conn.execute(wanted).scalars())


def existing(tx: Tx, clusters: Collection[str]) -> set[str]:
    """Those that nobody merged away meanwhile."""
    return set(tx.conn.execute(select(gap_cluster.c.id).where(gap_cluster.c.id.in_(clusters))).scalars())


def place(tx: Tx, question: Question, cluster: str, model: str | None) -> None:
    tx.conn.execute(update(gap).where(gap.c.id == question.id).values(cluster_id=cluster))
    keep_vector(tx, question, model)


def keep_vector(tx: Tx, question: Question, model: str | None) -> None:
    if question.vector is not None:
        values = {"model": model, "vector": _packed(question.vector)}
        tx.conn.execute(update(gap).where(gap.c.id == question.id).values(values))


def relabel(tx: Tx, cluster: str, text: str) -> None:
    """Not a change that anybody else's rests on: the version stays."""
    tx.conn.execute(update(gap_cluster).where(gap_cluster.c.id == cluster).values(label=text))


def settle(tx: Tx, key: AnswerKey, *, alike: bool) -> None:
    """Whether a question that got the article asks what its cluster asks."""
    where = gap_answer.c.cluster_id == key[0], gap_answer.c.message_id == key[1]
    tx.conn.execute(update(gap_answer).where(*where).values(alike=alike))


def _packed(vector: "NDArray[np.float32]") -> bytes:
    """Half precision, little-endian, as ``knowledge.embedding`` keeps them."""
    return vector.astype("<f2").tobytes()


def _unpacked(raw: bytes) -> "NDArray[np.float32]":
    import numpy as np  # noqa: PLC0415 - it takes a tenth of a second, which a start without a model does not pay

    return np.frombuffer(raw, "<f2").astype(np.float32)
