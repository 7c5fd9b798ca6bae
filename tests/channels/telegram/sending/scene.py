"""Ann has written to a bot and Ada answers: our side as it is, Telegram's a server of our own."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import update

from channels.dispatcher import NAME, Dispatcher, DispatchSettings
from channels.telegram.assembly import TelegramParts, TelegramSide, telegram_side
from channels.telegram.place import Where, external_id
from channels.telegram.settings import CallSettings, TelegramSettings
from core import lifecycle
from core.attempts import Retry
from core.contact import Sender
from core.conversation import Cause
from core.errors import NotFound
from core.events import Recorded, ReplyQueued
from core.ids import AgentId, ConversationId, InboxId, MediaId, MessageId
from core.message import (
    Attachment,
    ByAgent,
    Delivery,
    DeliveryState,
    Exact,
    Inbound,
    Message,
    Part,
    Text,
)
from core.outbox import IoHandler, Last
from core.receive import receive_message
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.store.tables.people import inbox as inboxes
from core.store.tx import Tx
from tests.builders import World, a_company, a_world, an_inbox, sqlite_url
from tests.channels.shop import TEXTS
from tests.servers.botapi.faults import How
from tests.servers.telegram import TOKEN, Chat, FakeBot, Fault, Person, TelegramServer, running_telegram

ADA = AgentId("ada")
ANN = Person(7001, "Ann")
BEN = Person(7002, "Ben")
BOT = InboxId("bot")
GROUP = -1001
QUICK = CallSettings(connect_s=0.5, write_s=0.2, read_s=0.3)


@dataclass
class Scene:
    """``bot`` is Telegram's side of the inbox ``bot``."""

    world: World
    server: TelegramServer
    bot: FakeBot
    side: TelegramSide
    files: dict[str, bytes]
    sessions: list[aiohttp.ClientSession]

    async def write(
        self, person: Person = ANN, text: str = "Hello", *, group: int | None = None
    ) -> ConversationId:
        """A message from outside, as if it had been fetched; the conversation is Ada's then."""
        bot = self.bot
        chat = bot.private(person) if group is None else bot.group(group)
        message = bot.says(person, text, chat)["message"]
        place = Where(chat.id, None if group is None else person.id)
        inbound = Inbound(
            BOT,
            external_id(chat.id, message["message_id"]),
            Sender("telegram", str(person.id), verified=True, name=person.first_name),
            (Text(text),),
            Exact(place.key),
            self.world.clock.now(),
        )
        received = await self.world.db.run(receive_message, inbound)
        await self.world.db.run(_take, received.conversation)
        return received.conversation

    async def reply(self, conversation: ConversationId, *parts: Part | str, key: str = "r1") -> Message:
        """Queued, and the relay works until nothing is due."""
        message = await self.queue(conversation, *parts, key=key)
        await self.world.relay.drain()
        return message

    async def queue(self, conversation: ConversationId, *parts: Part | str, key: str = "r1") -> Message:
        said = tuple(Text(part) if isinstance(part, str) else part for part in parts)
        return await self.world.db.run(queue_reply, conversation, ByAgent(ADA), said, key)

    async def later(self, seconds: float) -> None:
        self.world.clock.forward(seconds)
        await self.world.relay.drain()

    async def delivery(self, message: MessageId) -> Delivery:
        found = (await self.world.db.read(get_message, message)).delivery
        assert found is not None
        return found

    async def state(self, message: MessageId) -> DeliveryState:
        return (await self.delivery(message)).state

    def file(
        self, name: str, media_type: str, content: bytes = b"content", *, inline: bool = False
    ) -> Attachment:
        self.files[name] = content
        return Attachment(MediaId(name), name, media_type, len(content), inline=inline)

    def photo(self, name: str = "a.jpg", content: bytes = b"photo") -> Attachment:
        return self.file(name, "image/jpeg", content, inline=True)

    def fails(self, method: str, how: How = "error", **more: Any) -> Fault:
        """As ``Fault`` says; the next call of it unless told otherwise."""
        fault = Fault(method, how, **more)
        self.bot.faults.append(fault)
        return fault

    def break_after(self, calls: int, fault: Fault) -> None:
        """So many calls work, the next one fails."""
        fault.times = 0
        before = self.bot.keep

        def keep(chat: Chat, fields: dict[str, Any]) -> dict[str, Any]:
            if len(self.bot.sent) + 1 == calls:
                fault.times = 1
            return before(chat, fields)

        self.bot.keep = keep  # type: ignore[method-assign]

    @asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Nothing listens where Telegram is; afterwards it does again."""
        async with aiohttp.ClientSession(connector=aiohttp.UnixConnector("/nowhere")) as dead:
            self.sessions.append(dead)
            yield
            self.sessions.remove(dead)

    async def called(self, method: str, times: int = 1) -> None:
        """Until Telegram has had so many of these calls, and answered the last one."""
        async with asyncio.timeout(30):
            while self.methods().count(method) < times:  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0)

    async def quiet(self) -> None:
        """Until nothing goes on behind our back."""
        tasks = self.world.supervisor._tasks
        async with asyncio.timeout(30):
            while tasks:
                await asyncio.wait(tasks)

    def methods(self) -> list[str]:
        return [call.method for call in self.bot.calls]


def _take(tx: Tx, conversation: ConversationId) -> None:
    known = get_conversation(tx, conversation)
    lifecycle.assign(tx, known, ADA, cause=Cause.TAKEN)


def _configure(tx: Tx, config: Mapping[str, object]) -> None:
    tx.conn.execute(update(inboxes).where(inboxes.c.id == BOT).values(config=dict(config)))


class _Late:
    """The dispatcher needs the database, and the database the table of handlers."""

    dispatcher: Dispatcher

    async def run(self, recorded: Recorded) -> Last | None:
        return await self.dispatcher.run(recorded)

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        self.dispatcher.give_up(tx, recorded)


@asynccontextmanager
async def a_scene(folder: Path, settings: TelegramSettings | None = None) -> AsyncIterator[Scene]:
    """One bot, that nobody has written to."""
    late, files = _Late(), dict[str, bytes]()
    handler = IoHandler(
        NAME, (ReplyQueued,), late.run, time_limit_s=5, retry=Retry(1, 10, 60), on_dead=late.give_up
    )

    async def content(media: MediaId) -> bytes:
        if media not in files:
            raise NotFound("there is no such file")
        return files[media]

    async with (
        a_world(sqlite_url(folder), [handler]) as world,
        running_telegram(now=lambda: world.clock.now().timestamp()) as server,
        aiohttp.ClientSession() as session,
    ):
        await world.db.run(_stock)
        parts = TelegramParts(
            db=world.db,
            bus=world.bus,
            clock=world.clock,
            supervisor=world.supervisor,
            texts=TEXTS,
            session=lambda: sessions[-1],
            content=content,
            article_url=lambda article, language: f"https://help.example/{language}/{article}",
            address="https://parley.example",
        )
        sessions = [session]
        chosen = replace(settings or TelegramSettings(calls=QUICK), api_url=server.url)
        side = telegram_side(parts, chosen)
        late.dispatcher = Dispatcher(
            world.db,
            {side.channel.kind: side.channel},
            DispatchSettings(),
            media_url=lambda file: f"https://parley.example/media/{file.media}",
        )
        yield Scene(world, server, server.bot(), side, files, sessions)
        side.channel.close()


def _stock(tx: Tx) -> None:
    a_company(tx)
    an_inbox(tx, BOT, kind="telegram")
    _configure(tx, {"token": TOKEN, "groups": True})
