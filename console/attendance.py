"""Who is at work: what agents do and which sockets are open, written down now and then, and who has stopped."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Column, select, update

from core.agent import SYSTEM, Presence, PresenceState
from core.clock import Clock
from core.ids import AgentId
from core.store.database import Database
from core.store.tables.people import agent
from core.store.tx import Tx
from routing import ledger
from routing.attendance import Attendance, AttendanceSettings, overdue

log = logging.getLogger(__name__)


class Watch:
    """One a process; what an agent does in several tabs, or through several processes, counts together."""

    def __init__(self, db: Database, clock: Clock, settings: AttendanceSettings) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._since = clock.now()
        self._acted: set[AgentId] = set()

    def acted(self, agent: AgentId) -> None:
        """They did something just now; written down with the next step, not at once."""
        self._acted.add(agent)

    async def run(self, connected: Callable[[], Collection[AgentId]]) -> None:
        """A service: for as long as the server runs; ``connected`` names whose sockets are open."""
        while True:
            await asyncio.sleep(self._settings.watch_s)
            await self.step(connected())

    async def step(self, connected: Collection[AgentId]) -> None:
        """Write down who is there, and take those who are not for away or offline."""
        acted, self._acted = self._acted, set()
        if acted or connected:
            try:
                await self._db.run(_note, sorted(acted), sorted(connected))
            except BaseException:
                self._acted |= acted
                raise
        if await self._db.read(_overdue, self._since, self._settings):
            await self._db.run(_settle, self._since, self._settings)


def _note(tx: Tx, acted: Sequence[AgentId], connected: Sequence[AgentId]) -> None:
    _stamp(tx, agent.c.seen_at, acted)
    _stamp(tx, agent.c.connected_at, connected)


def _stamp(tx: Tx, column: Column[datetime], agents: Sequence[AgentId]) -> None:
    """Whoever is being written to by somebody else at this moment is left for the next time."""
    if not agents:
        return
    free = select(agent.c.id).where(agent.c.id.in_(agents)).order_by(agent.c.id)
    ids = tx.conn.execute(free.with_for_update(skip_locked=True)).scalars().all()
    tx.conn.execute(update(agent).where(agent.c.id.in_(ids)).values({column: tx.now}))


def _overdue(tx: Tx, watched_since: datetime, settings: AttendanceSettings) -> list[tuple[AgentId, Presence]]:
    present = select(agent).where(agent.c.presence != PresenceState.OFFLINE.value, agent.c.active)
    found = []
    for row in tx.conn.execute(present.order_by(agent.c.id)):
        known = Attendance(PresenceState(row.presence), row.presence_since, row.seen_at, row.connected_at)
        becomes = overdue(known, tx.now, watched_since, settings)
        if becomes is not None:
            found.append((AgentId(row.id), becomes))
    return found


def _settle(tx: Tx, watched_since: datetime, settings: AttendanceSettings) -> None:
    for each, becomes in _overdue(tx, watched_since, settings):
        log.info("agent %s is %s: %s", each, becomes.state.value, becomes.reason)
        ledger.set_presence(tx, each, becomes.state, becomes.reason, by=SYSTEM)
