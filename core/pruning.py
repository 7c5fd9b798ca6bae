"""What is over and read by nobody any more goes, a little at a time: the settings, and a page of old rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import Table, select

from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class PruningSettings:
    """How many days what is over is kept; 0: for ever.

    ``event_days``: events that only told the parts what to do next. ``offer_days``: offers of closed conversations, with
    their reasons, and wrap-ups. ``session_days``: sessions of visitors and agents, counted from their end. ``rows`` are
    looked at in one transaction, ``pause_s`` lies between two, and ``every_s`` all of it is gone through.
    """

    event_days: int = 180
    offer_days: int = 180
    session_days: int = 90
    rows: int = 500
    pause_s: float = 0.5
    every_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went, and the place to go on from; ``more`` at once, else the next time."""

    removed: int
    place: str = ""
    more: bool = False


Prune = Callable[[Tx, str, PruningSettings], Pruned]
"""One transaction's worth, from a place on: at first the empty one."""


@dataclass(frozen=True, slots=True)
class Page:
    """Keys of rows that are older than ``before``; not ``full``: there are no more of them."""

    keys: tuple[str, ...]
    before: datetime
    full: bool

    def pruned(self, removed: int) -> Pruned:
        """What is gone through begins anew the next time: who was kept then may go."""
        return Pruned(removed, self.keys[-1], more=True) if self.full else Pruned(removed)


def old_page(tx: Tx, table: Table, place: str, days: int, rows: int) -> Page:
    """The next rows after ``place`` that were made so long ago; ids are in the order of their making, which bounds the search."""
    before = tx.now - timedelta(days=days)
    after = select(table.c.id, table.c.created_at).where(table.c.id > place).order_by(table.c.id).limit(rows)
    old = takewhile(lambda row: row.created_at < before, tx.conn.execute(after).all())
    keys = tuple(row.id for row in old)
    return Page(keys, before, len(keys) == rows)
