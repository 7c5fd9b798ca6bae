"""What readers of the help center are shown, out of the database; every query goes through the guard of audiences."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select

from core.answer import Audience, Reader
from core.ids import ArticleId, CategoryId
from core.store.tables.knowledge import article, article_tag, publication, published, revision
from core.store.tables.knowledge import category as category_table
from core.store.tables.loop import article_use
from core.store.tx import Tx
from knowledge.filing import shelves
from knowledge.filing.audience import readable
from knowledge.filing.category import Category, in_order
from knowledge.filing.slugs import resolve

VIEWED = "viewed"
_AT_ONCE = 200
_AT_HOME = 3
"""So many places an article of the same category comes forward among those that are alike."""


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list."""

    id: ArticleId
    slug: str
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as it is published in one language; ``languages``: all in which it is."""

    id: ArticleId
    slug: str
    language: str
    number: int
    title: str
    body: str
    questions: tuple[str, ...]
    published_at: datetime
    created_at: datetime
    audience: Audience
    category: CategoryId | None
    languages: tuple[str, ...]
    source_language: str | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """It is there, but not in the language that was asked for; by language its title."""

    slug: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was here is called otherwise now."""

    slug: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A category with how many articles it has (in those under it, too) that this reader may read."""

    category: Category
    articles: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A category's page: what is above it, what is under it, and its articles."""

    category: Category
    above: Category | None
    below: tuple[Stand, ...]
    articles: tuple[Line, ...]


def _of(reader: Reader, language: str | None, *columns: Any) -> Select[Any]:
    """Over what is published for this reader; ``None``: in every language."""
    same = and_(
        revision.c.article_id == published.c.article_id,
        revision.c.language == published.c.language,
        revision.c.number == published.c.number,
    )
    tables = published.join(article, published.c.article_id == article.c.id).join(revision, same)
    found = select(*columns).select_from(tables).where(readable(reader))
    return found if language is None else found.where(published.c.language == language)


_LINE = (article.c.id, article.c.slug, revision.c.title, published.c.published_at)


def find(tx: Tx, reader: Reader, language: str, slug: str) -> Shown | Elsewhere | Moved | None:
    """What this address leads to; what the reader may not read is as if it were not there."""
    columns = (
        *_LINE,
        article.c.audience,
        article.c.category_id,
        article.c.source_language,
        article.c.created_at,
        published.c.language,
        published.c.number,
        revision.c.body,
        revision.c.questions,
    )
    rows = tx.conn.execute(_of(reader, None, *columns).where(article.c.slug == slug)).all()
    if not rows:
        return _moved(tx, reader, slug)
    own = next((row for row in rows if row.language == language), None)
    if own is None:
        return Elsewhere(slug, {row.language: row.title for row in rows})
    return Shown(
        id=ArticleId(own.id),
        slug=own.slug,
        language=language,
        number=own.number,
        title=own.title,
        body=own.body,
        questions=own.questions,
        published_at=own.published_at,
        created_at=own.created_at,
        audience=Audience(own.audience),
        category=None if own.category_id is None else CategoryId(own.category_id),
        languages=tuple(sorted(row.language for row in rows)),
        source_language=own.source_language,
    )


def _moved(tx: Tx, reader: Reader, slug: str) -> Moved | None:
    """Where redirects lead, if the reader may read that."""
    there = resolve(tx, slug)
    if there is None or not there.moved:
        return None
    readable_there = _of(reader, None, article.c.id).where(article.c.id == there.article).limit(1)
    return None if tx.conn.execute(readable_there).one_or_none() is None else Moved(there.slug)


def stands(tx: Tx, reader: Reader, language: str) -> tuple[Stand, ...]:
    """The categories of the upper level that have something to read in this language."""
    known, counts = in_order(shelves.load(tx)), _counts(tx, reader, language)
    tops = [each for each in known if each.parent is None]
    total = {
        top.id: sum(counts[each.id] for each in known if top.id in {each.id, each.parent}) for top in tops
    }
    return tuple(Stand(top, total[top.id]) for top in tops if total[top.id])


