"""Watches every enabled inbox of a kind as it is configured now, in the one process that holds the claim."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import select

from channels import claims
from core.bus import Bus, TopicMoved
from core.errors import Unavailable
from core.events import SETTINGS_TOPIC
from core.ids import InboxId
from core.store.database import Database
from core.store.tables.conversation import topic
from core.store.tx import Tx
from core.tasks import Supervisor

C = TypeVar("C")


class Watcher(Protocol):
    """One inbox with one configuration; a changed configuration gets a new one."""

    async def run(self) -> None:
        """Until it is cancelled."""
        ...

    async def take_down(self) -> None:
        """After it ended because its configuration is no longer that."""
        ...


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is claimed under which name of this process, and how often (in s) what is looked at.

    ``lease_s``: the claim goes to another process when it was not held anew for so long. ``look_s``: the configuration.
    ``hear_s``: whether another process changed settings.
    """

    claim: str
    holder: str
    lease_s: float
    look_s: float
    hear_s: float


@dataclass(frozen=True, slots=True)
class WatchingGiven(Generic[C]):
    """``configured`` reads what is to be watched; ``beside`` runs here too while the claim is held."""

    db: Database
    bus: Bus
    supervisor: Supervisor
    claimed: Claimed
    configured: Callable[[Tx], Mapping[InboxId, C]]
    watcher: Callable[[InboxId, C], Watcher]
    beside: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class _Watched(Generic[C]):
    config: C
    watcher: Watcher
    task: asyncio.Task[None]


class Watching(Generic[C]):
    """Watches while it holds the claim, and only then."""

    def __init__(self, given: WatchingGiven[C]) -> None:
        self._given = given
        self._changed = asyncio.Event()
        self._watching: dict[InboxId, _Watched[C]] = {}
        self._beside: asyncio.Task[None] | None = None
        self._settings_n = 0

    @property
    def watched(self) -> int:
        """How many are watched here now."""
        return len(self._watching)

    async def run(self) -> None:
        """A service of the process."""
        given, claimed = self._given, self._given.claimed
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
                await self._pause(min(claimed.lease_s / 3, claimed.look_s))
        finally:
            unheard()
            await self._stop()
            with suppress(Unavailable):
                await given.db.run(claims.release, claimed.claim, claimed.holder)

    def look(self) -> None:
        """The configuration changed, or may have."""
        self._changed.set()

    async def _pause(self, seconds: float) -> None:
        """Until settings changed here, or in another process (a command, say), or for so long."""
        hear_s = self._given.claimed.hear_s
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
        claimed = self._given.claimed
        try:
            return await self._given.db.run(claims.hold, claimed.claim, claimed.holder, claimed.lease_s)
        except Unavailable:
            return False

    async def _look(self) -> None:
        """Start, stop and start anew what the configuration says."""
        given = self._given
        if given.beside is not None and (self._beside is None or self._beside.done()):
            self._beside = given.supervisor.service(f"{given.claimed.claim} settling", given.beside)
        try:
            wanted = await given.db.read(given.configured)
        except Unavailable:
            return
        for id in [id for id, each in self._watching.items() if wanted.get(id) != each.config]:
            gone = self._watching.pop(id)
            await _ended(gone.task)
            await gone.watcher.take_down()
        for id, config in wanted.items():
            if id not in self._watching:
                watcher = given.watcher(id, config)
                task = given.supervisor.start(f"{given.claimed.claim} {id}", watcher.run())
                self._watching[id] = _Watched(config, watcher, task)

    async def _stop(self) -> None:
        """Nothing is taken down: another process goes on with it."""
        tasks = [each.task for each in self._watching.values()]
        self._watching.clear()
        if self._beside is not None:
            tasks.append(self._beside)
            self._beside = None
        for task in tasks:
            await _ended(task)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _settings_n(tx: Tx) -> int:
    found = select(topic.c.n).where(topic.c.name == SETTINGS_TOPIC)
    return tx.conn.execute(found).scalar_one_or_none() or 0
