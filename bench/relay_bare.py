"""A queue as plain as can be: rows are inserted, then deleted and returned, oldest first; nothing else."""

from typing import Any

from core.store.database import Database
from core.store.tx import Tx

_TABLE = "CREATE TABLE bare_queue (id BIGINT PRIMARY KEY, topic TEXT NOT NULL, data TEXT NOT NULL)"
_DATA = '{"kind":"bench","ref":"1","due_at":"2026-03-02T09:00:00Z"}'
_INSERT = {
    "sqlite": "INSERT INTO bare_queue (id, topic, data) VALUES (?, ?, ?)",
    "postgresql": "INSERT INTO bare_queue (id, topic, data) VALUES ($1, $2, $3)",
}
_TAKE = {
    "sqlite": (
        "DELETE FROM bare_queue WHERE id IN (SELECT id FROM bare_queue ORDER BY id LIMIT ?)"
        " RETURNING id, topic, data"
    ),
    "postgresql": (
        "DELETE FROM bare_queue WHERE id IN (SELECT id FROM bare_queue ORDER BY id LIMIT $1"
        " FOR UPDATE SKIP LOCKED) RETURNING id, topic, data"
    ),
}


class Bare:
    """Works through the same database, with a transaction for each batch written and one for each taken."""

    def __init__(self, db: Database, batch: int) -> None:
        self._db = db
        self._batch = batch
        self._last = 0

    async def prepare(self) -> None:
        await self._db.run(_make)

    async def loop(self, batches: int) -> None:
        for _ in range(batches):
            first = self._last + 1
            self._last += self._batch
            await self._db.run(_write, first, self._last)
            taken = await self._db.run(_take, self._batch)
            if len(taken) != self._batch:
                raise RuntimeError(f"{len(taken)} rows came back, not {self._batch}")


def _make(tx: Tx) -> None:
    tx.conn.exec_driver_sql(_TABLE)


def _write(tx: Tx, first: int, last: int) -> None:
    rows = [(id, f"conversation:bench{id}", _DATA) for id in range(first, last + 1)]
    _cursor(tx).executemany(_INSERT[tx.conn.dialect.name], rows)


def _take(tx: Tx, most: int) -> list[Any]:
    cursor = _cursor(tx)
    cursor.execute(_TAKE[tx.conn.dialect.name], (most,))
    taken: list[Any] = cursor.fetchall()
    return taken


def _cursor(tx: Tx) -> Any:
    return tx.conn.connection.cursor()
