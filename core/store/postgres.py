"""PostgreSQL through asyncpg; a transaction runs under ``run_sync``, so that the same plain functions serve."""

import asyncio
import random
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec, TypeVar

import asyncpg
from sqlalchemy import Connection
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.errors import Unavailable
from core.store.beside import BesideDatabase
from core.store.database import Database, Given
from core.store.interrupted import Interrupted, interrupted
from core.store.keepalive import give_up_when_silent, keepalives
from core.store.refusals import said, unreachable
from core.store.tx import Outcome, Tx

P = ParamSpec("P")
T = TypeVar("T")

_ATTEMPTS = 4
_LOST_RACE = "23505"
_NO_ROOM = "53300"
_ROOM_S = 0.2


@dataclass(frozen=True, slots=True)
class PostgresSettings:
    """At most ``pool_size`` connections for what is small, and ``large_pool_size`` for what is large, made when they are first
    needed and kept; who finds none free waits ``pool_s``. Each keeps so many ``prepared_statements``. Seconds.

    ``connect_s``: for a new connection. ``statement_s``: for one statement, the wait for its locks included. ``idle_s``:
    a transaction whose process has said nothing for so long (it was stopped, or its network is gone) is ended by the
    server, so that nobody waits for what it had locked. ``gone_s``: so does what a machine began that has not answered the
    server for so long (keepalives, TCP only). ``silence_s``: a connection over which the server's machine has not answered
    for so long, acknowledgements included, is given up here; what it was not committing is done over a new one. ``large_s``,
    ``large_idle_s`` and ``large_silence_s``: the same for what is large, which works for seconds on what it read.
    ``large_answer_s``: what may take so long is only asked of a server that has answered over the same connection within this time.
    """

    pool_size: int = 20
    large_pool_size: int = 4
    prepared_statements: int = 500
    pool_s: float = 10.0
    connect_s: float = 5.0
    statement_s: float = 30.0
    idle_s: float = 3.0
    gone_s: float = 5.0
    silence_s: float = 10.0
    large_s: float = 600.0
    large_idle_s: float = 600.0
    large_silence_s: float = 60.0
    large_answer_s: float = 2.0

    @property
    def most(self) -> int:
        """So many connections of one process, of both kinds together."""
        return self.pool_size + self.large_pool_size

    @property
    def for_large(self) -> "PostgresSettings":
        """Those of the connections for what is large."""
        return replace(
            self,
            pool_size=self.large_pool_size,
            statement_s=self.large_s,
            idle_s=self.large_idle_s,
            silence_s=self.large_silence_s,
        )


