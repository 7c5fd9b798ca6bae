"""Statements that run in every transaction: made once for each database, then handed to its driver as they are.

SQLAlchemy's way from a statement to the driver and back costs more than SQLite's own work on it.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, Dialect, Float, Select, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine
from sqlalchemy.util import is_exit_exception

from core.store.interrupted import interrupted

_Turn = Callable[[Any], Any] | None
_Part = tuple[str | None, Any, _Turn]
_Given = tuple[Any, ...]
Statement = UpdateBase | Select[Any] | CompoundSelect[Any]

_MOST_KEYS = 256


@dataclass(frozen=True, slots=True)
class _Made:
    """``turns``: the columns that come otherwise from the driver than they are meant, by their places."""

    sql: str
    parts: Sequence[_Part]
    row: Callable[[Sequence[Any]], Any]
    turns: Sequence[tuple[int, Callable[[Any], Any]]]


class Prepared:
    """``statement`` with ``bindparam`` for what varies."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def __call__(self, conn: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it wrote."""
        made = self._made.get(conn.dialect.name) or self._make(conn.dialect)
        changed: int = _executed(conn, made.sql, _given(made.parts, values)).rowcount
        return changed

    def one(self, conn: Connection, values: Mapping[str, Any]) -> Any:
        """The one row that it returns, with a name for each column; None without one."""
        rows = self.rows(conn, values)
        if not rows:
            return None
        (row,) = rows
        return row

    def rows(self, conn: Connection, values: Mapping[str, Any]) -> list[Any]:
        """The rows that it returns, each with a name for each column."""
        made = self._made.get(conn.dialect.name) or self._make(conn.dialect)
        return [made.row(each) for each in self._found(conn, made, values)]

    def tuples(self, conn: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The same without names, which cost as much as the rest where rows are many and small."""
        return self._found(conn, self._made.get(conn.dialect.name) or self._make(conn.dialect), values)

    def _found(self, conn: Connection, made: _Made, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        found: Sequence[Sequence[Any]] = _executed(conn, made.sql, _given(made.parts, values)).fetchall()
        if not made.turns:
            return found
        turned = []
        for each in found:
            row = list(each)
            for at, turn in made.turns:
                row[at] = turn(row[at])
            turned.append(row)
        return turned

    def many(
        self, conn: Connection, names: Sequence[str], rows: Sequence[_Given], shared: Mapping[str, Any]
    ) -> None:
        """Once for each of them, of which there is at least one and which have a value for each of ``names``."""
        made = self._made.get(conn.dialect.name) or self._make(conn.dialect)
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        given: list[Iterable[Any]] = []
        for name, fixed, turned in made.parts:
            if name in columns:
                given.append(map(turned, columns[name]) if turned else columns[name])
            else:
                value = fixed if name is None else shared[name]
                given.append(repeat(turned(value) if turned else value, len(rows)))
        _executed(conn, made.sql, list(zip(*given, strict=True)), many=True)

    def _make(self, dialect: Dialect) -> _Made:
        compiled: Any = self._statement.compile(dialect=dialect)
        parts: list[_Part] = []
        for name in compiled.positiontup or ():
            bound = compiled.binds[name]
            turned = bound.type.dialect_impl(dialect).bind_processor(dialect)
            parts.append((name if bound.required else None, bound.value, turned))
        columns = list(self._statement.exported_columns)
        found = [_turning(each.type, dialect) for each in columns]
        turns = [(at, turn) for at, turn in enumerate(found) if turn is not None]
        named: Any = namedtuple  # noqa: PYI024 (a row has the columns that its statement names)
        row = named("Row", [each.name for each in columns])._make
        made = self._made[dialect.name] = _Made(str(compiled), parts, row, turns)
        return made


def _turning(kind: TypeEngine[Any], dialect: Dialect) -> _Turn:
    """What makes a value of what the driver gives; None where that is the value."""
    if isinstance(kind, Float):
        # Every driver of ours gives floats; asyncpg's dialect wants to know the number's type on the wire.
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)


class PreparedForMany:
    """``statement`` is given the places for a list of keys: made for 1, 2, 4 … of them, what is left is filled up."""

    def __init__(self, statement: Callable[[Sequence[BindParameter[str]]], Statement]) -> None:
        self._statement = statement
        self._sizes: dict[int, Prepared] = {}

    def rows(self, conn: Connection, keys: Collection[str]) -> list[Any]:
        """Those of all keys, however many; several statements where there are very many."""
        asked, found = list(keys), []
        for start in range(0, len(asked), _MOST_KEYS):
            part = asked[start : start + _MOST_KEYS]
            size = 1 << (len(part) - 1).bit_length()
            part += [part[-1]] * (size - len(part))
            statement = self._sizes.get(size) or self._make(size)
            found += statement.rows(conn, {f"key{at}": each for at, each in enumerate(part)})
        return found

    def _make(self, size: int) -> Prepared:
        places: list[BindParameter[str]] = [bindparam(f"key{at}") for at in range(size)]
        made = self._sizes[size] = Prepared(self._statement(places))
        return made


def _executed(conn: Connection, sql: str, given: _Given | list[_Given], *, many: bool = False) -> Any:
    """The driver's cursor. Raises DBAPIError, as SQLAlchemy does."""
    if not conn.in_transaction():
        conn.begin()
    cursor: Any = conn.connection.cursor()
    try:
        if many:
            cursor.executemany(sql, given)
        else:
            cursor.execute(sql, given)
    except _errors(conn) as error:
        raise interrupted(error) or _wrapped(conn, sql, cursor, error) from error
    except BaseException as error:
        if is_exit_exception(error):
            # Broken off in the middle: nobody knows what the connection is at, so nobody gets it after us.
            conn.invalidate(error)
        raise
    return cursor


def _errors(conn: Connection) -> type[Exception]:
    found: type[Exception] = conn.dialect.loaded_dbapi.Error
    return found


def _wrapped(conn: Connection, sql: str, cursor: Any, error: Exception) -> Exception:
    """Parameters hold what customers wrote and stay out of it.

    A connection that is lost is never used again, nor are those that the pool made before: as SQLAlchemy's own way does.
    """
    dialect: Any = conn.dialect
    lost: bool = dialect.is_disconnect(error, conn.connection, cursor)
    wrapped = DBAPIError.instance(
        sql, None, error, _errors(conn), hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )
    if lost:
        conn.engine.pool._invalidate(conn.connection, error)  # noqa: SLF001 (there is no other way)
        conn.invalidate(error)
    return wrapped


def _given(parts: Sequence[_Part], values: Mapping[str, Any]) -> _Given:
    return tuple(
        [
            turned(fixed if name is None else values[name])
            if turned
            else fixed
            if name is None
            else values[name]
            for name, fixed, turned in parts
        ]
    )
