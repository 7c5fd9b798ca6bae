"""Bringing a database to the newest schema, and telling how far behind it is."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg import PostgresError
from sqlalchemy import Connection, create_engine, func, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from core.errors import Unavailable
from core.store.refusals import said, unreachable

LEAVING = frozenset({("article", "category")})
"""Columns that no code reads or writes any more, with a default for new rows.

Processes of the version before may still use them, so that the tables are one version ahead of the migrations here. A
``_post_`` migration of the next version, which runs when those are gone, drops them.
"""
_FOLDER = Path(__file__).resolve().parent.parent / "migrations"


async def migrate(url: str) -> list[str]:
    """Run every migration that this database has not seen; the names of those that ran.

    Raises Unavailable when the database cannot be reached.
    """
    try:
        return await _migrate(url)
    except OSError as error:
        raise Unavailable(unreachable(make_url(url), error)) from error
    except (SQLAlchemyError, PostgresError) as error:
        raise Unavailable(f"the database (PARLEY_DATABASE_URL) cannot be used: {said(error)}") from error


async def _migrate(url: str) -> list[str]:
    if url.startswith("sqlite"):
        engine = create_engine(url)
        try:
            with engine.begin() as conn:
                conn.exec_driver_sql("PRAGMA journal_mode=WAL")
            with engine.begin() as conn:
                return upgrade(conn)
        finally:
            engine.dispose()
    asynchronous = create_async_engine(url)
    try:
        async with asynchronous.begin() as connection:
            return await connection.run_sync(upgrade)
    finally:
        await asynchronous.dispose()


def upgrade(conn: Connection, to: str = "head") -> list[str]:
    """On this connection, in its transaction; ``to`` the newest migration or one of an older version.

    Of several processes that start at once one does it, and the others wait.
    """
    if not pending(conn):
        return []
    if conn.dialect.name == "postgresql":
        conn.execute(_ALONE)
    waiting = pending(conn)
    if waiting:
        command.upgrade(_config(conn), to)
    return waiting


def pending(conn: Connection) -> list[str]:
    """The names of the migrations that have not run, oldest first.

    None where a newer version has run more than there are here: its first ones leave everything as we know it.
    """
    scripts, current = ScriptDirectory.from_config(_config(conn)), _current(conn)
    if newer(conn) is not None:
        return []
    names = [script.revision for script in scripts.iterate_revisions("heads", current or "base")]
    return names[::-1]


def newer(conn: Connection) -> str | None:
    """The newest migration of this database where that is of a newer version than this one."""
    current = _current(conn)
    return current if current is not None and current > newest() else None


@cache
def newest() -> str:
    """The newest migration that this version knows."""
    return str(ScriptDirectory.from_config(_folder()).get_current_head())


def _current(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended("migrations", 0)))


def _config(conn: Connection) -> Config:
    config = _folder()
    config.attributes["connection"] = conn
    return config


def _folder() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config