class PostgresDatabase:
    """READ COMMITTED; deadlocks and lost races for a unique index are repeated, at most four times in all.

    So is what found its connection dead, unless it was committing: asking each connection first whether it lives would
    take three round trips a transaction.
    """

    def __init__(
        self,
        url: str,
        given: Given,
        jitter: random.Random,
        settings: PostgresSettings | None = None,
        answer_s: float | None = None,
    ) -> None:
        self._answer_s = answer_s
        self._settings = settings or PostgresSettings()
        self._url = url
        self._given = given
        self._jitter = jitter
        self._large: BesideDatabase | None = None
        # Parameters hold what customers wrote: they do not belong into errors, and from there into the log.
        self._engine: AsyncEngine = create_async_engine(
            url,
            pool_size=self._settings.pool_size,
            # One beyond the pool would be made anew each time, for a transaction that takes less long than that.
            max_overflow=0,
            # The same few as long as they are enough: their statements are ready.
            pool_use_lifo=True,
            pool_timeout=self._settings.pool_s,
            connect_args=_connecting(self._settings),
            hide_parameters=True,
        )
        sqlalchemy_event.listen(self._engine.sync_engine, "connect", self._watch)
        sqlalchemy_event.listen(self._engine.sync_engine, "handle_error", _of_statement, retval=True)

    def _watch(self, dbapi: DBAPIConnection, _: object) -> None:
        connection = dbapi.driver_connection
        assert isinstance(connection, asyncpg.Connection)  # noqa: S101 - no other driver is asked for
        # The driver has no way to ask for this, and none to get at the socket.
        give_up_when_silent(connection._transport.get_extra_info("socket"), self._settings.silence_s)  # noqa: SLF001

    @property
    def large(self) -> Database:
        if self._large is None:
            settings, answer_s = self._settings.for_large, self._settings.large_answer_s
            self._large = BesideDatabase(
                lambda given: PostgresDatabase(self._url, given, self._jitter, settings, answer_s),
                self._given,
            )
        return self._large

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def attempt(conn: Connection) -> tuple[T, Outcome]:
            given = self._given
            tx = Tx(conn, given.clock.now(), given.ids, given.routes, settings=given.settings)
            result = work(tx, *args, **kwargs)
            return result, tx.flush()

        for remaining in range(_ATTEMPTS - 1, -1, -1):
            committing = False
            try:
                async with aclosing(await self._connected()) as conn, conn.begin():
                    result, outcome = await conn.run_sync(attempt)
                    committing = True
            except (SQLAlchemyError, Interrupted) as error:
                again = _may_repeat(error) or (not committing and _was_dead(error))
                if not remaining or not again:
                    raise Unavailable(f"the database refused: {said(error)}") from error
                await asyncio.sleep(self._jitter.random() * 0.02)
            except TimeoutError as error:
                raise self._silent(error) from error
            else:
                self._given.committed(outcome)
                return result
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def attempt(conn: Connection) -> T:
            given = self._given
            return work(Tx(conn, given.clock.now(), given.ids, {}, settings=given.settings), *args, **kwargs)

        for remaining in (1, 0):
            try:
                async with aclosing(await self._connected()) as conn:
                    snapshot = await conn.execution_options(
                        isolation_level="REPEATABLE READ", postgresql_readonly=True
                    )
                    return await snapshot.run_sync(attempt)
            except (SQLAlchemyError, Interrupted) as error:
                if not remaining or not _was_dead(error):
                    raise Unavailable(f"the database could not be read: {said(error)}") from error
            except TimeoutError as error:
                raise self._silent(error) from error
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _silent(self, error: TimeoutError) -> Unavailable:
        """Nobody tries the other connections of the pool in vain: they are as old, and as silent."""
        self._engine.sync_engine.pool._invalidate(None, error)  # type: ignore[arg-type]  # noqa: SLF001 (there is no other way)
        return Unavailable("the database does not answer")

    async def _connected(self) -> AsyncConnection:
        """Raises Unavailable when there is no server; an OSError from anywhere else is not the database's."""
        conn = await self._opened()
        if self._answer_s is None:
            return conn
        try:
            driver = (await conn.get_raw_connection()).driver_connection
            assert isinstance(driver, asyncpg.Connection)  # noqa: S101 - no other driver is asked for
            await driver.execute("SELECT 1", timeout=self._answer_s)
        except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            await conn.invalidate(error)
            await conn.close()
            _ = self._silent(TimeoutError())
            conn = await self._opened()
        return conn

    async def _opened(self) -> AsyncConnection:
        """Where the server has no room for another one, one of ours comes free in time."""
        loop = asyncio.get_running_loop()
        until, pause_s = loop.time() + self._settings.pool_s, _ROOM_S
        while True:
            try:
                return await self._engine.connect()
            except OSError as error:
                raise Unavailable(unreachable(self._engine.url, error)) from error
            except PoolTimeoutError as error:
                waited = f"none of its {self._settings.pool_size} connections came free in {self._settings.pool_s:g} s"
                raise Unavailable(f"{waited} (PARLEY_POSTGRES_POOL_SIZE, …_LARGE_POOL_SIZE)") from error
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) != _NO_ROOM:
                    error.add_detail("PARLEY_DATABASE_URL")
                    raise
                if loop.time() >= until:
                    more = "raise its max_connections, or lower PARLEY_POSTGRES_POOL_SIZE"
                    raise Unavailable(
                        f"the database has no connection left: {said(error)}; {more}"
                    ) from error
            # Each try costs the server a process: not all who wait try all the time.
            await asyncio.sleep(self._jitter.random() * pause_s)
            pause_s *= 2

    async def close(self) -> None:
        """Without waiting for long where the server does not answer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.connect_s):
                if self._large is not None:
                    await self._large.close()
                await self._engine.dispose()


def _connecting(settings: PostgresSettings) -> dict[str, object]:
    """The server ends what takes too long; the driver's own limit is for a server that does not answer at all."""
    asked = keepalives(settings.gone_s)
    ends = {
        "application_name": "parley",
        "idle_in_transaction_session_timeout": f"{settings.idle_s * 1000:.0f}",
        "statement_timeout": f"{settings.statement_s * 1000:.0f}",
        # A machine that is gone in the middle of several statements: neither limit sees that, and its locks stay.
        "tcp_keepalives_idle": f"{asked.idle_s}",
        "tcp_keepalives_interval": f"{asked.interval_s}",
        "tcp_keepalives_count": f"{asked.times}",
    }
    return {
        "timeout": settings.connect_s,
        "command_timeout": settings.statement_s + settings.connect_s,
        "prepared_statement_cache_size": settings.prepared_statements,
        "server_settings": ends,
    }


def _was_dead(error: BaseException) -> bool:
    """The pool has thrown away all its connections by then, so that the next one is new."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _of_statement(context: ExceptionContext) -> BaseException | None:
    return interrupted(context.original_exception)


def _may_repeat(error: BaseException) -> bool:
    if isinstance(error, Interrupted):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == _LOST_RACE
