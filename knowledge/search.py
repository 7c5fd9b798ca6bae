"""Finding articles: renews the index within two seconds of a change, and asks it.

What is asked is replaced whole by one assignment: a question sees all of the old or all of the new.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from core.answer import PUBLIC_READER, Answer, Reader
from core.bus import Bus, TopicMoved
from core.events import KNOWLEDGE_TOPIC
from core.ids import ArticleId
from core.store.database import Database
from knowledge.index.document import Prepared, place_of
from knowledge.index.finding import Finder, Finding, Hit
from knowledge.index.meaning import Models
from knowledge.index.reading import Runner
from knowledge.index.renewal import Renewal
from knowledge.index.settings import SearchSettings
from knowledge.index.snapshot import Snapshot
from knowledge.markdown import excerpt
from knowledge.text import language_of


class Search:
    """Satisfies ``bot.contract.ArticleFinder``; ``serve`` is a service for ``core.tasks.Supervisor``.

    ``folder``: where the index is kept from one start to the next; None: in memory only. ``background``: where models are
    loaded, which takes seconds; None: as everything else.
    """

    def __init__(
        self,
        db: Database,
        runner: Runner,
        limits: SearchSettings | None = None,
        folder: Path | None = None,
        models: Models | None = None,
        background: Runner | None = None,
    ) -> None:
        self._runner = runner
        self._background = background or runner
        self._limits = limits or SearchSettings()
        self._renewal = Renewal(db, runner, self._limits, folder, models)
        self._finder = Finder(Snapshot({}))
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
        if signal.topic.startswith("article:") or signal.topic == KNOWLEDGE_TOPIC:
            self._stirred.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._limits.poll_s):
                await self._stirred.wait()
        except TimeoutError:
            pass
        self._stirred.clear()

    async def open(self) -> None:
        """Take what was kept, and what little is missing; what would take minutes is left to ``serve``."""
        await self.refresh(at_once=True)

    async def refresh(self, *, at_once: bool = False) -> bool:
        """Make the index what the database has published; False when it was already."""
        async with self._renewing:
            renewed = await self._renewal.renew(at_once=at_once)
            if renewed is not None:
                self._finder = renewed
                await self._renewal.keep()
            return renewed is not None

    async def rebuild(self) -> None:
        """Build the index anew from the database; until it is ready, the one there is answers."""
        async with self._renewing:
            self._finder = await self._renewal.rebuild()
            await self._renewal.keep()

    async def take_vectors(self) -> None:
        """Load the models, for seconds, and take the vectors that are stored by now; then find by meaning, too.

        In portions: what is published meanwhile does not wait for all of them.
        """
        ready = await self._renewal.load_models(self._background)
        async with self._renewing:
            lacking = await self._renewal.lacking()
        taken = 0
        for portion in lacking:
            async with self._renewing:
                taken += await self._renewal.take(portion)
        if ready or taken:
            async with self._renewing:
                self._finder = await self._renewal.with_vectors() or self._finder
                await self._renewal.keep()

    async def without_vectors(self, limit: int) -> Mapping[str, Collection[str]]:
        """By language, the texts (titles, questions, gists) of up to ``limit`` articles that have no vectors yet."""
        async with self._renewing:
            return await self._renewal.without_vectors(limit)

    def close(self) -> None:
        """Give back what this process has on disk; what is kept for the next start stays."""
        self._renewal.close()

    @property
    def size(self) -> int:
        """How many articles can be found, each language counted."""
        return self._finder.snapshot.size

    def published(self, article: ArticleId, language: str) -> Prepared | None:
        """The article as everybody reads it now, in this language or else in one that it has; costs well below 1 ms."""
        snapshot = self._finder.snapshot
        for each in sorted(snapshot.languages, key=lambda it: it != language):
            place = place_of(article, each)
            found = snapshot.read([place], snapshot.rooms(each)).get(place)
            if found is not None:
                return snapshot.whole(found)
        return None

    async def find(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """The articles that may answer, likeliest first, in the question's own language where it shows, else the given."""
        finding = await self._runner.run(_find, self._finder, question, language, limit, reader)
        return [answer_of(hit) for hit in finding.hits]

    async def elsewhere(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """The articles that may answer in any language but the one in which ``find`` looks."""
        finding = await self._runner.run(_elsewhere, self._finder, question, language, limit, reader)
        return [answer_of(hit) for hit in finding.hits]

    async def alike(self, one: str, other: str, language: str) -> float | None:
        """How near two questions are in meaning, 0 to 1; None where no model is at work."""
        return await self._runner.run(self._finder.alike, one, other, language)

    async def search(
        self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """For people who type: like ``find``, but the last word may be only begun."""
        return [answer_of(hit) for hit in (await self.look(q, language, limit, reader)).hits]

    async def look(self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER) -> Finding:
        """Like ``search``, with snippets, and with which words were taken for others or looked for beside."""
        return await self._runner.run(_find, self._finder, q, language, limit, reader, complete=True)


def _find(
    finder: Finder, question: str, language: str, limit: int, reader: Reader, *, complete: bool = False
) -> Finding:
    wanted = _wanted(finder, question, language, reader)
    return finder.find(question, wanted, limit, reader, complete=complete)


def _elsewhere(finder: Finder, question: str, language: str, limit: int, reader: Reader) -> Finding:
    return finder.elsewhere(question, _wanted(finder, question, language, reader), limit, reader)


def _wanted(finder: Finder, question: str, language: str, reader: Reader) -> str:
    spoken = language_of(question)
    return spoken if spoken is not None and finder.speaks(spoken, reader) else language


def answer_of(hit: Hit) -> Answer:
    """What was found, as it is told to others."""
    document = hit.document
    return Answer(
        article=document.key.article,
        revision=document.number,
        language=document.language,
        title=document.title,
        text=document.text,
        excerpt=excerpt(hit.passage),
        probability=hit.probability,
        slug=document.filed.slug,
        audience=document.filed.audience,
        brands=document.filed.brands,
    )
