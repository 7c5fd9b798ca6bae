"""The line to several servers at once: each request, and each socket, goes to any of them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

import aiohttp

from tests.journeys.line import UNREACHABLE, Line

T = TypeVar("T")

REQUEST_S = 10.0
"""A server that was stopped takes connections and says nothing."""
_BEAT_S = 3.0
_RETRY_S = (0.05, 0.3)


async def pause(seconds: float) -> None:
    """Nothing tells when a process that is held up, or a network, should come back."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    await over.wait()


class AnyOf:
    """Stands for all of them; its address is another one each time."""

    def __init__(self, addresses: Sequence[str], random: Random) -> None:
        self._addresses = addresses
        self._random = random

    @property
    def address(self) -> str:
        return self._random.choice(self._addresses)


class Everywhere(Line):
    """As a proxy without memory in front of them."""

    async def connect(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> aiohttp.ClientWebSocketResponse:
        """It ends when the other side is silent for too long."""
        return await self.http.ws_connect(url, headers=headers, max_msg_size=0, heartbeat=_BEAT_S)

    async def insist(self, call: Callable[[str], Awaitable[T]]) -> T:
        """Until one of them answers."""
        while True:
            try:
                return await call(self.server.address)
            except UNREACHABLE:
                await pause(Random().uniform(*_RETRY_S))


def sessions() -> aiohttp.ClientSession:
    """Connections without a limit of their own; each request has a time limit."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=REQUEST_S),
    )
