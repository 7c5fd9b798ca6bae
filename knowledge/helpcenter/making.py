"""Finished pages: out of memory where they are there, else made by few at once, once for all who wait, and not without end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from core.errors import Unavailable
from knowledge.helpcenter.contract import HelpParts
from knowledge.helpcenter.keeping import Cache, Made
from knowledge.helpcenter.limiting import often, source_of
from knowledge.helpcenter.room import Room
from knowledge.helpcenter.visiting import Visit

Make = Callable[[], Awaitable[Made]]


@dataclass(slots=True)
class _Wait:
    """Those who want the same page; ``many`` with whoever makes it."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    many: int = 0


class Maker:
    """One a process."""

    def __init__(self, parts: HelpParts, cache: Cache) -> None:
        self._parts = parts
        self._cache = cache
        self._room = Room(parts.settings.making)
        self._waiting: dict[Hashable, _Wait] = {}

    async def page(self, request: web.Request, visit: Visit, key: Hashable | None, make: Make) -> Made:
        """``key``: what tells it from other pages of this brand and audience; None: it is another one each time.

        Only what takes work is limited: raises TooOften, Unavailable.
        """
        whole, generation = (visit.key, key), visit.ground.generation
        page = None if key is None else self._cache.get(whole, generation)
        if page is not None:
            return page
        if key is None:
            return await self._made(request, make)
        async with self._turn((whole, generation)):
            # Somebody else may have made it meanwhile.
            page = self._cache.get(whole, generation)
            if page is None:
                page = await self._made(request, make)
                self._cache.put(whole, generation, page)
        return page

    async def _made(self, request: web.Request, make: Make) -> Made:
        await often(self._parts, "pages", request, self._parts.settings.pages)
        async with self._room.place(source_of(request)):
            return await make()

    async def _waited(self, turn: asyncio.Lock) -> None:
        """Those before may each wait for a place of their own, and one of them only has to make the page."""
        limits = self._parts.settings.making
        try:
            async with asyncio.timeout(limits.wait_s):
                await turn.acquire()
        except TimeoutError:
            raise Unavailable("the page is not made yet", retry_after_s=limits.retry_s) from None

    @asynccontextmanager
    async def _turn(self, key: Hashable) -> AsyncIterator[None]:
        wait = self._waiting.setdefault(key, _Wait())
        wait.many += 1
        try:
            await self._waited(wait.turn)
            try:
                yield
            finally:
                wait.turn.release()
        finally:
            wait.many -= 1
            if not wait.many:
                del self._waiting[key]
