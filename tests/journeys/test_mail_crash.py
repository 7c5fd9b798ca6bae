"""Mails come through a real Dovecot while the server is killed at any point and Dovecot is started anew: none is lost."""

import asyncio
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, func, select, text

from core.store.codec import load_message
from core.store.tables.conversation import conversation, event, media, message
from core.store.tables.mail import mail, mail_source
from core.store.tx import Tx
from tests.builders import a_world, sqlite_url
from tests.servers.dovecot import PASSWORD, USER, Dovecot, running_dovecot
from tests.servers.parley import Server

ENVIRONMENT = {
    "PARLEY_EMAIL_PRIVATE_HOSTS": "yes",
    "PARLEY_EMAIL_FETCH_FIRST_PAUSE_S": "0.2",
    "PARLEY_EMAIL_FETCH_LONGEST_PAUSE_S": "1",
    "PARLEY_LOG_LEVEL": "warning",
}
STANDSTILL_S = 60.0
_NUMBER = re.compile(r"number (\d+) of customer (\d+)")


@dataclass(frozen=True, slots=True)
class Post:
    """``customers`` write ``each`` mails, one after another, each answering their last one."""

    customers: int
    each: int

    @property
    def count(self) -> int:
        return self.customers * self.each

    def mails(self) -> Iterator[bytes]:
        for number in range(self.each):
            for customer in range(self.customers):
                yield self._mail(customer, number)

    def _mail(self, customer: int, number: int) -> bytes:
        address = f"customer{customer}@example.net"
        answered = f"<{customer}.{number - 1}@example.net>"
        again = (
            f"In-Reply-To: {answered}\nReferences: <{customer}.0@example.net> {answered}\n" if number else ""
        )
        body = f"This is number {number} of customer {customer}.\n"
        if number % 10 == 3:
            body = _with_a_file(body, 100_000 if number % 20 == 3 else 1000)
        return (
            (
                f"From: Customer {customer} <{address}>\nTo: {USER}\n"
                f"Subject: {'Re: ' if number else ''}Order {customer}\nDate: Mon, 02 Mar 2026 09:{number % 60:02}:00 +0000\n"
                f"Message-ID: <{customer}.{number}@example.net>\n{again}MIME-Version: 1.0\n"
                + (body if body.startswith("Content-Type") else f"Content-Type: text/plain\n\n{body}")
            )
            .replace("\n", "\r\n")
            .encode()
        )


def _with_a_file(body: str, size: int) -> str:
    return (
        f"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{body}\n--b\n"
        f"Content-Type: application/octet-stream; name=f.bin\nContent-Disposition: attachment; filename=f.bin\n\n"
        f"{('x' * 70 + chr(10)) * (size // 71)}\n--b--\n"
    )


def add_inbox(server: Server, dovecot: Dovecot, user: str = USER) -> None:
    """As an administrator does it, by the command line."""
    password = server.folder / "password"
    password.write_text(PASSWORD)
    done = server.call(
        *("inbox", "add", "email", "--address", user, "--password-file", str(password), "--no-check"),
        *("--imap-host", "127.0.0.1", "--imap-port", str(dovecot.ports.imap), "--imap-security", "none"),
        *("--imap-take", "all", "--smtp-host", "127.0.0.1", "--smtp-security", "none"),
        *("--per-sender-hour", "10000", "--queue", "General"),
    )
    assert done.returncode == 0, done.stdout + done.stderr


