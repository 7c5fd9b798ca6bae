"""Where each edition stands and what was done with it: rows in, values out, and the timers of its schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, insert, select, update

from core.errors import Conflict, NotFound
from core.events import article_topic
from core.ids import AgentId, ArticleId
from core.store.tables.knowledge import article, edition, publication, published, review_step, revision
from core.store.tx import Tx
from knowledge.article import Stage
from knowledge.editorial.stages import Standing, Step

PUBLISH_TIMER, UNPUBLISH_TIMER = "article.publish", "article.unpublish"
UNPUBLISH_BEFORE_TIMER = "article.unpublish_before"
TIMERS = {
    "publish_at": PUBLISH_TIMER,
    "unpublish_at": UNPUBLISH_TIMER,
    "unpublish_before_at": UNPUBLISH_BEFORE_TIMER,
}
_KEYS = ["article_id", "language"]


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something with a revision, and why; ``agent`` None: time, or an import."""

    agent: AgentId | None = None
    note: str = ""
    step: Step = Step.PUBLISH


NOBODY = Act()


@dataclass(frozen=True, slots=True)
class Done:
    """A line of an edition's history; ``asked``: of whom a review was asked; ``due_at``: for when it was scheduled."""

    number: int
    step: Step
    by: AgentId | None
    at: datetime
    note: str = ""
    asked: AgentId | None = None
    due_at: datetime | None = None


def alone_at(tx: Tx, article_id: ArticleId) -> None:
    """Wait for whoever else is deciding about this article."""
    tx.alone(f"editorial {article_id}")


def standing(tx: Tx, article_id: ArticleId, language: str, number: int | None = None) -> Standing:
    """Of the newest revision, or of revision ``number``, which is a draft again as soon as a newer one exists.

    Raises NotFound.
    """
    head = tx.conn.execute(select(article).where(article.c.id == article_id)).one_or_none()
    if head is None:
        raise NotFound(f"there is no article {article_id}")
    of = (revision.c.article_id == article_id, revision.c.language == language)
    newest = tx.conn.execute(select(func.max(revision.c.number)).where(*of)).scalar_one()
    if newest is None:
        raise NotFound(f"article {article_id} has no text in {language}")
    wanted = newest if number is None else number
    authors = tx.conn.execute(select(revision.c.author_id).where(*of, revision.c.number == wanted)).all()
    if not authors:
        raise NotFound(f"article {article_id} has no revision {wanted} in {language}")
    row = tx.conn.execute(select(edition).where(*_of(article_id, language))).one_or_none()
    return _standing(tx, head, _Revision(language, wanted, authors[0].author_id), row)


@dataclass(frozen=True, slots=True)
class _Revision:
    language: str
    number: int
    author: str | None


def _standing(tx: Tx, head: Row[Any], its: _Revision, row: Row[Any] | None) -> Standing:
    # A row that is missing, or behind, is of a process that does not know stages.
    current = row is not None and row.number == its.number
    values = _of_row(row) if row is not None and current else {}
    decision = _decision(tx, head.id, its)
    stage = values.pop("stage", Stage.DRAFT)
    if not current and decision is Step.REQUEST_CHANGES:
        stage = Stage.CHANGES_REQUESTED
    shown_ones = select(publication.c.number).where(publication.c.article_id == head.id)
    in_language = shown_ones.where(publication.c.language == its.language)
    writers = select(revision.c.author_id).where(revision.c.article_id == head.id).distinct()
    return Standing(
        number=its.number,
        stage=stage,
        version=0 if row is None else row.version,
        author=_agent(its.author),
        published=tx.conn.execute(
            select(published.c.number).where(
                published.c.article_id == head.id, published.c.language == its.language
            )
        ).scalar_one_or_none(),
        approved=decision is Step.APPROVE,
        shown=_is_there(tx, in_language.where(publication.c.number == its.number)),
        **_ends(row, current=current),
        archived=head.archived_at is not None,
        article_shown=_is_there(tx, shown_ones),
        others=any(each != its.author for each in tx.conn.execute(writers).scalars()),
        **values,
    )


def _of_row(row: Row[Any]) -> dict[str, Any]:
    return {
        "stage": Stage(row.stage),
        "reviewer": _agent(row.reviewer_id),
        "asked_by": _agent(row.asked_by_id),
        "asked_at": row.asked_at,
        "decided_by": _agent(row.decided_by_id),
        "decided_at": row.decided_at,
        "publish_at": row.publish_at,
    }


def _ends(row: Row[Any] | None, *, current: bool) -> dict[str, Any]:
    """A schedule of a revision that is not the newest any more is dropped, and its end with it."""
    if row is None:
        return {}
    if row.publish_at is not None and not current:
        return {"unpublish_at": row.unpublish_before_at}
    return {"unpublish_at": row.unpublish_at, "unpublish_before_at": row.unpublish_before_at}


