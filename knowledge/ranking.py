"""From what the index found to an order of articles, and how likely each of them answers the question."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.words import FUNCTION_WORDS

FUNCTION_WORD = 0.3

# How much each piece of evidence adds to an article's score; chosen on the validation rows of the FAQ sets.
QUESTION = 1.0
ARTICLE = 0.4
PASSAGE = 0.1
ASKED = 0.3
ECHOED = 0.3
COVERED = 0.4


@dataclass(frozen=True, slots=True)
class Found:
    """BM25 of one article: its best title or question, all of it, and its best passage; 0: not found.

    As shares of what the question would score against itself, so that long and short questions compare.
    """

    question: float = 0.0
    article: float = 0.0
    passage: float = 0.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which words the question and an article share, as shares by weight from 0 to 1.

    ``asked``: how much of the question stands in the article's closest title or question; ``echoed``: how much of
    that one stands in the question; ``covered``: how much of the question stands anywhere in the article.
    """

    asked: float = 0.0
    echoed: float = 0.0
    covered: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for one article; ``lead``: how far its score is ahead of the best other one (below 0: behind)."""

    found: Found
    overlap: Overlap
    lead: float = 0.0

    @property
    def score(self) -> float:
        return score(self.found, self.overlap)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title or a question as the set of its tokens, and their weight together."""

    tokens: frozenset[str]
    weight: float


class Weights:
    """How much each token says: rare ones much, those in every article and function words little."""

    def __init__(self, documents: Sequence[Collection[str]]) -> None:
        counts = Counter(token for tokens in documents for token in set(tokens))
        self._of = {token: _weight(token, count, len(documents)) for token, count in counts.items()}
        self._of_others = _weight("", 0, len(documents))

    def of(self, token: str) -> float:
        """The inverse document frequency as BM25 has it; a token that no article has weighs most."""
        known = self._of.get(token)
        return self._of_others * _importance(token) if known is None else known

    def phrase(self, tokens: Iterable[str]) -> Phrase:
        distinct = frozenset(tokens)
        return Phrase(distinct, sum(map(self.of, distinct)))


def _weight(token: str, count: int, documents: int) -> float:
    return math.log(1 + (documents - count + 0.5) / (count + 0.5)) * _importance(token)


def _importance(token: str) -> float:
    return FUNCTION_WORD if token in FUNCTION_WORDS else 1.0


def overlap(asked: Mapping[str, float], phrases: Iterable[Phrase], everything: Collection[str]) -> Overlap:
    """What the question (its tokens with their weights) shares with an article's phrases and all its tokens."""
    whole = sum(asked.values())
    if not whole:
        return Overlap()
    best = (0.0, 0.0)
    for phrase in phrases:
        common = sum(weight for token, weight in asked.items() if token in phrase.tokens)
        shares = (common / whole, common / phrase.weight if phrase.weight else 0.0)
        best = max(best, shares, key=sum)
    covered = sum(weight for token, weight in asked.items() if token in everything)
    return Overlap(*best, covered / whole)


def score(found: Found, shared: Overlap) -> float:
    """One number to order articles by; about 2.5 where the question is one of the article's own."""
    return (
        QUESTION * found.question
        + ARTICLE * found.article
        + PASSAGE * found.passage
        + ASKED * shared.asked
        + ECHOED * shared.echoed
        + COVERED * shared.covered
    )


def leads(scores: Sequence[float]) -> list[float]:
    """For each score (best first) how far it is ahead of the best other one, as a share of the best."""
    if not scores:
        return []
    best = scores[0] or 1.0
    second = scores[1] if len(scores) > 1 else 0.0
    return [(best - second) / best, *((other - best) / best for other in scores[1:])]


# Fitted by bench/fit_answers.py; how well it holds: docs/knowledge.md.
_BIAS = -2.39
_OF_ASKED = 0.78
_OF_ELSEWHERE = 3.03
_OF_ECHOED = 1.42
_OF_LEAD = 4.15
_COVERED_ENOUGH = 0.5


def features(shared: Overlap, lead: float) -> tuple[float, float, float, float]:
    """What the probability is made of: asked, covered elsewhere, echoed, and the lead.

    A lead counts in full only where the article has half of the question: where nothing fits, somebody leads too.
    """
    elsewhere = max(0.0, shared.covered - shared.asked)
    return shared.asked, elsewhere, shared.echoed, lead * min(1.0, shared.covered / _COVERED_ENOUGH)


def probability(shared: Overlap, lead: float) -> float:
    """How likely the best found article answers the question, from 0 to 1; for the others a measure to compare by."""
    asked, elsewhere, echoed, ahead = features(shared, lead)
    z = _BIAS + _OF_ASKED * asked + _OF_ELSEWHERE * elsewhere + _OF_ECHOED * echoed + _OF_LEAD * ahead
    return 1 / (1 + math.exp(-z))
