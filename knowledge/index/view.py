"""A snapshot as one reader sees it: the shelves they may read, and what words weigh among the articles there."""

import math
from collections.abc import Iterable

from knowledge.index.shelf import Shelf
from knowledge.index.snapshot import Entry, Snapshot
from knowledge.ranking import weight

_WEIGHTS_KEPT = 50_000
_LETTERS_KEPT = 100


class View:
    """Safe for any number of threads; weights are worked out once."""

    def __init__(self, snapshot: Snapshot, shelves: tuple[Shelf, ...]) -> None:
        self.snapshot = snapshot
        self.shelves = shelves
        self.rooms = tuple(dict.fromkeys(shelf.room for shelf in shelves))
        self._articles = sum(snapshot.shelves[shelf] for shelf in shelves)
        self._entries = sum(snapshot.entries(shelf) for shelf in shelves)
        self._weights: dict[str, float] = {}
        self._words: dict[tuple[str, int], dict[str, int]] = {}

    def weight(self, token: str) -> float:
        known = self._weights.get(token)
        if known is None:
            if len(self._weights) > _WEIGHTS_KEPT:
                self._weights = {}
            known = weight(token, min(self.count("article", token), self._articles), self._articles)
            self._weights[token] = known
        return known

    def words(self, letter: str, limit: int) -> dict[str, int]:
        """The most common words that begin with it, and in how many articles; some may be in such as are gone."""
        known = self._words.get((letter, limit))
        if known is None:
            if len(self._words) > _LETTERS_KEPT:
                self._words = {}
            known = {}
            for shelf in self.shelves:
                for word, count in self.snapshot.words(shelf, letter, limit):
                    known[word] = known.get(word, 0) + count
            self._words[letter, limit] = known
        return known

    def has_word(self, word: str) -> bool:
        return any(self.snapshot.has_word(shelf, word) for shelf in self.shelves)

    def count(self, field: str, token: str) -> int:
        return sum(self.snapshot.count(field, shelf, token) for shelf in self.shelves)

    def knows(self, token: str) -> bool:
        return any(self.snapshot.count("article", shelf, token) for shelf in self.shelves)

    def best(self, field: str, tokens: Iterable[str], limit: int, postings: int) -> list[Entry]:
        """The entries with the best BM25 among the reader's shelves, the rarest tokens first, as far as ``postings`` go."""
        terms = self._terms(field, tokens, postings)
        found = [
            entry for room, some in terms.items() for entry in self.snapshot.best(field, room, some, limit)
        ]
        return sorted(found, key=lambda entry: -entry.score)[:limit] if len(terms) > 1 else found

    def _terms(self, field: str, tokens: Iterable[str], postings: int) -> dict[str, dict[str, float]]:
        """By room the tokens with their tags, and by what to multiply their BM25.

        Tantivy counts a token in one index, of which a shelf may be a part only; the factor puts that right.
        """
        counts = {token: self.count(field, token) for token in tokens}
        terms: dict[str, dict[str, float]] = {}
        for token in sorted((token for token in counts if counts[token]), key=lambda token: counts[token]):
            if terms and postings < counts[token]:
                break
            postings -= counts[token]
            right = _idf(counts[token], self._entries)
            for shelf in self.shelves:
                if count := self.snapshot.count(field, shelf, token):
                    has = _idf(count, self.snapshot.all_entries(shelf.room))
                    terms.setdefault(shelf.room, {})[f"{shelf.tag}{token}"] = right / has
        return terms


def _idf(count: int, entries: int) -> float:
    """BM25's inverse document frequency, as Tantivy has it; counts may still hold what is gone."""
    entries = max(entries, count)
    return math.log(1 + (entries - count + 0.5) / (count + 0.5))
