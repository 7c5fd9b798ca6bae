"""Writing events and the outbox rows that go with them: PostgreSQL takes both in one statement, in one round trip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Insert, Table, bindparam, insert, select

from core.store.prepared import Prepared
from core.store.sets import Row, arrays, as_arrays
from core.store.tables.conversation import event, outbox
from core.store.types import UtcDateTime

_EVENT = (event.c.topic, event.c.n, event.c.visible_n, event.c.type, event.c.data)
_WAITING = (outbox.c.handler, outbox.c.topic, outbox.c.n)


def record(conn: Connection, events: Sequence[Row], waiting: Sequence[Row], at: datetime) -> None:
    """``events``: topic, n, visible_n, type and data of each; ``waiting``: handler, topic and n of each outbox row.

    Nothing waits without an event.
    """
    if not events:
        return
    if conn.dialect.name == "postgresql":
        given = as_arrays(_names("event", _EVENT), events)
        if waiting:
            given |= as_arrays(_names("waiting", _WAITING), waiting)
        (_BOTH if waiting else _ONLY_EVENTS)(conn, given | {"at": at})
        return
    _EACH_EVENT.many(conn, _names("event", _EVENT), events, {"at": at})
    if waiting:
        _EACH_WAITING.many(conn, _names("waiting", _WAITING), waiting, {"at": at})


def _names(of: str, columns: Sequence[Column[Any]]) -> list[str]:
    return [f"{of}_{each.name}" for each in columns]


_AT = bindparam("at", type_=UtcDateTime)


def _each(table: Table, of: str, columns: Sequence[Column[Any]], times: Sequence[str]) -> Insert:
    given: dict[str, Any] = {each.name: bindparam(f"{of}_{each.name}") for each in columns}
    return insert(table).values(given | dict.fromkeys(times, _AT))


def _at_once(table: Table, of: str, columns: Sequence[Column[Any]], times: Sequence[str]) -> Insert:
    given = arrays(of, columns)
    rows = select(*given.c, *(_AT.label(name) for name in times))
    return insert(table).from_select([*(each.name for each in columns), *times], rows)


_EACH_EVENT = Prepared(_each(event, "event", _EVENT, ["at"]))
_EACH_WAITING = Prepared(_each(outbox, "waiting", _WAITING, ["created_at", "due_at"]))
_EVENTS = _at_once(event, "event", _EVENT, ["at"])
_ONLY_EVENTS = Prepared(_EVENTS)
_BOTH = Prepared(
    _at_once(outbox, "waiting", _WAITING, ["created_at", "due_at"]).add_cte(_EVENTS.cte("stored"))
)
