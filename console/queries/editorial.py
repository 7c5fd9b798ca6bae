"""The review of an edition as the console shows it: read in one go, placed and compared afterwards, in a worker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from console.queries.messages import names_of
from console.wire import editorial as wire
from core.errors import NotFound
from core.ids import AgentId, ArticleId
from core.store.tables.knowledge import publication, revision
from core.store.tx import Tx
from knowledge import library, store
from knowledge.article import Revision, Stage
from knowledge.editorial import commenting, editions, people
from knowledge.editorial.comment import Comment, Placed, place
from knowledge.editorial.comparing import Line, Side, compare, same
from knowledge.editorial.editions import Done
from knowledge.editorial.settings import EditorialSettings
from knowledge.editorial.stages import Standing, Step, Who, allowed, unfit
from knowledge.editorial.waiting import Item, waiting_for

Names = Mapping[str, str | None]
HISTORY = 200
_SHOWN_STEPS = frozenset({Step.PUBLISH.value, Step.ROLL_BACK.value})


@dataclass(frozen=True, slots=True)
class Read:
    """What ``shown`` needs; ``bodies`` by revision number: the newest one, and those that comments are about."""

    standing: Standing
    newest: Revision
    article_version: int
    steps: tuple[Step, ...]
    review_required: bool
    reviewers: tuple[AgentId, ...]
    fit: tuple[int, ...]
    history: tuple[wire.ReviewStep, ...]
    comments: tuple[Comment, ...]
    bodies: Mapping[int, str]
    names: Names


def read(tx: Tx, article: ArticleId, language: str, who: Who, rules: EditorialSettings) -> Read:
    """Raises NotFound."""
    standing = editions.standing(tx, article, language)
    version = library.get(tx, article).version
    comments = tuple(commenting.load(tx, article, language))
    reviewers = tuple(people.reviewers(tx))
    written = _written(tx, article, language)
    done = editions.history(tx, article, language, HISTORY)
    shown = _published(tx, article, language)
    names = _names(tx, standing, comments, [*done, *written, *shown], reviewers)
    lines = [_step(each, each.step.value, names) for each in done]
    told = {(each.revision, each.at) for each in lines if each.step in _SHOWN_STEPS}
    lines += [_step(each, "publish", names) for each in shown if (each.number, each.at) not in told]
    lines += [_step(each, "write", names) for each in written]
    needed = {each.number for each in comments if each.line is not None} | {standing.number}
    texts = {number: store.load_revision(tx, store.Key(article, language, number)) for number in needed}
    bodies = {number: found.content.body for number, found in texts.items() if found is not None}
    newest = texts[standing.number]
    assert newest is not None  # noqa: S101 - its standing was found
    return Read(
        standing=standing,
        newest=newest,
        article_version=version,
        steps=allowed(standing, who, rules),
        review_required=rules.review_required,
        reviewers=reviewers,
        fit=_fit(standing, written, done, shown, rules),
        history=tuple(
            sorted(lines, key=lambda line: (line.at, line.revision, line.step != "write"), reverse=True)
        ),
        comments=comments,
        bodies=bodies,
        names=names,
    )


def shown(found: Read) -> wire.Review:
    """Compares texts, for where comments stand: not for the event loop."""
    standing, names = found.standing, found.names
    return wire.Review(
        revision=standing.number,
        title=found.newest.content.title,
        body=found.newest.content.body,
        shown=standing.published,
        stage=standing.stage.value,
        version=standing.version,
        article_version=found.article_version,
        archived=standing.archived,
        approved=standing.approved,
        review_required=found.review_required,
        author=_person(standing.author, names),
        reviewer=_person(standing.reviewer, names),
        asked_by=_person(standing.asked_by, names),
        asked_at=standing.asked_at,
        decided_by=_person(standing.decided_by, names),
        decided_at=standing.decided_at,
        publish_at=standing.publish_at,
        unpublish_at=standing.unpublish_at,
        gap_from=standing.gap_from,
        steps=tuple(step.value for step in found.steps),
        reviewers=tuple(wire.Colleague(each, names.get(each) or "") for each in found.reviewers),
        fit=found.fit,
        history=found.history,
        comments=tuple(_comment(each, names) for each in place(found.comments, found.bodies)),
    )


@dataclass(frozen=True, slots=True)
class Two:
    """Two revisions of an edition."""

    old: Revision
    new: Revision
    names: Names


def read_two(tx: Tx, article: ArticleId, language: str, old: int, new: int) -> Two:
    """Raises NotFound."""
    found = [store.load_revision(tx, store.Key(article, language, number)) for number in (old, new)]
    if found[0] is None or found[1] is None:
        missing = old if found[0] is None else new
        raise NotFound(f"article {article} has no revision {missing} in {language}")
    authors = {each.author for each in found if each is not None and each.author is not None}
    return Two(found[0], found[1], names_of(tx, set[str](authors)))


def compared(two: Two) -> wire.Comparison:
    """Takes time: not for the event loop."""
    old, new = two.old.content, two.new.content
    title, body = compare(old.title, new.title), compare(old.body, new.body)
    questions = compare("\n".join(old.questions), "\n".join(new.questions))
    return wire.Comparison(
        _revision(two.old, two.names),
        _revision(two.new, two.names),
        all(map(same, (title, questions, body))),
        *(tuple(map(_line, lines)) for lines in (title, questions, body)),
    )


def compared_texts(old_title: str, new_title: str, old_body: str, new_body: str) -> wire.ComparedTexts:
    """Takes time: not for the event loop."""
    title, body = compare(old_title, new_title), compare(old_body, new_body)
    return wire.ComparedTexts(tuple(map(_line, title)), tuple(map(_line, body)))


def work(tx: Tx, who: Who, rules: EditorialSettings) -> wire.EditorialWork:
    found = waiting_for(tx, who, rules)
    lists = (found.review, found.change, found.publish, found.asked, found.scheduled)
    named = {each for items in lists for item in items for each in (item.author, item.by, item.asked_of)}
    names = names_of(tx, {each for each in named if each is not None})
    return wire.EditorialWork(found.count, *(tuple(_item(each, names) for each in items) for items in lists))


def _written(tx: Tx, article: ArticleId, language: str) -> list[Done]:
    """Who wrote which revision, the newest first; the step is only to fill the place."""
    of = (revision.c.article_id == article, revision.c.language == language)
    columns = (revision.c.number, revision.c.author_id, revision.c.created_at, revision.c.note)
    rows = tx.conn.execute(select(*columns).where(*of).order_by(revision.c.number.desc()).limit(HISTORY))
    return [Done(row.number, Step.ASK, row.author_id, row.created_at, row.note) for row in rows]


def _published(tx: Tx, article: ArticleId, language: str) -> list[Done]:
    """Publications, also those by an import or from before there were steps."""
    of = (publication.c.article_id == article, publication.c.language == language)
    rows = tx.conn.execute(select(publication).where(*of))
    return [Done(row.number, Step.PUBLISH, row.by_id, row.at) for row in rows]


def _fit(
    newest: Standing,
    written: Sequence[Done],
    done: Sequence[Done],
    shown: Sequence[Done],
    rules: EditorialSettings,
) -> tuple[int, ...]:
    """Older revisions that may be published again, the newest first."""
    decisions = {
        each.number: each.step for each in reversed(done) if each.step in {Step.APPROVE, Step.REQUEST_CHANGES}
    }
    were_shown = {each.number for each in shown}
    older = (each.number for each in written if each.number not in {newest.number, newest.published})
    return tuple(
        number
        for number in older
        if unfit(_past(number, decisions.get(number), shown=number in were_shown), rules) is None
    )


def _past(number: int, decision: Step | None, *, shown: bool) -> Standing:
    stage = Stage.CHANGES_REQUESTED if decision is Step.REQUEST_CHANGES else Stage.DRAFT
    return Standing(number, stage, 0, approved=decision is Step.APPROVE, shown=shown)


def _names(
    tx: Tx, standing: Standing, comments: Iterable[Comment], done: Iterable[Done], others: Iterable[AgentId]
) -> Names:
    ids: set[str | None] = {
        standing.author,
        standing.reviewer,
        standing.asked_by,
        standing.decided_by,
        *others,
    }
    ids |= {each for line in done for each in (line.by, line.asked)}
    ids |= {each for comment in comments for each in (comment.author, comment.resolved_by)}
    return names_of(tx, {each for each in ids if each is not None})


def _person(id: str | None, names: Names) -> wire.Colleague | None:
    return None if id is None else wire.Colleague(id, names.get(id) or "")


def _known(id: str, names: Names) -> wire.Colleague:
    return wire.Colleague(id, names.get(id) or "")


def _step(done: Done, step: wire.StepName, names: Names) -> wire.ReviewStep:
    return wire.ReviewStep(
        done.number,
        step,
        _person(done.by, names),
        done.at,
        done.note,
        _person(done.asked, names),
        done.due_at,
    )


def _comment(placed: Placed, names: Names) -> wire.ReviewComment:
    said = placed.comment
    return wire.ReviewComment(
        said.id,
        said.number,
        placed.where.value,
        placed.line,
        said.quote,
        said.body,
        _known(said.author, names),
        said.created_at,
        _person(said.resolved_by, names),
        said.resolved_at,
        tuple(
            wire.ReviewAnswer(each.id, each.body, _known(each.author, names), each.created_at)
            for each in placed.answers
        ),
    )


def _revision(one: Revision, names: Names) -> wire.ComparedRevision:
    return wire.ComparedRevision(one.number, _person(one.author, names), one.created_at, one.note)


def _line(line: Line) -> wire.ComparedLine:
    return wire.ComparedLine(line.change.value, _side(line.old), _side(line.new))


def _side(side: Side | None) -> wire.ComparedSide | None:
    if side is None:
        return None
    return wire.ComparedSide(
        side.number, tuple(wire.ComparedPiece(piece.text, piece.changed) for piece in side.pieces)
    )


def _item(item: Item, names: Names) -> wire.EditorialItem:
    since: datetime | None = item.since
    return wire.EditorialItem(
        item.article,
        item.language,
        item.title,
        item.number,
        _person(item.author, names),
        _person(item.by, names),
        since,
        _person(item.asked_of, names),
        item.due_at,
    )
