"""Rate limits in Redis: nobody is refused because it is away, and what is told to it names nobody."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from random import Random

import pytest
from redis.asyncio import Redis

from core.limits import Rate
from core.redis import RedisSettings, SharedRedis
from core.scripts import Scripts
from core.shared_limits import SharedRateLimits
from core.tasks import Supervisor
from tests.builders import ManualClock
from tests.servers.programs import free_ports
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.server
PATIENCE_S = 60.0
SLOW = Rate(burst=3, per_s=0.001)
_numbers = count(1)


@asynccontextmanager
async def processes(
    url: str, many: int = 2, wait_s: float = PATIENCE_S
) -> AsyncIterator[list[tuple[SharedRedis, SharedRateLimits]]]:
    """Of one installation that no other test knows; Redis is waited for ``wait_s``."""
    settings = RedisSettings(prefix=f"shared-limits-{next(_numbers)}", connect_s=wait_s, answer_s=wait_s)
    redis, supervisor = (
        [SharedRedis(url, settings, str(n), Random(n)) for n in range(many)],
        Supervisor(Random(1)),
    )
    try:
        yield [(each, SharedRateLimits(Scripts(each, supervisor), ManualClock())) for each in redis]
    finally:
        await supervisor.stop()
        for each in redis:
            await each.close()


async def granted(limits: SharedRateLimits, key: str = "a", times: int = 10) -> int:
    """How many of so many."""
    return [await limits.take((key, SLOW)) for _ in range(times)].count(0)


async def test_while_redis_is_away_each_process_counts_for_itself_and_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with processes(f"redis://127.0.0.1:{free_ports(1)[0]}") as ((_, here), (_, there)):
        with caplog.at_level(logging.WARNING):
            assert await here.wait_s(("a", SLOW)) == 0
            assert await granted(here) == 3
            loan = await here.borrow(("b", SLOW))
            await loan.give_back()
            assert await granted(here, "b") == 3
        said = [record.message.partition(":")[0] for record in caplog.records]
        assert said.count("limits count in this process only") == 1
        assert await granted(there) == 3


async def test_when_redis_goes_what_this_process_granted_still_counts_and_when_it_is_back_all_count_together(
    valkey: Valkey,
) -> None:
    async with processes(valkey.url) as ((redis, here), (_, there)):
        assert await granted(here, times=2) == 2
        valkey.stop()
        assert await granted(here) == 1
        valkey.start()
        await redis.look()
        assert await granted(here) == 0
        # The two of before are in Redis; the one that was granted without it is not.
        assert await granted(there) == 1


async def test_what_was_granted_without_redis_is_not_given_back_to_it(valkey: Valkey) -> None:
    async with processes(valkey.url) as ((redis, here), (_, there)):
        assert await granted(here, times=2) == 2
        valkey.stop()
        loan = await here.borrow(("a", SLOW))
        assert loan.wait_s == 0
        valkey.start()
        await redis.look()
        await loan.give_back()
        assert await granted(there) == 1


async def test_a_redis_that_hangs_keeps_everybody_waiting_once_and_refuses_nobody(
    valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(valkey.url, 1, wait_s=0.5) as ((redis, limits),):
        assert await granted(limits, times=1) == 1
        asked: list[object] = []

        async def ask(command: Callable[[Redis], Awaitable[object]]) -> object:
            asked.append(command)
            return await SharedRedis.ask(redis, command)

        monkeypatch.setattr(redis, "ask", ask)
        with valkey.hanging():
            async with asyncio.timeout(PATIENCE_S):
                found = await asyncio.gather(*(limits.take((str(n), SLOW)) for n in range(500)))
            assert found == [0] * 500
            assert len(asked) == 1
            await redis.look()
            assert redis.away
            assert await granted(limits) == 2
            assert len(asked) == 1


async def test_a_flood_that_this_process_alone_has_let_in_is_refused_without_a_word_to_redis(
    valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(valkey.url, 1) as ((redis, limits),):
        assert await granted(limits) == 3

        async def never(_command: object) -> None:
            raise AssertionError("Redis was asked")

        monkeypatch.setattr(redis, "ask", never)
        assert await limits.take(("a", SLOW)) > 0
        assert await limits.wait_s(("a", SLOW)) > 0


async def test_a_redis_that_forgot_the_script_is_told_it_again(valkey: Valkey) -> None:
    async with processes(valkey.url) as ((redis, here), (_, there)):
        assert await granted(here, times=1) == 1
        await redis.ask(lambda client: client.script_flush())
        assert await granted(there) == 2


async def test_a_redis_that_runs_no_scripts_refuses_nobody(valkey: Valkey) -> None:
    async with processes(valkey.url, 1) as ((redis, _),):
        await redis.ask(
            lambda client: client.acl_setuser(
                "no-scripts", enabled=True, passwords=["+x"], keys=["*"], commands=["+@all", "-@scripting"]
            )
        )
        url = f"redis://no-scripts:x@127.0.0.1:{valkey.port}/0"
        async with processes(url, 1) as ((_, kept_out),):
            assert await granted(kept_out) == 3


async def test_no_account_and_no_address_can_be_read_in_redis(valkey: Valkey) -> None:
    async with processes(valkey.url, 1) as ((redis, limits),):
        assert await granted(limits, f"sign_in:ada@example.org:{'x' * 10_000}") == 3
        key = redis.key("{limits}")
        (found,) = await redis.ask(lambda client: client.keys(f"{key}:*"))
        assert len(found) == len(key) + 33
