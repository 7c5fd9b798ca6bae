"""Statements on many rows: PostgreSQL takes each column as one array, SQLite one row after the other.

A row at a time costs PostgreSQL several times its own work on it, and a round trip where something is returned.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, TableValuedAlias, bindparam, column, func
from sqlalchemy.dialects.postgresql import ARRAY

from core.store.prepared import Prepared, Statement

Row = tuple[Any, ...]
Places = Mapping[str, ColumnElement[Any]]


class PreparedRows:
    """``statement`` is given the places of a row's columns by name, and has a ``bindparam`` for what all rows share."""

    def __init__(self, columns: Sequence[Column[Any]], statement: Callable[[Places], Statement]) -> None:
        self._names = [f"given_{each.name}" for each in columns]
        self._each = Prepared(
            statement({each.name: bindparam(f"given_{each.name}", type_=each.type) for each in columns})
        )
        self._at_once = Prepared(statement(dict(arrays("given", columns).c)))

    def __call__(self, conn: Connection, rows: Sequence[Row], shared: Mapping[str, Any]) -> None:
        """For each of them."""
        if not rows:
            return
        if conn.dialect.name == "postgresql":
            self._at_once(conn, {**as_arrays(self._names, rows), **shared})
        else:
            self._each.many(conn, self._names, rows, shared)

    def rows(self, conn: Connection, rows: Sequence[Row], shared: Mapping[str, Any]) -> list[Any]:
        """What it returns for them, in no order."""
        if not rows:
            return []
        if conn.dialect.name == "postgresql":
            return self._at_once.rows(conn, {**as_arrays(self._names, rows), **shared})
        return [
            found
            for row in rows
            for found in self._each.rows(conn, {**dict(zip(self._names, row, strict=True)), **shared})
        ]


def arrays(name: str, columns: Sequence[Column[Any]]) -> TableValuedAlias:
    """A table of what is given: its places are called ``name_column``."""
    places = [bindparam(f"{name}_{each.name}", type_=ARRAY(each.type)) for each in columns]
    named = [column(each.name, each.type) for each in columns]
    return func.unnest(*places).table_valued(*named).render_derived(name=name)


def as_arrays(names: Sequence[str], rows: Sequence[Row]) -> dict[str, Any]:
    """The rows, of which there is at least one, turned to lie by columns."""
    return dict(zip(names, zip(*rows, strict=True), strict=True))
