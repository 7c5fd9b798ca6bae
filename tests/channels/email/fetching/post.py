"""Builders: inboxes that are mailboxes, in a world of their own, watched as the running server watches them."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from channels.email.fetching import store
from channels.email.fetching.desk import Desk
from channels.email.fetching.files import Files
from channels.email.fetching.identity import described, identify
from channels.email.fetching.mailroom import Mailroom, RoomGiven
from channels.email.fetching.settler import SettleGiven, Settler
from channels.email.fetching.taking import TakingGiven
from channels.email.fetching.watcher import Bounds, WatchGiven
from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse
from channels.email.settings import FetchSettings, SettleSettings
from channels.email.signing import Signer
from channels.email.wire import EmailConfig, ImapConfig, SmtpConfig
from channels.media.folder import FolderStore
from channels.media.library import MediaLibrary
from channels.media.links import Links
from channels.media.settings import MediaSettings
from core.events import SETTINGS_TOPIC, SettingsChanged
from core.ids import InboxId
from core.message import Inbound
from core.receive import Place
from core.store.tables import people
from core.store.tables.conversation import message
from core.store.tables.mail import mail, mail_source, mailbox
from core.store.tx import Tx
from core.tasks import Workers
from tests.builders import World, a_queue, a_world, sqlite_url
from tests.channels.email.fetching.mailserver import FakeMailbox

WAIT_S = 30.0
SMALL = FetchSettings(mail_bytes=5000, batch=4, batch_bytes=6000, first_pause_s=1.0, longest_pause_s=8.0)


def a_config(address: str = "support@example.com", **values: Any) -> EmailConfig:
    """``imap_…`` goes into the configuration of IMAP."""
    imap = {name[5:]: values.pop(name) for name in list(values) if name.startswith("imap_")}
    return EmailConfig(
        address=address,
        imap=ImapConfig(**{"host": "imap.example.com", "user": address, "take": "all"} | imap),
        smtp=SmtpConfig(host="smtp.example.com"),
        **{"password": "secret"} | values,
    )


def a_mailbox(tx: Tx, config: EmailConfig, inbox: str = "post", *, bot: bool = False) -> InboxId:
    row = {"enabled": True, "bot": bot, "queue_id": "general", "name": inbox.title()}
    tx.conn.execute(
        insert(people.inbox).values(
            id=inbox, kind="email", config=msgspec.to_builtins(config), created_at=tx.now, **row
        )
    )
    tx.emit(SETTINGS_TOPIC, SettingsChanged("inbox", inbox))
    return InboxId(inbox)


def switch_off(tx: Tx, id: str) -> None:
    tx.conn.execute(update(people.inbox).where(people.inbox.c.id == id).values(enabled=False))
    tx.emit(SETTINGS_TOPIC, SettingsChanged("inbox", InboxId(id)))


@dataclass
class Post:
    """``servers`` by the name of the IMAP host that a configuration names; ``slept`` are the pauses asked for."""

    world: World
    settings: FetchSettings
    servers: dict[str, FakeMailbox] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    taken: int = 0

    @property
    def server(self) -> FakeMailbox:
        return self.servers["imap.example.com"]

    async def open(self, config: EmailConfig) -> Any:
        return await self.servers[config.imap.host].open(config)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await self.go_on.wait()
        self.go_on.clear()

    def count(self, new: int, aside: int) -> None:
        self.taken += new

    async def rows(self) -> Sequence[Any]:
        return await self.world.db.read(lambda tx: tx.conn.execute(select(mail).order_by(mail.c.id)).all())

    async def subjects(self) -> list[str]:
        """Of what was taken, in the order in which it will be settled."""
        return await self.world.db.read(_subjects)

    async def mailbox(self) -> Any:
        return await self.world.db.read(lambda tx: tx.conn.execute(select(mailbox)).one_or_none())

    async def until(self, holds: Callable[[], Any]) -> None:
        """``holds`` may be asked at any time; fails after a while."""
        async with asyncio.timeout(WAIT_S):
            while True:
                answer = holds()
                if hasattr(answer, "__await__"):
                    answer = await answer
                if answer:
                    return
                await asyncio.sleep(0)

    async def until_slept(self, pauses: int) -> None:
        await self.until(lambda: len(self.slept) >= pauses)

    async def until_taken(self, mails: int) -> None:
        async def there() -> bool:
            return len(await self.rows()) >= mails

        await self.until(there)


def _subjects(tx: Tx) -> list[str]:
    rows = tx.conn.execute(select(mail_source.c.raw).join(mail).order_by(mail.c.id))
    return [described(row.raw)[1] or "" for row in rows]


@asynccontextmanager
async def a_post(
    folder: Path,
    configs: Mapping[str, EmailConfig] | None = None,
    settings: FetchSettings = SMALL,
    server: FakeMailbox | None = None,
    others: Mapping[str, FakeMailbox] | None = None,
) -> AsyncIterator[Post]:
    """Watched from the start; nothing settles."""
    async with a_world(sqlite_url(folder)) as world:
        post = Post(world, settings)
        post.servers["imap.example.com"] = server or FakeMailbox()
        post.servers |= others or {}
        await world.db.run(_queue)
        for name, config in (configs or {"post": a_config()}).items():
            await world.db.run(a_mailbox, config, name)
        workers = Workers(1)
        task = world.supervisor.service("mailroom", the_mailroom(post, workers).run)
        try:
            yield post
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            workers.close()


def the_mailroom(post: Post, workers: Workers) -> Mailroom:
    world = post.world
    taking = TakingGiven(world.db, workers, post.settings, post.count)
    bounds = Bounds(asyncio.Semaphore(post.settings.opening), asyncio.Semaphore(post.settings.taking))
    watch = WatchGiven(post.open, taking, bounds, world.clock, Random(1), post.sleep)
    return Mailroom(RoomGiven(world.db, world.bus, world.supervisor, watch, _nothing, "here", 30.0))


def _queue(tx: Tx) -> None:
    a_queue(tx)


async def _nothing() -> None:
    await asyncio.Event().wait()


class Here:
    """Parses in this process; ``kills`` are words that end whatever parses a mail with them."""

    def __init__(self, *kills: bytes) -> None:
        self._kills = kills

    async def parse(self, raws: Sequence[bytes]) -> list[ParsedMail | Unparsable]:
        return [self._one(raw) for raw in raws]

    def _one(self, raw: bytes) -> ParsedMail | Unparsable:
        if any(kill in raw for kill in self._kills):
            return Unparsable("crashed", "the process that parsed it ended")
        try:
            return parse(raw, ParseLimits())
        except Unparsable as error:
            return error


@dataclass
class Office:
    """A world with mailboxes whose stored mails are settled when a test says so. ``place`` answers where a mail belongs."""

    world: World
    folder: Path
    library: MediaLibrary
    workers: Workers
    counted: Counter[str]
    signer: Signer = field(default_factory=lambda: Signer(b"a secret of the tests"))
    place: Callable[[Tx, Inbound], Place] = lambda _tx, _inbound: Place(None)
    parser: Here = field(default_factory=Here)
    uid: int = 0

    def settler(self, settings: SettleSettings = SettleSettings()) -> Settler:  # noqa: B008 - frozen
        desk = Desk(self.signer, self.place, self.library.take, settings.others)
        files = Files(self.library, self.workers, settings.icon_bytes)
        return Settler(
            SettleGiven(
                self.world.db,
                self.world.bus,
                self.workers,
                self.parser,
                files,
                desk,
                settings,
                self.counted.update,
            )
        )

    async def store(self, *raws: bytes, inbox: str = "post", began_uid: int = 0, validity: int = 7) -> None:
        """As a watcher does."""
        place = store.Place(InboxId(inbox), "INBOX")
        mails = []
        for raw in raws:
            self.uid += 1
            identity = identify(raw)
            mails.append(store.New(self.uid, identity.message_id, identity.digest, raw, len(raw)))
        await self.world.db.run(store.begin, place, validity, began_uid, all_of_it=True)
        await self.world.db.run(store.keep, place, store.Cursor(validity, self.uid), mails)

    async def settle(self, *raws: bytes, inbox: str = "post", **settings: Any) -> Sequence[Any]:
        """Store and settle them; the rows of all mails."""
        await self.store(*raws, inbox=inbox)
        await self.settler(replace(SettleSettings(), **settings)).settle_all()
        return await self.rows()

    async def rows(self) -> Sequence[Any]:
        return await self.world.db.read(lambda tx: tx.conn.execute(select(mail).order_by(mail.c.id)).all())

    async def messages(self) -> Sequence[Any]:
        return await self.world.db.read(
            lambda tx: tx.conn.execute(select(message).order_by(message.c.id)).all()
        )


@asynccontextmanager
async def an_office(
    folder: Path, *configs: EmailConfig, bot: bool = False, address: str | None = None
) -> AsyncIterator[Office]:
    """With an inbox ``post`` and, for further configurations, ``post2`` and so on."""
    async with a_world(address or sqlite_url(folder)) as world:
        workers = Workers(1)
        links = Links(b"k" * 32, world.clock)
        library = MediaLibrary(
            world.db, FolderStore(folder / "media", workers), links, workers, world.ids, MediaSettings()
        )
        await world.db.run(_queue)
        for number, config in enumerate(configs or (a_config(),), start=1):
            await world.db.run(a_mailbox, config, "post" if number == 1 else f"post{number}", bot=bot)
        try:
            yield Office(world, folder, library, workers, Counter())
        finally:
            workers.close()
