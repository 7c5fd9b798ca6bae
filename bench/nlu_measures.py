"""What is counted of understood texts: right ones, strangers seen, how far confidence can be relied on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_BINS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A text that was understood: ``intent`` is the likeliest of those in scope, ``score`` grows with belonging to any.

    ``wanted`` is None where it is out of scope; ``ms`` of CPU.
    """

    wanted: str | None
    intent: str
    confidence: float
    score: float
    ms: float


def accuracy(told: Sequence[Told]) -> float:
    """Of the texts in scope, with nothing rejected."""
    inside = [each for each in told if each.wanted is not None]
    return sum(each.intent == each.wanted for each in inside) / max(len(inside), 1)


def threshold(validation: Sequence[Told], share: float) -> float:
    """The score below which this share of validation texts in scope lies."""
    return float(np.quantile([each.score for each in validation if each.wanted is not None], share))


def below(told: Sequence[Told], limit: float, *, strangers: bool) -> float:
    """The share of strangers, or of texts in scope, that a threshold rejects."""
    scores = [each.score for each in told if (each.wanted is None) is strangers]
    return sum(score < limit for score in scores) / max(len(scores), 1)


def auroc(told: Sequence[Told]) -> float:
    """How often a text in scope scores above a stranger; ties count half."""
    inside = np.array([each.score for each in told if each.wanted is not None])
    outside = np.sort([each.score for each in told if each.wanted is None])
    lower, upper = np.searchsorted(outside, inside, "left"), np.searchsorted(outside, inside, "right")
    return float((lower + upper).mean() / (2 * len(outside)))


def calibration_error(told: Sequence[Told]) -> float:
    """Between confidence and share of right ones, mean over ten bins by confidence, texts in scope (ECE)."""
    bins: dict[int, list[Told]] = {}
    inside = [each for each in told if each.wanted is not None]
    for each in inside:
        bins.setdefault(min(int(each.confidence * _BINS), _BINS - 1), []).append(each)
    gaps = (
        abs(sum((each.intent == each.wanted) - each.confidence for each in some)) for some in bins.values()
    )
    return sum(gaps) / max(len(inside), 1)
