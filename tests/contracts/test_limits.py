"""What every kind of rate limit promises: a burst, then a rate; all of what is asked for or none; the same for everybody who asks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random

import pytest
from redis.asyncio import Redis

from core.errors import TooOften
from core.limits import Buckets, InProcessRateLimits, Rate, RateLimits, counted, take
from core.redis import RedisSettings, SharedRedis
from core.scripts import Scripts
from core.shared_limits import SharedRateLimits
from core.tasks import Supervisor
from tests.builders import MORNING, ManualClock
from tests.servers.valkey import Valkey

_numbers = count(1)
SLOW = Rate(burst=3, per_s=0.5)
ONE = Rate(burst=1, per_s=1.0)
NONE = Rate(burst=0, per_s=2.0)
DAILY = Rate(burst=10, per_s=10 / 86_400)


@dataclass(frozen=True, slots=True)
class Scene:
    """``here`` and ``there`` are asked by two who share one count; ``forward`` lets seconds pass."""

    here: RateLimits
    there: RateLimits
    forward: Callable[[float], Awaitable[None]]


@asynccontextmanager
async def in_process() -> AsyncIterator[Scene]:
    clock = ManualClock()
    limits = InProcessRateLimits(clock)

    async def forward(seconds: float) -> None:
        clock.forward(seconds)

    yield Scene(limits, limits, forward)


@asynccontextmanager
async def shared(valkey: Valkey) -> AsyncIterator[Scene]:
    """Two processes whose clocks are days apart, and the server's own, which stands for theirs."""
    settings = RedisSettings(prefix=f"limits-tests-{next(_numbers)}", connect_s=60, answer_s=60)
    clocks = ManualClock(), ManualClock(MORNING + timedelta(days=3))
    redis, supervisor = (
        [SharedRedis(valkey.url, settings, str(n), Random(n)) for n in range(2)],
        Supervisor(Random(1)),
    )
    here, there = (
        SharedRateLimits(Scripts(each, supervisor), clock) for each, clock in zip(redis, clocks, strict=True)
    )

    async def forward(seconds: float) -> None:
        for clock in clocks:
            clock.forward(seconds)
        await redis[0].ask(lambda client: grow_older(client, f"{settings.prefix}:*", seconds))

    yield Scene(here, there, forward)
    for each in redis:
        assert await each.ask(lambda client: eternal(client, f"{settings.prefix}:*")) == []
        await each.close()
    await supervisor.stop()


async def grow_older(client: Redis, keys: str, seconds: float) -> None:
    """What is stored there, as if it had been stored so much earlier."""
    async for key in client.scan_iter(keys, count=10_000):
        full_at = int(await client.get(key) or 0)
        await client.set(key, full_at - round(seconds * 1_000_000), keepttl=True)


async def eternal(client: Redis, keys: str) -> list[bytes]:
    """What would never go away."""
    return [key async for key in client.scan_iter(keys, count=10_000) if await client.ttl(key) < 0]


