"""Watches one mailbox: one connection waits for news, another fetches; after a failure again, later each time."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from channels.email.fetching import store
from channels.email.fetching.session import MailSession, OpenSession
from channels.email.fetching.store import Cursor, Place
from channels.email.fetching.taking import Taking, TakingGiven
from channels.email.wire import EmailConfig
from core.clock import Clock
from core.errors import ParleyError, Unavailable
from core.ids import InboxId
from core.store.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What all mailboxes of a process share, so that many do not stampede."""

    opening: asyncio.Semaphore
    taking: asyncio.Semaphore


@dataclass(frozen=True, slots=True)
class WatchGiven:
    """What every watcher of a process is given."""

    open: OpenSession
    taking: TakingGiven
    bounds: Bounds
    clock: Clock
    jitter: random.Random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Watcher:
    """One mailbox as it is configured now; a changed configuration gets a new one."""

    def __init__(self, inbox: InboxId, config: EmailConfig, given: WatchGiven) -> None:
        self.config = config
        self._inbox = inbox
        self._given = given
        self._place = Place(inbox, config.imap.folder)
        self._taking = Taking(self._place, config, given.taking)
        self._cursor = Cursor(0, 0)
        self._failures = 0
        self._begun = False
        self._waiting: MailSession | None = None
        self._working: MailSession | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        try:
            while True:
                try:
                    await self._watch()
                except ParleyError as error:
                    await self._failed(str(error))
                except Exception:
                    log.exception("watching the mailbox of inbox %s failed", self._inbox)
                    await self._failed("an error of this program; see its log")
                finally:
                    await self._close()
                await self._given.sleep(self._pause_s())
        finally:
            await self._close()

    async def take_down(self) -> None:
        """Nothing is left at the server."""

    async def _watch(self) -> None:
        self._waiting = await self._open()
        self._cursor = await self._taking.begin(self._waiting)
        settings = self._given.taking.settings
        quiet_s = 0.0
        while True:
            # Asked on this connection until it has nothing, and then nothing else is done before it idles: what came
            # in between some servers never tell.
            while await self._news():
                await self._take()
                quiet_s = 0.0
            if not self._begun:
                await self._works()
                continue
            if self._working is not None and quiet_s >= settings.quiet_s:
                await self._close_working()
                continue
            began = self._given.clock.now()
            await self._waiting.idle(self._idle_s(quiet_s))
            quiet_s += (self._given.clock.now() - began).total_seconds()

    async def _news(self) -> bool:
        """Also what somebody wants to have after all."""
        assert self._waiting is not None  # noqa: S101 - for the type checker
        if await self._db.read(store.asked_again, self._place, self._cursor.uid_validity):
            return True
        return bool(await self._waiting.uids_after(self._cursor.last_uid))

    async def _take(self) -> None:
        async with self._given.bounds.taking:
            if self._working is None:
                self._working = await self._open()
            self._cursor = await self._taking.empty(self._working, self._cursor)

    def _idle_s(self, quiet_s: float) -> float:
        """With a connection to close soon, only until then."""
        settings = self._given.taking.settings
        cycle = settings.idle_s * (0.72 + 0.56 * self._given.jitter.random())
        return cycle if self._working is None else min(cycle, max(1.0, settings.quiet_s - quiet_s))

    def _pause_s(self) -> float:
        settings = self._given.taking.settings
        pause = min(settings.longest_pause_s, settings.first_pause_s * 2.0 ** min(self._failures - 1, 20))
        return pause * (0.5 + self._given.jitter.random())

    async def _open(self) -> MailSession:
        async with self._given.bounds.opening:
            return await self._given.open(self.config)

    async def _works(self) -> None:
        self._failures, self._begun = 0, True
        if await self._db.run(store.note_problem, self._place, None):
            log.info("the mailbox of inbox %s can be read again", self._inbox)

    async def _failed(self, problem: str) -> None:
        """Logged when it begins, not each time."""
        self._failures += 1
        self._begun = False
        with suppress(Unavailable):
            if await self._db.run(store.note_problem, self._place, problem):
                log.warning("the mailbox of inbox %s cannot be read: %s", self._inbox, problem)

    @property
    def _db(self) -> Database:
        return self._given.taking.db

    async def _close(self) -> None:
        await self._close_working()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            with suppress(Exception):
                await waiting.close()

    async def _close_working(self) -> None:
        working, self._working = self._working, None
        if working is not None:
            with suppress(Exception):
                await working.close()
