"""The channels as the server has them, on a database of their own, with a person on the other side of a socket."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import update

from channels.assembly import ChannelSettings, ChannelsPart, Given, build
from channels.chat.webhooks import NAME as WEBHOOKS
from channels.chat.webhooks import VISIBLE, Webhooks
from channels.continuation.service import NAME as CONTINUATION
from channels.continuation.service import NAME_OF_PARTICIPANTS, Continuations, is_ours
from channels.dispatcher import NAME, Dispatcher
from channels.live.settings import LiveSettings
from channels.media.opening import media_store
from channels.media.settings import MediaSettings
from channels.media.store import MediaStore
from channels.telegram.receiving.settings import ReceiveSettings
from channels.telegram.receiving.working import NAME as WORKING
from channels.telegram.settings import CallSettings, TelegramSettings
from channels.verification.service import NAME as VERIFICATION
from channels.verification.service import Verifications
from core.attempts import Retry
from core.contact_events import VerificationAsked
from core.events import Event, ParticipantsChanged, PayloadStored, Recorded, ReplyQueued, TimerFired
from core.ids import ConversationId, InboxId
from core.inbox import BotMode, stored_bot
from core.limits import InProcessRateLimits
from core.message import Author, ByBot, Envelope, Message, Part, Text
from core.outbound import Outbound, OutboundSettings
from core.outbox import IoHandler, Last, OutboxHandler, TxHandler
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.tables.people import inbox as inbox_table
from core.store.tx import Tx
from core.tasks import Workers
from core.texts import Texts
from core.web import errors_as_json
from tests.builders import World, a_company, a_world, an_inbox, sqlite_url
from tests.channels.around import Surroundings
from tests.channels.pager.adapter import Pager

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Texts(ROOT / "web" / "locales")
SECRET = b"0123456789abcdef"
LOCAL = Outbound(OutboundSettings(private_hosts=True))
TELEGRAM = TelegramSettings(
    calls=CallSettings(connect_s=0.5, write_s=0.3, read_s=0.3),
    receive=ReceiveSettings(poll_s=5, first_pause_s=0.02, longest_pause_s=0.05, hear_s=0.05),
)
Client = TestClient[web.Request, web.Application]


class Shop:
    """A world with its channels, served on a port of its own."""

    def __init__(
        self, world: World, part: ChannelsPart, workers: Workers, client: Client, counted: Counter[str]
    ) -> None:
        self.world = world
        self.part = part
        self.workers = workers
        self.client = client
        self.counted = counted
        self.around = Surroundings()

    async def visit(self, *, inbox: str = "web", origin: str | None = None, **hello: object) -> "Visitor":
        """Open a socket and say hello."""
        visitor = await self.connect(inbox=inbox, origin=origin)
        await visitor.hello(**hello)
        return visitor

    async def connect(self, *, inbox: str = "web", origin: str | None = None) -> "Visitor":
        headers = {} if origin is None else {"Origin": origin}
        return Visitor(await self.client.ws_connect(f"/live/{inbox}/socket", headers=headers))

    async def answer(
        self,
        conversation: str,
        *parts: Part | str,
        author: Author | None = None,
        key: str = "r1",
        envelope: Envelope | None = None,
    ) -> Message:
        """Queue a reply, by the bot under the present turn unless told otherwise, and let the relay work."""
        message = await self.queue(conversation, *parts, author=author, key=key, envelope=envelope)
        await self.world.relay.drain()
        return message

    async def queue(
        self,
        conversation: str,
        *parts: Part | str,
        author: Author | None = None,
        key: str = "r1",
        envelope: Envelope | None = None,
    ) -> Message:
        said = tuple(Text(part) if isinstance(part, str) else part for part in parts)

        def reply(tx: Tx) -> Message:
            known = ConversationId(conversation)
            by = author or ByBot(get_conversation(tx, known).turn)
            return queue_reply(tx, known, by, said, key, envelope=envelope)

        return await self.world.db.run(reply)

    async def configure(self, inbox: str = "web", **config: object) -> None:
        await self.world.db.run(_configure, InboxId(inbox), config)
        await self.part.webhooks.refresh()

    async def bot_off(self, inbox: str = "web") -> None:
        """People answer there from here on."""

        def off(tx: Tx) -> None:
            tx.conn.execute(
                update(inbox_table).where(inbox_table.c.id == inbox).values(**stored_bot(BotMode.OFF))
            )

        await self.world.db.run(off)

    async def until(self, true: Callable[[], bool]) -> None:
        """Let everything else run until it is so; 30 s at most."""
        async with asyncio.timeout(30):
            while not true():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0)

    async def switch_off(self, inbox: InboxId) -> None:
        """Nobody may use it from here on."""
        await self.world.db.run(_switch_off, inbox)


class Visitor:
    """One tab: sends frames and waits for what it expects."""

    def __init__(self, ws: ClientWebSocketResponse) -> None:
        self.ws = ws
        self.welcome: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.others: list[dict[str, Any]] = []

    async def send(self, kind: str, /, **fields: object) -> None:
        await self.ws.send_json({"type": kind, **fields})

    async def hello(self, **fields: object) -> dict[str, Any]:
        await self.send("hello", **{"session": None, "language": "en", "conversation": None, "n": 0} | fields)
        self.welcome = await self.until("welcome")
        return self.welcome

    async def say(self, text: str, key: str = "k1", **fields: object) -> dict[str, Any]:
        """Until it is stored or refused."""
        await self.send("message", key=key, text=text, **fields)
        return await self.until("stored", "error")

    async def until(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these types; events that pass are kept."""
        while True:
            for frame in self.others:
                if frame["type"] in kinds:
                    self.others.remove(frame)
                    return frame
            await self._hear()

    async def event(self, kind: str, count: int = 1) -> dict[str, Any]:
        """The ``count``-th event of this kind, now or when it comes."""
        while len(found := [each for each in self.events if each["event"]["kind"] == kind]) < count:
            await self._hear()
        return found[count - 1]

    async def _hear(self) -> None:
        frame = await self.ws.receive_json(timeout=30)
        (self.events if frame["type"] == "event" else self.others).append(frame)

    async def silent(self) -> bool:
        """Nothing more had been sent before the answer to a ping."""
        seen = len(self.events)
        await self.send("ping")
        await self.until("pong")
        return len(self.events) == seen and not self.others

    @property
    def session(self) -> str:
        return str(self.welcome["session"])

    @property
    def texts(self) -> list[str]:
        """What the log shows, a line a message."""
        return [
            " ".join(part.get("text", part["type"]) for part in each["event"]["message"]["parts"])
            for each in self.events
            if each["event"]["kind"] == "message"
        ]


