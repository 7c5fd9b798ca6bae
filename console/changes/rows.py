"""Settings that are one row each: added, changed and removed with the checks that all of them need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, and_, delete, insert, select, update

from core.errors import Conflict, Invalid, NotFound
from core.events import SETTINGS_TOPIC, SettingsChanged
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Noun:
    """``unique`` together name one row; ``used_by`` are the columns elsewhere that may point to it."""

    what: str
    table: Table
    unique: Sequence[str]
    used_by: Sequence[Column[Any]] = ()


def add(tx: Tx, noun: Noun, values: Mapping[str, Any]) -> str:
    """Its new id. Raises Invalid when its name is taken."""
    _check_unique(tx, noun, values, None)
    row = {"id": tx.ids.new(), **values}
    tx.conn.execute(insert(noun.table).values(row))
    return told(tx, noun, row["id"])


def put(tx: Tx, noun: Noun, id: str, values: Mapping[str, Any]) -> str:
    """Raises NotFound, and Invalid when its name is taken."""
    _check_unique(tx, noun, values, id)
    changed = tx.conn.execute(update(noun.table).where(noun.table.c.id == id).values(**values))
    if changed.rowcount != 1:
        raise NotFound(f"there is no {noun.what} {id}")
    return told(tx, noun, id)


def put_next(tx: Tx, noun: Noun, id: str, values: Mapping[str, Any], version: int | None) -> str:
    """The same for what has a version, and raises Conflict ``newer_version`` when that is not ``version`` any more."""
    check_version(tx, noun, id, version)
    return put(tx, noun, id, {**values, "version": noun.table.c.version + 1})


def check_version(tx: Tx, noun: Noun, id: str, version: int | None) -> None:
    """Locked until the transaction ends; None is not compared. Raises NotFound, Conflict ``newer_version``."""
    table = noun.table
    row = select(table.c.version).where(table.c.id == id).with_for_update()
    now = tx.conn.execute(row).scalar_one_or_none()
    if now is None:
        raise NotFound(f"there is no {noun.what} {id}")
    if version is not None and version != now:
        raise Conflict(
            f"somebody changed this {noun.what} in the meantime: look at it again", code="newer_version"
        )


def remove(tx: Tx, noun: Noun, id: str) -> None:
    """Raises NotFound, and Conflict ``in_use`` when something points to it."""
    for column in noun.used_by:
        if tx.conn.execute(select(column).where(column == id).limit(1)).first() is not None:
            raise Conflict(f"this {noun.what} is still used by a {column.table.name}", code="in_use")
    if tx.conn.execute(delete(noun.table).where(noun.table.c.id == id)).rowcount != 1:
        raise NotFound(f"there is no {noun.what} {id}")
    told(tx, noun, id)


def told(tx: Tx, noun: Noun, id: str) -> str:
    """Let the others know."""
    tx.emit(SETTINGS_TOPIC, SettingsChanged(noun.what, id))
    return id


def check_known(tx: Tx, table: Table, ids: Iterable[str | None], field: str) -> None:
    """Raises Invalid on ``field`` when one of them does not exist; None is nobody's id and passes."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return
    known = set(tx.conn.execute(select(table.c.id).where(table.c.id.in_(wanted))).scalars())
    if known != wanted:
        raise Invalid(field, f"ids that exist, not {', '.join(sorted(wanted - known))}")


def _check_unique(tx: Tx, noun: Noun, values: Mapping[str, Any], id: str | None) -> None:
    if not noun.unique:
        return
    same = and_(*(noun.table.c[name] == values[name] for name in noun.unique))
    taken = tx.conn.execute(select(noun.table.c.id).where(same)).scalar_one_or_none()
    if taken is not None and taken != id:
        raise Invalid(noun.unique[0], f"one that no other {noun.what} has", code="taken")
