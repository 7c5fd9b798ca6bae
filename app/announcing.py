"""Says every few seconds that this process runs and what it is, so that ``parley doctor`` sees the whole installation."""

import asyncio
import os
import resource
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.runtime import Runtime
from app.version import VERSION
from core.clock import Clock
from core.errors import Unavailable
from core.store.schema import newest
from core.store.shared_time import shared_now
from core.store.tables.processes import process
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """``connections``: to the database, at most. ``redis``: what is wrong with it, as this process sees it."""

    id: str
    version: str
    roles: str
    host: str
    pid: int
    open_files: int
    connections: int
    redis: str | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A process that said so lately. ``knows``: its newest migration. ``skew_s``: its clock less the database's."""

    facts: ProcessFacts
    knows: str
    skew_s: float

    @property
    def name(self) -> str:
        return f"{self.facts.host} {self.facts.pid}"


class Announcing:
    """One a process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._since = runtime.clock.now()

    async def run(self) -> None:
        """A service; at the end its row goes."""
        runtime = self._runtime
        settings = runtime.settings.process
        try:
            while True:
                with suppress(Unavailable):
                    await runtime.db.run(announce, self._facts(), runtime.clock, settings.forget_s)
                await asyncio.sleep(settings.announce_s)
        finally:
            with suppress(Unavailable):
                await runtime.db.run(leave, runtime.process)

    def _facts(self) -> ProcessFacts:
        runtime, postgres = self._runtime, self._runtime.settings.postgres
        away = runtime.redis is not None and runtime.redis.away
        return ProcessFacts(
            id=runtime.process,
            version=VERSION,
            roles=",".join(sorted(runtime.settings.served)),
            host=socket.gethostname(),
            pid=os.getpid(),
            open_files=resource.getrlimit(resource.RLIMIT_NOFILE)[0],
            connections=0 if runtime.alone else postgres.most,
            redis=runtime.redis.detail if runtime.redis is not None and away else None,
            started_at=self._since,
        )


def announce(tx: Tx, facts: ProcessFacts, clock: Clock, forget_s: float) -> None:
    """That it runs now; who has said nothing for ``forget_s`` is forgotten."""
    row = {"skew_s": skew(tx, clock), "knows": newest(), "seen_at": shared_now(tx), **asdict(facts)}
    written = tx.insert_for(process).values(row)
    tx.conn.execute(written.on_conflict_do_update(index_elements=["id"], set_=row))
    long_ago = row["seen_at"] - timedelta(seconds=forget_s)
    tx.conn.execute(delete(process).where(process.c.seen_at < long_ago))


def leave(tx: Tx, id: str) -> None:
    """It runs no more."""
    tx.conn.execute(delete(process).where(process.c.id == id))


def running(tx: Tx, gone_s: float) -> Sequence[Running]:
    """Those that said so within ``gone_s``, the oldest first."""
    lately = shared_now(tx) - timedelta(seconds=gone_s)
    rows = tx.conn.execute(select(process).where(process.c.seen_at >= lately).order_by(process.c.started_at))
    return [
        Running(
            ProcessFacts(
                row.id,
                row.version,
                row.roles,
                row.host,
                row.pid,
                row.open_files,
                row.connections,
                row.redis,
                row.started_at,
            ),
            row.knows,
            row.skew_s,
        )
        for row in rows
    ]


def skew(tx: Tx, clock: Clock) -> float:
    """This machine's clock less the database's, in seconds: so much at the least, however long the answer took."""
    before = clock.now()
    there = shared_now(tx)
    after = clock.now()
    if before <= there <= after:
        return 0.0
    return (before - there if there < before else after - there).total_seconds()
