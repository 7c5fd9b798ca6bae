"""All mailboxes of an installation: a watcher for each enabled one, as it is configured now, in one process."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from channels import claims
from channels.email.fetching.boxes import configured
from channels.email.fetching.watcher import Watcher, WatchGiven
from channels.email.wire import EmailConfig
from core.bus import Bus, TopicMoved
from core.errors import Unavailable
from core.events import SETTINGS_TOPIC
from core.ids import InboxId
from core.store.database import Database
from core.store.tables.conversation import topic
from core.store.tx import Tx
from core.tasks import Supervisor

CLAIM = "mail"
"""What the process that reads the mailboxes holds."""


@dataclass(frozen=True, slots=True)
class RoomGiven:
    """``settle`` settles what was stored, for as long as it runs; ``holder`` is this process's own name."""

    db: Database
    bus: Bus
    supervisor: Supervisor
    watch: WatchGiven
    settle: Callable[[], Awaitable[None]]
    holder: str
    lease_s: float


class Mailroom:
    """Watches and settles while it holds the claim, and only then."""

    def __init__(self, given: RoomGiven) -> None:
        self._given = given
        self._changed = asyncio.Event()
        self._watching: dict[InboxId, tuple[EmailConfig, asyncio.Task[None]]] = {}
        self._settling: asyncio.Task[None] | None = None
        self._settings_n = 0

    @property
    def mailboxes(self) -> int:
        """How many are watched here now."""
        return len(self._watching)

    async def run(self) -> None:
        """A service of the process."""
        given = self._given
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
                await self._pause(min(given.lease_s / 3, given.watch.taking.settings.look_s))
        finally:
            unheard()
            await self._stop()
            with suppress(Unavailable):
                await given.db.run(claims.release, CLAIM, given.holder)

    async def _pause(self, seconds: float) -> None:
        """Until settings changed here, or in another process (a command, say), or for so long."""
        hear_s = self._given.watch.taking.settings.hear_s
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
            self._changed.set()

    async def _holds(self) -> bool:
        try:
            return await self._given.db.run(claims.hold, CLAIM, self._given.holder, self._given.lease_s)
        except Unavailable:
            return False

    async def _look(self) -> None:
        """Start, stop and start anew what the configuration says."""
        supervisor = self._given.supervisor
        if self._settling is None or self._settling.done():
            self._settling = supervisor.service("mail settling", self._given.settle)
        wanted = await self._given.db.read(configured)
        for gone in [id for id, (config, _) in self._watching.items() if wanted.get(id) != config]:
            await _ended(self._watching.pop(gone)[1])
        for id, config in wanted.items():
            if id not in self._watching:
                watcher = Watcher(id, config, self._given.watch)
                self._watching[id] = (config, supervisor.start(f"mailbox {id}", watcher.run()))

    async def _stop(self) -> None:
        tasks = [task for _, task in self._watching.values()]
        self._watching.clear()
        if self._settling is not None:
            tasks.append(self._settling)
            self._settling = None
        for task in tasks:
            await _ended(task)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _settings_n(tx: Tx) -> int:
    found = select(topic.c.n).where(topic.c.name == SETTINGS_TOPIC)
    return tx.conn.execute(found).scalar_one_or_none() or 0
