"""SQLite: one writer thread that lets waiting transactions share a commit, and readers beside it."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from core.errors import Unavailable
from core.store.database import Database, Given
from core.store.tx import Outcome, Tx

P = ParamSpec("P")
T = TypeVar("T")

_SHARED_COMMIT = 64
_READERS = 4
_BUSY_MS = 10_000
_LOST = "lost"
"""In the connection's ``info``: the transaction under way must not be committed."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Tx], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    outcome: Outcome | None = None


class SqliteDatabase:
    """A file in WAL mode with ``synchronous=FULL``: what is committed survives a power cut."""

    def __init__(self, path: str, given: Given) -> None:
        self._given = given
        self._writing = _engine(path, query_only=False)
        self._reading = _engine(path, query_only=True)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-read")
        self._local = threading.local()
        self._opened: list[Connection] = []
        self._loop = asyncio.get_running_loop()
        self._writer = threading.Thread(target=self._write, name="sqlite-write", daemon=True)
        self._writer.start()
        self._closed = False

    @property
    def large(self) -> Database:
        """All work has threads of its own."""
        return self

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._closed:
            raise Unavailable("the database is closed")
        job = _Job(partial(_call, work, args, kwargs), self._loop.create_future())
        self._jobs.put(job)
        result: T = await asyncio.shield(job.future)
        return result

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._loop.run_in_executor(self._readers, self._read, partial(_call, work, args, kwargs))

    async def close(self) -> None:
        """Finish what waits, then let go of the file."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._readers.shutdown)
        for conn in self._opened:
            conn.close()
        self._writing.dispose()
        self._reading.dispose()

    def _read(self, work: Callable[[Tx], T]) -> T:
        conn: Connection | None = getattr(self._local, "conn", None)
        if conn is None:
            conn = self._local.conn = self._reading.connect()
            self._opened.append(conn)
        try:
            given = self._given
            return work(Tx(conn, given.clock.now(), given.ids, {}, settings=given.settings))
        except SQLAlchemyError as error:
            raise Unavailable(f"the database could not be read: {error}") from error
        finally:
            conn.rollback()

    def _write(self) -> None:
        with self._writing.connect() as conn:
            ended = False
            while not ended:
                jobs, ended = self._waiting()
                if jobs:
                    self._commit(conn, jobs)
                    self._loop.call_soon_threadsafe(self._settle, jobs)

    def _waiting(self) -> tuple[list[_Job], bool]:
        """Every job that waits, at least one, at most ``_SHARED_COMMIT``; True when the database closes."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == _SHARED_COMMIT:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True

    def _commit(self, conn: Connection, jobs: Sequence[_Job]) -> None:
        try:
            with conn.begin():
                for job in jobs:
                    self._attempt(conn, job, alone=len(jobs) == 1)
        except BaseException as error:  # noqa: BLE001 - each waiting caller must hear of it, whatever it is
            if _driver(conn).in_transaction:
                # A COMMIT that failed leaves its transaction open, and nobody could begin another one.
                conn.invalidate()
            failure = error if len(jobs) == 1 and jobs[0].error is error else _unavailable(error)
            for job in jobs:
                job.error = job.error or failure

    def _attempt(self, conn: Connection, job: _Job, *, alone: bool) -> None:
        given = self._given
        tx = Tx(conn, given.clock.now(), given.ids, given.routes, partial(_part, conn), given.settings)
        if not alone:
            _at_once(conn, "SAVEPOINT job")
        try:
            job.result = job.work(tx)
            job.outcome = tx.flush()
        except Exception as error:
            job.error = _translated(error)
            if alone:
                raise job.error from error
            _at_once(conn, "ROLLBACK TO job")
        if not alone:
            _at_once(conn, "RELEASE job")

    def _settle(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            if job.error is None and job.outcome is not None:
                self._given.committed(job.outcome)
        for job in jobs:
            if job.future.cancelled():
                continue
            if job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.result)


def _at_once(conn: Connection, command: str) -> None:
    """Past SQLAlchemy's machinery, which costs ten times what SQLite does for these."""
    _driver(conn).execute(command)


@contextmanager
def _part(conn: Connection) -> Iterator[None]:
    """A savepoint of its own; they may lie in one another."""
    _at_once(conn, "SAVEPOINT part")
    try:
        yield
    except BaseException:
        if _still_there(conn):
            _at_once(conn, "ROLLBACK TO part")
            _at_once(conn, "RELEASE part")
        raise
    _at_once(conn, "RELEASE part")


def _still_there(conn: Connection) -> bool:
    """A full or failing disk makes SQLite undo the whole transaction, not just the part that failed.

    Whoever catches that failure would write on without a transaction: they get one that is never committed.
    """
    if _driver(conn).in_transaction:
        return True
    conn.info[_LOST] = True
    _at_once(conn, "BEGIN IMMEDIATE")
    return False


def _driver(conn: Connection) -> sqlite3.Connection:
    driver = conn.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("the connection is not SQLite's")
    return driver


def _call(work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], tx: Tx) -> T:
    return work(tx, *args, **kwargs)


def _translated(error: Exception) -> Exception:
    return _unavailable(error) if isinstance(error, SQLAlchemyError) else error


def _unavailable(error: BaseException) -> Unavailable:
    failure = Unavailable(f"the database refused: {error}")
    failure.__cause__ = error
    return failure


def _engine(path: str, *, query_only: bool) -> Engine:
    # Parameters hold what customers wrote: they do not belong into errors, and from there into the log.
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-65536",
            f"query_only={'ON' if query_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(conn: Connection) -> None:
        conn.info.pop(_LOST, None)
        _at_once(conn, "BEGIN" if query_only else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "commit")
    def committing(conn: Connection) -> None:
        if conn.info.get(_LOST):
            raise Unavailable("the disk is full or failing")

    return engine
