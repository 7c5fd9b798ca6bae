"""Small regressions with a penalty: which of several is chosen (order), and whether one is right (belief)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

STEPS = 60
LONGEST_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A question: the features of each article found (rows), and which of them answer it."""

    rows: Rows
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """One article found for a question: its features, whether it answers, and how much this counts."""

    features: Sequence[float]
    right: bool
    weight: float


def order(sets: Sequence[Sequence[Choice]], ridge: float) -> Rows:
    """Weights under which the right ones come first (a conditional logit), none below 0; each set counts alike."""
    width = sets[0][0].rows.shape[1]

    def slope(found: Rows) -> tuple[Rows, Rows]:
        parts = [_choices(found, choices) for choices in sets]
        gradient = sum((part[0] for part in parts), np.zeros(width))
        bend = sum((part[1] for part in parts), np.zeros((width, width)))
        return gradient / len(sets) + ridge * found, bend / len(sets) + ridge * np.eye(width)

    return _at_least_nothing(slope, width)


def _choices(found: Rows, choices: Sequence[Choice]) -> tuple[Rows, Rows]:
    """The mean slope and bend of minus the logarithm of the right ones' share."""
    width = len(found)
    gradient, bend = np.zeros(width), np.zeros((width, width))
    for choice in choices:
        scores = choice.rows @ found
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        mean = shares @ choice.rows
        own = shares * choice.right
        own /= own.sum()
        gradient += mean - own @ choice.rows
        bend += (choice.rows * shares[:, None]).T @ choice.rows - np.outer(mean, mean)
    return gradient / len(choices), bend / len(choices)


def _at_least_nothing(slope: Callable[[Rows], tuple[Rows, Rows]], width: int) -> Rows:
    """Newton's method; what would fall below 0 is held there, as more evidence must never count against an article."""
    free = np.ones(width, np.bool_)
    while True:
        found = np.zeros(width)
        for _ in range(STEPS):
            gradient, bend = slope(found)
            found[free] -= _step(bend[np.ix_(free, free)], gradient[free])
        if (found >= 0).all():
            return found
        free &= found > 0


def belief(cases: Sequence[Case], ridge: float, floor: Sequence[bool]) -> Rows:
    """Bias and weights of a logistic regression; where ``floor`` says so, a weight is not below 0."""
    rows = np.array([[1.0, *case.features] for case in cases])
    right = np.array([float(case.right) for case in cases])
    weights = np.array([case.weight for case in cases])
    penalty = ridge * np.eye(rows.shape[1])
    penalty[0, 0] = 0.0
    free = np.ones(rows.shape[1], np.bool_)
    while True:
        found = np.zeros(rows.shape[1])
        for _ in range(STEPS):
            likely = 1 / (1 + np.exp(-rows @ found))
            gradient = rows.T @ (weights * (likely - right)) + penalty @ found
            bend = (rows * (weights * likely * (1 - likely))[:, None]).T @ rows + penalty
            found[free] -= _step(bend[np.ix_(free, free)], gradient[free])
        below = np.array([False, *((value < 0) for value in found[1:])]) & np.array([False, *floor])
        if not below.any():
            return found
        free &= ~below


def _step(bend: Rows, gradient: Rows) -> Rows:
    """Newton's, but not longer than is safe far from the end."""
    step = np.asarray(np.linalg.solve(bend, gradient), np.float64)
    return step * min(1.0, LONGEST_STEP / max(1e-12, float(np.linalg.norm(step))))
