"""From what the index found to an order of articles, and how likely each of them answers the question."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.coefficients import BELIEF, BELIEF_BY_WORDS, ORDER, ORDER_BY_WORDS
from knowledge.words import FUNCTION_WORDS

FUNCTION_WORD = 0.3

_SAME = 0.02
"""What is nearer than this to being the same counts as the same."""


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
    """All that speaks for one article.

    ``near``: how near its closest title or question is to what is asked, from 0 (as near as any two texts) to 1 (the
    same), see ``nearness``; None where one of them has no vector. ``lead``: how much of what speaks for all the
    articles found is this one's, from 0 to 1, see ``leads``.
    """

    found: Found
    overlap: Overlap
    near: float | None = None
    lead: float = 0.0

    @property
    def score(self) -> float:
        return score(self)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title or a question as the set of its tokens, and their weight together."""

    tokens: frozenset[str]
    weight: float


def weight(token: str, count: int, documents: int) -> float:
    """How much a token in ``count`` of so many articles says: rare ones much, those in every one and function words little.

    The inverse document frequency as BM25 has it; a token that no article has weighs most.
    """
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


def nearness(cosine: float, background: float) -> float:
    """``Evidence.near`` of a cosine, where ``background`` is the model's cosine of texts that have nothing in common."""
    return min(1.0, max(0.0, (cosine - background) / (1.0 - background)))


def guessed(shared: Overlap) -> float:
    """``Evidence.near`` for an article whose vectors are still to be made, beside others that have theirs."""
    return (shared.asked + shared.echoed) / 2


def score(evidence: Evidence) -> float:
    """One number to order articles by: a logarithm, so that 1 more is about three times as likely."""
    return _product(_order(evidence), parts(evidence))


def parts(evidence: Evidence) -> tuple[float, ...]:
    """What the score is made of."""
    found, shared = evidence.found, evidence.overlap
    words = (shared.asked, shared.echoed, shared.covered)
    if evidence.near is None:
        return (*words, found.question, found.article, found.passage)
    # Beside nearness BM25 says nothing new on a set that it was not fitted on.
    return (*words, evidence.near)


def leads(scores: Sequence[float]) -> list[float]:
    """For each score its part of the whole: all parts together are 1, and one of them when nothing else comes near."""
    if not scores:
        return []
    highest = max(scores)
    likelihoods = [math.exp(each - highest) for each in scores]
    return [each / sum(likelihoods) for each in likelihoods]


def probability(evidence: Evidence) -> float:
    """How likely an article answers the question, from 0 to 1."""
    z = _product(_belief(evidence), (1.0, *features(evidence)))
    return 1 / (1 + math.exp(-z))


def features(evidence: Evidence) -> tuple[float, ...]:
    """What the probability is made of; beside nearness by its logarithm, as .95 to .9 is further than .55 to .5."""
    shared = evidence.overlap
    elsewhere = max(0.0, shared.covered - shared.asked)
    words = (shared.asked, elsewhere, shared.echoed, evidence.lead)
    return words if evidence.near is None else (*words, -math.log(max(_SAME, 1.0 - evidence.near)))


def _order(evidence: Evidence) -> Sequence[float]:
    return ORDER_BY_WORDS if evidence.near is None else ORDER


def _belief(evidence: Evidence) -> Sequence[float]:
    return BELIEF_BY_WORDS if evidence.near is None else BELIEF


def _product(weights: Sequence[float], values: Sequence[float]) -> float:
    """Of as many as there are weights."""
    return sum(weight * value for weight, value in zip(weights, values, strict=False))
