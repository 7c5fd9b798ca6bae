"""Who is connected is known in every process, and forgotten with the process that knew them."""

import itertools
from collections.abc import AsyncIterator, Callable
from random import Random

import pytest

from core.bus import InProcessBus
from core.redis import RedisSettings, SharedRedis
from core.tasks import Supervisor
from core.whereabouts import Whereabouts
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.server

_NAMES = itertools.count()


class Others(InProcessBus):
    """A bus on which these processes were heard."""

    def __init__(self, *processes: str) -> None:
        super().__init__()
        self.processes = processes

    def others(self) -> tuple[str, ...]:
        return self.processes


@pytest.fixture
async def redis(valkey: Valkey) -> AsyncIterator[SharedRedis]:
    made = SharedRedis(valkey.url, RedisSettings(prefix=f"whereabouts-{next(_NAMES)}"), "one", Random(1))
    yield made
    await made.close()


@pytest.fixture
def two(redis: SharedRedis) -> tuple[Whereabouts, Whereabouts, Others]:
    bus = Others("other")
    return (
        Whereabouts(redis, bus, "one", "visitors"),
        Whereabouts(redis, Others("one"), "other", "visitors"),
        bus,
    )


async def test_who_is_connected_to_another_process_is_there_until_they_leave(
    two: tuple[Whereabouts, Whereabouts, Others],
) -> None:
    one, other, _ = two
    await other.step(["ann", "bob"])
    assert (await one.elsewhere("ann"), await one.elsewhere("cid")) == (True, False)
    await other.step(["bob", "cid"])
    assert (await one.elsewhere("ann"), await one.elsewhere("cid")) == (False, True)
    await other.step([])
    assert not await one.elsewhere("cid")
    await other.step(["cid"])
    assert await one.elsewhere("cid")


async def test_a_process_itself_is_not_elsewhere(two: tuple[Whereabouts, Whereabouts, Others]) -> None:
    one, _, _ = two
    await one.step(["ann"])
    assert not await one.elsewhere("ann")


async def test_what_a_process_knew_that_is_heard_no_more_counts_no_more(
    two: tuple[Whereabouts, Whereabouts, Others],
) -> None:
    one, other, bus = two
    await other.step(["ann"])
    bus.processes = ()
    assert not await one.elsewhere("ann")


async def test_it_is_forgotten_by_itself_and_with_the_end_of_its_process(
    redis: SharedRedis, two: tuple[Whereabouts, Whereabouts, Others]
) -> None:
    _, other, _ = two
    await other.step(["ann"])
    key = redis.key("here", "visitors", "other")
    assert 0 < await redis.client.pttl(key) <= 15_000
    supervisor = Supervisor(Random(1))
    _ = supervisor.service("whereabouts", lambda: other.run(lambda: ["ann"]))
    await until(redis, lambda: redis.client.exists(key), 1)
    await supervisor.stop()
    assert not await redis.client.exists(key)


async def until(redis: SharedRedis, ask: Callable[[], object], expected: object) -> None:
    """Asks again and again; each time is a round trip, so the others get their turn."""
    for _ in range(10_000):
        if await ask() == expected:  # type: ignore[misc]
            return
    raise AssertionError("it never came true")


async def test_what_redis_has_lost_is_told_again(
    redis: SharedRedis, two: tuple[Whereabouts, Whereabouts, Others]
) -> None:
    one, other, _ = two
    await other.step(["ann", "bob"])
    _ = await redis.client.delete(redis.key("here", "visitors", "other"))
    await other.step(["ann", "bob"])
    assert await one.elsewhere("bob")


async def test_who_left_while_redis_was_away_has_left(
    valkey: Valkey, redis: SharedRedis, two: tuple[Whereabouts, Whereabouts, Others]
) -> None:
    one, other, _ = two
    await other.step(["ann", "bob"])
    valkey.stop()
    await redis.look()
    await other.step(["bob"])
    assert not await one.elsewhere("ann")
    valkey.start()
    await redis.look()
    await other.step(["bob"])
    assert (await one.elsewhere("ann"), await one.elsewhere("bob")) == (False, True)


async def test_thousands_are_told_in_pieces(two: tuple[Whereabouts, Whereabouts, Others]) -> None:
    one, other, _ = two
    await other.step([f"visitor-{n}" for n in range(2500)])
    assert all([await one.elsewhere(f"visitor-{n}") for n in (0, 1200, 2499)])
