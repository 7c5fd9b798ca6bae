"""Which vectors the index takes from the database, and which are still to be made."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar

from core.errors import ParleyError
from core.store.database import Database
from knowledge.embedding import store
from knowledge.embedding.contract import Embedder
from knowledge.embedding.models import background
from knowledge.index.document import Prepared
from knowledge.index.holding import Holding, Read
from knowledge.index.meaning import Models, Reading, Readings

MADE_AT_ONCE = 20
"""Of so many articles a publication makes vectors itself before they are found; of more they come later."""
_READ_AT_ONCE = 200

P = ParamSpec("P")
T = TypeVar("T")


class Runner(Protocol):
    """Where work of over 5 ms of CPU goes: ``core.tasks.Workers``."""

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...


@dataclass(frozen=True, slots=True)
class Lacking:
    """Some articles of a language that have no vectors by a model."""

    language: str
    reading: Reading
    places: Sequence[int]


class Reader:
    """Has no vectors to give before ``load``; without ``models`` it never has."""

    def __init__(self, db: Database, runner: Runner, models: Models | None) -> None:
        self._db = db
        self._runner = runner
        self._models = models
        self.readings = Readings()

    async def load(self, languages: Iterable[str], runner: Runner) -> bool:
        """Load the models for articles in these languages; whether one is ready that was not."""
        if self._models is None:
            return False
        before = self.readings
        self.readings = await runner.run(_loaded, self._models, tuple(languages))
        return self.readings != before

    async def vectors(self, documents: Sequence[Prepared]) -> list[Read]:
        """Those that are stored, and of a few articles all: what is not there is made."""
        found: list[Read] = []
        for reading in self._all():
            some = [each for each in documents if reading in self.readings.for_articles(each.language)]
            if some:
                found += await self._by(reading, some, make=len(documents) <= MADE_AT_ONCE)
        return found

    async def lacking(self, holding: Holding) -> "list[Lacking]":
        """The articles that have no vectors, in portions."""
        found: list[Lacking] = []
        for language in holding.languages:
            for reading in self.readings.for_articles(language):
                places = await self._runner.run(holding.without_vectors, language, reading.fingerprint)
                starts = range(0, len(places), _READ_AT_ONCE)
                found += [Lacking(language, reading, places[at : at + _READ_AT_ONCE]) for at in starts]
        return found

    async def take(self, holding: Holding, lacking: "Lacking") -> int:
        """What is stored for these by now; for how many there was something."""
        some = await self._documents(holding, lacking.language, lacking.places)
        read = await self._by(lacking.reading, some, make=False)
        holding.read(read)
        await self._runner.run(holding.commit)
        return len(read)

    async def without(self, holding: Holding, limit: int) -> Mapping[str, Collection[str]]:
        """By language, the texts of up to ``limit`` articles that have no vectors by one of its models."""
        found: dict[str, Collection[str]] = {}
        for language in holding.languages:
            places: set[int] = set()
            for reading in self.readings.for_articles(language):
                places.update(await self._runner.run(holding.without_vectors, language, reading.fingerprint))
            some = await self._documents(holding, language, sorted(places)[:limit])
            if some:
                found[language] = list(dict.fromkeys(text for each in some for text in each.meant))
        return found

    async def _documents(self, holding: Holding, language: str, places: Sequence[int]) -> list[Prepared]:
        return await self._runner.run(holding.documents, language, places)

    async def _by(self, reading: Reading, documents: Sequence[Prepared], *, make: bool) -> list[Read]:
        names = {text: store.digest(text) for each in documents for text in each.meant}
        known = dict(await self._db.read(store.load, reading.fingerprint, list(names.values())))
        missing = [text for text, name in names.items() if name not in known]
        if missing and make and reading.model is not None:
            made = await self._runner.run(_made, reading, missing)
            if made:
                await self._db.run(store.save, reading.fingerprint, made)
                known |= made
        return await self._runner.run(_read, reading.fingerprint, documents, names, known)

    def _all(self) -> list[Reading]:
        own = [*self.readings.by_language.values()]
        both = own if self.readings.between is None else [*own, self.readings.between]
        return list({each.fingerprint: each for each in both}.values())


def _loaded(models: Models, languages: Sequence[str]) -> Readings:
    by_language = {language: _ready(models.of(language)) for language in languages}
    ready = {language: reading for language, reading in by_language.items() if reading is not None}
    return Readings(ready, _ready(models.between()))


def _ready(model: Embedder | None) -> Reading | None:
    """None where the model is a service that does not answer just now."""
    try:
        return None if model is None else Reading(model.fingerprint, background(model), model)
    except ParleyError:
        return None


def _made(reading: Reading, texts: Sequence[str]) -> dict[str, Any]:
    """By what the texts are called in the store; empty where the model is a service that does not answer."""
    if reading.model is None:
        return {}
    try:
        rows = reading.model.questions(texts)
    except ParleyError:
        return {}
    return {store.digest(text): row for text, row in zip(texts, rows, strict=True)}


def _read(
    model: str, documents: Sequence[Prepared], names: Mapping[str, str], known: Mapping[str, Any]
) -> list[Read]:
    """Of the articles all of whose texts have one."""
    from knowledge.index.nearest import stacked  # noqa: PLC0415 - numpy is imported with the first vectors

    return [
        Read(each.shelf, model, each.place, stacked([known[names[text]] for text in each.meant]))
        for each in documents
        if all(names[text] in known for text in each.meant)
    ]
