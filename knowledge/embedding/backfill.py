"""Makes the vectors that articles still lack, in batches of a worker's turn, and keeps them for all processes."""

import asyncio
import logging
import random
from collections.abc import Callable, Collection, Mapping
from typing import ParamSpec, Protocol, TypeVar

from core.errors import Unavailable
from core.store.database import Database
from knowledge.embedding import store
from knowledge.embedding.contract import Embedder
from knowledge.embedding.models import Models
from knowledge.embedding.settings import EmbeddingSettings

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class Runner(Protocol):
    """Where work of over 5 ms of CPU goes: ``core.tasks.Workers``."""

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...


class Reading(Protocol):
    """What compares questions with articles: ``knowledge.search.Search``."""

    async def without_vectors(self, limit: int) -> Mapping[str, Collection[str]]:
        """Titles and questions of published articles that have no vector yet, by the language of their model."""
        ...

    async def take_vectors(self) -> None:
        """Read from the database what has come since."""
        ...


class Backfill:
    """A service for ``core.tasks.Supervisor``, in each process; what one has made the others only read.

    A changed model begins with none: articles are found by words until theirs are there, newest first.
    """

    def __init__(
        self,
        db: Database,
        runner: Runner,
        models: Models,
        reading: Reading,
        jitter: random.Random,
        settings: EmbeddingSettings | None = None,
    ) -> None:
        self._db = db
        self._runner = runner
        self._models = models
        self._reading = reading
        self._jitter = jitter
        self._settings = settings or EmbeddingSettings()
        self.made = 0

    async def run(self) -> None:
        await asyncio.sleep(self._settings.start_s)
        while True:
            # Also again and again: the first article in a language needs a model that nobody has loaded yet.
            await self._reading.take_vectors()
            for _ in range(self._settings.look_polls):
                if not await self.step():
                    await asyncio.sleep(self._settings.poll_s)

    async def step(self) -> int:
        """Make some of what is missing; how many came to the database."""
        missing = await self._reading.without_vectors(self._settings.round)
        made = 0
        for language, texts in missing.items():
            made += await self._make(language, texts)
        if any(missing.values()):
            await self._reading.take_vectors()
        return made

    async def _make(self, language: str, texts: Collection[str]) -> int:
        made = 0
        for model in await self._runner.run(self._models.for_articles, language):
            made += await self._with(model, texts)
        return made

    async def _with(self, model: Embedder, texts: Collection[str]) -> int:
        by_digest = {store.digest(text): text for text in texts}
        lacking = sorted(await self._db.read(store.missing, model.fingerprint, list(by_digest)))
        # Each process in an order of its own, so that two seldom make the same.
        self._jitter.shuffle(lacking)
        made = 0
        for start in range(0, len(lacking), self._settings.batch):
            some = lacking[start : start + self._settings.batch]
            made += await self._batch(model, {digest: by_digest[digest] for digest in some})
        if made:
            self.made += made
            log.info("made %d vectors with %s, %d since the start", made, model.name, self.made)
        return made

    async def _batch(self, model: Embedder, texts: Mapping[str, str]) -> int:
        lacking = sorted(await self._db.read(store.missing, model.fingerprint, list(texts)))
        if not lacking:
            return 0
        try:
            rows = await self._runner.run(model.questions, [texts[digest] for digest in lacking])
        except Unavailable as error:
            log.warning("no vectors from %s: %s", model.name, error)
            return 0
        vectors = dict(zip(lacking, rows, strict=True))
        await self._db.run(store.save, model.fingerprint, vectors)
        return len(lacking)
