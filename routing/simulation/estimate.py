"""A figure and how sure it is: ratios from batches, paired differences, and Student's t."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

SURE = 0.95
"""How often an interval holds the true value."""
_FEW = 3
"""From so many degrees of freedom on the expansion is good."""


@dataclass(frozen=True, slots=True)
class Figure:
    """``error`` is the standard error, ``low`` to ``high`` the interval; all None where one batch is all there is."""

    value: float
    error: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, value: float, error: float | None, freedom: int) -> "Figure":
        if error is None:
            return cls(value)
        reach = error * student(freedom)
        return cls(value, error, value - reach, value + reach)


def student(freedom: int, sure: float = SURE) -> float:
    """The two-sided quantile of Student's t with ``freedom`` degrees, to 1 % from 3 degrees on.

    By the expansion around the normal quantile (Abramowitz and Stegun 26.7.5); exact for 1 and 2 degrees.
    """
    p = (1 + sure) / 2
    if freedom <= 1:
        return math.tan(math.pi * (p - 0.5))
    if freedom < _FEW:
        a = 4 * p * (1 - p)
        return 2 * (p - 0.5) * math.sqrt(2 / a)
    z = NormalDist().inv_cdf(p)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return math.fsum(term / float(freedom) ** power for power, term in enumerate(terms))


def ratio(above: Sequence[float], below: Sequence[float]) -> Figure:
    """``sum(above) / sum(below)`` of batches that may be taken as independent; 0 where nothing was counted.

    The error is that of a ratio of means (delta method).
    """
    total = sum(below)
    if not total:
        return Figure(0.0)
    value = sum(above) / total
    size = len(above)
    if size <= 1:
        return Figure(value)
    squares = sum((a - value * b) ** 2 for a, b in zip(above, below, strict=True))
    error = math.sqrt(squares * size / (size - 1)) / total
    return Figure.of(value, error, size - 1)


def quotient(above: Sequence[float], below: Sequence[float]) -> Figure | None:
    """The ratio of two policies on the same batches; None where the second is 0."""
    return ratio(above, below) if sum(below) else None


def difference(first: Sequence[float], second: Sequence[float]) -> Figure:
    """The mean of ``first - second``, batch by batch."""
    apart = [a - b for a, b in zip(first, second, strict=True)]
    size = len(apart)
    mean = sum(apart) / size
    if size <= 1:
        return Figure(mean)
    variance = sum((each - mean) ** 2 for each in apart) / (size - 1)
    return Figure.of(mean, math.sqrt(variance / size), size - 1)
