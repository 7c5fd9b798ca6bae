"""The lower tail of the Poisson distribution: how likely it is that at most so many things happen."""

from math import exp, lgamma, log

_ENOUGH = 1e-14
_CERTAIN = -40.0
"""The logarithm of a chance that makes no difference beside 1."""


def at_most(mean: float, most: int) -> float:
    """P[Poisson(mean) <= most], to 1e-10 of its value; where ``most`` is below the mean, also far down the tail.

    The terms next to ``most`` are the largest on their side of the mean, so that either sum soon has enough of them.
    """
    if mean <= 0.0:
        return 1.0
    if most <= 0:
        return exp(-mean) if most == 0 else 0.0
    if most < mean:
        total = term = 1.0
        for each in range(most, 0, -1):
            term *= each / mean
            total += term
            if term < total * _ENOUGH:
                break
        return exp(most * log(mean) - mean - lgamma(most + 1)) * total
    first = most + 1
    power = first * log(mean) - mean - lgamma(first + 1)
    return 1.0 if power < _CERTAIN else 1.0 - exp(power) * _upwards(mean, first)


def _upwards(mean: float, first: int) -> float:
    """The terms of ``first``, ``first + 1``, ... over the first of them."""
    term = total = 1.0
    while term > total * _ENOUGH:
        first += 1
        term *= mean / first
        total += term
    return total
