"""Which articles name which reusables, read from what is published and from the newest drafts."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from core.ids import ArticleId
from core.store.tables.knowledge import published, revision
from core.store.tx import Tx
from knowledge.rendering.parsing import used_names


@dataclass(frozen=True, slots=True)
class Use:
    """An article that names a reusable; ``title`` of the text that does."""

    article: ArticleId
    language: str
    title: str


def uses_of(tx: Tx) -> dict[str, list[Use]]:
    """By name, each article once."""
    newest = (
        select(revision.c.article_id, revision.c.language, func.max(revision.c.number).label("number"))
        .group_by(revision.c.article_id, revision.c.language)
        .subquery()
    )
    same = and_(newest.c.article_id == revision.c.article_id, newest.c.language == revision.c.language)
    shown = and_(
        published.c.article_id == revision.c.article_id,
        published.c.language == revision.c.language,
        published.c.number == revision.c.number,
    )
    wanted = (
        select(revision.c.article_id, revision.c.language, revision.c.title, revision.c.body)
        .select_from(revision.join(newest, same).outerjoin(published, shown))
        .where(revision.c.body.contains("{{", autoescape=True))
        .where(or_(revision.c.number == newest.c.number, published.c.number.is_not(None)))
        .order_by(revision.c.article_id, revision.c.language, revision.c.number)
    )
    found: dict[str, dict[str, Use]] = {}
    for row in tx.conn.execute(wanted):
        for name in used_names(row.body):
            found.setdefault(name, {})[row.article_id] = Use(
                ArticleId(row.article_id), row.language, row.title
            )
    return {name: list(uses.values()) for name, uses in found.items()}
