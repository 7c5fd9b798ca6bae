"""In which order articles changed: a count that rises with each commit, so that whoever follows it misses none.

Times do not tell: an event has the time at which its transaction began, and a long one is seen long after that. Each
transaction takes its number as the last thing it does and holds the count until it has committed; so whoever sees a
number sees all that is below it.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.events import Topic
from core.ids import ArticleId
from core.store.tables.conversation import topic as topic_table
from core.store.tables.knowledge import article

ARTICLES = Topic("articles")
"""The row of ``topic`` that counts; nobody emits events on it."""

_KIND = "article:"
_AT_ONCE = 500


def number_articles(conn: Connection, topics: Iterable[Topic]) -> None:
    """Give those of the topics that are articles' the next number; to be called right before the commit."""
    ids = sorted({each.removeprefix(_KIND) for each in topics if each.startswith(_KIND)})
    if not ids:
        return
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    counted = (
        insert(topic_table)
        .values(name=ARTICLES, n=1)
        .on_conflict_do_update(index_elements=["name"], set_={"n": topic_table.c.n + 1})
        .returning(topic_table.c.n)
    )
    values = {"number": conn.execute(counted).scalar_one()}
    for start in range(0, len(ids), _AT_ONCE):
        conn.execute(_NUMBER, values | {"ids": ids[start : start + _AT_ONCE]})


_NUMBER = (
    update(article)
    .where(article.c.id.in_(bindparam("ids", expanding=True)))
    .values(moved=bindparam("number"))
)


def counts(conn: Connection, topics: Sequence[Topic]) -> dict[Topic, int]:
    """The newest number of each; 0 where nothing has happened yet."""
    found = conn.execute(select(topic_table).where(topic_table.c.name.in_(topics)))
    return dict.fromkeys(topics, 0) | {Topic(row.name): row.n for row in found}


def articles_since(conn: Connection, number: int, most: int) -> list[ArticleId]:
    """Those that have a higher number than this, at most so many."""
    wanted = select(article.c.id).where(article.c.moved > number).order_by(article.c.moved).limit(most)
    return [ArticleId(id) for id in conn.execute(wanted).scalars()]
