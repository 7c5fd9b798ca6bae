"""What the database says about published articles: which there are, where they are filed, and which moved lately."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, select

from core.answer import Audience
from core.events import KNOWLEDGE_TOPIC
from core.ids import ArticleId
from core.store.changes import ARTICLES, articles_since, counts
from core.store.tables.knowledge import article, published, synonym
from core.store.tx import Tx
from knowledge.index.document import Filed
from knowledge.index.resting import Resting, resting
from knowledge.index.synonyms import Group
from knowledge.store import Key

_AT_ONCE = 200

Listed = dict[Key, Filed]
"""Every published revision that is not archived, and where it is filed."""


class Counts(msgspec.Struct, frozen=True):
    """How many transactions have changed articles, and how often what many of them rest on changed."""

    articles: int
    knowledge: int


class Moved(msgspec.Struct, frozen=True):
    """What moved by ``at``; ``ids`` None: more than were asked for."""

    counts: Counts
    ids: Sequence[ArticleId] | None
    at: datetime


def counted(tx: Tx) -> Counts:
    found = counts(tx.conn, (ARTICLES, KNOWLEDGE_TOPIC))
    return Counts(found[ARTICLES], found[KNOWLEDGE_TOPIC])


def moved(tx: Tx, since: Counts | None, most: int) -> Moved:
    """The articles that changed since, if they are not more than ``most``; None: all of them."""
    now = counted(tx)
    if since is None or now.articles < since.articles:
        return Moved(now, None, tx.now)
    ids = [] if since.articles == now.articles else articles_since(tx.conn, since.articles, most + 1)
    return Moved(now, None if len(ids) > most else ids, tx.now)


def list_all(tx: Tx) -> Listed:
    return _listed(tx, _wanted(), resting(tx, None))


def list_some(tx: Tx, ids: Sequence[ArticleId]) -> Listed:
    """Of these articles only."""
    found: Listed = {}
    rests = resting(tx, ids)
    for start in range(0, len(ids), _AT_ONCE):
        found |= _listed(tx, _wanted().where(article.c.id.in_(ids[start : start + _AT_ONCE])), rests)
    return found


def _wanted() -> Select[Any]:
    return (
        select(
            article.c.id,
            published.c.language,
            published.c.number,
            article.c.slug,
            article.c.audience,
            article.c.brands,
        )
        .select_from(published.join(article, published.c.article_id == article.c.id))
        .where(article.c.archived_at.is_(None))
    )


def _listed(tx: Tx, statement: Select[Any], rests: Resting) -> Listed:
    found: Listed = {}
    for row in tx.conn.execute(statement):
        key = Key(ArticleId(row.id), row.language, row.number)
        found[key] = Filed(row.slug, Audience(row.audience), row.brands, rests.get(key, ""))
    return found


def list_groups(tx: Tx) -> tuple[Group, ...]:
    """The editors' synonyms."""
    rows = tx.conn.execute(select(synonym.c.language, synonym.c.words).order_by(synonym.c.id))
    return tuple(Group(row.language, row.words) for row in rows)
