"""How long things take: the laws of chance for handle times and patience, drawn from given uniform numbers."""

import math
from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist
from typing import Protocol, assert_never

_SMALLEST = 2.0**-54
"""Stands for a uniform number that came out as 0, which no inverse of a distribution bears."""


class Uniform(Protocol):
    """Gives numbers in [0, 1); a ``random.Random`` does."""

    def random(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same, in seconds."""

    mean: float


@dataclass(frozen=True, slots=True)
class Exponential:
    """``mean`` in seconds; coefficient of variation 1."""

    mean: float


@dataclass(frozen=True, slots=True)
class LogNormal:
    """``cv``: standard deviation over mean."""

    mean: float
    cv: float


@dataclass(frozen=True, slots=True)
class Erlang:
    """The sum of ``phases`` equal exponential ones; coefficient of variation ``1 / sqrt(phases)``."""

    mean: float
    phases: int


@dataclass(frozen=True, slots=True)
class Mixture:
    """Exponential with one of several means: ``shares`` and ``means`` side by side (hyperexponential)."""

    shares: tuple[float, ...]
    means: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Empirical:
    """One of the values that were seen, each as likely as the next."""

    values: tuple[float, ...]


Law = Fixed | Exponential | LogNormal | Erlang | Mixture | Empirical
Draw = Callable[[], float]


def balanced(mean: float, cv: float) -> Mixture:
    """Two exponential branches with balanced means (each contributes half of the mean); needs ``cv >= 1``."""
    first = 0.5 * (1 + math.sqrt((cv * cv - 1) / (cv * cv + 1)))
    return Mixture((first, 1 - first), (mean / (2 * first), mean / (2 * (1 - first))))


def mean_of(law: Law) -> float:
    """The expected value in seconds."""
    match law:
        case Fixed() | Exponential() | LogNormal() | Erlang():
            return law.mean
        case Mixture(shares, means):
            return sum(share * mean for share, mean in zip(shares, means, strict=True)) / sum(shares)
        case Empirical(values):
            return sum(values) / len(values)
        case _:
            assert_never(law)


def drawing(law: Law, uniform: Uniform) -> Draw:
    """Draws by inversion, so that two scenarios with the same uniform numbers stay comparable one by one."""
    match law:
        case Fixed(mean):
            return lambda: mean
        case Exponential(mean):
            return lambda: _exponential(mean, uniform)
        case LogNormal(mean, cv):
            return _log_normal(mean, cv, uniform)
        case Erlang(mean, phases):
            return lambda: sum(_exponential(mean / phases, uniform) for _ in range(phases))
        case Mixture(shares, means):
            return _mixture(shares, means, uniform)
        case Empirical(values):
            ranked = sorted(values)
            return lambda: ranked[int(uniform.random() * len(ranked))]
        case _:
            assert_never(law)


def _exponential(mean: float, uniform: Uniform) -> float:
    return -mean * math.log1p(-uniform.random())


def _log_normal(mean: float, cv: float, uniform: Uniform) -> Draw:
    sigma = math.sqrt(math.log1p(cv * cv))
    mu = math.log(mean) - sigma * sigma / 2
    quantile = NormalDist().inv_cdf
    return lambda: math.exp(mu + sigma * quantile(uniform.random() or _SMALLEST))


def _mixture(shares: Sequence[float], means: Sequence[float], uniform: Uniform) -> Draw:
    bounds = list(accumulate(shares))
    last = len(means) - 1

    def draw() -> float:
        branch = min(last, bisect(bounds, uniform.random() * bounds[-1]))
        return _exponential(means[branch], uniform)

    return draw