class _Late:
    """The dispatcher needs the database, and the database the table of handlers."""

    dispatcher: Dispatcher
    continuations: Continuations
    webhooks: Webhooks | None = None
    verifications: Verifications
    working: IoHandler

    async def run(self, recorded: Recorded) -> Last | None:
        return await self.dispatcher.run(recorded)

    def give_up(self, tx: Tx, recorded: Recorded) -> None:
        self.dispatcher.give_up(tx, recorded)

    async def go_on(self, recorded: Recorded) -> None:
        await self.continuations.run(recorded)

    def participants(self, tx: Tx, recorded: Recorded) -> None:
        self.continuations.participants(tx, recorded)

    async def work_up(self, recorded: Recorded) -> None:
        await self.working.run(recorded)

    def work_up_no_more(self, tx: Tx, recorded: Recorded) -> None:
        assert self.working.on_dead is not None
        self.working.on_dead(tx, recorded)

    async def tell_code(self, recorded: Recorded) -> None:
        await self.verifications.run(recorded)

    def go_on_no_more(self, tx: Tx, recorded: Recorded) -> None:
        self.continuations.give_up(tx, recorded)

    def know(self, part: ChannelsPart) -> None:
        """Who works from now on."""
        self.dispatcher, self.continuations = part.dispatcher, part.continuations
        self.webhooks, self.verifications = part.webhooks, part.verifications
        self.working = next(
            each for each in part.handlers if isinstance(each, IoHandler) and each.name == WORKING
        )

    async def tell(self, recorded: Recorded) -> None:
        assert self.webhooks is not None
        await self.webhooks.run(recorded)

    def told(self, event: Event) -> bool:
        return self.webhooks is not None and self.webhooks.wants(event)

    def handlers(self) -> list[OutboxHandler]:
        retry = Retry(1, 10, 60)
        return [
            IoHandler(NAME, (ReplyQueued,), self.run, time_limit_s=5, retry=retry, on_dead=self.give_up),
            TxHandler(NAME_OF_PARTICIPANTS, (ParticipantsChanged,), self.participants),
            IoHandler(VERIFICATION, (VerificationAsked,), self.tell_code, 5, retry=retry),
            IoHandler(WORKING, (PayloadStored,), self.work_up, 5, None, retry, self.work_up_no_more),
            IoHandler(WEBHOOKS, VISIBLE, self.tell, 5, self.told, retry),
            IoHandler(CONTINUATION, (TimerFired,), self.go_on, 5, is_ours, retry, self.go_on_no_more),
        ]


