"""What other processes did and no signal told: read from the log of events, often while signals are not heard, else rarely."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.bus import BUS, Bus, StateChanged, TopicMoved
from core.clock import Clock
from core.errors import Unavailable
from core.events import Topic
from core.redis import RedisSettings
from core.store.database import Database
from core.store.tables.conversation import event
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Look:
    """``streams`` looks at every topic that somebody here follows, ``begun`` at topics that began elsewhere; it may raise Unavailable."""

    streams: Callable[[], None]
    begun: Callable[[Collection[Topic]], Awaitable[None]]


class Sweep:
    """One a process."""

    def __init__(self, db: Database, bus: Bus, clock: Clock, look: Look, settings: RedisSettings) -> None:
        self._db = db
        self._bus = bus
        self._clock = clock
        self._look = look
        self._settings = settings
        self._at_once = asyncio.Event()
        self._since = clock.now()
        self._told: dict[Topic, int] = {}

    async def run(self) -> None:
        """A service: at once when signals were lost or are heard again."""
        ignore = (
            self._bus.listen(StateChanged, self._state_changed),
            self._bus.listen(TopicMoved, self._moved),
        )
        try:
            while True:
                self._at_once.clear()
                await self.step()
                settings = self._settings
                try:
                    async with asyncio.timeout(
                        settings.well_sweep_s if self._bus.whole else settings.away_sweep_s
                    ):
                        await self._at_once.wait()
                except TimeoutError:
                    continue
        finally:
            for each in ignore:
                each()

    async def step(self) -> None:
        """Look once. While the database is away there is nothing to see; what is missed is seen later."""
        began = self._clock.now()
        try:
            moved = await self._db.read(_moved, self._since - timedelta(seconds=self._settings.sweep_back_s))
            await self._look.begun(
                [topic for topic, (first, _) in moved.items() if first == 1 and topic not in self._told]
            )
        except Unavailable:
            return
        self._since = began
        known, self._told = self._told, {topic: last for topic, (_, last) in moved.items()}
        for topic, (_, last) in moved.items():
            if last > known.get(topic, 0):
                self._bus.hear(TopicMoved(topic, last))
        self._look.streams()

    def _state_changed(self, signal: StateChanged) -> None:
        if signal.what == BUS:
            self._at_once.set()

    def _moved(self, signal: TopicMoved) -> None:
        self._told[signal.topic] = max(signal.n, self._told.get(signal.topic, 0))


def _moved(tx: Tx, since: datetime) -> dict[Topic, tuple[int, int]]:
    """The first and the newest number of each topic that moved; a process whose clock is behind may have written them somewhat earlier."""
    numbers = func.min(event.c.n).label("first"), func.max(event.c.n).label("last")
    found = select(event.c.topic, *numbers).where(event.c.at >= since).group_by(event.c.topic)
    return {Topic(row.topic): (row.first, row.last) for row in tx.conn.execute(found)}