def category_names(tx: Tx) -> Mapping[CategoryId, Category]:
    return {each.id: each for each in shelves.load(tx)}


def open_category(tx: Tx, reader: Reader, language: str, slug: str, most: int) -> Opened | None:
    """None when there is none of this name, or nothing in it for this reader in any language."""
    known = in_order(shelves.load(tx))
    own = next((each for each in known if each.slug == slug), None)
    if own is None:
        return None
    counts = _counts(tx, reader, language)
    under = [each for each in known if each.parent == own.id]
    below = tuple(Stand(each, counts[each.id]) for each in under if counts[each.id])
    wanted = _of(reader, language, *_LINE).where(article.c.category_id == own.id)
    rows = tx.conn.execute(wanted.order_by(revision.c.title, article.c.id).limit(most))
    lines = tuple(_line(row) for row in rows)
    if not lines and not below and not _has_any(tx, reader, [own.id, *(each.id for each in under)]):
        return None
    above = next((each for each in known if each.id == own.parent), None)
    return Opened(own, above, below, lines)


def _has_any(tx: Tx, reader: Reader, categories: Sequence[CategoryId]) -> bool:
    wanted = _of(reader, None, article.c.id).where(article.c.category_id.in_(categories)).limit(1)
    return tx.conn.execute(wanted).one_or_none() is not None


def _counts(tx: Tx, reader: Reader, language: str) -> Mapping[str, int]:
    counted = _of(reader, language, article.c.category_id, func.count().label("articles"))
    rows = tx.conn.execute(counted.group_by(article.c.category_id))
    return defaultdict(int, {row.category_id: row.articles for row in rows})


def most_read(tx: Tx, reader: Reader, language: str, since: date, most: int) -> tuple[Line, ...]:
    """Of this language, since that day; where that gives too few, what was published last."""
    views = (
        select(article_use.c.article_id, func.sum(article_use.c.count).label("views"))
        .where(article_use.c.kind == VIEWED, article_use.c.language == language, article_use.c.day >= since)
        .group_by(article_use.c.article_id)
        .subquery()
    )
    wanted = _of(reader, language, *_LINE).outerjoin(views, views.c.article_id == article.c.id)
    order = (func.coalesce(views.c.views, 0).desc(), published.c.published_at.desc(), article.c.id)
    return tuple(_line(row) for row in tx.conn.execute(wanted.order_by(*order).limit(most)))


def related(tx: Tx, reader: Reader, shown: Shown, alike: Sequence[ArticleId], most: int) -> tuple[Line, ...]:
    """Those that share most tags with it; then those that are ``alike`` (the likest first) and those of its category.

    One of its category comes before those that are a little more like it.
    """
    own = set(
        tx.conn.execute(select(article_tag.c.tag).where(article_tag.c.article_id == shown.id)).scalars()
    )
    shared = (
        select(article_tag.c.article_id, func.count().label("tags"))
        .where(article_tag.c.tag.in_(sorted(own)))
        .group_by(article_tag.c.article_id)
        .subquery()
    )
    tags = func.coalesce(shared.c.tags, 0)
    near = (tags > 0) | article.c.id.in_(alike)
    order: list[ColumnElement[Any]] = [tags.desc()]
    if alike:
        order.append(_distance(shown, alike, 2 * most))
    if shown.category is not None:
        near = near | (article.c.category_id == shown.category)
    wanted = _of(reader, shown.language, *_LINE).outerjoin(shared, shared.c.article_id == article.c.id)
    rows = tx.conn.execute(
        wanted.where(near, article.c.id != shown.id)
        .order_by(*order, published.c.published_at.desc(), article.c.id)
        .limit(most)
    )
    return tuple(_line(row) for row in rows)


def _distance(shown: Shown, alike: Sequence[ArticleId], farthest: int) -> ColumnElement[int]:
    ranks = {each: rank for rank, each in enumerate(alike)}
    distance = case(ranks, value=article.c.id, else_=max(farthest, len(ranks)))
    if shown.category is None:
        return distance
    return distance - case((article.c.category_id == shown.category, _AT_HOME), else_=0)


