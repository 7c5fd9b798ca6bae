"""Two processes share a mailbox and a bot: one of them reads both, and when it stands still or dies the other goes on, with every message once."""

import asyncio
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from core.store.shared_time import SharedTime, shared_now
from core.store.tables.conversation import conversation, message
from core.store.tables.routing import lease
from core.store.tx import Tx
from tests.builders import World, a_world
from tests.chaos.everywhere import pause
from tests.journeys.test_mail_crash import ENVIRONMENT, Post
from tests.journeys.test_mail_crash import add_inbox as add_mailbox
from tests.journeys.test_roles import metrics_of
from tests.journeys.test_telegram_crash import FAST
from tests.journeys.test_telegram_crash import add_inbox as add_bot
from tests.servers.dovecot import Dovecot
from tests.servers.parley import Server
from tests.servers.telegram import FakeBot, Person, running_telegram

pytestmark = pytest.mark.postgres

LEASE_S = 3
LATE_S = 240.0
"""Generous: it is never waited for unless something is wrong."""
EACH = 10
CUSTOMERS = 4
ONCE = CUSTOMERS * EACH
BOTH, NEITHER = ("1.0", "1.0"), ("0.0", "0.0")


@dataclass
class Place:
    """The mailbox and the bot, who shares them, and how much was sent to each so far."""

    world: World
    http: aiohttp.ClientSession
    dovecot: Dovecot
    mailbox: str
    bot: FakeBot
    servers: tuple[Server, Server]
    mails = Post(CUSTOMERS, 100).mails()
    numbers: "count[int]" = field(default_factory=count)
    sent: int = 0

    def send(self) -> None:
        """So many mails and so many updates at once."""
        self.dovecot.drop(islice(self.mails, ONCE), self.mailbox)
        for number in islice(self.numbers, ONCE):
            self.bot.says(Person(7000 + number % CUSTOMERS, "Person"), f"number {number}")
        self.sent += ONCE

    async def heard(self, of_each: int) -> None:
        """Until so many mails and so many updates have become messages."""

        async def whether() -> bool:
            found = await self.world.db.read(counts)
            return len(found) == len(BOTH) and min(found) >= of_each

        await self._until(whether, f"{of_each} of each")

    async def held(self, holder: Server, *others: Server) -> None:
        """Until this one reads the mailbox and the bot, and the others neither."""

        async def whether() -> bool:
            return [await self.reads(each) for each in (holder, *others)] == [BOTH] + [NEITHER] * len(others)

        await self._until(whether, f"{holder.folder.name} reads both")

    async def reads(self, server: Server) -> tuple[str, str]:
        metrics = await metrics_of(self.http, server)
        return metrics["parley_mailboxes"], metrics["parley_bots"]

    async def _until(self, whether: Callable[[], Awaitable[bool]], what: str) -> None:
        try:
            async with asyncio.timeout(LATE_S):
                while not await whether():
                    await pause(0.1)
        except TimeoutError:
            logs = "\n".join(f"{each.folder.name}: {each.log()[-3000:]}" for each in self.servers)
            pytest.fail(f"it never came to this: {what}\n{logs}")


def counts(tx: Tx) -> list[int]:
    """How many messages came into each inbox so far."""
    found = (
        select(func.count())
        .join_from(message, conversation, message.c.conversation_id == conversation.c.id)
        .where(message.c.kind == "inbound")
        .group_by(conversation.c.inbox_id)
    )
    return list(tx.conn.execute(found).scalars())


def said(tx: Tx) -> list[list[str]]:
    """What was said in each conversation, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(message).where(message.c.kind == "inbound").order_by(message.c.conversation_id, message.c.n)
    for row in tx.conn.execute(rows):
        found[row.conversation_id].append(row.text.strip())
    return sorted(found.values())


def left_s(tx: Tx) -> list[float]:
    """How long what is held is held still if it is not held anew."""
    now = shared_now(tx)
    return [(until - now).total_seconds() for until in tx.conn.execute(select(lease.c.expires_at)).scalars()]


@asynccontextmanager
async def two_processes(
    folder: Path, database: str, dovecot: Dovecot, mailbox: str, telegram: str
) -> AsyncIterator[tuple[Server, Server]]:
    """Neither runs yet; the mailbox and the bot are set up."""
    environment = {
        **ENVIRONMENT,
        **FAST,
        "PARLEY_DATABASE_URL": database,
        "PARLEY_TELEGRAM_API_URL": telegram,
        "PARLEY_EMAIL_LEASE_S": str(LEASE_S),
        "PARLEY_TELEGRAM_RECEIVE_LEASE_S": str(LEASE_S),
    }
    one, two = (Server(folder / name, environment, ("--roles", "channels")) for name in ("one", "two"))
    made = await asyncio.to_thread(one.call, "setup", "--email", "ada@example.org", "--name", "Ada")
    assert made.returncode == 0, made.stderr
    await asyncio.to_thread(add_mailbox, one, dovecot, mailbox)
    try:
        yield one, two
    finally:
        for server in (one, two):
            if server.process is not None and server.process.poll() is None:
                server.kill()


async def test_whoever_reads_a_mailbox_and_a_bot_stands_still_or_dies_and_every_message_comes_once(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str, dovecot: Dovecot, mailbox: str
) -> None:
    async with (
        running_telegram() as telegram,
        two_processes(tmp_path, bare_postgres_url, dovecot, mailbox, telegram.url) as (one, two),
        a_world(bare_postgres_url, settings=[SharedTime(of_database=True)]) as world,
    ):
        await world.db.run(add_bot, "polling")
        place = Place(world, http, dovecot, mailbox, telegram.bot(), (one, two))
        place.send()
        await asyncio.to_thread(one.start)
        await place.held(one)
        await asyncio.to_thread(two.start)
        await place.heard(place.sent)
        await place.held(one, two)
        assert max(await world.db.read(left_s)) <= LEASE_S

        await stand_still(place, one, two)
        await die(place, two, one)

        assert await world.db.read(said) == expected(place.sent // CUSTOMERS)
        assert await asyncio.to_thread(one.stop) == 0


async def stand_still(place: Place, holder: Server, other: Server) -> None:
    """In the middle of its work, until the other has taken over; woken, it lets go."""
    assert holder.process is not None
    before = place.sent
    place.send()
    await place.heard(before + 1)
    holder.process.send_signal(signal.SIGSTOP)
    place.send()
    await place.held(other)
    await place.heard(place.sent)
    place.send()
    holder.process.send_signal(signal.SIGCONT)
    place.send()
    await place.held(other, holder)
    await place.heard(place.sent)


async def die(place: Place, holder: Server, other: Server) -> None:
    """In the middle of its work."""
    before = place.sent
    place.send()
    await place.heard(before + 1)
    holder.kill()
    place.send()
    await place.held(other)
    place.send()
    await place.heard(place.sent)


def expected(each: int) -> list[list[str]]:
    """In each conversation all of it, once and in order."""
    mailed = [
        [f"This is number {number} of customer {customer}." for number in range(each)]
        for customer in range(CUSTOMERS)
    ]
    written = [
        [f"number {number * CUSTOMERS + person}" for number in range(each)] for person in range(CUSTOMERS)
    ]
    return sorted(mailed + written)
