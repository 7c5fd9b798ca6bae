"""Filing an article anew: one transaction against a version, told by ``ArticleChanged``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, select, update

from core.agent import Permission, Role, permissions_of
from core.errors import Conflict, Forbidden, Invalid
from core.events import article_topic
from core.ids import AgentId, ArticleId
from core.knowledge_events import ArticleChanged
from core.store.tables.knowledge import article, article_tag, brand, category
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge import library
from knowledge.article import Article, checked_category
from knowledge.filing import shelves
from knowledge.filing.category import Category, called
from knowledge.filing.filed import Filing, Known, check, checked_tags, filing_of, needs_publisher
from knowledge.filing.following import begin_anew


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be an article's owner."""

    id: AgentId
    name: str


@dataclass(frozen=True, slots=True)
class Refiling:
    """``version``: of the article it was decided on; ``publishes``: whether a publisher decides; ``tags``: at most."""

    version: int
    publishes: bool
    tags: int


def refile(tx: Tx, before: Article, wanted: Filing, asked: Refiling) -> Article:
    """``before`` filed as ``wanted``; nothing happens when it is so already.

    Raises Conflict ``newer_version`` when it was changed since ``asked.version``, Invalid with the field, and Forbidden
    ``publish`` when only a publisher may.
    """
    if before.version != asked.version:
        raise Conflict(
            f"the article is at version {before.version}, not {asked.version}", code="newer_version"
        )
    now = filing_of(before)
    wanted = replace(
        wanted,
        tags=now.tags if wanted.tags == now.tags else checked_tags(wanted.tags, asked.tags),
        brands=tuple(sorted({*wanted.brands})),
    )
    if wanted == now:
        return before
    check(now, wanted, _known(tx, before))
    published = any(edition.published is not None for edition in before.editions.values())
    field = needs_publisher(now, wanted, published=published)
    if field is not None and not asked.publishes:
        raise Forbidden(f"{field}: only who may publish can change this", code="publish")
    _write(tx, before.id, asked.version, now, wanted)
    if wanted.source_language is not None and wanted.source_language != now.source_language:
        begin_anew(tx, before, wanted.source_language)
    tx.emit(article_topic(before.id), ArticleChanged(before.id))
    return library.get(tx, before.id)


def chosen(tx: Tx, name: str | None, before: Article | None, *, publishes: bool) -> Category | str | None:
    """The category that somebody means who writes an article; ``before``: as it is, None for a new one.

    Raises Invalid ``category_unknown`` for a new name, and Forbidden ``publish`` for another category of a published
    article, from who may not publish.
    """
    if name is None:
        return None
    found = called(shelves.load(tx), checked_category(name))
    if publishes:
        return found or name
    if found is None:
        raise Invalid("category", "one of those there are: publishers make new ones", code="category_unknown")
    if before is None or before.category_id == found.id:
        return found
    if any(edition.published is not None for edition in before.editions.values()):
        raise Forbidden("category: only who may publish can change this", code="publish")
    return found


def owners(tx: Tx) -> Sequence[Person]:
    """Everybody who may edit articles, by name."""
    rows = tx.conn.execute(select(agent.c.id, agent.c.name, agent.c.roles).where(agent.c.active))
    able = [row for row in rows if Permission.EDIT in permissions_of(frozenset(map(Role, row.roles)))]
    return [Person(AgentId(row.id), row.name) for row in sorted(able, key=lambda row: (row.name, row.id))]


def _known(tx: Tx, of: Article) -> Known:
    return Known(
        categories=set(tx.conn.execute(select(category.c.id)).scalars()),
        brands=set(tx.conn.execute(select(brand.c.id)).scalars()),
        owners={person.id for person in owners(tx)},
        languages=of.editions.keys(),
        today=tx.now.date(),
    )


def _write(tx: Tx, article_id: ArticleId, version: int, before: Filing, after: Filing) -> None:
    values = {
        "category_id": after.category,
        "audience": after.audience.value,
        "brands": after.brands,
        "owner_id": after.owner,
        "review_by": after.review_by,
        "source_language": after.source_language,
    }
    changed = update(article).where(article.c.id == article_id, article.c.version == version)
    moved = changed.values(**values, version=article.c.version + 1, updated_at=tx.now)
    if tx.conn.execute(moved).rowcount != 1:
        raise Conflict(f"the article is no longer at version {version}", code="newer_version")
    if after.tags == before.tags:
        return
    tx.conn.execute(delete(article_tag).where(article_tag.c.article_id == article_id))
    if after.tags:
        tx.conn.execute(insert(article_tag), [{"article_id": article_id, "tag": tag} for tag in after.tags])
