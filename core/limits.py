"""Rate limits: how often something may happen for one key."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from core.clock import Clock
from core.errors import TooOften


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then ``per_s`` a second."""

    burst: int
    per_s: float


class RateLimits(Protocol):
    """Token buckets, one a key."""

    def allow(self, key: str, rate: Rate) -> bool:
        """Take one token; False when there is none."""
        ...

    def wait_s(self, key: str, rate: Rate) -> float:
        """Seconds until ``allow`` would say yes."""
        ...


def take(limits: RateLimits, *asked: tuple[str, Rate]) -> None:
    """One token of each, or of none. Raises TooOften with the longest wait."""
    wait_s = max(limits.wait_s(key, rate) for key, rate in asked)
    if wait_s > 0:
        raise TooOften(wait_s)
    for key, rate in asked:
        _ = limits.allow(key, rate)


class InProcessRateLimits:
    """For one process; remembers at most ``most`` keys, the oldest are forgotten first."""

    def __init__(self, clock: Clock, most: int = 100_000) -> None:
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, key: str, rate: Rate) -> bool:
        tokens = self._tokens(key, rate)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, self._clock.now().timestamp())
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return allowed

    def wait_s(self, key: str, rate: Rate) -> float:
        missing = 1 - self._tokens(key, rate)
        return max(0.0, missing / rate.per_s)

    def _tokens(self, key: str, rate: Rate) -> float:
        tokens, since = self._buckets.get(key, (float(rate.burst), self._clock.now().timestamp()))
        grown = tokens + (self._clock.now().timestamp() - since) * rate.per_s
        return min(float(rate.burst), grown)
