"""All bots of an installation: a watcher for each enabled one, as it is configured now, in one process."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from channels import claims
from channels.telegram.receiving import boxes
from channels.telegram.receiving.watcher import Watcher, WatchGiven
from channels.telegram.wire import KIND, TelegramConfig
from core.bus import Bus, TopicMoved
from core.errors import Unavailable
from core.events import SETTINGS_TOPIC
from core.ids import InboxId
from core.store.database import Database
from core.store.tables.conversation import topic
from core.store.tx import Tx
from core.tasks import Supervisor


@dataclass(frozen=True, slots=True)
class BotsGiven:
    """``holder`` is this process's own name."""

    db: Database
    bus: Bus
    supervisor: Supervisor
    watch: WatchGiven
    holder: str


@dataclass(frozen=True, slots=True)
class _Watched:
    config: TelegramConfig
    watcher: Watcher
    task: asyncio.Task[None]


class Bots:
    """Watches while it holds the claim, and only then: two who ask Telegram at once turn each other away."""

    def __init__(self, given: BotsGiven) -> None:
        self._given = given
        self._changed = asyncio.Event()
        self._watching: dict[InboxId, _Watched] = {}
        self._settings_n = 0

    @property
    def watched(self) -> int:
        """How many are watched here now."""
        return len(self._watching)

    async def run(self) -> None:
        """A service of the process."""
        given, settings = self._given, self._given.watch.settings
        unheard = given.bus.listen(TopicMoved, self._heard)
        try:
            while True:
                # Before anything is read: what changes meanwhile is looked at again.
                self._changed.clear()
                self._settings_n = await self._settings_now()
                if await self._holds():
                    await self._look()
                else:
                    await self._stop()
                await self._pause(min(settings.lease_s / 3, settings.look_s))
        finally:
            unheard()
            await self._stop()
            with suppress(Unavailable):
                await given.db.run(claims.release, KIND, given.holder)

    def look(self) -> None:
        """The configuration changed, or may have."""
        self._changed.set()

    async def sweep(self) -> None:
        """Once an hour: forget what was taken long ago."""
        keep_days = self._given.watch.settings.keep_days
        while await self._given.db.run(boxes.prune, keep_days):
            pass

    async def _pause(self, seconds: float) -> None:
        """Until settings changed here, or in another process (a command, say), or for so long."""
        hear_s = self._given.watch.settings.hear_s
        while seconds > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(hear_s, seconds)):
                    await self._changed.wait()
                    return
            seconds -= hear_s
            if await self._settings_now() != self._settings_n:
                return

    async def _settings_now(self) -> int:
        """The number of the newest change of settings; the last one known while the database is away."""
        try:
            return await self._given.db.read(_settings_n)
        except Unavailable:
            return self._settings_n

    def _heard(self, moved: TopicMoved) -> None:
        if moved.topic == SETTINGS_TOPIC:
            self.look()

    async def _holds(self) -> bool:
        seconds = self._given.watch.settings.lease_s
        try:
            return await self._given.db.run(claims.hold, KIND, self._given.holder, seconds)
        except Unavailable:
            return False

    async def _look(self) -> None:
        """Start, stop and start anew what the configuration says."""
        try:
            wanted = await self._given.db.read(boxes.configured)
        except Unavailable:
            return
        for id in [id for id, each in self._watching.items() if wanted.get(id) != each.config]:
            gone = self._watching.pop(id)
            await _ended(gone.task)
            await gone.watcher.take_down()
        for id, config in wanted.items():
            if id not in self._watching:
                watcher = Watcher(id, config, self._given.watch)
                task = self._given.supervisor.start(f"bot {id}", watcher.run())
                self._watching[id] = _Watched(config, watcher, task)

    async def _stop(self) -> None:
        """What Telegram calls us with goes on: each process takes it."""
        watched = list(self._watching.values())
        self._watching.clear()
        for each in watched:
            await _ended(each.task)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _settings_n(tx: Tx) -> int:
    found = select(topic.c.n).where(topic.c.name == SETTINGS_TOPIC)
    return tx.conn.execute(found).scalar_one_or_none() or 0
