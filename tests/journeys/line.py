"""The line to a server that is killed and started again: who calls it waits until it is there."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp

from tests.servers.parley import Server

T = TypeVar("T")

UNREACHABLE = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""What a call gets when the server dies under it."""


@dataclass
class Line:
    """``progress`` counts what reached the visitors, so that a kill can hit any point of it."""

    server: Server
    http: aiohttp.ClientSession
    up: asyncio.Event = field(default_factory=asyncio.Event)
    progress: int = 0
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> float:
        """Until it answers; seconds it took."""
        seconds = await asyncio.to_thread(self.server.start)
        self.up.set()
        return seconds

    def kill(self) -> None:
        """As a power cut would."""
        self.up.clear()
        self.server.kill()

    async def start_and_kill_after(self, seconds: float) -> None:
        """Kill it while it starts, or soon after."""
        starting = asyncio.ensure_future(asyncio.to_thread(self._start_in_vain))
        await asyncio.wait({starting}, timeout=seconds)
        process = self.server.process
        if process is not None and process.poll() is None:
            process.kill()
        await starting
        self.kill()

    def _start_in_vain(self) -> None:
        with suppress(RuntimeError):
            self.server.start()

    async def connect(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> aiohttp.ClientWebSocketResponse:
        """A live socket."""
        return await self.http.ws_connect(url, headers=headers, max_msg_size=0)

    def moved(self) -> None:
        """One more frame has arrived."""
        self.progress += 1
        self._moved.set()

    async def passed(self, progress: int) -> None:
        """Until so much has arrived."""
        while self.progress < progress:
            self._moved.clear()
            await self._moved.wait()

    async def insist(self, call: Callable[[str], Awaitable[T]]) -> T:
        """``call`` the server's address again and again until it answers, over any number of kills."""
        while True:
            await self.up.wait()
            try:
                return await call(self.server.address)
            except UNREACHABLE:
                # Lets the kill be noticed before the next attempt.
                await asyncio.sleep(0)
