"""Compares what was published with the articles nearest to it, in the background: each revision once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from core.answer import AGENT_READER, Answer, Reader
from core.errors import Invalid, NotFound
from core.ids import AgentId, ArticleId
from core.store.database import Database
from core.store.tables.knowledge import article, article_finding, published, revision
from core.store.tables.loop import article_compared
from core.store.tx import Tx
from core.tasks import Workers
from knowledge.article import Content
from knowledge.loop.contradicting import Found, Kind, contradiction, duplicate
from knowledge.loop.settings import LoopSettings
from knowledge.markdown import plain
from knowledge.rendering.values import Reusables
from knowledge.store import Key, load_contents
from knowledge.writing.reusables import in_language

Find = Callable[[str, str, int, Reader], Awaitable[Sequence[Answer]]]
"""Question, language, how many, for whom: what the search finds."""

_NEAREST = 8


class FindingState(StrEnum):
    """Dismissed ones stay so until one of the two articles says something else."""

    OPEN = "open"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Finding:
    """``first`` and ``second`` as (article, number, title, slug); the passages are plain text."""

    id: str
    kind: Kind
    language: str
    first: tuple[ArticleId, int, str]
    second: tuple[ArticleId, int, str]
    first_says: str
    second_says: str
    score: int
    state: FindingState
    found_at: datetime


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's words as they are stored, and what its snippets stand for; read, to be made plain in a worker."""

    content: Content
    reusables: Reusables

    def plain(self) -> str:
        return plain(self.content.body, self.reusables)


class Comparer:
    """One step takes some of the published revisions that nobody has compared yet."""

    def __init__(
        self, db: Database, workers: Workers, find: Find, settings: LoopSettings | None = None
    ) -> None:
        self._db = db
        self._workers = workers
        self._find = find
        self._settings = settings or LoopSettings()

    async def step(self) -> int:
        """How many were compared."""
        due = await self._db.large.read(_due, self._settings.compared_articles)
        for key, text in due.items():
            near = await self._near(key, text)
            others = await self._db.large.read(_contents, key.language, near)
            found = await self._workers.run(_compared, text, others, self._settings.same_at)
            await self._db.run(_store, key, found)
        return len(due)

    async def _near(self, key: Key, text: _Text) -> list[ArticleId]:
        """What a search by its title and by its first words finds beside it, also what only agents may read."""
        found: dict[ArticleId, None] = {}
        content, words = text.content, await self._workers.run(text.plain)
        for question in (content.title, words[:300], *content.questions[:1]):
            for answer in await self._find(question, key.language, _NEAREST, AGENT_READER):
                if answer.language == key.language and answer.article != key.article:
                    found[answer.article] = None
        return list(found)


def _due(tx: Tx, most: int) -> dict[Key, _Text]:
    same = and_(
        article_compared.c.article_id == published.c.article_id,
        article_compared.c.language == published.c.language,
        article_compared.c.number == published.c.number,
    )
    rows = tx.conn.execute(
        select(published).where(~exists().where(same)).order_by(published.c.published_at).limit(most)
    )
    return _as_stored(tx, [Key(ArticleId(row.article_id), row.language, row.number) for row in rows])


def _contents(tx: Tx, language: str, articles: Sequence[ArticleId]) -> dict[Key, _Text]:
    rows = tx.conn.execute(
        select(published).where(published.c.language == language, published.c.article_id.in_(articles))
    )
    return _as_stored(tx, [Key(ArticleId(row.article_id), language, row.number) for row in rows])


def _as_stored(tx: Tx, keys: Sequence[Key]) -> dict[Key, _Text]:
    known = {language: in_language(tx, language) for language in {key.language for key in keys}}
    return {key: _Text(each, known[key.language]) for key, each in load_contents(tx, keys).items()}


def _compared(text: _Text, others: Mapping[Key, _Text], same_at: float) -> dict[Key, Found | None]:
    """In a worker."""
    ours, title = text.plain(), text.content.title
    result: dict[Key, Found | None] = {}
    for key, other in others.items():
        theirs = other.plain()
        # Where they contradict one another, that is what matters about their likeness.
        same = duplicate((title, ours), (other.content.title, theirs), same_at)
        result[key] = contradiction(ours, theirs) or same
    return result


