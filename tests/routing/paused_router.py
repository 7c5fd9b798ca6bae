"""A router in a process of its own that stops itself, as SIGSTOP does, right when it writes what it decided."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import Callable
from typing import Any

from core.bus import InProcessBus
from core.clock import SystemClock
from core.errors import Conflict
from core.ids import TimeOrderedIds
from core.outbox import routes
from core.store.database import Database, Given
from core.store.postgres import PostgresDatabase, PostgresSettings
from core.store.shared_time import SharedTime
from core.store.tx import Tx
from routing import intake, lease
from routing.handlers import Router, routing_handler, sla_handler

BEFORE, INSIDE, NEVER = "before", "inside", "never"
"""Of the transaction that commits offers: right before it, or at its end with all of its locks."""
IDLE_S = 2.0


class StopsOnce:
    """The database, but that the first offers are written only after somebody has woken the process again."""

    def __init__(self, db: Database, when: str) -> None:
        self._db = db
        self._when = when
        self._epoch: int | None = None

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        offers = work is intake.commit and bool(args[1])
        if offers and self._when == BEFORE:
            self._stop()
        written = self._then_stopping(work) if offers and self._when == INSIDE else work
        try:
            result = await self._db.run(written, *args, **kwargs)
        except Conflict as conflict:
            tell(f"refused {conflict.code}")
            raise
        if work is lease.hold and result != self._epoch:
            self._epoch = result
            tell("stands by" if result is None else "leads")
        if offers:
            tell("wrote")
        return result

    def _then_stopping(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def written(tx: Tx, *args: Any) -> Any:
            result = work(tx, *args)
            if self._when == INSIDE:
                self._stop()
            return result

        return written

    async def read(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self._db.read(work, *args, **kwargs)

    @property
    def large(self) -> Database:
        return self._db.large

    async def close(self) -> None:
        await self._db.close()

    def _stop(self) -> None:
        self._when = NEVER
        tell("stops")
        os.kill(os.getpid(), signal.SIGSTOP)


def tell(word: str) -> None:
    print(word, flush=True)


async def route(url: str, holder: str, when: str) -> None:
    """Until somebody ends the process."""
    clock, bus, jitter = SystemClock(), InProcessBus(), random.Random(holder)
    given = Given(
        clock,
        TimeOrderedIds(clock, jitter.getrandbits),
        routes([routing_handler(), sla_handler()]),
        lambda _: None,
        (SharedTime(of_database=True),),
    )
    db = StopsOnce(PostgresDatabase(url, given, jitter, PostgresSettings(idle_s=IDLE_S)), when)
    await Router(db, bus, clock, holder).run()


if __name__ == "__main__":
    asyncio.run(route(*sys.argv[1:]))
