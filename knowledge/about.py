"""What else the bot asks about questions and articles: how alike two questions are, other languages, categories."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from core.answer import PUBLIC_READER, Answer, Reader
from core.ids import ArticleId, CategoryId
from core.store.database import Database
from core.store.tables.knowledge import article
from core.store.tx import Tx
from knowledge.filing import shelves
from knowledge.filing.category import Category
from knowledge.search import Search


class About:
    """Satisfies ``bot.contract.AboutArticles``."""

    def __init__(self, db: Database, search: Search) -> None:
        self._db = db
        self._search = search

    async def alike(self, one: str, other: str, language: str) -> float | None:
        """How near two questions are in meaning, 0 to 1; None where no model is at work."""
        return await self._search.alike(one, other, language)

    async def elsewhere(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """The articles in other languages that may answer, likeliest first."""
        return await self._search.elsewhere(question, language, limit, reader)

    async def topics(
        self, articles: Collection[ArticleId], language: str
    ) -> Mapping[ArticleId, tuple[str, ...]]:
        """The names of each article's categories in this language, the upper one first; nothing for one in none."""
        return await self._db.read(topics, articles, language)


def topics(tx: Tx, articles: Collection[ArticleId], language: str) -> Mapping[ArticleId, tuple[str, ...]]:
    known = {each.id: each for each in shelves.load(tx)}
    filed = select(article.c.id, article.c.category_id).where(
        article.c.id.in_(articles), article.c.category_id.is_not(None)
    )
    return {
        ArticleId(row.id): _path(known, known[row.category_id], language)
        for row in tx.conn.execute(filed)
        if row.category_id in known
    }


def _path(known: Mapping[CategoryId, Category], category: Category, language: str) -> tuple[str, ...]:
    above = None if category.parent is None else known.get(category.parent)
    path = (category,) if above is None else (above, category)
    return tuple(each.name_in(language) for each in path)
