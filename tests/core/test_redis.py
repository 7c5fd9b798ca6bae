"""The shared Redis: asked with short patience, known to be away at once, and found again by itself."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from random import Random

import pytest
from redis.asyncio import Redis

from core.redis import RedisAway, RedisSettings, SharedRedis
from core.tasks import Supervisor
from tests.servers.cutting import cutting_network
from tests.servers.programs import free_ports
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.server
PATIENCE_S = 60.0


@asynccontextmanager
async def shared(url: str, settings: RedisSettings | None = None) -> AsyncIterator[SharedRedis]:
    """As a running process has it, which looks by itself."""
    supervisor = Supervisor(Random(1))
    redis = SharedRedis(url, settings or RedisSettings(prefix="redis-tests"), "one", Random(1))
    _ = supervisor.service("redis", redis.run)
    try:
        yield redis
    finally:
        await supervisor.stop()
        await redis.close()


async def until(redis: SharedRedis, *, well: bool) -> None:
    """It is, or turns."""
    turned = asyncio.Event()
    unlisten = redis.on_change(lambda now: turned.set() if now == well else None)
    async with asyncio.timeout(PATIENCE_S):
        while not (redis.well if well else redis.away):
            await turned.wait()
            turned.clear()
    unlisten()


async def hello(client: Redis) -> object:
    return await client.echo("hello")


async def test_it_is_asked_before_anybody_has_looked(valkey: Valkey) -> None:
    redis = SharedRedis(valkey.url, RedisSettings(), "one", Random(1))
    assert await redis.ask(hello) == b"hello"
    await redis.close()


async def test_while_it_is_away_nobody_waits_for_it() -> None:
    async with shared(f"redis://127.0.0.1:{free_ports(1)[0]}") as redis:
        await until(redis, well=False)

        def never(_client: Redis) -> Awaitable[None]:
            raise AssertionError("asked, though it is away")

        with pytest.raises(RedisAway):
            await redis.ask(never)


async def test_it_is_found_again_when_it_is_back(valkey: Valkey) -> None:
    async with shared(valkey.url) as redis:
        await until(redis, well=True)
        valkey.kill()
        await until(redis, well=False)
        valkey.start()
        await until(redis, well=True)
        assert await redis.ask(hello) == b"hello"


async def test_one_that_does_not_answer_is_away_until_it_does(valkey: Valkey) -> None:
    assert valkey.process is not None
    async with shared(valkey.url, RedisSettings(prefix="redis-tests", answer_s=0.2)) as redis:
        await until(redis, well=True)
        valkey.process.send_signal(signal.SIGSTOP)
        try:
            await until(redis, well=False)
        finally:
            valkey.process.send_signal(signal.SIGCONT)
        await until(redis, well=True)


async def test_a_connection_that_carries_nothing_is_left_for_a_new_one(valkey: Valkey) -> None:
    async with cutting_network(Random(1)) as network:
        network.lead_to(valkey.url)
        url = valkey.url.replace(str(valkey.port), str(network.port))
        async with shared(url, RedisSettings(prefix="redis-tests", answer_s=2.0)) as redis:
            await until(redis, well=True)
            network.die()
            await redis.look()
            await until(redis, well=True)
            assert await redis.ask(hello) == b"hello"


async def test_one_late_answer_does_not_send_it_away(valkey: Valkey) -> None:
    async with shared(valkey.url) as redis:
        await until(redis, well=True)
        with pytest.raises(RedisAway):
            await redis.ask(lambda client: client.blpop(["nobody"], timeout=30))
        assert not redis.away


async def test_one_that_takes_no_writes_is_no_use(valkey: Valkey) -> None:
    async with shared(valkey.url) as redis:
        await until(redis, well=True)
        _ = await redis.client.config_set("maxmemory", "1")
        try:
            await until(redis, well=False)
            assert "memory" in redis.detail
        finally:
            _ = await redis.client.config_set("maxmemory", "0")
        await until(redis, well=True)


async def test_a_wrong_password_is_said_and_the_right_one_never(valkey: Valkey) -> None:
    wrong = valkey.url.replace("not%20a%20secret", "guess")
    async with shared(wrong) as redis:
        await until(redis, well=False)
        assert "password" in redis.detail
        assert_silent((redis.detail, redis.where, repr(RedisSettings(url=wrong))), "guess")


async def test_a_mistake_of_whoever_asks_does_not_send_it_away(valkey: Valkey) -> None:
    async with shared(valkey.url) as redis:
        await until(redis, well=True)
        with pytest.raises(Exception, match=r"(?i)unknown"):
            await redis.ask(lambda client: client.eval("return redis.call('NONSENSE')", 0))
        assert redis.well


def assert_silent(texts: Iterable[str], secret: str) -> None:
    assert not [text for text in texts if secret in text]
