"""Queries over articles and revisions: rows in, values out; ``library`` decides, this only reads and writes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, select, tuple_, update

from core.answer import Audience
from core.ids import AgentId, ArticleId, CategoryId
from core.store.tables.knowledge import article, article_tag, publication, published, revision
from core.store.tx import Tx
from knowledge.article import Article, Content, Edition, Place, Revision, RevisionMark, edition_of, place
from knowledge.editorial import editions
from knowledge.filing import shelves

_SHOWN = and_(
    published.c.article_id == revision.c.article_id,
    published.c.language == revision.c.language,
    published.c.number == revision.c.number,
)
_REVISIONS: Select[Any] = select(revision, published.c.published_at).select_from(
    revision.outerjoin(published, _SHOWN)
)
_MARKS: Select[Any] = (
    select(
        revision.c.language,
        revision.c.number,
        revision.c.author_id,
        revision.c.created_at,
        published.c.published_at,
    )
    .select_from(revision.outerjoin(published, _SHOWN))
    .order_by(revision.c.language, revision.c.number.desc())
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


def insert_article(tx: Tx, slug: str, category: CategoryId | None, source_language: str) -> ArticleId:
    new = ArticleId(tx.ids.new())
    values = {"id": new, "slug": slug, "category_id": category, "source_language": source_language}
    tx.conn.execute(insert(article).values(**values, created_at=tx.now, updated_at=tx.now))
    return new


def touch(tx: Tx, article_id: ArticleId, category: CategoryId | None = None) -> None:
    """Note that it changed now and, where one is given, its new category."""
    values: dict[str, Any] = {"updated_at": tx.now}
    if category is not None:
        values |= {"category_id": category, "version": article.c.version + 1}
    tx.conn.execute(update(article).where(article.c.id == article_id).values(values))


def insert_revision(tx: Tx, key: Key, content: Content, author: AgentId | None, *, note: str = "") -> None:
    """Where the edition stands begins anew with it."""
    tx.conn.execute(
        insert(revision).values(
            article_id=key.article,
            language=key.language,
            number=key.number,
            note=note,
            title=content.title,
            body=content.body,
            questions=content.questions,
            author_id=author,
            created_at=tx.now,
        )
    )
    editions.begun_anew(tx, key.article, key.language, key.number)


def load_revision(tx: Tx, key: Key) -> Revision | None:
    of = (revision.c.article_id == key.article, revision.c.language == key.language)
    row = tx.conn.execute(_REVISIONS.where(*of, revision.c.number == key.number)).one_or_none()
    return None if row is None else _revision(row)


def set_published(tx: Tx, key: Key, by: AgentId | None = None) -> None:
    _end_publication(tx, key.article, key.language)
    made = {"id": tx.ids.new(), "article_id": key.article, "language": key.language, "number": key.number}
    tx.conn.execute(insert(publication).values(**made, by_id=by, at=tx.now))
    values = {"number": key.number, "published_at": tx.now}
    statement = tx.insert_for(published).values(article_id=key.article, language=key.language, **values)
    tx.conn.execute(statement.on_conflict_do_update(index_elements=["article_id", "language"], set_=values))


def _end_publication(tx: Tx, article_id: ArticleId, language: str) -> None:
    of = (
        publication.c.article_id == article_id,
        publication.c.language == language,
        publication.c.until.is_(None),
    )
    tx.conn.execute(update(publication).where(*of).values(until=tx.now))


def clear_published(tx: Tx, article_id: ArticleId, language: str) -> None:
    _end_publication(tx, article_id, language)
    tx.conn.execute(
        delete(published).where(published.c.article_id == article_id, published.c.language == language)
    )


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
    category = None if head.category_id is None else shelves.find(tx, head.category_id)
    return Article(
        id=ArticleId(head.id),
        slug=head.slug,
        category={} if category is None else category.names,
        editions=_editions(tx, head.id),
        created_at=head.created_at,
        updated_at=head.updated_at,
        category_id=None if head.category_id is None else CategoryId(head.category_id),
        audience=Audience(head.audience),
        brands=head.brands,
        tags=_tags(tx, head.id),
        owner=_agent(head.owner_id),
        review_by=head.review_by,
        source_language=head.source_language,
        archived_at=head.archived_at,
        version=head.version,
    )


def _editions(tx: Tx, article_id: str) -> dict[str, Edition]:
    """Texts only of what is published and of the drafts: an article may have hundreds of earlier ones."""
    rows: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in tx.conn.execute(_MARKS.where(revision.c.article_id == article_id)):
        rows[row.language].append(row)
    history = {language: _history(found) for language, found in rows.items()}
    wanted = [
        (language, mark.number)
        for language, marks in history.items()
        for mark in marks
        if mark.place is not Place.EARLIER
    ]
    texts: dict[str, dict[int, Revision]] = defaultdict(dict)
    of = (revision.c.article_id == article_id, tuple_(revision.c.language, revision.c.number).in_(wanted))
    for row in tx.conn.execute(_REVISIONS.where(*of)):
        texts[row.language][row.number] = _revision(row)
    return {language: edition_of(marks, texts[language]) for language, marks in history.items()}


def _history(rows: Sequence[Row[Any]]) -> list[RevisionMark]:
    """Of one language, the newest first, as the rows are."""
    shown = next((row.number for row in rows if row.published_at is not None), None)
    return [
        RevisionMark(
            row.number, _agent(row.author_id), row.created_at, place(row.number, rows[0].number, shown)
        )
        for row in rows
    ]


def _tags(tx: Tx, article_id: str) -> tuple[str, ...]:
    wanted = (
        select(article_tag.c.tag).where(article_tag.c.article_id == article_id).order_by(article_tag.c.tag)
    )
    return tuple(tx.conn.execute(wanted).scalars())


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        row.number,
        _content(row),
        _agent(row.author_id),
        row.created_at,
        row.published_at,
        row.note,
        row.source_number,
    )


def _content(row: Row[Any]) -> Content:
    return Content(row.title, row.body, row.questions)


def _agent(value: str | None) -> AgentId | None:
    return None if value is None else AgentId(value)


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """In pieces, for a statement may not have any number of parameters."""
    return (values[start : start + _KEYS_AT_ONCE] for start in range(0, len(values), _KEYS_AT_ONCE))
