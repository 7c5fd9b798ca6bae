"""People write to a bot while the server is killed at any point and Telegram's answers break: nothing lost, doubled or misplaced."""

import asyncio
import hashlib
import os
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select, text

from core.message import Attachment, Text
from core.store.codec import load_message
from core.store.tables.conversation import conversation, media, message
from core.store.tables.people import inbox, queue
from core.store.tx import Tx
from tests.builders import a_world, sqlite_url
from tests.servers.parley import Server
from tests.servers.programs import free_ports
from tests.servers.telegram import TOKEN, FakeBot, Fault, Person, TelegramServer, running_telegram

FAST = {
    "PARLEY_PUBLIC_URL": "https://parley.example",
    "PARLEY_TELEGRAM_RECEIVE_FIRST_PAUSE_S": "0.05",
    "PARLEY_TELEGRAM_RECEIVE_LONGEST_PAUSE_S": "0.5",
    "PARLEY_TELEGRAM_RECEIVE_ALBUM_QUIET_S": "0.3",
    "PARLEY_TELEGRAM_CALLS_READ_S": "2",
    "PARLEY_LOG_LEVEL": "warning",
}
STANDSTILL_S = 60.0
_MESSAGES = (
    select(message, conversation.c.thread_key)
    .join(conversation, conversation.c.id == message.c.conversation_id)
    .where(message.c.kind == "inbound")
    .order_by(message.c.n)
)


@dataclass
class Crowd:
    """``people`` of them write ``each`` messages; ``said`` is what each should be heard to say, in order."""

    bot: FakeBot
    random: Random
    people: int
    each: int
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: int = 0

    @property
    def count(self) -> int:
        return self.people * self.each

    def write(self, most: int) -> None:
        """Some more, in the turns that chance gives them."""
        for _ in range(min(most, self.count - self.written)):
            self._one(Person(7000 + self.written % self.people, f"Person {self.written % self.people}"))
            self.written += 1

    def _one(self, person: Person) -> None:
        number, said = self.written, self.said[str(person.id)]
        chance = self.random.random()
        if chance < 0.1:
            contents = [self._file(f"{number}-{at}") for at in range(3)]
            self.bot.album(person, [content for _, content in contents])
            said.append(" ".join(digest for digest, _ in contents))
        elif chance < 0.25:
            digest, content = self._file(str(number))
            self.bot.writes(person, caption=f"file {number}", **content)
            said.append(f"file {number} {digest}")
        else:
            update = self.bot.says(person, f"number {number}")
            if chance < 0.35:
                self.bot.again(update)
            said.append(f"number {number}")

    def _file(self, name: str) -> tuple[str, dict[str, Any]]:
        content = name.encode() * self.random.choice((10, 10_000))
        found = self.bot.file(content, "f.bin") | {"file_name": f"{name}.bin"}
        return hashlib.sha256(content).hexdigest(), {"document": found}


def add_inbox(tx: Tx, mode: str) -> None:
    general = tx.conn.execute(select(queue.c.id).limit(1)).scalar_one()
    tx.conn.execute(
        insert(inbox).values(
            id="tele",
            kind="telegram",
            name="Telegram",
            enabled=True,
            queue_id=general,
            bot=False,
            bot_mode="off",
            config={"token": TOKEN, "mode": mode},
            created_at=tx.now,
        )
    )


async def survive(folder: Path, mode: str, crowd: Crowd, telegram: TelegramServer, kills: int) -> None:
    """They write while everything is killed again and again; then everything is counted."""
    telegram.first_retry_s, telegram.longest_retry_s = 0.05, 0.2
    port = str(free_ports(1)[0])
    telegram.behind = f"http://127.0.0.1:{port}"
    environment = {**FAST, "PARLEY_TELEGRAM_API_URL": telegram.url, "PARLEY_PORT": port}
    server = Server(folder, environment, arguments=())
    try:
        await _survive(server, mode, crowd, telegram, kills)
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


