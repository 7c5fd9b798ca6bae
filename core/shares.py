"""How sure a share is, and how sure the difference of two; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``asked`` so many ``helped``; ``low`` and ``high`` bound the true share (0 to 1)."""

    asked: int
    helped: int
    low: float
    high: float

    @property
    def part(self) -> float | None:
        """None where nobody asked."""
        return self.helped / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Difference:
    """The first share less the second, and what bounds the true difference (-1 to 1)."""

    value: float
    low: float
    high: float


def share(helped: int, asked: int, z: float) -> Share:
    """With Wilson's score interval, which also holds for few questions and for shares near 0 and 1.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927.
    """
    if not asked:
        return Share(0, 0, 0.0, 1.0)
    part, square = helped / asked, z * z
    middle = (part + square / (2 * asked)) / (1 + square / asked)
    half = z / (1 + square / asked) * sqrt(part * (1 - part) / asked + square / (4 * asked * asked))
    return Share(asked, helped, max(0.0, middle - half), min(1.0, middle + half))


def difference(first: Share, second: Share) -> Difference | None:
    """From the two Wilson intervals, for shares of different people; None where one of them has nobody.

    Source: R. G. Newcombe, Interval Estimation for the Difference Between Independent Proportions, 1998, method 10.
    """
    one, other = first.part, second.part
    if one is None or other is None:
        return None
    value = one - other
    below = sqrt((one - first.low) ** 2 + (second.high - other) ** 2)
    above = sqrt((first.high - one) ** 2 + (other - second.low) ** 2)
    return Difference(value, max(-1.0, value - below), min(1.0, value + above))


def weighted(parts: Sequence[tuple[float, Difference]]) -> Difference | None:
    """The sum of independent differences, each times its weight; not bounded to shares. None without any.

    Source: G. Y. Zou and A. Donner, Construction of Confidence Limits about Effect Measures: a General Approach, 2008.
    """
    if not parts:
        return None
    value = sum(weight * each.value for weight, each in parts)
    below = sqrt(sum((weight * (each.value - each.low)) ** 2 for weight, each in parts))
    above = sqrt(sum((weight * (each.high - each.value)) ** 2 for weight, each in parts))
    return Difference(value, value - below, value + above)
