"""Finding articles: keeps an index of what is published, renews it within two seconds of a change, and asks it.

The index is replaced whole by one assignment: a question sees all of the old one or all of the new one.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, Protocol, TypeVar

from core.answer import Answer
from core.bus import Bus, TopicMoved
from core.store.database import Database
from core.store.tx import Tx
from knowledge import store
from knowledge.article import Content
from knowledge.index import Hit, Index, Prepared, prepare
from knowledge.markdown import excerpt
from knowledge.store import Key
from knowledge.text import language_of

POLL_S = 1.0

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class Runner(Protocol):
    """Where work of over 5 ms of CPU goes: ``core.tasks.Workers``."""

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...


class Search:
    """Satisfies ``bot.contract.ArticleFinder``; ``serve`` is a service for ``core.tasks.Supervisor``."""

    def __init__(self, db: Database, runner: Runner, poll_s: float = POLL_S) -> None:
        self._db = db
        self._runner = runner
        self._poll_s = poll_s
        self._index = Index({})
        self._seen: tuple[object, ...] | None = None
        self._renewing = asyncio.Lock()
        self._stirred = asyncio.Event()

    async def serve(self, bus: Bus) -> None:
        """Renew the index whenever an article moved, and look every ``poll_s`` seconds in case a signal was lost."""
        stop_listening = bus.listen(TopicMoved, self._heard)
        try:
            while True:
                await self.refresh()
                await self._wait()
        finally:
            stop_listening()

    def _heard(self, signal: TopicMoved) -> None:
        if signal.topic.startswith("article:"):
            self._stirred.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._poll_s):
                await self._stirred.wait()
        except TimeoutError:
            pass
        self._stirred.clear()

    async def refresh(self) -> bool:
        """Make the index what the database has published; False when it was already."""
        async with self._renewing:
            seen = await self._db.read(store.count_published)
            if seen == self._seen:
                return False
            missing, kept, seen = await self._db.read(_difference, self._index.documents)
            self._index = await self._runner.run(_renewed, missing, kept, self._index)
            self._seen = seen
            log.info(
                "the search index has %d articles, %d of them new", len(missing) + len(kept), len(missing)
            )
            return True

    async def rebuild(self) -> None:
        """Forget everything and build the index anew from the database."""
        async with self._renewing:
            missing, kept, seen = await self._db.read(_difference, {})
            self._index = await self._runner.run(_renewed, missing, kept, None)
            self._seen = seen

    @property
    def size(self) -> int:
        """How many articles can be found, each language counted."""
        return len(self._index.documents)

    async def find(self, question: str, language: str, limit: int) -> Sequence[Answer]:
        """The articles that may answer, likeliest first, in the question's own language where it shows, else the given."""
        return await self._runner.run(_find, self._index, question, language, limit)

    async def search(self, q: str, language: str, limit: int) -> Sequence[Answer]:
        """For people who type: like ``find``, but the last word may be only begun."""
        return await self._runner.run(_find, self._index, q, language, limit, complete=True)


def _difference(
    tx: Tx, known: Mapping[Key, Prepared]
) -> tuple[Mapping[Key, Content], Mapping[Key, Prepared], tuple[object, ...]]:
    """What is published and not known, what of the known is still published, and when this was so."""
    keys = store.list_published(tx)
    missing = store.load_contents(tx, [key for key in keys if key not in known])
    return missing, {key: known[key] for key in keys if key in known}, store.count_published(tx)


def _renewed(missing: Mapping[Key, Content], kept: Mapping[Key, Prepared], before: Index | None) -> Index:
    new = {key: prepare(key, content) for key, content in missing.items()}
    return Index({**kept, **new}, before)


def _find(index: Index, question: str, language: str, limit: int, *, complete: bool = False) -> list[Answer]:
    spoken = language_of(question)
    wanted = spoken if spoken is not None and index.of(spoken) is not None else language
    return [_answer(hit) for hit in index.find(question, wanted, limit, complete=complete)]


def _answer(hit: Hit) -> Answer:
    document = hit.document
    return Answer(
        article=document.key.article,
        revision=document.key.number,
        language=document.key.language,
        title=document.title,
        text=document.text,
        excerpt=excerpt(hit.passage),
        probability=hit.probability,
    )
