"""E-mail put together: mailboxes read, mails parsed and settled, for whoever wires the program."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp

from channels.email.credentials import Credentials, credentials_for
from channels.email.fetching import waiting
from channels.email.fetching.desk import Desk
from channels.email.fetching.files import Files
from channels.email.fetching.intake import MailIntake, tell
from channels.email.fetching.mailroom import Mailroom, RoomGiven
from channels.email.fetching.session import MailSession
from channels.email.fetching.settler import SettleGiven, Settler
from channels.email.fetching.taking import TakingGiven
from channels.email.fetching.watcher import Bounds, WatchGiven
from channels.email.imap import ImapSession
from channels.email.imap_settings import account_of
from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.pool import ParsePool
from channels.email.settings import EmailSettings
from channels.email.signing import Signer
from channels.email.threading.resolve import MailThreads
from channels.email.wire import EmailConfig
from channels.media.library import MediaLibrary
from core.bus import Bus
from core.clock import Clock
from core.errors import Unavailable
from core.ids import Ids
from core.outbound import Outbound
from core.store.database import Database
from core.tasks import Supervisor, Workers

TAKEN = "taken"
"""Counted beside the states that mails come to."""


@dataclass(frozen=True, slots=True)
class MailGiven:
    """``count`` is told a state and how many mails came to it; ``session`` is for access tokens."""

    db: Database
    bus: Bus
    clock: Clock
    ids: Ids
    supervisor: Supervisor
    workers: Workers
    jitter: random.Random
    library: MediaLibrary
    signer: Signer
    outbound: Outbound
    session: Callable[[], aiohttp.ClientSession]
    count: Callable[[str, int], None] = lambda _state, _count: None


@dataclass(slots=True)
class Opener:
    """Opens mailboxes; keeps the credentials of each configuration, because an access token lasts a while."""

    given: MailGiven
    settings: EmailSettings
    _credentials: dict[tuple[str, str], tuple[EmailConfig, Credentials]] = field(default_factory=dict)

    async def open(self, config: EmailConfig) -> MailSession:
        """Raises Unavailable, saying which part of the configuration is wrong."""
        box = (config.address, config.imap.folder)
        kept = self._credentials.get(box)
        if kept is None or kept[0] != config:
            made = credentials_for(config, self.given.session(), self.given.clock, self.settings.tokens)
            kept = self._credentials[box] = (config, made)
        return await ImapSession.open(
            account_of(config.imap), kept[1], self.given.outbound, self.settings.imap
        )


class Mail:
    """Everything of incoming mail in this process."""

    def __init__(self, given: MailGiven, settings: EmailSettings) -> None:
        self._given = given
        self._settings = settings
        self._pool: ParsePool | None = None
        self.settler = self._settler()
        self.intake = MailIntake(given.db, given.bus, self.settler.wake)
        self.room = self._mailroom()

    async def run(self) -> None:
        """A service of the process."""
        self._pool = ParsePool(self._settings.parse, self._settings.parsers)
        try:
            await self.room.run()
        finally:
            await self._pool.close()

    async def parse(self, raws: Sequence[bytes]) -> list[ParsedMail | Unparsable]:
        """In worker processes, which are there while this runs. Raises Unavailable when they are not."""
        if self._pool is None:
            raise Unavailable("mails are not being parsed")
        return await self._pool.parse(raws)

    async def sweep(self) -> None:
        """Once an hour: forget the sources of mails that became messages long ago."""
        days = self._settings.settle.keep_days
        pruned = await self._given.db.run(waiting.prune, days)
        while pruned:
            pruned = await self._given.db.run(waiting.prune, days)

    def _settler(self) -> Settler:
        given, settings = self._given, self._settings.settle
        threads = MailThreads(given.signer, self._settings.threads)
        desk = Desk(given.signer, threads.resolve, given.library.take, settings.others)
        files = Files(given.library, given.workers, settings.icon_bytes)
        return Settler(
            SettleGiven(given.db, given.bus, given.workers, self, files, desk, settings, self._counted)
        )

    def _counted(self, states: Mapping[str, int]) -> None:
        for state, count in states.items():
            self._given.count(state, count)

    def _mailroom(self) -> Mailroom:
        given, settings = self._given, self._settings.fetch
        taking = TakingGiven(given.db, given.workers, settings, self._taken)
        bounds = Bounds(asyncio.Semaphore(settings.opening), asyncio.Semaphore(settings.taking))
        watch = WatchGiven(Opener(given, self._settings).open, taking, bounds, given.clock, given.jitter)
        return Mailroom(
            RoomGiven(
                db=given.db,
                bus=given.bus,
                supervisor=given.supervisor,
                watch=watch,
                settle=self.settler.run,
                holder=given.ids.new(),
                lease_s=self._settings.lease_s,
            )
        )

    def _taken(self, new: int, aside: int) -> None:
        self._given.count(TAKEN, new)
        self.settler.wake()
        if aside:
            _ = self._given.supervisor.start("mail counts", tell(self._given.db, self._given.bus))
