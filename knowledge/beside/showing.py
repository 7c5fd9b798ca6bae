"""What was found, as it is shown beside a conversation: in the customer's language where the article has it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from core.answer import Answer
from core.ids import ArticleId
from core.store.database import Database
from core.store.tables.knowledge import article, published
from core.store.tx import Tx
from core.tasks import Workers
from knowledge.beside.edition import foreign, once
from knowledge.beside.inserting import Source, source_of
from knowledge.beside.words import as_text
from knowledge.markdown import excerpt


async def in_their_language(
    db: Database, workers: Workers, answers: Sequence[Answer], language: str | None
) -> list[Answer]:
    """Each article once; one that was found in another language stands with the words that will be inserted."""
    sources = await db.read(_sources, answers, language) if answers and language else {}
    if sources:
        texts = await workers.run(_texts, sources)
        answers = [_as(each, sources.get(each.article), texts.get(each.article, "")) for each in answers]
    return once(answers)


def _texts(sources: Mapping[str, Source]) -> dict[str, str]:
    return {key: as_text(each.body, each.reusables) for key, each in sources.items()}


def _as(answer: Answer, source: Source | None, text: str) -> Answer:
    if source is None:
        return answer
    shown = replace(answer, language=source.language, revision=source.number, title=source.title)
    return replace(shown, text=text, excerpt=excerpt(text))


def _sources(tx: Tx, answers: Sequence[Answer], language: str) -> dict[str, Source]:
    """By article, those that are to be shown in another language than they were found in."""
    wanted = foreign(answers, _languages(tx, {each.article for each in answers}), language)
    return {key: source_of(tx, ArticleId(key), tag) for key, tag in wanted.items()}


def _languages(tx: Tx, articles: Collection[ArticleId]) -> Mapping[str, Sequence[str]]:
    """In which each of them is published now."""
    rows = tx.conn.execute(
        select(published.c.article_id, published.c.language)
        .join(article, article.c.id == published.c.article_id)
        .where(published.c.article_id.in_(articles), article.c.archived_at.is_(None))
        .order_by(published.c.language)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(row.language)
    return found
