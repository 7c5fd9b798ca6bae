"""Updates that are kept until their turn: read, and written when they are done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select, update

from channels.telegram.receiving.boxes import Box, box_of
from channels.telegram.receiving.reader import Raw
from core.events import PayloadStored
from core.ids import InboxId
from core.store.tables.intake import payload
from core.store.tx import Tx

WAITING, DONE, FAILED = "waiting", "done", "failed"


@dataclass(frozen=True, slots=True)
class Kept:
    """One update as it came; those of one ``bundle`` are one message."""

    number: int
    state: str
    bundle: str | None
    raw: Raw
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """``kept`` in order: one, or all of an album that are in the state of the first. ``box`` None while it is switched off."""

    box: Box | None
    kept: tuple[Kept, ...]


def load(tx: Tx, stored: PayloadStored) -> Work | None:
    """None when it is done, or said with others that it belongs to."""
    row: Any = tx.conn.execute(
        select(payload).where(payload.c.inbox_id == stored.inbox, payload.c.number == int(stored.payload))
    ).one_or_none()
    if row is None or row.state == DONE or row.body is None:
        return None
    rows = [row]
    if row.bundle is not None:
        together = select(payload).where(
            payload.c.inbox_id == stored.inbox,
            payload.c.thread == stored.thread,
            payload.c.bundle == row.bundle,
            payload.c.state == row.state,
        )
        rows = list(tx.conn.execute(together.order_by(payload.c.number)))
        if row.state == FAILED and rows[0].number != row.number:
            return None
    return Work(box_of(tx, stored.inbox), tuple(_kept(each) for each in rows))


def mark(tx: Tx, inbox: InboxId, kept: Sequence[Kept], state: str) -> bool:
    """False when somebody else was quicker with one of them. What is done needs its source no more."""
    values: dict[str, object] = {"state": state} | ({"body": None} if state == DONE else {})
    changed = tx.conn.execute(
        update(payload)
        .where(
            payload.c.inbox_id == inbox,
            payload.c.number.in_([each.number for each in kept]),
            payload.c.state == kept[0].state,
        )
        .values(**values)
    )
    return changed.rowcount == len(kept)


def in_bundle_before(tx: Tx, inbox: InboxId, thread: str, kept: Kept) -> bool:
    """Whether its album is a message already, without it."""
    done = select(payload.c.number).where(
        payload.c.inbox_id == inbox,
        payload.c.thread == thread,
        payload.c.bundle == kept.bundle,
        payload.c.state != WAITING,
    )
    return kept.bundle is not None and tx.conn.execute(done.limit(1)).first() is not None


def _kept(row: Any) -> Kept:
    raw = msgspec.json.decode(row.body, type=dict[str, Any])
    return Kept(row.number, row.state, row.bundle, raw, row.created_at)
