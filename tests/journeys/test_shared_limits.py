"""Two servers that share a Redis: who guessed too often at one is refused at both, and nobody is refused because Redis is away."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.servers.parley import Server
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.server
EMAIL = "anna@lumenandleaf.example"
LATE_S = 120.0


async def signed_in(http: aiohttp.ClientSession, server: Server, password: str) -> int:
    """The status of an attempt."""
    body = {"email": EMAIL, "password": password}
    async with http.post(f"{server.address}/api/session", json=body) as response:
        return response.status


async def test_wrong_passwords_count_at_every_server_while_redis_is_there_and_right_ones_work_without_it(
    tmp_path: Path, http: aiohttp.ClientSession, valkey: Valkey
) -> None:
    # Each with a database of its own: all that they share is Redis.
    settings = {
        "PARLEY_REDIS_URL": valkey.url,
        "PARLEY_REDIS_PREFIX": "shared-limits-journey",
        "PARLEY_REDIS_ANSWER_S": "60",
        "PARLEY_REDIS_CONNECT_S": "60",
        # However slow the machine is, no attempt grows back meanwhile.
        "PARLEY_CONSOLE_SIGN_IN_PER_ACCOUNT_AND_ADDRESS_BURST": "5",
        "PARLEY_CONSOLE_SIGN_IN_PER_ACCOUNT_AND_ADDRESS_PER_S": "0.0001",
    }
    one, two = servers = [Server(tmp_path / name, settings) for name in ("one", "two")]
    try:
        await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
        right = two.sign_ins()[EMAIL]
        assert [await signed_in(http, one, "wrong") for _ in range(5)] == [401] * 5
        assert [await signed_in(http, server, right) for server in servers] == [429, 429]
        valkey.stop()
        # One knows what it refused; the other counts for itself, from nothing.
        assert await signed_in(http, two, right) == 200
        assert await signed_in(http, one, right) == 429
        valkey.start()
        async with asyncio.timeout(LATE_S):
            while await signed_in(http, two, right) != 429:
                pass
    finally:
        for server in servers:
            if server.process is not None:
                await asyncio.to_thread(server.stop)
    assert "limits count in this process only" in two.log()
