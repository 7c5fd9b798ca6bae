"""From a question to the articles that may answer it: candidates by words and by meaning, evidence, order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tantivy import Searcher

from core.answer import AGENT_READER, Reader
from knowledge.index.asking import Asked, read
from knowledge.index.document import Prepared, place_of
from knowledge.index.engine import FIELDS, Engine
from knowledge.index.meaning import Meaning, Meanings, Near, meaning_of
from knowledge.index.settings import SearchSettings
from knowledge.index.shelf import Shelf, readable
from knowledge.index.snapshot import Entered, Snapshot
from knowledge.index.snippet import Piece, snippet
from knowledge.index.synonyms import Synonyms
from knowledge.index.view import View
from knowledge.ranking import Evidence, Found, Phrase, guessed, leads, overlap, probability
from knowledge.store import Key
from knowledge.text import language_of
from knowledge.words import FUNCTION_WORDS

if TYPE_CHECKING:
    from knowledge.index.meaning import Vector

_VIEWS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, its best passage, what was ``asked`` of it but for function words, and the evidence for ``probability``."""

    document: Prepared
    passage: str
    asked: frozenset[str]
    evidence: Evidence
    probability: float

    @property
    def snippet(self) -> tuple[Piece, ...]:
        """The passage around what was asked for, with that marked."""
        return snippet(self.passage, self.asked)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found, and which words it took for others or looked for beside."""

    hits: tuple[Hit, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class _Candidate:
    """The best BM25 score of each field, and which passage had the passages' one."""

    best: dict[str, float] = field(default_factory=dict)
    passage: int = 0

    @property
    def total(self) -> float:
        return sum(self.best.values())


@dataclass(frozen=True, slots=True)
class _Ranked:
    entered: Entered
    passage: int
    evidence: Evidence