def _store(tx: Tx, key: Key, compared: Mapping[Key, Found | None]) -> None:
    """What was found before and is no more, is gone; what was dismissed stays so while both revisions are the same."""
    tx.alone("knowledge.loop.findings")
    kept: set[str] = set()
    for other, found in compared.items():
        if found is not None:
            kept.add(_put(tx, key, other, found))
    for row in tx.conn.execute(select(article_finding).where(_about(key))).all():
        ours, other = (
            (row.first_number, row.second_id)
            if row.first_id == key.article
            else (row.second_number, row.first_id)
        )
        looked_at = other in {each.article for each in compared}
        if row.id not in kept and (ours != key.number or looked_at):
            tx.conn.execute(delete(article_finding).where(article_finding.c.id == row.id))
    done = {"article_id": key.article, "language": key.language}
    put = tx.insert_for(article_compared).values(**done, number=key.number)
    values = {"number": key.number}
    tx.conn.execute(put.on_conflict_do_update(index_elements=["article_id", "language"], set_=values))


def _about(key: Key) -> ColumnElement[bool]:
    either = or_(article_finding.c.first_id == key.article, article_finding.c.second_id == key.article)
    return and_(either, article_finding.c.language == key.language)


def _put(tx: Tx, key: Key, other: Key, found: Found) -> str:
    """Whichever of the two is compared, the same row: the lower id is the first."""
    turned = other.article < key.article
    first, second = (other, key) if turned else (key, other)
    says = (found.second, found.first) if turned else (found.first, found.second)
    pair = {
        "kind": found.kind.value,
        "language": key.language,
        "first_id": first.article,
        "second_id": second.article,
    }
    numbers = {"first_number": first.number, "second_number": second.number}
    values = {**numbers, "score": found.score, "detail": {"first": says[0], "second": says[1]}}
    same = and_(*(article_finding.c[name] == value for name, value in pair.items()))
    row = tx.conn.execute(select(article_finding).where(same)).one_or_none()
    if row is None:
        made = tx.ids.new()
        tx.conn.execute(
            article_finding.insert().values(
                id=made, **pair, **values, state=FindingState.OPEN.value, found_at=tx.now
            )
        )
        return made
    if (row.first_number, row.second_number) != (first.number, second.number):
        values = {**values, "state": FindingState.OPEN.value, "decided_by_id": None, "found_at": tx.now}
        tx.conn.execute(update(article_finding).where(article_finding.c.id == row.id).values(values))
    return str(row.id)


def findings(tx: Tx, state: str, language: str | None = None, most: int = 100) -> list[Finding]:
    """Of articles that readers see in those revisions, the surest first, contradictions before duplicates."""
    standing = _standing(state)
    one, other = published.alias(), published.alias()
    first, second = revision.alias(), revision.alias()
    one_article, other_article = article.alias(), article.alias()
    joined = article_finding
    here: Any = joined
    for shown, text, head, side in (
        (one, first, one_article, "first"),
        (other, second, other_article, "second"),
    ):
        of, number = article_finding.c[f"{side}_id"], article_finding.c[f"{side}_number"]
        language_of = article_finding.c.language
        here = here.join(
            shown, and_(shown.c.article_id == of, shown.c.language == language_of, shown.c.number == number)
        )
        here = here.join(
            text, and_(text.c.article_id == of, text.c.language == language_of, text.c.number == number)
        )
        here = here.join(head, and_(head.c.id == of, head.c.archived_at.is_(None)))
    wanted = select(article_finding, first.c.title.label("first_title"), second.c.title.label("second_title"))
    wanted = wanted.select_from(here).where(article_finding.c.state == standing.value)
    if language:
        wanted = wanted.where(article_finding.c.language == language)
    ordered = wanted.order_by(article_finding.c.kind, article_finding.c.score.desc(), article_finding.c.id)
    return [_finding(row) for row in tx.conn.execute(ordered.limit(most))]


def _finding(row: Any) -> Finding:
    return Finding(
        row.id,
        Kind(row.kind),
        row.language,
        (ArticleId(row.first_id), row.first_number, row.first_title),
        (ArticleId(row.second_id), row.second_number, row.second_title),
        row.detail["first"],
        row.detail["second"],
        row.score,
        FindingState(row.state),
        row.found_at,
    )


def _standing(state: str) -> FindingState:
    try:
        return FindingState(state)
    except ValueError:
        raise Invalid("state", " or ".join(FindingState)) from None


def settle(tx: Tx, finding: str, state: str, by: AgentId) -> None:
    """Dismiss it, or take that back. Raises NotFound, and Invalid for another state."""
    standing = _standing(state)
    changed = (
        update(article_finding)
        .where(article_finding.c.id == finding)
        .values(state=standing.value, decided_by_id=by)
    )
    if not tx.conn.execute(changed).rowcount:
        raise NotFound(f"there is no finding {finding}")
