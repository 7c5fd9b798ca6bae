"""Finding by meaning: the vector of what is asked, and how near it is to each article."""

import importlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from core.errors import ParleyError
from knowledge.embedding.contract import Embedder
from knowledge.index.document import Prepared
from knowledge.index.shelf import Shelf
from knowledge.ranking import nearness

if TYPE_CHECKING:  # numpy takes a tenth of a second to import, which a start without a model does not pay
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.index.nearest import Nearest

    Vector = NDArray[np.float32]

log = logging.getLogger(__name__)

Held = Mapping[tuple[Shelf, str], "Nearest"]
"""By shelf and fingerprint of the model that made them."""


class Models(Protocol):
    """Which model reads which language: ``knowledge.embedding.models.Models``."""

    def of(self, language: str) -> Embedder | None:
        """It may take seconds to load."""
        ...

    def between(self) -> Embedder | None:
        """For texts of two languages."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A model that is ready, by its fingerprint; ``background`` is its cosine of texts that have nothing in common."""

    fingerprint: str
    background: float
    model: Embedder | None = None

    def of(self, question: str) -> "Vector | None":
        """The question's vector; None where the model is a service that does not answer."""
        try:
            return None if self.model is None else self.model.questions([question])[0]
        except ParleyError as error:
            log.debug("a question is looked for by its words alone: %s", error)
            return None


@dataclass(frozen=True, slots=True)
class Readings:
    """The models that are ready: by the language of articles, and the one between languages."""

    by_language: Mapping[str, Reading] = field(default_factory=dict)
    between: Reading | None = None

    def for_articles(self, language: str) -> list[Reading]:
        """Every model whose vectors the articles of a language need."""
        both = (self.by_language.get(language), self.between)
        return list({each.fingerprint: each for each in both if each is not None}.values())

    def for_question(self, spoken: str, languages: Sequence[str]) -> Reading | None:
        """The model for a question in a language that is asked of articles in these."""
        return self.by_language.get(spoken) if list(languages) == [spoken] else self.between


class Near:
    """How near one question is to the articles of some shelves."""

    def __init__(self, shelves: Sequence["Nearest"], asked: "Vector", background: float) -> None:
        self._shelves = shelves
        self._asked = asked
        self._background = background

    def best(self, count: int) -> list[int]:
        """The places of the nearest articles."""
        found: dict[int, float] = {}
        for nearest in self._shelves:
            found |= nearest.best(self._asked, count)
        return sorted(found, key=lambda place: -found[place])[:count]

    def of(self, place: int) -> float | None:
        """``Evidence.near``; None where the article has no vectors yet."""
        cosines = (nearest.cosine(self._asked, place) for nearest in self._shelves)
        cosine = max((each for each in cosines if each is not None), default=None)
        return None if cosine is None else nearness(cosine, self._background)


class Meaning:
    """The vectors of one moment, and the models to compare questions with them."""

    def __init__(self, held: Held | None = None, readings: Readings | None = None) -> None:
        self._held = held or {}
        self._readings = readings or Readings()

    def near(
        self, question: str, spoken: str, shelves: Sequence[Shelf], given: "Vector | None" = None
    ) -> Near | None:
        """None where there is no model, or nothing has vectors by it yet. ``given``: the question's, if known."""
        reading = self._readings.for_question(
            spoken, list(dict.fromkeys(shelf.language for shelf in shelves))
        )
        if reading is None:
            return None
        keys = [(shelf, reading.fingerprint) for shelf in shelves]
        some = [self._held[key] for key in keys if key in self._held]
        asked = given if given is not None or not some else reading.of(question)
        return None if asked is None or not some else Near(some, asked, reading.background)

    def alike(self, one: str, other: str, language: str) -> float | None:
        """How near two texts of one language are, on the scale of ``Evidence.near``; None without a model."""
        reading = self._readings.for_question(language, [language]) or self._readings.between
        if reading is None:
            return None
        left, right = reading.of(one), reading.of(other)
        if left is None or right is None:
            return None
        lengths = float(left @ left) * float(right @ right)
        return nearness(float(left @ right) / lengths**0.5, reading.background) if lengths else None


@dataclass(frozen=True)
class Meanings:
    """The vectors of one language's texts (``Prepared.meant``), for trials."""

    vectors: "Mapping[str, Vector]"
    background: float


def meaning_of(documents: Iterable[Prepared], meanings: Mapping[str, Meanings]) -> Meaning:
    """Of these articles, as far as every one of their texts has a vector."""
    nearest: Any = importlib.import_module("knowledge.index.nearest")
    rows: dict[tuple[Shelf, str], dict[int, Any]] = {}
    for each in documents:
        known = meanings.get(each.language)
        if known is not None and all(text in known.vectors for text in each.meant):
            stacked = nearest.stacked([known.vectors[text] for text in each.meant])
            rows.setdefault((each.shelf, each.language), {})[each.place] = stacked
    held = {key: nearest.Nearest(nearest.no_rows()).with_changes(some, ()) for key, some in rows.items()}
    readings = {language: Reading(language, known.background) for language, known in meanings.items()}
    return Meaning(held, Readings(readings))
