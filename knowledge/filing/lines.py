"""What a list of articles says of each: loaded for the lines of one page, in a few statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select

from core.answer import Audience
from core.ids import AgentId, ArticleId, CategoryId
from core.store.tables.knowledge import article, article_tag, edition, publication, published, revision
from core.store.tx import Tx
from knowledge.article import Stage, State
from knowledge.filing.translations import is_stale

_NEWEST = select(
    revision.c.article_id, revision.c.language, func.max(revision.c.number).label("number")
).group_by(revision.c.article_id, revision.c.language)

_SHOWN = select(published.c.article_id, published.c.language, published.c.number)


@dataclass(frozen=True, slots=True)
class Line:
    """``title`` and ``author`` are of the newest text in ``language``; ``stages`` of languages with one not published;
    ``stale``: languages whose text is behind its source.
    """

    id: ArticleId
    slug: str
    title: str
    language: str
    author: AgentId | None
    states: Mapping[str, State]
    stages: Mapping[str, Stage]
    stale: tuple[str, ...]
    category: CategoryId | None
    audience: Audience
    tags: tuple[str, ...]
    owner: AgentId | None
    review_by: date | None
    source_language: str | None
    archived_at: datetime | None
    updated_at: datetime


def load(tx: Tx, ids: Sequence[str], prefer: Sequence[str], *, only_shown: bool = False) -> dict[str, Line]:
    """By id; under the title of the first language of ``prefer`` that each has; ``only_shown``: as if there were no drafts."""
    heads = tx.conn.execute(select(article).where(article.c.id.in_(ids))).all()
    newest, tags, shown = _newest(tx, ids, only_shown=only_shown), _tags(tx, ids), _ever_shown(tx, ids)
    return {
        head.id: _line(head, newest[head.id], tags[head.id], shown[head.id], prefer)
        for head in heads
        if head.id in newest
    }


def _newest(tx: Tx, ids: Sequence[str], *, only_shown: bool) -> Mapping[str, dict[str, Any]]:
    """For each article and language its newest revision, the number that is published, and its stage."""
    if only_shown:
        newest = _SHOWN.where(published.c.article_id.in_(ids)).subquery()
    else:
        newest = _NEWEST.where(revision.c.article_id.in_(ids)).subquery()
    same = and_(
        newest.c.article_id == revision.c.article_id,
        newest.c.language == revision.c.language,
        newest.c.number == revision.c.number,
    )
    shown = and_(published.c.article_id == newest.c.article_id, published.c.language == newest.c.language)
    asked = and_(
        edition.c.article_id == newest.c.article_id,
        edition.c.language == newest.c.language,
        edition.c.number == newest.c.number,
    )
    wanted = select(
        newest,
        revision.c.title,
        revision.c.author_id,
        revision.c.source_number,
        published.c.number.label("shown"),
        edition.c.stage,
    ).select_from(newest.join(revision, same).outerjoin(published, shown).outerjoin(edition, asked))
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in tx.conn.execute(wanted):
        found[row.article_id][row.language] = row
    return found


def _tags(tx: Tx, ids: Sequence[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    wanted = select(article_tag).where(article_tag.c.article_id.in_(ids)).order_by(article_tag.c.tag)
    for row in tx.conn.execute(wanted):
        found[row.article_id].append(row.tag)
    return found


def _ever_shown(tx: Tx, ids: Sequence[str]) -> Mapping[str, set[int]]:
    """By article, the revisions of its source that were published at any time."""
    found: dict[str, set[int]] = defaultdict(set)
    source = and_(
        article.c.id == publication.c.article_id, article.c.source_language == publication.c.language
    )
    wanted = select(publication.c.article_id, publication.c.number).join(article, source)
    for row in tx.conn.execute(wanted.where(publication.c.article_id.in_(ids))):
        found[row.article_id].add(row.number)
    return found


def _line(
    head: Any, texts: Mapping[str, Any], tags: Sequence[str], ever: set[int], prefer: Sequence[str]
) -> Line:
    language = next((tag for tag in prefer if tag in texts), min(texts))
    source = texts.get(head.source_language)
    shown = None if source is None else source.shown
    drafts = {tag: row for tag, row in sorted(texts.items()) if row.shown != row.number}
    return Line(
        id=ArticleId(head.id),
        slug=head.slug,
        title=texts[language].title,
        language=language,
        author=_agent(texts[language].author_id),
        states={tag: _state(row) for tag, row in sorted(texts.items())},
        stages={tag: Stage(row.stage or Stage.DRAFT) for tag, row in drafts.items()},
        stale=tuple(
            tag
            for tag, row in sorted(texts.items())
            if tag != head.source_language and is_stale(row.source_number, shown, ever)
        ),
        category=None if head.category_id is None else CategoryId(head.category_id),
        audience=Audience(head.audience),
        tags=tuple(tags),
        owner=_agent(head.owner_id),
        review_by=head.review_by,
        source_language=head.source_language,
        archived_at=head.archived_at,
        updated_at=head.updated_at,
    )


def _state(row: Any) -> State:
    if row.shown is None:
        return State.DRAFT
    return State.PUBLISHED if row.shown == row.number else State.BOTH


def _agent(value: str | None) -> AgentId | None:
    return None if value is None else AgentId(value)
