"""A bot of Telegram's on one side, our inbox on the other: people write, and what became of it is looked at."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from channels.telegram.receiving.boxes import begin
from core.ids import ConversationId, InboxId, MessageId
from core.message import Attachment, Message, Part, Text
from core.store.codec import load_message
from core.store.tables.conversation import conversation as conversations
from core.store.tables.conversation import message as messages
from core.store.tables.intake import feed, payload
from core.store.tables.people import inbox as inboxes
from core.store.tx import Tx
from tests.channels.shop import Shop, a_shop
from tests.servers.telegram import TOKEN, FakeBot, Fault, Person, TelegramServer, running_telegram

INBOX = InboxId("tele")
ANN = Person(7001, "Ann", "Lee")
BEN = Person(7002, "Ben", language_code="zh-hans")
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@dataclass(frozen=True)
class Heard:
    """One message from outside, and the thread that it is in."""

    thread: str
    public: bool
    language: str | None
    context: Mapping[str, str]
    message: Message

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.message.parts

    @property
    def texts(self) -> list[str]:
        """Words, and names of files."""
        return [
            part.text if isinstance(part, Text) else part.name if isinstance(part, Attachment) else repr(part)
            for part in self.message.parts
        ]


class Line:
    """``bot`` is Telegram's side, ``shop`` ours."""

    def __init__(self, shop: Shop, server: TelegramServer, bot: FakeBot) -> None:
        self.shop = shop
        self.server = server
        self.bot = bot

    async def post(self, *updates: dict[str, Any], secret: str | None = None) -> list[int]:
        """As Telegram does, one after the other, and what it is answered; then let the relay work."""
        hook = self.shop.part.receiving.hooks.of(INBOX)
        assert hook is not None
        path = hook.url.removeprefix("https://parley.example")
        headers = {HEADER: hook.secret if secret is None else secret}
        answered: list[int] = []
        for each in updates:
            async with self.shop.client.post(path, json=each, headers=headers) as answer:
                answered.append(answer.status)
        await self.work()
        return answered

    async def work(self, after_s: float = 0.0) -> None:
        """Whatever is due then."""
        self.shop.world.clock.forward(after_s)
        await self.shop.world.relay.drain()

    async def ask(self) -> None:
        """Begin to read as the server does, and go on until the test ends."""
        _ = self.shop.world.supervisor.start("bots", self.shop.part.receiving.bots.run())

    async def read_all(self) -> None:
        """Until Telegram has nothing more for us, and what came is worked up."""
        await self.bot.confirmed()
        await self.work()

    async def heard(self) -> list[Heard]:
        """Everything from outside, in order."""
        return await self.shop.world.db.read(_heard)

    async def texts(self) -> list[str]:
        """One line a message."""
        return [" | ".join(each.texts) for each in await self.heard()]

    async def waiting(self) -> list[tuple[int, str]]:
        """Number and state of what is kept and not done."""
        return await self.shop.world.db.read(_waiting)

    async def problem(self) -> str | None:
        """What an administrator is told of the bot."""
        return await self.shop.world.db.read(_problem)

    async def until_problem(self, *, there: bool = True) -> str | None:
        """30 s at most."""
        async with asyncio.timeout(30):
            while ((found := await self.problem()) is not None) is not there:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0)
        return found

    async def configure(self, **config: object) -> None:
        await self.shop.configure(INBOX, **{"token": TOKEN, **config})

    async def switch(self, *, on: bool) -> None:
        await self.shop.world.db.run(_switch, on=on)

    async def say(self, conversation: str, *parts: Part | str, key: str = "r1") -> MessageId:
        """Our bot, to the person."""
        return (await self.shop.answer(conversation, *parts, key=key)).id

    async def conversation(self, at: int = 0) -> ConversationId:
        return (await self.heard())[at].message.conversation

    def fails(self, method: str, how: Any = "error", times: int = 1, **more: Any) -> Fault:
        fault = Fault(method, how, times, **more)
        self.bot.faults.append(fault)
        return fault

    def count(self, why: str) -> int:
        return self.shop.counted[f"telegram_{why}"]


@asynccontextmanager
async def a_line(folder: Path, server: TelegramServer | None = None, **config: object) -> AsyncIterator[Line]:
    """With ``server``, one that goes on while ours starts again."""
    async with a_shop(folder) as shop, running_telegram() as fresh:
        telegram = server or fresh
        shop.part.telegram.api.lead_to(telegram.url)
        line = Line(shop, telegram, telegram.bot())
        await line.configure(**config)
        await shop.world.db.run(begin, INBOX, line.bot.me.id, line.bot.username)
        yield line
        await shop.world.supervisor.stop()


def photo(bot: FakeBot, content: bytes = PNG) -> dict[str, Any]:
    """As a message has one: several sizes, the last is the one itself."""
    small = bot.file(b"small", "s.jpg") | {"width": 90, "height": 90}
    return {"photo": [small, bot.file(content, "p.jpg") | {"width": 800, "height": 600}]}


def document(bot: FakeBot, content: bytes = b"hello", name: str = "invoice.txt") -> dict[str, Any]:
    return {"document": bot.file(content, name) | {"file_name": name, "mime_type": "text/plain"}}


def _heard(tx: Tx) -> list[Heard]:
    rows = tx.conn.execute(
        select(
            messages,
            conversations.c.thread_key,
            conversations.c.public,
            conversations.c.language,
            conversations.c.context,
        )
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.kind == "inbound", messages.c.inbox_id == INBOX)
        .order_by(messages.c.created_at, messages.c.id)
    )
    return [Heard(row.thread_key, row.public, row.language, row.context, load_message(row)) for row in rows]


def _waiting(tx: Tx) -> list[tuple[int, str]]:
    rows = tx.conn.execute(
        select(payload.c.number, payload.c.state).where(payload.c.state != "done").order_by(payload.c.number)
    )
    return [(row.number, row.state) for row in rows]


def _switch(tx: Tx, *, on: bool) -> None:
    tx.conn.execute(update(inboxes).where(inboxes.c.id == INBOX).values(enabled=on))


def _problem(tx: Tx) -> str | None:
    return tx.conn.execute(select(feed.c.problem).where(feed.c.inbox_id == INBOX)).scalar_one_or_none()