class Finder:
    """Answers from one snapshot; safe for any number of threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        synonyms: Synonyms | None = None,
        limits: SearchSettings | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._synonyms = synonyms or Synonyms()
        self._limits = limits or SearchSettings()
        self._meaning = meaning or Meaning()
        self._views: dict[tuple[Shelf, ...], View] = {}

    def speaks(self, language: str, reader: Reader) -> bool:
        """Whether there is anything in this language that they may read."""
        return any(shelf.language == language and shelf.is_for(reader) for shelf in self.snapshot.shelves)

    def find(
        self,
        question: str,
        language: str,
        limit: int,
        reader: Reader,
        *,
        complete: bool = False,
        vector: "Vector | None" = None,
    ) -> Finding:
        """Likeliest first; in the articles of this language, in all of them when there is none in it.

        ``vector``: the question's, where it is known already.
        """
        shelves = readable(self.snapshot.shelves, language, reader)
        return self._among(shelves, question, language, limit, complete=complete, vector=vector)

    def elsewhere(self, question: str, language: str, limit: int, reader: Reader) -> Finding:
        """The same in the articles of all other languages; one that there is in this language too is given in it."""
        some = [each for each in self.snapshot.shelves if each.is_for(reader)]
        others = tuple(each for each in some if each.language != language)
        finding = self._among(others, question, language, limit)
        own = [each for each in some if each.language == language]
        hits = {hit.document.place: hit for hit in (self._in_own(each, own) for each in finding.hits)}
        return replace(finding, hits=tuple(hits.values()))

    def _in_own(self, hit: Hit, shelves: Sequence[Shelf]) -> Hit:
        """The same article on these shelves, of one language; the hit itself where it is on none of them."""
        if not shelves:
            return hit
        place = place_of(hit.document.article, shelves[0].language)
        found = self.snapshot.read([place], {shelf.room for shelf in shelves}).get(place)
        document = None if found is None else self.snapshot.whole(found)
        if document is None or document.shelf not in shelves:
            return hit
        return replace(hit, document=document, passage=_alike(hit, document), asked=frozenset())

    def alike(self, one: str, other: str, language: str) -> float | None:
        """How near two questions in a language are in meaning, 0 to 1; None without a model."""
        most = self._limits.query_characters
        return self._meaning.alike(one[:most], other[:most], language)

    def _among(
        self,
        shelves: tuple[Shelf, ...],
        question: str,
        language: str,
        limit: int,
        *,
        complete: bool = False,
        vector: "Vector | None" = None,
    ) -> Finding:
        if not shelves:
            return Finding()
        view = self._view(shelves)
        asked = read(question, view, self._synonyms, self._limits, complete=complete)
        spoken = language_of(question) or language
        near = self._meaning.near(question[: self._limits.query_characters], spoken, shelves, vector)
        ranked = self._ranked(asked, view, near)
        ahead = leads([each.evidence.score for each in ranked])
        hits = [self._hit(each, lead, asked) for each, lead in zip(ranked[:limit], ahead, strict=False)]
        return Finding(tuple(hits), asked.corrected, asked.synonyms)

    def _view(self, shelves: tuple[Shelf, ...]) -> View:
        known = self._views.get(shelves)
        if known is None:
            if len(self._views) > _VIEWS_KEPT:
                self._views = {}
            known = self._views[shelves] = View(self.snapshot, shelves)
        return known

    def _ranked(self, asked: Asked, view: View, near: Near | None) -> list[_Ranked]:
        candidates = self._candidates(asked, view)
        likely = sorted(candidates, key=lambda place: -candidates[place].total)[: self._limits.ranked]
        if near is not None:
            likely = list(dict.fromkeys((*likely, *near.best(self._limits.ranked))))
        found = self.snapshot.read(likely, view.rooms)
        ranked = [
            _rank(found[place], candidates.get(place, _Candidate()), asked, view, near)
            for place in likely
            if place in found
        ]
        return sorted(ranked, key=lambda each: -each.evidence.score)

    def _candidates(self, asked: Asked, view: View) -> Mapping[int, _Candidate]:
        """The best entries of each field, by the place of their article."""
        limits = self._limits
        candidates: dict[int, _Candidate] = defaultdict(_Candidate)
        for name in FIELDS:
            for entry in view.best(name, asked.terms, limits.entries, limits.postings):
                candidate = candidates[entry.place]
                if entry.score > candidate.best.get(name, 0.0):
                    candidate.best[name] = entry.score
                    if name == "passage":
                        candidate.passage = entry.part
        return candidates

    def _hit(self, ranked: _Ranked, lead: float, asked: Asked) -> Hit:
        document, evidence = self.snapshot.whole(ranked.entered), replace(ranked.evidence, lead=lead)
        passages = document.passages or (document.title,)
        return Hit(
            document,
            passages[ranked.passage],
            frozenset(asked.as_in(ranked.entered.compared.tokens)) - FUNCTION_WORDS,
            evidence,
            probability(evidence),
        )


def _alike(hit: Hit, document: Prepared) -> str:
    """Translations go side by side: the passage at the same place, where both have as many."""
    theirs, ours = hit.document.passages, document.passages or (document.title,)
    parallel = len(theirs) == len(ours) and hit.passage in theirs
    return ours[theirs.index(hit.passage)] if parallel else ours[0]


def _rank(entered: Entered, candidate: _Candidate, asked: Asked, view: View, near: Near | None) -> _Ranked:
    everything = entered.compared.tokens
    weights = {token: view.weight(token) for token in asked.as_in(everything)}
    most = sum(weights.values()) or 1.0
    shares = Found(**{name: value / most for name, value in candidate.best.items()})
    shared = overlap(weights, [_phrase(text, view) for text in entered.compared.asked_tokens], everything)
    measured = None if near is None else near.of(entered.compared.place)
    nearness = guessed(shared) if near is not None and measured is None else measured
    return _Ranked(entered, candidate.passage, Evidence(shares, shared, nearness))


def _phrase(text: str, view: View) -> Phrase:
    distinct = frozenset(text.split())
    return Phrase(distinct, sum(map(view.weight, distinct)))


class Index:
    """An index in memory over a few articles, for trials and measurements; ``knowledge.search`` keeps the real one."""

    def __init__(
        self,
        documents: Mapping[Key, Prepared],
        synonyms: Synonyms | None = None,
        limits: SearchSettings | None = None,
        vectors: Mapping[str, Meanings] | None = None,
    ) -> None:
        """``vectors`` by language."""
        by_room: dict[str, list[Prepared]] = defaultdict(list)
        for each in documents.values():
            by_room[each.shelf.room].append(each)
        searchers = {room: _searcher(some) for room, some in by_room.items()}
        meaning = meaning_of(documents.values(), vectors) if vectors else None
        self.finder = Finder(Snapshot(searchers), synonyms, limits, meaning)

    def find(
        self,
        question: str,
        language: str,
        limit: int,
        *,
        reader: Reader = AGENT_READER,
        complete: bool = False,
        vector: "Vector | None" = None,
    ) -> list[Hit]:
        found = self.finder.find(question, language, limit, reader, complete=complete, vector=vector)
        return list(found.hits)


def _searcher(documents: Sequence[Prepared]) -> Searcher:
    engine = Engine()
    for document in documents:
        engine.add(document)
    engine.commit()
    engine.settle()
    return engine.searcher()
