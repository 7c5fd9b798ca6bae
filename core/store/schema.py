"""Bringing a database to the newest schema, and telling how far behind it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg import PostgresError
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from core.errors import Unavailable

_FOLDER = Path(__file__).resolve().parent.parent / "migrations"


async def migrate(url: str) -> list[str]:
    """Run every migration that this database has not seen; the names of those that ran.

    Raises Unavailable when the database cannot be reached.
    """
    try:
        return await _migrate(url)
    except (OSError, OperationalError, PostgresError) as error:
        raise Unavailable(f"the database cannot be used: {error}") from error


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


def upgrade(conn: Connection) -> list[str]:
    """On this connection, in its transaction."""
    waiting = pending(conn)
    if waiting:
        command.upgrade(_config(conn), "head")
    return waiting


def pending(conn: Connection) -> list[str]:
    """The names of the migrations that have not run, oldest first."""
    scripts = ScriptDirectory.from_config(_config(conn))
    current = MigrationContext.configure(conn).get_current_revision()
    names = [script.revision for script in scripts.iterate_revisions("heads", current or "base")]
    return names[::-1]


def _config(conn: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config
