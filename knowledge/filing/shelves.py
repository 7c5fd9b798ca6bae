"""Queries over categories: rows in, values out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from core.ids import CategoryId
from core.store.tables.knowledge import article, category
from core.store.tx import Tx
from knowledge.filing.category import Category

THE_CATEGORIES = "categories"
"""What to wait for (``Tx.alone``) before a change that must know all of them."""


def load(tx: Tx) -> list[Category]:
    """All, in no order."""
    return [_category(row) for row in tx.conn.execute(select(category))]


def find(tx: Tx, category_id: CategoryId) -> Category | None:
    row = tx.conn.execute(select(category).where(category.c.id == category_id)).one_or_none()
    return None if row is None else _category(row)


def names_of(tx: Tx) -> dict[str, Mapping[str, str]]:
    """By the category's id, its names by language."""
    return {row.id: row.names for row in tx.conn.execute(select(category.c.id, category.c.names))}


def counts(tx: Tx) -> dict[str, int]:
    """How many articles each category has that are not archived."""
    counted = select(article.c.category_id, func.count().label("articles"))
    kept = counted.where(article.c.archived_at.is_(None)).group_by(article.c.category_id)
    return {row.category_id: row.articles for row in tx.conn.execute(kept) if row.category_id is not None}


def put_in(tx: Tx, values: Mapping[str, Any]) -> CategoryId:
    made = CategoryId(tx.ids.new())
    tx.conn.execute(insert(category).values(id=made, **values))
    return made


def write(tx: Tx, category_id: CategoryId, values: Mapping[str, Any]) -> None:
    """Change these columns and count the version up."""
    changed = update(category).where(category.c.id == category_id)
    tx.conn.execute(changed.values(version=category.c.version + 1, **values))


def take_out(tx: Tx, category_id: CategoryId) -> None:
    tx.conn.execute(delete(category).where(category.c.id == category_id))


def set_position(tx: Tx, category_id: CategoryId, position: int) -> None:
    """Its version stays: what was written about it is not out of date because a neighbour moved."""
    tx.conn.execute(update(category).where(category.c.id == category_id).values(position=position))


def counted(tx: Tx, category_id: CategoryId) -> int:
    """How many articles are in it, archived ones as well."""
    wanted = select(func.count()).select_from(article).where(article.c.category_id == category_id)
    return tx.conn.execute(wanted).scalar_one()


def move_articles(tx: Tx, category_id: CategoryId, to: CategoryId | None) -> None:
    moved = update(article).where(article.c.category_id == category_id)
    tx.conn.execute(moved.values(category_id=to, version=article.c.version + 1, updated_at=tx.now))


def _category(row: Row[Any]) -> Category:
    return Category(
        id=CategoryId(row.id),
        slug=row.slug,
        names=row.names,
        descriptions=row.descriptions,
        parent=None if row.parent_id is None else CategoryId(row.parent_id),
        position=row.position,
        version=row.version,
    )
