"""A relay in a process of its own that stops or ends itself, as SIGSTOP and SIGKILL do, in the middle of a handler."""

import asyncio
import logging
import os
import random
import signal
import sys
from dataclasses import dataclass

from sqlalchemy import Column, Integer, MetaData, Table, Text, func, insert, select

from core.clock import SystemClock
from core.events import MessageReceived, Recorded
from core.ids import TimeOrderedIds
from core.outbox import IoHandler, Last, OutboxHandler, Relay, TxHandler, routes
from core.relay_settings import RelaySettings
from core.store.database import Database, Given
from core.store.postgres import PostgresDatabase, PostgresSettings
from core.store.shared_time import SharedTime
from core.store.tx import Tx
from core.tasks import Supervisor

IN_TX, IN_IO = "tx", "io"
WELL = "well"
NTH = 3
"""So many handlers of a kind it runs before the one in the middle of which it stops or ends itself."""
CLAIM_S = IDLE_S = 2.0

handled = Table(
    "handled",
    MetaData(),
    Column("seq", Integer, primary_key=True),
    Column("handler", Text),
    Column("topic", Text),
    Column("n", Integer),
    Column("behind", Integer),
    Column("by", Text),
)
"""Each event that a handler was done with, the one before it when it began, and whose handler it was."""


def handlers(work: "Work") -> list[OutboxHandler]:
    return [
        TxHandler(IN_TX, (MessageReceived,), work.in_tx),
        IoHandler(IN_IO, (MessageReceived,), work.in_io, time_limit_s=60),
    ]


@dataclass(slots=True)
class Work:
    """``where`` it stops, or ends, by ``what``; ``by`` is the name of the process."""

    by: str
    where: str = WELL
    what: signal.Signals = signal.SIGSTOP
    db: Database | None = None
    _ran: int = 0

    def in_tx(self, tx: Tx, recorded: Recorded) -> None:
        behind = _behind(tx, IN_TX, recorded)
        self._break_if_told(IN_TX, recorded)
        self._done(tx, IN_TX, recorded, behind)

    async def in_io(self, recorded: Recorded) -> Last:
        assert self.db is not None
        behind = await self.db.read(_behind, IN_IO, recorded)
        self._break_if_told(IN_IO, recorded)
        return lambda tx: self._done(tx, IN_IO, recorded, behind)

    def _break_if_told(self, where: str, recorded: Recorded) -> None:
        self._ran += where == self.where
        if where == self.where and self._ran > NTH:
            self.where = WELL
            tell(f"breaks {recorded.topic} {recorded.n}")
            os.kill(os.getpid(), self.what)

    def _done(self, tx: Tx, handler: str, recorded: Recorded, behind: int) -> None:
        row = {"handler": handler, "topic": recorded.topic, "n": recorded.n, "behind": behind, "by": self.by}
        tx.conn.execute(insert(handled).values(row))


def _behind(tx: Tx, handler: str, recorded: Recorded) -> int:
    """The newest one of its stream that was done by now."""
    of_stream = (handled.c.handler == handler, handled.c.topic == recorded.topic)
    return tx.conn.execute(select(func.max(handled.c.n)).where(*of_stream)).scalar_one() or 0


def tell(word: str) -> None:
    print(word, flush=True)


async def relay(url: str, work: Work) -> None:
    """Until somebody ends the process."""
    clock, jitter = SystemClock(), random.Random(work.by)
    table = handlers(work)
    ids = TimeOrderedIds(clock, jitter.getrandbits)
    given = Given(clock, ids, routes(table), lambda _: None, (SharedTime(of_database=True),))
    work.db = PostgresDatabase(url, given, jitter, PostgresSettings(idle_s=IDLE_S))
    settings = RelaySettings(poll_s=0.05, claim_s=CLAIM_S)
    supervisor = Supervisor(jitter)
    working = Relay(work.db, table, supervisor, clock, jitter, settings)
    await working.step()
    tell("works")
    await supervisor.service("relay", working.run)


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stdout, format="%(message)s")
    address, name, where, what = sys.argv[1:]
    asyncio.run(relay(address, Work(name, where, signal.Signals[what])))
