"""Everything that the knowledge base holds, as a bundle to be written as files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from core.answer import Audience
from core.store.tables import knowledge as tables
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge.article import Content
from knowledge.filing.categories import list_categories
from knowledge.filing.redirecting import end_of
from knowledge.helpcenter.brands import list_brands
from knowledge.synonyms import list_groups
from knowledge.transfer.bundle import (
    Bundle,
    BundleArticle,
    BundleBrand,
    BundleCategory,
    BundleEdition,
    BundleImage,
    BundleReusable,
    BundleSynonyms,
    Version,
)
from knowledge.transfer.spool import keep_articles, keep_rest
from knowledge.writing.reusables import list_all

_AT_ONCE = 100
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}


def collect_into(tx: Tx, folder: Path) -> None:
    """All revisions of all articles, archived ones too, with what they rest on; for ``spool.kept_bundle``."""
    keep_articles(folder, _all_articles(tx))
    keep_rest(folder, _rest(tx))


def collect(tx: Tx) -> Bundle:
    """The same in memory."""
    rest = _rest(tx)
    return replace(rest, articles=tuple(_all_articles(tx)), images=tuple(rest.images))


def _rest(tx: Tx) -> Bundle:
    categories = list_categories(tx)
    slugs = {category.id: category.slug for category in categories}
    above = (None if each.parent is None else slugs[each.parent] for each in categories)
    return Bundle(
        articles=(),
        categories=[
            BundleCategory(each.slug, each.names, each.descriptions, parent)
            for each, parent in zip(categories, above, strict=True)
        ],
        redirects=_redirects(tx),
        reusables=[BundleReusable(each.name, each.kind.value, each.texts) for each in list_all(tx)],
        synonyms=[BundleSynonyms(each.language, each.words) for each in list_groups(tx)],
        brands=[BundleBrand(each) for each in list_brands(tx)],
        images=_images(tx),
    )


def _redirects(tx: Tx) -> dict[str, str]:
    """Those that lead to an article."""
    known = {row.slug: row.target for row in tx.conn.execute(select(tables.redirect))}
    owned = set(tx.conn.execute(select(tables.article.c.slug)).scalars())
    return {slug: target for slug, target in known.items() if end_of(known, slug) in owned}


def _all_articles(tx: Tx) -> Iterator[BundleArticle]:
    people = {row.id: row.email for row in tx.conn.execute(select(agent.c.id, agent.c.email))}
    slugs = {category.id: category.slug for category in list_categories(tx)}
    ids = tx.conn.execute(select(tables.article.c.id).order_by(tables.article.c.slug)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        some = select(tables.article).where(tables.article.c.id.in_(ids[start : start + _AT_ONCE]))
        heads = tx.conn.execute(some.order_by(tables.article.c.slug)).all()
        yield from _articles(tx, heads, slugs, people)


def _articles(
    tx: Tx, heads: Sequence[Row[Any]], slugs: Mapping[Any, str], people: Mapping[str, str]
) -> Iterator[BundleArticle]:
    ids = [head.id for head in heads]
    versions: dict[str, dict[str, list[Version]]] = defaultdict(lambda: defaultdict(list))
    some = select(tables.revision).where(tables.revision.c.article_id.in_(ids))
    for row in tx.conn.execute(some.order_by(tables.revision.c.language, tables.revision.c.number)):
        versions[row.article_id][row.language].append(_version(row, people))
    shown = {
        (row.article_id, row.language): row.number
        for row in tx.conn.execute(select(tables.published).where(tables.published.c.article_id.in_(ids)))
    }
    tags: dict[str, list[str]] = defaultdict(list)
    tagged = select(tables.article_tag).where(tables.article_tag.c.article_id.in_(ids))
    for row in tx.conn.execute(tagged.order_by(tables.article_tag.c.tag)):
        tags[row.article_id].append(row.tag)
    for head in heads:
        editions = {
            language: BundleEdition(tuple(found), _place(found, shown.get((head.id, language))))
            for language, found in versions[head.id].items()
        }
        yield BundleArticle(
            f"article {head.slug}",
            head.slug,
            editions,
            slugs.get(head.category_id),
            Audience(head.audience),
            tuple(head.brands),
            tuple(tags[head.id]),
            people.get(head.owner_id or ""),
            head.review_by,
            head.source_language,
            archived=head.archived_at is not None,
        )


def _version(row: Row[Any], people: Mapping[str, str]) -> Version:
    return Version(
        Content(row.title, row.body, row.questions),
        row.note,
        row.number,
        row.source_number,
        people.get(row.author_id or ""),
        row.created_at,
    )


def _place(versions: Sequence[Version], shown: int | None) -> int | None:
    return next((at for at, version in enumerate(versions) if version.number == shown), None)


def _images(tx: Tx) -> Iterator[BundleImage]:
    """One at a time, since each may be large."""
    table = tables.article_image
    for id in tx.conn.execute(select(table.c.id).order_by(table.c.id)).scalars().all():
        row = tx.conn.execute(select(table.c.media_type, table.c.data).where(table.c.id == id)).one()
        yield BundleImage(f"{id}.{_ENDINGS.get(row.media_type, 'bin')}", row.data)
