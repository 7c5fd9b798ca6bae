"""Whether a queue's people work right now: its business hours, kept in memory and read again when settings change."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.handing.service import Service, There
from core.agent import PresenceState
from core.bus import Bus, TopicMoved
from core.clock import Clock
from core.errors import Invalid
from core.events import SETTINGS_TOPIC
from core.ids import QueueId
from core.store.database import Database
from core.store.tables.people import agent, business_hours, queue, queue_member
from core.store.tx import Tx
from routing.calendar import BusinessHours
from routing.presence import is_offered_work, may_take_by_hand
from routing.sla_store import to_business_hours

_MOMENT = timedelta(seconds=1)


class QueueHours:
    """Satisfies ``bot.handing.contract.Staff`` and ``channels.live.service.Hours``."""

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

    def there_now(self, tx: Tx, queue: QueueId) -> bool | None:
        """Out of hours, too, somebody may take work."""
        if self.open_now(queue) is False:
            return _there(tx, queue) is There.FREE
        return self.open_now(queue)

    def service(self, tx: Tx, queue: QueueId) -> Service:
        """Who is there at this moment, beside the hours that are kept in memory."""
        hours = self._hours.get(queue)
        zone = None if hours is None else hours.zone
        return Service(_there(tx, queue), self.open_now(queue), self.opens_at(queue), zone)

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


def _there(tx: Tx, of: QueueId) -> There:
    """By the presence of its members, whatever they hold: who is full takes work soon."""
    members = (
        select(agent.c.presence)
        .join(queue_member, queue_member.c.agent_id == agent.c.id)
        .where(queue_member.c.queue_id == of, agent.c.active)
        .distinct()
    )
    states = {PresenceState(each) for each in tx.conn.execute(members).scalars()}
    if any(map(is_offered_work, states)):
        return There.FREE
    return There.BUSY if any(map(may_take_by_hand, states)) else There.NOBODY


def _read(tx: Tx) -> dict[QueueId, BusinessHours]:
    statement = select(
        queue.c.id, business_hours.c.zone, business_hours.c.week, business_hours.c.holidays
    ).join(business_hours, business_hours.c.id == queue.c.hours_id)
    return {
        QueueId(row.id): to_business_hours(row.zone, row.week, row.holidays)
        for row in tx.conn.execute(statement)
    }