async def survive(folder: Path, dovecot: Dovecot, post: Post, kills: int, random: Random) -> None:
    """Mails come in while everything is killed again and again; then everything is counted."""
    server = Server(folder, ENVIRONMENT, arguments=())
    assert server.call("setup", "--email", "ada@example.org", "--name", "Ada").returncode == 0
    add_inbox(server, dovecot)
    mails, sent = post.mails(), 0
    for _ in range(kills):
        part = post.count // kills
        sent += dovecot.drop(islice(mails, part))
        await asyncio.to_thread(server.start)
        goal = min(sent, settled(folder) + random.randrange(0, part + part // 2))
        if random.random() < 0.5:
            await until_settled(server, (settled(folder) + goal) // 2)
            await asyncio.to_thread(dovecot.restart)
        await until_settled(server, goal)
        server.kill()
    dovecot.drop(mails)
    await asyncio.to_thread(server.start)
    await until_settled(server, post.count)
    assert await asyncio.to_thread(server.stop) == 0
    async with a_world(sqlite_url(folder)) as world:
        await world.db.read(audit, post)


def settled(folder: Path) -> int:
    """How many mails are done so far; the running server is not disturbed."""
    engine = create_engine(sqlite_url(folder))
    try:
        with engine.connect() as looking:
            return int(looking.execute(text("SELECT count(*) FROM mail WHERE state = 'done'")).scalar_one())
    finally:
        engine.dispose()


async def until_settled(server: Server, count: int) -> None:
    """Fails when nothing moves for a while."""
    last, moved = -1, time.monotonic()
    while (now := await asyncio.to_thread(settled, server.folder)) < count:
        if now != last:
            last, moved = now, time.monotonic()
        if time.monotonic() - moved > STANDSTILL_S:
            pytest.fail(f"{now} of {count} mails, and nothing moves:\n{server.log()[-3000:]}")
        await asyncio.to_thread(server_breathes, server)


def server_breathes(server: Server) -> None:
    """Wait a little, unless it has ended."""
    assert server.process is not None
    try:
        server.process.wait(0.05)
    except Exception:  # noqa: BLE001 - it runs, as it should
        return
    pytest.fail(f"the server ended:\n{server.log()[-3000:]}")


def audit(tx: Tx, post: Post) -> None:
    """Raises AssertionError with the first thing that is wrong."""
    taken = tx.conn.execute(select(mail)).all()
    assert len(taken) == post.count
    assert {row.state for row in taken} == {"done"}
    assert tx.conn.execute(select(func.count()).select_from(mail_source)).scalar_one() == post.count
    inbound = tx.conn.execute(select(message).where(message.c.kind == "inbound").order_by(message.c.n)).all()
    assert len(inbound) == post.count
    assert {row.id for row in inbound} == {row.stored_message_id for row in taken}
    said: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in inbound:
        found = _NUMBER.search(row.text)
        assert found is not None
        said[row.conversation_id].append((int(found[2]), int(found[1])))
    expected = [[(customer, number) for number in range(post.each)] for customer in range(post.customers)]
    assert sorted(said.values()) == expected, "lost, doubled, out of order or in the wrong conversation"
    assert tx.conn.execute(select(func.count()).select_from(conversation)).scalar_one() == post.customers
    numbers = select(event.c.topic, func.count(), func.max(event.c.n)).group_by(event.c.topic)
    assert all(count == last for _, count, last in tx.conn.execute(numbers))
    named = {part.media for row in inbound for part in load_message(row).parts if hasattr(part, "media")}
    kept = set(tx.conn.execute(select(media.c.id).where(media.c.owner == "message")).scalars())
    assert kept == named


def seeded() -> Random:
    """By a seed that a failure shows; CRASH_SEED repeats the choices of a run, though not its timing."""
    seed = int(os.environ.get("CRASH_SEED") or Random().randrange(10**6))
    print(f"CRASH_SEED={seed}")
    return Random(seed)


@pytest.mark.server
async def test_kills_and_a_restarted_dovecot_lose_and_double_no_mail(tmp_path: Path) -> None:
    with running_dovecot() as dovecot:
        await survive(tmp_path, dovecot, Post(100, 20), 8, seeded())


@pytest.mark.soak
@pytest.mark.server
async def test_a_hundred_thousand_mails_come_through_kills_and_restarts(tmp_path: Path) -> None:
    with running_dovecot() as dovecot:
        await survive(tmp_path, dovecot, Post(2500, 40), 50, seeded())
