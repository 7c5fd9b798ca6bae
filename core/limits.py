"""Rate limits: how often something may happen for one key, in this process or in all of them."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from core.clock import Clock
from core.errors import TooOften
from core.network import counted_in

SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then ``per_s`` a second."""

    burst: int
    per_s: float

    @property
    def cost_us(self) -> int:
        """Microseconds in which one token grows back: whole ones, so that every process counts the same."""
        return max(1, round(SECOND_US / self.per_s))

    @property
    def room_us(self) -> int:
        """How much may be missing from a bucket that still has a token; below 0 where none is ever given."""
        return (self.burst - 1) * self.cost_us


Asked = tuple[str, Rate]
"""One token of the bucket with this key, which fills at this rate."""


class RateLimits(Protocol):
    """Token buckets, one a key. Never fails: where others cannot be asked, this process decides by itself."""

    async def take(self, *asked: Asked) -> float:
        """One token of each, or of none: 0 when they are taken, else seconds until they could be."""
        ...

    async def wait_s(self, *asked: Asked) -> float:
        """What ``take`` would say; takes nothing."""
        ...

    async def borrow(self, *asked: Asked) -> "Loan":
        """As ``take``, for what may turn out not to be used."""
        ...


@dataclass(frozen=True, slots=True)
class Loan:
    """``wait_s`` as ``take`` would say. ``give_back``, at most once and only what was taken, returns it to where it was taken from."""

    wait_s: float
    give_back: Callable[[], Awaitable[None]]


async def take(limits: RateLimits, *asked: Asked) -> None:
    """One token of each, or of none. Raises TooOften with the longest wait."""
    refused(await limits.take(*asked))


def refused(wait_s: float) -> None:
    """Raises TooOften where there is a wait."""
    if wait_s > 0:
        raise TooOften(wait_s)


@asynccontextmanager
async def counted(limits: RateLimits, wrong: type[Exception], *asked: Asked) -> AsyncIterator[None]:
    """Counts only what ends in ``wrong``; what is under way counts as well, so that many at once gain nothing.

    Raises TooOften before anything is done.
    """
    loan = await limits.borrow(*asked)
    refused(loan.wait_s)
    went_wrong = False
    try:
        yield
    except wrong:
        went_wrong = True
        raise
    finally:
        if not went_wrong:
            await loan.give_back()


def of_address(key: str, address: str, rate: Rate) -> tuple[Asked, ...]:
    """What one address may do: for an IPv6 address its networks count, the wider ones with a higher rate."""
    return tuple(
        (f"{key}:{network}", replace(rate, burst=rate.burst * times, per_s=rate.per_s * times))
        for network, times in counted_in(address)
    )


class Buckets:
    """Those of one process, without waiting for anybody: for what lives in one process, like a socket.

    Each is the time at which it will be full again, in microseconds (GCRA); what is full needs no place. Remembers at
    most ``most`` keys, those that were asked for the longest ago are forgotten first.
    """

    def __init__(self, clock: Clock, most: int = 100_000) -> None:
        self._clock = clock
        self._most = most
        self._full_at: OrderedDict[str, int] = OrderedDict()

    def take(self, *asked: Asked) -> float:
        """As ``RateLimits.take``."""
        now = self._now()
        wait_s = self._wait_s(now, asked)
        if not wait_s:
            self.charge(*asked)
        return wait_s

    def charge(self, *asked: Asked) -> None:
        """Take them, because somebody else has granted them."""
        now = self._now()
        for key, rate in asked:
            self._full_at[key] = self._full_in(key, rate, now) + now + rate.cost_us
            self._full_at.move_to_end(key)
        while len(self._full_at) > self._most:
            self._full_at.popitem(last=False)

    def wait_s(self, *asked: Asked) -> float:
        """As ``RateLimits.wait_s``."""
        return self._wait_s(self._now(), asked)

    def give_back(self, *asked: Asked) -> None:
        """What was taken and not used."""
        now = self._now()
        for key, rate in asked:
            full_in = self._full_in(key, rate, now) - rate.cost_us
            self._full_at.pop(key, None)
            if full_in > 0:
                self._full_at[key] = now + full_in

    def _wait_s(self, now: int, asked: tuple[Asked, ...]) -> float:
        waits = (self._full_in(key, rate, now) - rate.room_us for key, rate in asked)
        return max(0, max(waits, default=0)) / SECOND_US

    def _full_in(self, key: str, rate: Rate, now: int) -> int:
        """Never longer than from empty, also when the clock was set back."""
        return min(max(0, self._full_at.get(key, now) - now), rate.burst * rate.cost_us)

    def _now(self) -> int:
        return round(self._clock.now().timestamp() * SECOND_US)


class InProcessRateLimits:
    """For one process: its own buckets."""

    def __init__(self, clock: Clock) -> None:
        self._buckets = Buckets(clock)

    async def take(self, *asked: Asked) -> float:
        return self._buckets.take(*asked)

    async def wait_s(self, *asked: Asked) -> float:
        return self._buckets.wait_s(*asked)

    async def borrow(self, *asked: Asked) -> Loan:
        async def give_back() -> None:
            self._buckets.give_back(*asked)

        return Loan(self._buckets.take(*asked), give_back)
