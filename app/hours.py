"""Whether a queue's people work right now: its business hours, kept in memory and read again when settings change."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from core.bus import Bus, TopicMoved
from core.clock import Clock
from core.errors import Invalid
from core.events import SETTINGS_TOPIC
from core.ids import QueueId
from core.store.database import Database
from core.store.tables.people import business_hours, queue
from core.store.tx import Tx
from routing.calendar import BusinessHours
from routing.store import to_business_hours

_MOMENT = timedelta(seconds=1)


class QueueHours:
    """Satisfies ``bot.contract.Hours`` and ``channels.live.service.Hours``."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._hours: Mapping[QueueId, BusinessHours] = {}

    def open_now(self, queue: QueueId) -> bool | None:
        hours = self._hours.get(queue)
        if hours is None:
            return None
        now = self._clock.now()
        return hours.between(now, now + _MOMENT) > 0

    def opens_at(self, queue: QueueId) -> datetime | None:
        hours = self._hours.get(queue)
        if hours is None or self.open_now(queue):
            return None
        try:
            return hours.add(self._clock.now(), _MOMENT.total_seconds()) - _MOMENT
        except Invalid:
            # Not within thirty years.
            return None

    async def refresh(self) -> None:
        self._hours = await self._db.read(_read)

    async def follow(self, bus: Bus) -> None:
        """Read again whenever settings change; give it to ``Supervisor.service``."""
        changed = asyncio.Event()

        def heard(signal: TopicMoved) -> None:
            if signal.topic == SETTINGS_TOPIC:
                changed.set()

        ignore = bus.listen(TopicMoved, heard)
        try:
            while True:
                await self.refresh()
                await changed.wait()
                changed.clear()
        finally:
            ignore()


def _read(tx: Tx) -> dict[QueueId, BusinessHours]:
    statement = select(
        queue.c.id, business_hours.c.zone, business_hours.c.week, business_hours.c.holidays
    ).join(business_hours, business_hours.c.id == queue.c.hours_id)
    return {
        QueueId(row.id): to_business_hours(row.zone, row.week, row.holidays)
        for row in tx.conn.execute(statement)
    }
