"""The metadata that all tables share, and short forms for the columns they repeat."""

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, Text

from core.store.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[str]:
    """A ULID as primary key."""
    return Column("id", Text, primary_key=True)


def ref(name: str, target: str, *, nullable: bool = False, ondelete: str | None = None) -> Column[str]:
    """A foreign key to ``target`` (``table.column``)."""
    return Column(name, Text, ForeignKey(target, ondelete=ondelete), nullable=nullable)


def text(name: str, **options: Any) -> Column[str]:
    """A text column that is never null unless ``nullable`` says so."""
    return Column(name, Text, nullable=options.pop("nullable", False), **options)


def instant(name: str, *, nullable: bool = False) -> Column[Any]:
    """A point in time."""
    return Column(name, UtcDateTime, nullable=nullable)