def _decision(tx: Tx, article_id: str, its: _Revision) -> Step | None:
    """The last one about this revision."""
    decided = review_step.c.step.in_([Step.APPROVE.value, Step.REQUEST_CHANGES.value])
    of = (review_step.c.article_id == article_id, review_step.c.language == its.language)
    found = tx.conn.execute(
        select(review_step.c.step)
        .where(*of, review_step.c.number == its.number, decided)
        .order_by(review_step.c.at.desc(), review_step.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if found is None else Step(found)


def _is_there(tx: Tx, wanted: Any) -> bool:
    return bool(tx.conn.execute(select(exists(wanted))).scalar_one())


def move(tx: Tx, article_id: ArticleId, language: str, before: Standing, values: Mapping[str, Any]) -> None:
    """Write columns if nothing happened to the edition since ``before`` was read; else raise Conflict."""
    stands = {
        "stage": before.stage.value,
        "publish_at": before.publish_at,
        "unpublish_at": before.unpublish_at,
        "unpublish_before_at": before.unpublish_before_at,
    }
    row = {**stands, **values, "number": before.number, "version": before.version + 1}
    if before.version == 0:
        of = {"article_id": article_id, "language": language}
        changed = tx.insert_new(edition, {**of, **row})
    else:
        known = update(edition).where(*_of(article_id, language), edition.c.version == before.version)
        changed = tx.conn.execute(known.values(row)).rowcount == 1
    if not changed:
        raise Conflict("it has changed meanwhile", code="newer_version")
    _set_timers(tx, article_id, language, values)


def _set_timers(tx: Tx, article_id: ArticleId, language: str, values: Mapping[str, Any]) -> None:
    topic = article_topic(article_id)
    for column, timer in TIMERS.items():
        if column in values:
            due = values[column]
            if due is None:
                tx.cancel_timer(topic, timer, language)
            else:
                tx.set_timer(topic, timer, due, language)


def off_schedule(publish_at: datetime | None, before_at: datetime | None) -> dict[str, Any]:
    """What to write where a schedule is dropped: its end goes with it, and that from before it (``before_at``) is back.

    ``publish_at`` None: nothing is scheduled, so that a planned end stays.
    """
    if publish_at is None:
        return {"publish_at": None}
    return {"publish_at": None, "unpublish_at": before_at, "unpublish_before_at": None}


def begun_anew(tx: Tx, article_id: ArticleId, language: str, number: int) -> None:
    """There is a newer revision: whatever was asked, decided or scheduled was about another text."""
    row = tx.conn.execute(select(edition).where(*_of(article_id, language))).one_or_none()
    dropped = {} if row is None else off_schedule(row.publish_at, row.unpublish_before_at)
    values = {
        "number": number,
        "stage": Stage.DRAFT.value,
        **dict.fromkeys(("reviewer_id", "asked_by_id", "asked_at", "decided_by_id", "decided_at")),
        **dropped,
    }
    statement = tx.insert_for(edition).values(article_id=article_id, language=language, **values)
    again = {**values, "version": edition.c.version + 1}
    tx.conn.execute(statement.on_conflict_do_update(index_elements=_KEYS, set_=again))
    _set_timers(tx, article_id, language, dropped)


def is_published(tx: Tx, article_id: ArticleId, language: str, number: int, act: Act) -> None:
    """Note that this revision is what everybody reads from now on: its own schedule is over, its end still to come."""
    before = standing(tx, article_id, language)
    values: dict[str, Any] = {}
    if before.number == number:
        values = {"stage": resting(before).value, "publish_at": None, "unpublish_before_at": None}
    move(tx, article_id, language, before, values)
    record(tx, article_id, language, Done(number, act.step, act.agent, tx.now, act.note))


def is_unpublished(tx: Tx, article_id: ArticleId, language: str, number: int, act: Act) -> None:
    """Note that nobody reads it any more; its planned end is over, that of what is scheduled is not."""
    before = standing(tx, article_id, language)
    values: dict[str, Any] = {"unpublish_before_at": None}
    if before.publish_at is None:
        values["unpublish_at"] = None
    move(tx, article_id, language, before, values)
    record(tx, article_id, language, Done(number, Step.UNPUBLISH, act.agent, tx.now, act.note))


def resting(before: Standing) -> Stage:
    """Where a revision stands once nothing is asked or planned."""
    return Stage.APPROVED if before.approved else Stage.DRAFT


def record(tx: Tx, article_id: ArticleId, language: str, done: Done) -> None:
    tx.conn.execute(
        insert(review_step).values(
            id=tx.ids.new(),
            article_id=article_id,
            language=language,
            number=done.number,
            step=done.step.value,
            by_id=done.by,
            for_id=done.asked,
            note=done.note,
            due_at=done.due_at,
            at=done.at,
        )
    )


def planned_by(tx: Tx, article_id: ArticleId, language: str, step: Step, due: datetime) -> AgentId | None:
    """Who took this step for that time last."""
    of = (review_step.c.article_id == article_id, review_step.c.language == language)
    last = select(review_step.c.by_id).where(
        *of, review_step.c.step == step.value, review_step.c.due_at == due
    )
    newest_first = last.order_by(review_step.c.at.desc(), review_step.c.id.desc()).limit(1)
    return _agent(tx.conn.execute(newest_first).scalar_one_or_none())


def history(tx: Tx, article_id: ArticleId, language: str, most: int) -> list[Done]:
    """What was done last, first."""
    of = (review_step.c.article_id == article_id, review_step.c.language == language)
    wanted = select(review_step).where(*of).order_by(review_step.c.at.desc(), review_step.c.id.desc())
    return [
        Done(
            row.number,
            Step(row.step),
            _agent(row.by_id),
            row.at,
            row.note,
            _agent(row.for_id),
            row.due_at,
        )
        for row in tx.conn.execute(wanted.limit(most))
    ]


def _of(article_id: ArticleId, language: str) -> tuple[Any, Any]:
    return edition.c.article_id == article_id, edition.c.language == language


def _agent(value: str | None) -> AgentId | None:
    return None if value is None else AgentId(value)
