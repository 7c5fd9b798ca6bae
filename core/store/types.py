"""Column types that make the database hold exactly what the domain means."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, DateTime, Integer, Text, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database (SQLite would return it naive)."""

    impl = DateTime(timezone=True)  # type: ignore[mutable-override]
    cache_ok = True  # type: ignore[mutable-override]

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Any:
        """SQLite keeps text; SQLAlchemy's way to the same text takes five times as long."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """PostgreSQL's driver gives instants in UTC as they are meant."""
        if dialect.name == "sqlite":
            return _of_text
        return None if dialect.driver == "asyncpg" else super().result_processor(dialect, coltype)


def _to_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a datetime without a time zone cannot be stored")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """A JSON text column, read and written by msgspec as ``shape`` (a Struct, a list of tagged Structs, a dict)."""

    impl = Text  # type: ignore[mutable-override]
    cache_ok = True  # type: ignore[mutable-override]

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._decoder = msgspec.json.Decoder(shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self._decoder.decode(value)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self


class json_length(FunctionElement[int]):  # noqa: N801 - named as the function that it is
    """How many elements a list in a JSON column has, counted where it lies: nothing of it is read here."""

    type = Integer()  # type: ignore[mutable-override]
    inherit_cache = True  # type: ignore[mutable-override]


@compiles(json_length)
def _length(element: json_length, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_length({compiler.process(element.clauses, **options)})"


@compiles(json_length, "postgresql")
def _length_of_text(element: json_length, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_length(CAST({compiler.process(element.clauses, **options)} AS JSON))"


def word(value: str) -> ColumnElement[str]:
    """One of our own words, in the text of the statement instead of beside it.

    Where an index holds only some rows (``state = 'offered'``) the database sees only so, once and for all, that it has
    what is asked for: SQLite would work its plan out anew at every run, and PostgreSQL may pass the index by.
    """
    if not value.isidentifier():
        raise ValueError(f"{value!r} is not a word of ours")
    return literal_column(f"'{value}'", Text)
