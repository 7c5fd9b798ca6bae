"""What editors see of clusters: size, trend and cost of each, what was asked, and where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, distinct, func, select

from core.store.tables.conversation import conversation, message
from core.store.tables.loop import gap, gap_cluster
from core.store.tables.routing import conversation_route, handle_time
from core.store.tx import Tx
from knowledge.loop.cluster import Cluster, State, cluster_of
from knowledge.loop.naming import names_in
from knowledge.loop.recording import AskedIn
from knowledge.loop.redacting import redact

STEPS = 12
"""Points of the line that shows how a cluster went: those of the last period and of this one."""
_USUAL_S = 300.0
"""What a conversation takes whose kind nobody has measured."""
_EVERYBODY = ""
_EVER_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Wanted:
    """``days``: a period; it is compared with the one before. Empty ones count as all."""

    states: Collection[State] = (State.OPEN, State.DRAFTING, State.WATCHING)
    language: str | None = None
    brand: str | None = None
    days: int = 30
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """``size`` in this period, ``before`` in the last one, ``whole`` ever; ``course``: both periods in ``STEPS`` steps.

    ``handed`` conversations of this period went to agents, who needed about ``minutes`` for them.
    """

    cluster: Cluster
    size: int
    before: int
    whole: int
    course: tuple[int, ...]
    handed: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Gap:
    """One question as it is kept, and where it was asked."""

    id: str
    asked_in: AskedIn
    text: str
    conversation: str | None
    subject: str | None
    status: str | None
    brand: str | None
    at: datetime


def lines(tx: Tx, wanted: Wanted) -> tuple[list[Line], int]:
    """The largest of this period first; how many there are in all."""
    now = tx.now
    start, middle = now - timedelta(days=2 * wanted.days), now - timedelta(days=wanted.days)
    here = func.sum(case((gap.c.created_at >= middle, 1), else_=0)).label("size")
    before = func.sum(case(((gap.c.created_at < middle) & (gap.c.created_at >= start), 1), else_=0)).label(
        "before"
    )
    where: list[ColumnElement[bool]] = [gap_cluster.c.state.in_([each.value for each in wanted.states])]
    if wanted.language:
        where.append(gap_cluster.c.language == wanted.language)
    if wanted.brand:
        where.append(gap.c.brand == wanted.brand)
    grouped = (
        select(gap_cluster, here, before, func.count().label("whole"))
        .join(gap, gap.c.cluster_id == gap_cluster.c.id)
        .where(*where)
        .group_by(*gap_cluster.c)
    )
    count = tx.conn.execute(select(func.count()).select_from(grouped.subquery())).scalar_one()
    ordered = grouped.order_by(here.desc(), func.count().desc(), gap_cluster.c.id)
    rows = tx.conn.execute(ordered.limit(wanted.limit).offset(wanted.offset)).all()
    keys = [row.id for row in rows]
    courses, costs = _courses(tx, keys, start, wanted), _costs(tx, keys, middle)
    return [
        Line(cluster_of(row), row.size, row.before, row.whole, courses[row.id], *costs.get(row.id, (0, 0.0)))
        for row in rows
    ], count


def line(tx: Tx, cluster: Cluster, days: int = 30) -> Line:
    """The line of one cluster, whatever its state."""
    now = tx.now
    middle, start = now - timedelta(days=days), now - timedelta(days=2 * days)
    later = now + timedelta(days=1)
    return Line(
        cluster,
        size_between(tx, cluster.id, middle, later),
        size_between(tx, cluster.id, start, middle),
        size_between(tx, cluster.id, cluster.created_at - timedelta(days=_EVER_DAYS), later),
        _courses(tx, [cluster.id], start, Wanted(days=days))[cluster.id],
        *_costs(tx, [cluster.id], middle).get(cluster.id, (0, 0.0)),
    )


def _courses(tx: Tx, clusters: Sequence[str], start: datetime, wanted: Wanted) -> dict[str, tuple[int, ...]]:
    step = timedelta(days=2 * wanted.days) / STEPS
    counted = {each: [0] * STEPS for each in clusters}
    where = [gap.c.cluster_id.in_(clusters), gap.c.created_at >= start]
    if wanted.brand:
        where.append(gap.c.brand == wanted.brand)
    for row in tx.conn.execute(select(gap.c.cluster_id, gap.c.created_at).where(*where)):
        counted[row.cluster_id][min(STEPS - 1, int((row.created_at - start) / step))] += 1
    return {each: tuple(counts) for each, counts in counted.items()}


def _costs(tx: Tx, clusters: Sequence[str], since: datetime) -> dict[str, tuple[int, float]]:
    """Conversations that agents answered, and the minutes that such conversations take by what was measured of their kind."""
    answered = select(message.c.id).where(
        message.c.conversation_id == conversation.c.id, message.c.kind == "reply", message.c.author == "agent"
    )
    of_cluster = (
        select(gap.c.cluster_id, gap.c.conversation_id)
        .where(gap.c.cluster_id.in_(clusters), gap.c.created_at >= since)
        .distinct()
        .subquery()
    )
    kind = func.coalesce(conversation_route.c.kind, conversation.c.queue_id)
    seconds = func.coalesce(handle_time.c.seconds, _USUAL_S)
    rows = tx.conn.execute(
        select(of_cluster.c.cluster_id, func.count(distinct(conversation.c.id)), func.sum(seconds))
        .join(conversation, conversation.c.id == of_cluster.c.conversation_id)
        .join(conversation_route, conversation_route.c.conversation_id == conversation.c.id, isouter=True)
        .join(
            handle_time, (handle_time.c.agent_id == _EVERYBODY) & (handle_time.c.kind == kind), isouter=True
        )
        .where(answered.exists())
        .group_by(of_cluster.c.cluster_id)
    )
    return {cluster: (count, round(total / 60, 1)) for cluster, count, total in rows}


def questions(tx: Tx, cluster: str, most: int) -> list[Gap]:
    """The newest first."""
    rows = tx.conn.execute(
        select(gap, conversation.c.subject, conversation.c.status)
        .join(conversation, conversation.c.id == gap.c.conversation_id, isouter=True)
        .where(gap.c.cluster_id == cluster)
        .order_by(gap.c.created_at.desc(), gap.c.id)
        .limit(most)
    ).all()
    names = names_in(tx, {row.conversation_id for row in rows if row.conversation_id})
    return [
        Gap(
            row.id,
            AskedIn(row.asked_in),
            # Once more: a name may have been given after the question was kept.
            redact(row.text, names[row.conversation_id or ""]),
            row.conversation_id,
            row.subject,
            row.status,
            row.brand,
            row.created_at,
        )
        for row in rows
    ]


def size_between(tx: Tx, cluster: str, since: datetime, until: datetime) -> int:
    """How many of its questions found nothing good in that time."""
    where = gap.c.cluster_id == cluster, gap.c.created_at >= since, gap.c.created_at < until
    return int(tx.conn.execute(select(func.count()).select_from(gap).where(*where)).scalar_one())