@pytest.fixture(params=["in-process", pytest.param("redis", marks=pytest.mark.server)])
async def scene(request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    redis = request.param == "redis"
    async with shared(request.getfixturevalue("valkey")) if redis else in_process() as made:
        yield made


async def many(limits: RateLimits, key: str, rate: Rate, times: int = 100) -> int:
    """How many of so many are granted."""
    return [await limits.take((key, rate)) for _ in range(times)].count(0)


async def test_a_burst_is_granted_at_once_and_then_so_many_a_second(scene: Scene) -> None:
    assert await many(scene.here, "a", SLOW) == 3
    assert 1.9 < await scene.here.take(("a", SLOW)) <= 2
    await scene.forward(6)
    assert await many(scene.there, "a", SLOW) == 3
    await scene.forward(1000)
    assert await many(scene.here, "a", SLOW) == 3


async def test_who_comes_back_when_they_are_told_to_is_let_in(scene: Scene) -> None:
    for rate in (ONE, SLOW, DAILY):
        key = str(rate)
        assert await many(scene.here, key, rate) == rate.burst
        wait_s = await scene.here.take((key, rate))
        await scene.forward(wait_s)
        assert await scene.there.take((key, rate)) == 0


async def test_each_key_has_a_bucket_of_its_own(scene: Scene) -> None:
    assert await many(scene.here, "a", ONE) == 1
    assert await many(scene.there, "b", ONE) == 1
    assert await many(scene.there, "a", ONE) == 0


async def test_what_one_limit_refuses_uses_up_no_other_and_the_longest_wait_is_told(scene: Scene) -> None:
    assert await scene.here.take(("a", ONE), ("b", SLOW)) == 0
    assert await many(scene.here, "c", DAILY) == 10
    wait_s = await scene.here.take(("b", SLOW), ("a", ONE), ("c", DAILY))
    assert 8_000 < wait_s <= 8_640
    assert await many(scene.there, "b", SLOW) == 2


async def test_a_limit_of_nothing_grants_nothing(scene: Scene) -> None:
    assert await scene.here.take(("a", NONE)) == 0.5
    await scene.forward(1000)
    assert await scene.there.take(("a", NONE)) == 0.5


async def test_to_ask_how_long_one_would_wait_takes_nothing(scene: Scene) -> None:
    assert [await scene.here.wait_s(("a", SLOW), ("b", ONE)) for _ in range(10)] == [0] * 10
    assert await many(scene.there, "b", ONE) == 1
    assert 0.9 < await scene.here.wait_s(("a", SLOW), ("b", ONE)) <= 1
    assert await many(scene.there, "a", SLOW) == 3


async def test_nothing_at_all_is_always_granted(scene: Scene) -> None:
    assert await scene.here.take() == 0
    assert await scene.here.wait_s() == 0
    loan = await scene.here.borrow()
    assert loan.wait_s == 0
    await loan.give_back()


async def test_what_is_given_back_can_be_taken_again_but_never_more_than_the_burst(scene: Scene) -> None:
    loans = [await scene.here.borrow(("a", SLOW), ("b", SLOW)) for _ in range(4)]
    assert [loan.wait_s > 0 for loan in loans] == [False, False, False, True]
    await loans[0].give_back()
    assert await many(scene.there, "a", SLOW) == 1
    await scene.forward(1000)
    for loan in loans[1:3]:
        await loan.give_back()
    assert await many(scene.there, "a", SLOW) == 3
    assert await many(scene.here, "b", SLOW) == 3


async def test_many_who_ask_at_the_same_moment_get_no_more_than_there_is(scene: Scene) -> None:
    asked = [
        limits.take(("a", SLOW), (f"own{n}", ONE)) for n in range(20) for limits in (scene.here, scene.there)
    ]
    assert (await asyncio.gather(*asked)).count(0) == 3


async def test_only_what_went_wrong_is_counted_and_what_is_under_way_counts_like_it(scene: Scene) -> None:
    for _ in range(5):
        async with counted(scene.here, LookupError, ("a", ONE)):
            with pytest.raises(TooOften):
                await take(scene.there, ("a", ONE))
    with pytest.raises(ValueError, match="something else"):
        async with counted(scene.here, LookupError, ("a", ONE)):
            raise ValueError("something else")
    with pytest.raises(LookupError):
        async with counted(scene.here, LookupError, ("a", ONE)):
            raise LookupError
    with pytest.raises(TooOften):
        async with counted(scene.there, LookupError, ("a", ONE)):
            pytest.fail("it was let in")


def test_the_keys_that_were_asked_for_the_longest_ago_are_forgotten_first() -> None:
    buckets = Buckets(ManualClock(), most=2)
    for key in ("a", "b", "a", "c"):
        buckets.take((key, SLOW))
    assert [buckets.wait_s((key, Rate(1, 0.5))) > 0 for key in ("a", "b", "c")] == [True, False, True]