def still_readable(
    tx: Tx, reader: Reader, found: Collection[tuple[ArticleId, str, int]]
) -> set[tuple[ArticleId, str, int]]:
    """Of articles in a language and revision those that are published so for this reader now: an index may lag."""
    ids = sorted({article_id for article_id, _, _ in found})
    columns = (article.c.id, published.c.language, published.c.number)
    rows = tx.conn.execute(_of(reader, None, *columns).where(article.c.id.in_(ids[:_AT_ONCE])))
    return {(ArticleId(row.id), row.language, row.number) for row in rows}.intersection(found)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed; ``first_at``: when it was first published in this language."""

    id: ArticleId
    slug: str
    title: str
    body: str
    published_at: datetime
    first_at: datetime


def newest(
    tx: Tx, reader: Reader, language: str, most: int, category: CategoryId | None = None
) -> tuple[Entry, ...]:
    """What was published last, the newest first; in all categories, or in one and those under it."""
    first = (
        select(func.min(publication.c.at))
        .where(publication.c.article_id == article.c.id, publication.c.language == language)
        .scalar_subquery()
    )
    wanted = _of(reader, language, *_LINE, revision.c.body, first.label("first_at"))
    if category is not None:
        under = select(category_table.c.id).where(category_table.c.parent_id == category)
        wanted = wanted.where((article.c.category_id == category) | article.c.category_id.in_(under))
    rows = tx.conn.execute(wanted.order_by(published.c.published_at.desc(), article.c.id.desc()).limit(most))
    return tuple(
        Entry(
            ArticleId(row.id),
            row.slug,
            row.title,
            row.body,
            row.published_at,
            min(row.first_at or row.published_at, row.published_at),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of the sitemap; ``languages``: all that the article has."""

    slug: str
    language: str
    published_at: datetime
    languages: tuple[str, ...]


def count_listed(tx: Tx, reader: Reader, languages: Sequence[str]) -> int:
    """Articles that are there in any of these languages."""
    counted = _of(reader, None, func.count(article.c.id.distinct()))
    found: int = tx.conn.execute(counted.where(published.c.language.in_(languages))).scalar_one()
    return found


def list_for_sitemap(
    tx: Tx, reader: Reader, languages: Sequence[str], start: int, most: int
) -> tuple[Listed, ...]:
    """``most`` articles after the first ``start``, each in all its languages, which stand together."""
    spoken_here = published.c.language.in_(languages)
    ids = _of(reader, None, article.c.id).where(spoken_here).distinct()
    ids = ids.order_by(article.c.id).offset(start).limit(most)
    columns = (article.c.id, article.c.slug, published.c.language, published.c.published_at)
    wanted = _of(reader, None, *columns).where(spoken_here, article.c.id.in_(ids.subquery().select()))
    rows = tx.conn.execute(wanted.order_by(article.c.id, published.c.language)).all()
    spoken: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        spoken[row.id].append(row.language)
    return tuple(Listed(row.slug, row.language, row.published_at, tuple(spoken[row.id])) for row in rows)


def filled_categories(
    tx: Tx, reader: Reader, languages: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The slugs of those that have anything for this reader, also in what is under them, with the languages in which they do."""
    pairs = _of(reader, None, article.c.category_id, published.c.language)
    rows = tx.conn.execute(pairs.where(published.c.language.in_(languages)).distinct()).all()
    known = in_order(shelves.load(tx))
    above = {each.id: each.parent for each in known}
    spoken: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.category_id in above:
            spoken[row.category_id].add(row.language)
            spoken[above[row.category_id] or row.category_id].add(row.language)
    return tuple((each.slug, tuple(sorted(spoken[each.id]))) for each in known if spoken[each.id])


def since(tx: Tx, days: int) -> date:
    return (tx.now - timedelta(days=days)).date()


def _line(row: Row[Any]) -> Line:
    return Line(ArticleId(row.id), row.slug, row.title, row.published_at)
