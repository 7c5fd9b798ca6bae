"""Scripts in Redis: what many ask at one time goes there together, and each gets the answer that is theirs."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from random import Random

import pytest

from core.redis import RedisAway, RedisSettings, SharedRedis
from core.scripts import Script, Scripts
from core.tasks import Supervisor
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.server
ADD = "return redis.call('INCRBY', KEYS[1], ARGV[1])"
_numbers = count(1)


@pytest.fixture
async def scripts(valkey: Valkey) -> AsyncIterator[Scripts]:
    supervisor = Supervisor(Random(1))
    settings = RedisSettings(
        prefix=f"scripts-tests-{next(_numbers)}", connections=1, connect_s=60, answer_s=60
    )
    redis = SharedRedis(valkey.url, settings, "one", Random(1))
    yield Scripts(redis, supervisor)
    await supervisor.stop()
    await redis.close()


async def rounds(scripts: Scripts) -> int:
    """How often anybody sent scripts, over all of the server's life: each round is one read of the server's."""
    stats = await scripts.redis.ask(lambda client: client.info("stats"))
    return int(stats["total_reads_processed"])


async def test_many_at_one_time_go_together_and_each_gets_its_own_answer(scripts: Scripts) -> None:
    add, key = scripts.script(ADD), scripts.key("sum")
    assert await add.run([key], 1) == 1
    before = await rounds(scripts)
    assert await asyncio.gather(*(add.run([key], 1) for _ in range(100))) == list(range(2, 102))
    assert await rounds(scripts) - before < 50
    # More than go at once, over one connection.
    many = await asyncio.gather(*(add.run([key], 1) for _ in range(1_000)))
    assert many == list(range(102, 1_102))


async def test_one_that_cannot_be_run_is_as_if_redis_were_away_and_takes_nobody_with_it(
    scripts: Scripts,
) -> None:
    add, key, word = scripts.script(ADD), scripts.key("sum"), scripts.key("word")
    await scripts.redis.ask(lambda client: client.set(word, "no number"))
    answers = await asyncio.gather(*(add.run([each], 1) for each in (key, word, key)), return_exceptions=True)
    assert [answers[0], answers[2]] == [1, 2]
    assert isinstance(answers[1], RedisAway)
    assert not scripts.redis.away


async def test_a_server_that_forgot_it_is_told_it_again(scripts: Scripts) -> None:
    add, key = scripts.script(ADD), scripts.key("sum")
    assert await add.run([key], 1) == 1
    await scripts.redis.ask(lambda client: client.script_flush())
    assert await asyncio.gather(*(add.run([key], 1) for _ in range(3))) == [2, 3, 4]


async def test_who_gives_up_takes_nobody_with_them(scripts: Scripts) -> None:
    add, key = scripts.script(ADD), scripts.key("sum")
    asking = [asyncio.create_task(add.run([key], 1)) for _ in range(3)]
    await asyncio.sleep(0)
    asking[0].cancel()
    found = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert all(isinstance(each, int) for each in found[1:])


async def test_when_redis_goes_in_the_middle_everybody_hears_it_and_afterwards_at_once(
    scripts: Scripts, valkey: Valkey
) -> None:
    add, key = scripts.script(ADD), scripts.key("sum")
    assert await add.run([key], 1) == 1
    valkey.stop()
    found = await asyncio.gather(*(add.run([key], 1) for _ in range(10)), return_exceptions=True)
    assert {type(each) for each in found} == {RedisAway}
    with pytest.raises(RedisAway):
        await add.run([key], 1)
    valkey.start()
    await scripts.redis.look()
    assert await add.run([key], 1) == 2


async def test_when_the_process_ends_nobody_is_left_waiting(valkey: Valkey) -> None:
    supervisor = Supervisor(Random(1))
    redis = SharedRedis(valkey.url, RedisSettings(), "one", Random(1))
    add = Script(redis, supervisor, ADD)
    asking = [asyncio.create_task(add.run([redis.key("sum")], 1)) for _ in range(3)]
    await asyncio.sleep(0)
    await supervisor.stop()
    found = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(each) for each in found} == {RedisAway}
    await redis.close()
