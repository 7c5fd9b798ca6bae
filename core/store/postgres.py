"""PostgreSQL through asyncpg; a transaction runs under ``run_sync``, so that the same plain functions serve."""

import asyncio
import random
from collections.abc import Callable
from contextlib import aclosing
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.errors import Unavailable
from core.store.database import Given
from core.store.tx import Outcome, Tx

P = ParamSpec("P")
T = TypeVar("T")

_ATTEMPTS = 4
_POOL_SIZE = 10
_REPEATABLE = frozenset({"40001", "40P01", "23505"})


class PostgresDatabase:
    """READ COMMITTED; deadlocks and lost races for a unique index are repeated, at most four times in all."""

    def __init__(self, url: str, given: Given, jitter: random.Random) -> None:
        self._given = given
        self._jitter = jitter
        # Parameters hold what customers wrote: they do not belong into errors, and from there into the log.
        self._engine: AsyncEngine = create_async_engine(
            url,
            pool_size=_POOL_SIZE,
            max_overflow=_POOL_SIZE,
            pool_pre_ping=True,
            hide_parameters=True,
        )

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def attempt(conn: Connection) -> tuple[T, Outcome]:
            tx = Tx(conn, self._given.clock.now(), self._given.ids, self._given.routes)
            result = work(tx, *args, **kwargs)
            return result, tx.flush()

        for remaining in range(_ATTEMPTS - 1, -1, -1):
            try:
                async with aclosing(await self._connected()) as conn, conn.begin():
                    result, outcome = await conn.run_sync(attempt)
            except SQLAlchemyError as error:
                if not remaining or not _may_repeat(error):
                    raise Unavailable(f"the database refused: {error}") from error
                await asyncio.sleep(self._jitter.random() * 0.02)
            else:
                self._given.committed(outcome)
                return result
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def attempt(conn: Connection) -> T:
            return work(Tx(conn, self._given.clock.now(), self._given.ids, {}), *args, **kwargs)

        try:
            async with aclosing(await self._connected()) as conn:
                snapshot = await conn.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
                return await snapshot.run_sync(attempt)
        except SQLAlchemyError as error:
            raise Unavailable(f"the database could not be read: {error}") from error

    async def _connected(self) -> AsyncConnection:
        """Raises Unavailable when there is no server; an OSError from anywhere else is not the database's."""
        try:
            return await self._engine.connect()
        except OSError as error:
            raise Unavailable(f"the database cannot be reached: {error}") from error

    async def close(self) -> None:
        await self._engine.dispose()


def _may_repeat(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _REPEATABLE
