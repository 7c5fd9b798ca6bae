"""Saves time that a run of all tests would spend several times over, and changes nothing of what they see."""

import gc
import sqlite3

from sqlalchemy import Connection, Dialect, Engine, event

from tests.house import tree

_first: dict[str, Dialect] = {}
_compiled: dict[object, object] = {}
"""SQLAlchemy's own cache belongs to one engine: each test, with a database of its own, would compile its statements anew."""

_GARBAGE = (20_000, 20, 20)
"""Objects, and rounds over the young and over the middle-aged; by itself Python takes 700, 10 and 10."""


@event.listens_for(Engine, "engine_connect")
def _lighten(conn: Connection) -> None:
    """Each database on SQLite gets the first one's dialect, which compiled statements are kept for, and awaits no disk.

    Only a power cut would show the difference; PostgreSQL runs without waiting for the disk, too.
    """
    if conn.dialect.name == "sqlite":
        conn.dialect = _first.setdefault("sqlite", conn.dialect)
        conn.execution_options(compiled_cache=_compiled)
        driver = conn.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("PRAGMA synchronous=OFF")


def begin_collecting() -> None:
    """What modules hold stays anyway: nothing of it is garbage."""
    gc.disable()


def end_collecting() -> None:
    """From here on the garbage collector passes over all that the modules hold, and looks less often at what tests hold."""
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    gc.enable()


def forget() -> None:
    """Before pytest looks for garbage, several times, at its end."""
    tree.nodes.cache_clear()
    tree.syntax.cache_clear()