async def _survive(server: Server, mode: str, crowd: Crowd, telegram: TelegramServer, kills: int) -> None:
    random, folder = crowd.random, server.folder
    assert server.call("setup", "--email", "ada@example.org", "--name", "Ada").returncode == 0
    async with a_world(sqlite_url(folder)) as world:
        await world.db.run(add_inbox, mode)
    for _ in range(kills):
        crowd.write(crowd.count // kills // 2)
        await asyncio.to_thread(server.start)
        crowd.write(crowd.count // kills // 2)
        for method in ("getUpdates", "getFile", "file"):
            crowd.bot.faults.append(
                Fault(method, random.choice(("reset", "half", "page", "hang")), 2, code=502)
            )
        behind = crowd.written - heard(folder)
        await until_heard(server, heard(folder) + random.randrange(0, max(1, behind)))
        server.kill()
    crowd.write(crowd.count)
    crowd.bot.faults.clear()
    await asyncio.to_thread(server.start)
    await until_heard(server, crowd.count)
    await crowd.bot.confirmed(30)
    assert await asyncio.to_thread(server.stop) == 0
    async with a_world(sqlite_url(folder)) as world:
        found = await world.db.read(told)
        for person, said in crowd.said.items():
            assert found[person] == said, f"lost, doubled or out of order: {person}, {found[person]}, {said}"
        assert await world.db.read(left_over) == 0


def heard(folder: Path) -> int:
    """How many messages there are so far; the running server is not disturbed."""
    engine = create_engine(sqlite_url(folder))
    try:
        with engine.connect() as looking:
            return int(looking.execute(text("SELECT count(*) FROM message")).scalar_one())
    finally:
        engine.dispose()


async def until_heard(server: Server, count: int) -> None:
    """Fails when nothing moves for a while."""
    last, moved = -1, time.monotonic()
    while (now := await asyncio.to_thread(heard, server.folder)) < count:
        if now != last:
            last, moved = now, time.monotonic()
        if time.monotonic() - moved > STANDSTILL_S:
            pytest.fail(f"{now} of {count} messages, and nothing moves:\n{server.log()[-3000:]}")
        await asyncio.to_thread(breathe, server)


def breathe(server: Server) -> None:
    """Wait a little, unless it has ended."""
    assert server.process is not None
    try:
        server.process.wait(0.03)
    except Exception:  # noqa: BLE001 - it runs, as it should
        return
    pytest.fail(f"the server ended:\n{server.log()[-3000:]}")


def told(tx: Tx) -> dict[str, list[str]]:
    """What each person said, as we have it."""
    digests = {row.id: row.digest for row in tx.conn.execute(select(media.c.id, media.c.digest))}
    found: dict[str, list[str]] = defaultdict(list)
    rows = tx.conn.execute(_MESSAGES)
    for row in rows:
        parts = load_message(row).parts
        words = [
            part.text if isinstance(part, Text) else digests[part.media]
            for part in parts
            if isinstance(part, Text | Attachment)
        ]
        found[row.thread_key].append(" ".join(words))
    return found


def left_over(tx: Tx) -> int:
    """Updates that nobody worked up."""
    return int(tx.conn.execute(text("SELECT count(*) FROM payload WHERE state <> 'done'")).scalar_one())


def seeded() -> Random:
    """By a seed that a failure shows; CRASH_SEED repeats the choices of a run, though not its timing."""
    seed = int(os.environ.get("CRASH_SEED") or Random().randrange(10**6))
    print(f"CRASH_SEED={seed}")
    return Random(seed)


@pytest.mark.server
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_kills_and_broken_answers_lose_and_double_nothing(tmp_path: Path, mode: str) -> None:
    async with running_telegram() as telegram:
        await survive(tmp_path, mode, Crowd(telegram.bot(), seeded(), 8, 40), telegram, 4)


@pytest.mark.soak
@pytest.mark.server
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_ten_thousand_messages_come_through_kills(tmp_path: Path, mode: str) -> None:
    async with running_telegram() as telegram:
        await survive(tmp_path, mode, Crowd(telegram.bot(), seeded(), 50, 200), telegram, 40)
