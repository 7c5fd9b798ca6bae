"""Lets go of visitors' sockets whose session another process ended or gave to somebody, where no signal told it."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy import select

from channels.live.following import BECAME, ENDED, Followers, visitor_topic
from channels.live.inbound import Visitor
from core.bus import BUS, Bus, StateChanged, Transient
from core.errors import Unavailable
from core.store.database import Database
from core.store.tables.people import visitor_session as table
from core.store.tx import Tx

_AT_ONCE = 1000


class SessionCheck:
    """One a process, of whoever is connected to it."""

    def __init__(self, db: Database, bus: Bus, followers: Followers, every_s: float) -> None:
        self._db = db
        self._bus = bus
        self._followers = followers
        self._every_s = every_s
        self._look = asyncio.Event()

    async def run(self) -> None:
        """A service: every while, and at once when signals were lost or are heard again."""
        ignore = self._bus.listen(StateChanged, self._state_changed)
        try:
            while True:
                try:
                    async with asyncio.timeout(self._every_s):
                        await self._look.wait()
                except TimeoutError:
                    pass
                self._look.clear()
                await self.step()
        finally:
            ignore()

    async def step(self) -> None:
        """Look at each session once; what is over is done as if its signal had come."""
        visitors = self._followers.visitors()
        for start in range(0, len(visitors), _AT_ONCE):
            some = visitors[start : start + _AT_ONCE]
            try:
                changed = await self._db.read(_changed, some)
            except Unavailable:
                return
            for visitor, kind in changed:
                self._bus.hear(Transient(visitor_topic(visitor.id), kind, {"session": visitor.session}))

    def _state_changed(self, signal: StateChanged) -> None:
        if signal.what == BUS:
            self._look.set()


def _changed(tx: Tx, visitors: Collection[Visitor]) -> Sequence[tuple[Visitor, str]]:
    """Those whose session is over, or another's since they came; each with the signal that says so."""
    ids = {visitor.session for visitor in visitors}
    rows = tx.conn.execute(
        select(table.c.id, table.c.user_key, table.c.expires_at).where(table.c.id.in_(ids))
    )
    known = {row.id: row for row in rows}
    found = []
    for visitor in visitors:
        row = known.get(visitor.session)
        if row is None or row.expires_at <= tx.now:
            found.append((visitor, ENDED))
        elif row.user_key != visitor.user:
            found.append((visitor, BECAME))
    return found
