"""A database on an event loop in a thread of its own, for reads and writes so large that others would wait for them."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from core.errors import Unavailable
from core.store.database import Database, Given
from core.store.tx import Outcome, Tx

P = ParamSpec("P")
T = TypeVar("T")


class BesideDatabase:
    """Satisfies ``Database``. The thread begins with the first use; what ``make`` makes belongs to it alone.

    To be asked on the event loop of the program, which hears of each commit.
    """

    def __init__(self, make: Callable[[Given], Database], given: Given) -> None:
        self._make = make
        self._given = given
        self._home: asyncio.AbstractEventLoop | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._db: Database | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def large(self) -> Database:
        return self

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._there(lambda db: db.run(work, *args, **kwargs))

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._there(lambda db: db.read(work, *args, **kwargs))

    async def close(self) -> None:
        """Break off what is under way, let go of the connections and end the thread."""
        self._closed = True
        if self._loop is None or self._thread is None:
            return
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._end(), self._loop))
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)

    async def _end(self) -> None:
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        if self._db is not None:
            await self._db.close()

    async def _there(self, ask: "Callable[[Database], Coroutine[Any, Any, T]]") -> T:
        if self._closed:
            raise Unavailable("the database is closed")
        if self._loop is None:
            self._begin()
        assert self._loop is not None  # noqa: S101 - it has just begun
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ask(ask), self._loop))

    async def _ask(self, ask: "Callable[[Database], Coroutine[Any, Any, T]]") -> T:
        if self._db is None:
            self._db = self._make(replace(self._given, committed=self._committed))
        return await ask(self._db)

    def _begin(self) -> None:
        self._home = asyncio.get_running_loop()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_serve, args=(self._loop,), name="database", daemon=True)
        self._thread.start()

    def _committed(self, outcome: Outcome) -> None:
        if self._home is not None:
            self._home.call_soon_threadsafe(self._given.committed, outcome)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