@asynccontextmanager
async def a_shop(
    folder: Path,
    live: LiveSettings | None = None,
    media: MediaSettings | None = None,
    *,
    script: Path | None = None,
    port: int | None = None,
    outbound: Outbound | None = None,
) -> AsyncIterator[Shop]:
    """The inboxes ``web`` (a widget, with a bot), ``app`` (a chat), ``loop`` (loopback), and, to be configured, ``post`` (e-mail), ``tele`` (Telegram) and ``beep`` (a pager); two agents.

    A second one in the same folder goes on with its database, as a server that starts again does.
    """
    opened_before = (folder / "parley.db").exists()
    late = _Late()
    guard = outbound or LOCAL
    async with (
        a_world(sqlite_url(folder), late.handlers()) as world,
        ClientSession(connector=guard.connector()) as session,
    ):
        if not opened_before:
            await world.db.run(_stock)
        for _ in range(1000 if opened_before else 0):
            # Ids that are counted must not meet those of before.
            world.ids.new()
        counted: Counter[str] = Counter()
        workers = Workers(1)
        surroundings = Surroundings()
        part = build(
            replace(
                _given(
                    world, workers, media_store(media or MediaSettings(), folder / "media", workers), counted
                ),
                session=lambda: session,
                providers=lambda: session,
                outbound=guard,
                around=surroundings.around(),
                further=(Pager,),
            ),
            ChannelSettings(
                address="https://parley.example",
                widget_script=script or folder / "widget.js",
                live=live or LiveSettings(),
                media=media or MediaSettings(),
                telegram=TELEGRAM,
            ),
        )
        late.know(part)
        await part.webhooks.refresh()
        app = web.Application(middlewares=[errors_as_json], client_max_size=2**30)
        for route in part.routes:
            app.router.add_route(route.method, route.path, route.handler)
        async with TestClient(TestServer(app, port=port)) as client:
            shop = Shop(world, part, workers, client, counted)
            shop.around = surroundings
            yield shop
            part.close()
        workers.close()


def _stock(tx: Tx) -> None:
    a_company(tx)
    an_inbox(tx, "app", kind="chat")
    an_inbox(tx, "loop", kind="loopback")
    an_inbox(tx, "post", kind="email")
    an_inbox(tx, "tele", kind="telegram")
    an_inbox(tx, "beep", kind="pager")


def _given(world: World, workers: Workers, store: MediaStore, counted: Counter[str]) -> Given:
    return Given(
        db=world.db,
        bus=world.bus,
        clock=world.clock,
        ids=world.ids,
        supervisor=world.supervisor,
        workers=workers,
        limits=InProcessRateLimits(world.clock),
        texts=TEXTS,
        store=store,
        secret=SECRET,
        count=lambda name: counted.update([name]),
        jitter=Random(1),
    )


def _configure(tx: Tx, inbox: InboxId, config: dict[str, object]) -> None:
    tx.conn.execute(update(inbox_table).where(inbox_table.c.id == inbox).values(config=config))


def _switch_off(tx: Tx, inbox: InboxId) -> None:
    tx.conn.execute(update(inbox_table).where(inbox_table.c.id == inbox).values(enabled=False))
