"""The mathematics of understanding: a logistic regression for each intent over likenesses to kept examples, and how sure it is.

Arrays only, nothing of Rasa: what Rasa's component stores and what tests feed are the same values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize, minimize_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Numbers = NDArray[np.int64]

_SHORTEST = 1e-9
_JITTER = 1e-4
"""Added to each example's likeness to itself: two that read the same must not make the equations fail."""
_MEMORY = 10
_FLATTEST, _STEEPEST = 0.05, 20.0


def unit(rows: Rows) -> Rows:
    """Each row made one long; zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(lengths > _SHORTEST, rows / np.maximum(lengths, _SHORTEST), 0).astype(np.float32)


def kept(labels: Numbers, most: int, seed: int = 0) -> Numbers:
    """Which examples to compare with: all, or `most` of them with every intent having its turn, rare ones first."""
    if len(labels) <= most:
        return np.arange(len(labels))
    turns = np.empty(len(labels), np.int64)
    order = np.random.default_rng(seed).permutation(len(labels))
    seen: dict[int, int] = {}
    for place in order:
        turns[place] = seen[labels[place]] = seen.get(int(labels[place]), -1) + 1
    return np.sort(np.argsort(turns, kind="stable")[:most])


def straighten(likeness: Rows) -> Rows:
    """Gives the matrix that turns likenesses to the kept examples into coordinates whose products are likenesses."""
    square = likeness.astype(np.float64)
    square[np.diag_indices(len(square))] += _JITTER
    return np.linalg.inv(np.linalg.cholesky(square)).T.astype(np.float32)


def fit(rows: Rows, labels: Numbers, count: int, strength: float, rounds: int) -> Rows:
    """Fits one logistic regression for each of `count` intents against all others.

    Shape (coordinates + 1, count), the last row being the intercepts. More `strength`, less pull towards zero.
    """
    wanted = np.zeros((len(labels), count), np.float32)
    wanted[np.arange(len(labels)), labels] = 1
    shape = (rows.shape[1] + 1, count)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        logits = rows @ weights[:-1] + weights[-1]
        off = 1 / (1 + np.exp(-logits)) - wanted
        slope = np.empty(shape)
        slope[:-1] = rows.T @ off + weights[:-1] / strength
        slope[-1] = off.sum(axis=0)
        pull = float((weights[:-1].astype(np.float64) ** 2).sum()) / (2 * strength)
        return float((np.logaddexp(0, logits) - wanted * logits).sum(dtype=np.float64)) + pull, slope.ravel()

    options = {"maxiter": rounds, "maxcor": _MEMORY, "ftol": 1e-7}
    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(shape).astype(np.float32)


def logits(rows: Rows, weights: Rows) -> Rows:
    """How far each row is on each intent's side."""
    return rows @ weights[:-1] + weights[-1]


def confidences(sides: Rows, temperature: float) -> NDArray[np.float64]:
    """Shares that sum to one in each row."""
    steep = sides.astype(np.float64) * temperature
    steep = np.exp(steep - steep.max(axis=1, keepdims=True))
    return steep / steep.sum(axis=1, keepdims=True)


def temperature(sides: Rows, labels: Numbers) -> float:
    """The factor at which confidences of examples that were not learned from say how often they are right."""

    def surprise(log_factor: float) -> float:
        shares = confidences(sides, float(np.exp(log_factor)))
        return -float(np.log(np.maximum(shares[np.arange(len(labels)), labels], _SHORTEST)).mean())

    found = minimize_scalar(surprise, bounds=(np.log(_FLATTEST), np.log(_STEEPEST)), method="bounded")
    return float(np.exp(found.x))


def folds(labels: Numbers, count: int, seed: int = 0) -> Iterator[Numbers]:
    """Parts of the examples, each intent spread over them as evenly as it can be."""
    order = np.random.default_rng(seed).permutation(len(labels))
    by_intent = order[np.argsort(labels[order], kind="stable")]
    for part in range(count):
        yield np.sort(by_intent[part::count])


def nearest(cosines: list[Rows], present: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The cosine with the example that is most alike, mean over the models that read the text; 0 where none did.

    `cosines` are of shape (texts, examples), a model each; `present` of shape (texts, models).
    """
    if not cosines:
        return np.zeros(len(present))
    best = np.stack([each.max(axis=1) for each in cosines], axis=1) * present
    return best.sum(axis=1) / np.maximum(present.sum(axis=1), 1)


def belonging(sides: Rows, near: NDArray[np.float64], strange: Rows | None = None) -> NDArray[np.float64]:
    """How much a text belongs to what the bot is for: the surest intent and the nearest example count alike.

    `sides` are those of the intents, `strange` those of examples that were marked as out of scope.
    """
    score = 1 / (1 + np.exp(-sides.max(axis=1).astype(np.float64))) + 2 * near
    return score if strange is None else score - 1 / (1 + np.exp(-strange.max(axis=1).astype(np.float64)))
