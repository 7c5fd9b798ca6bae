"""Queries over articles and revisions: rows in, values out; ``library`` decides, this only reads and writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, select, tuple_, update

from core.ids import AgentId, ArticleId
from core.store.tables.knowledge import article, published, revision
from core.store.tx import Tx
from knowledge.article import Article, ArticleSummary, Content, Revision, State, edition_of

_SHOWN = and_(
    published.c.article_id == revision.c.article_id,
    published.c.language == revision.c.language,
    published.c.number == revision.c.number,
)
_REVISIONS = (
    select(revision, published.c.published_at)
    .select_from(revision.outerjoin(published, _SHOWN))
    .order_by(revision.c.language, revision.c.number)
)
_KEYS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Key:
    """Which revision of an article is published in a language."""

    article: ArticleId
    language: str
    number: int


def find_article(tx: Tx, article_id: ArticleId) -> Article | None:
    row = tx.conn.execute(select(article).where(article.c.id == article_id)).one_or_none()
    return None if row is None else _article(tx, row)


def find_by_slug(tx: Tx, slug: str) -> Article | None:
    row = tx.conn.execute(select(article).where(article.c.slug == slug)).one_or_none()
    return None if row is None else _article(tx, row)


def slug_taken(tx: Tx, slug: str) -> bool:
    return tx.conn.execute(select(article.c.id).where(article.c.slug == slug)).one_or_none() is not None


def insert_article(tx: Tx, slug: str, category: str) -> ArticleId:
    new = ArticleId(tx.ids.new())
    values = {"id": new, "slug": slug, "category": category, "created_at": tx.now, "updated_at": tx.now}
    tx.conn.execute(insert(article).values(values))
    return new


def touch(tx: Tx, article_id: ArticleId, category: str | None = None) -> None:
    """Note that it changed now and, where one is given, its new category."""
    values: dict[str, Any] = {"updated_at": tx.now}
    if category is not None:
        values["category"] = category
    tx.conn.execute(update(article).where(article.c.id == article_id).values(values))


def insert_revision(
    tx: Tx, article_id: ArticleId, language: str, number: int, content: Content, author: AgentId | None
) -> None:
    tx.conn.execute(
        insert(revision).values(
            article_id=article_id,
            language=language,
            number=number,
            title=content.title,
            body=content.body,
            questions=content.questions,
            author_id=author,
            created_at=tx.now,
        )
    )


def set_published(tx: Tx, key: Key) -> None:
    values = {"number": key.number, "published_at": tx.now}
    statement = tx.insert_for(published).values(article_id=key.article, language=key.language, **values)
    tx.conn.execute(statement.on_conflict_do_update(index_elements=["article_id", "language"], set_=values))


def clear_published(tx: Tx, article_id: ArticleId, language: str) -> None:
    tx.conn.execute(
        delete(published).where(published.c.article_id == article_id, published.c.language == language)
    )


def list_summaries(tx: Tx, prefer: Sequence[str], most: int) -> list[ArticleSummary]:
    """The articles changed last, each under the title of the first language of ``prefer`` that it has."""
    heads = tx.conn.execute(
        select(article).order_by(article.c.updated_at.desc(), article.c.id.desc()).limit(most)
    ).all()
    editions = _newest_of(tx, [head.id for head in heads])
    return [_summary(head, editions[head.id], prefer) for head in heads if head.id in editions]


def _newest_of(tx: Tx, ids: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    """For each article and language its newest revision's title, author and the number that is published."""
    newest = (
        select(revision.c.article_id, revision.c.language, func.max(revision.c.number).label("number"))
        .group_by(revision.c.article_id, revision.c.language)
        .subquery()
    )
    same = and_(
        newest.c.article_id == revision.c.article_id,
        newest.c.language == revision.c.language,
        newest.c.number == revision.c.number,
    )
    shown = and_(published.c.article_id == revision.c.article_id, published.c.language == revision.c.language)
    wanted = select(
        revision.c.article_id,
        revision.c.language,
        revision.c.number,
        revision.c.title,
        revision.c.author_id,
        published.c.number.label("published_number"),
    ).select_from(revision.join(newest, same).outerjoin(published, shown))
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for some in _chunks(ids):
        for row in tx.conn.execute(wanted.where(revision.c.article_id.in_(some))):
            found[row.article_id][row.language] = row
    return found


def _summary(head: Row[Any], rows: Mapping[str, Any], prefer: Sequence[str]) -> ArticleSummary:
    language = next((tag for tag in prefer if tag in rows), min(rows))
    return ArticleSummary(
        id=ArticleId(head.id),
        title=rows[language].title,
        language=language,
        states={tag: _state(row) for tag, row in sorted(rows.items())},
        category=head.category,
        updated_at=head.updated_at,
        author=_agent(rows[language].author_id),
    )


def _state(row: Any) -> State:
    if row.published_number is None:
        return State.DRAFT
    return State.PUBLISHED if row.published_number == row.number else State.BOTH


def count_published(tx: Tx) -> tuple[object, ...]:
    """A few numbers that change whenever something is published or unpublished: cheap enough to ask every second."""
    numbers = (func.count(), func.max(published.c.published_at), func.sum(published.c.number))
    return tuple(tx.conn.execute(select(*numbers).select_from(published)).one())


def list_published(tx: Tx) -> list[Key]:
    rows = tx.conn.execute(select(published.c.article_id, published.c.language, published.c.number))
    return [Key(ArticleId(row.article_id), row.language, row.number) for row in rows]


def load_contents(tx: Tx, keys: Iterable[Key]) -> dict[Key, Content]:
    """The contents of these revisions; those that do not exist are left out."""
    contents: dict[Key, Content] = {}
    columns = tuple_(revision.c.article_id, revision.c.language, revision.c.number)
    for some in _chunks([(key.article, key.language, key.number) for key in keys]):
        for row in tx.conn.execute(select(revision).where(columns.in_(some))):
            contents[Key(ArticleId(row.article_id), row.language, row.number)] = _content(row)
    return contents


def _article(tx: Tx, head: Row[Any]) -> Article:
    revisions: dict[str, list[Revision]] = defaultdict(list)
    for row in tx.conn.execute(_REVISIONS.where(revision.c.article_id == head.id)):
        revisions[row.language].append(_revision(row))
    return Article(
        id=ArticleId(head.id),
        slug=head.slug,
        category=head.category,
        editions={language: edition_of(found) for language, found in revisions.items()},
        created_at=head.created_at,
        updated_at=head.updated_at,
    )


def _revision(row: Row[Any]) -> Revision:
    return Revision(row.number, _content(row), _agent(row.author_id), row.created_at, row.published_at)


def _content(row: Row[Any]) -> Content:
    return Content(row.title, row.body, row.questions)


def _agent(value: str | None) -> AgentId | None:
    return None if value is None else AgentId(value)


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """In pieces, for a statement may not have any number of parameters."""
    return (values[start : start + _KEYS_AT_ONCE] for start in range(0, len(values), _KEYS_AT_ONCE))
