"""The whole rule on mails as clients write them: one short story for each client, kind of case, subject and inbox."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from bench.mail_clients import SERVER, Before, Client, Written, answer
from channels.email.fetching.desk import Box, Desk, Item, Origin
from channels.email.inbound import ours_of
from channels.email.mail import KIND
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse
from channels.email.signing import Signer
from channels.email.threading.resolve import MailThreads
from channels.email.wire import EmailConfig, ImapConfig, SmtpConfig
from core import lifecycle
from core.conversation import AssignedTo, Cause
from core.ids import AgentId, ConversationId, InboxId, TimeOrderedIds
from core.message import ByAgent, Envelope, Inbound, Party, Text
from core.participants import participants_of
from core.receive import Place
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.database import Given
from core.store.schema import migrate
from core.store.sqlite import SqliteDatabase
from core.store.tables import people
from core.store.tables.conversation import conversation, conversation_link, message
from core.store.tx import Tx

SUBJECTS = ("Broken kettle", "订单问题：没有收到货", "Frage zur Rechnung 4711")
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOLD = "Your code is 8842"
"""What our answers say, and nobody but the customer may read."""
ADA = AgentId("ada")


class _Clock:
    def __init__(self) -> None:
        self.at = BEGIN

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Came:
    """Where a mail went: its conversation, and how that is linked to others."""

    conversation: ConversationId | None
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass
class Shop:
    """An installation with one inbox that has signed addresses (``plus``) and one that has none."""

    db: SqliteDatabase
    clock: _Clock
    signer: Signer
    desk: Desk
    took: list[
        float
    ]  # milliseconds of each decision; on some machines asking for CPU time costs more than it does
    boxes: dict[bool, Box] = field(default_factory=dict)
    count: int = 0

    def name(self) -> str:
        self.count += 1
        return f"{self.count}"

    def later(self, **by: float) -> datetime:
        self.clock.at += timedelta(**by)
        return self.clock.at

    async def take(self, mail: Written, *, plus: bool) -> Came:
        parsed = parse(mail.raw(), ParseLimits())
        item = Item(
            self.name(),
            Origin(1, 2, 1, 0, BEGIN),
            mail.message_id,
            mail.at,
            0,
            False,
            parsed,
            (Text(mail.message_id),),
        )
        return await self.db.run(self._settled, self.boxes[plus], item)

    def _settled(self, tx: Tx, box: Box, item: Item) -> Came:
        stored = self.desk.settle(tx, box, item).message
        if stored is None:
            return Came(None)
        id = tx.conn.execute(select(message.c.conversation_id).where(message.c.id == stored)).scalar_one()
        links = select(conversation_link.c.kind, conversation_link.c.other_id).where(
            conversation_link.c.conversation_id == id
        )
        return Came(ConversationId(id), frozenset((row.kind, row.other_id) for row in tx.conn.execute(links)))

    async def answer(self, to: Came, mail: Written, *, plus: bool) -> Before:
        """What an agent's reply looks like to who gets it."""
        assert to.conversation is not None
        self.later(hours=1)
        signed = await self.db.run(_replied, to.conversation, self.name(), self.signer)
        box = self.boxes[plus].config.address
        back = self.signer.reply_address(box, to.conversation) if plus else box
        known = (*mail.references, mail.message_id)
        return Before(signed, known, f"Re: {mail.subject}", back)

    async def readers(self, id: ConversationId) -> tuple[frozenset[str], frozenset[str]]:
        """Who would get the next reply, and what stands there."""
        return await self.db.read(_readers, id)

    async def end(self, came: Came, how: Callable[..., Any]) -> None:
        assert came.conversation is not None
        await self.db.run(lambda tx: how(tx, get_conversation(tx, ConversationId(came.conversation or ""))))


def _replied(tx: Tx, id: ConversationId, key: str, signer: Signer) -> str:
    known = get_conversation(tx, id)
    if not isinstance(known.handler, AssignedTo):
        known = lifecycle.assign(tx, known, ADA, cause=Cause.TAKEN)
    subject = f"Re: {known.subject or ''}"
    reply = queue_reply(
        tx, id, ByAgent(ADA), (Text(TOLD),), key, envelope=Envelope(subject, Party("support@shop.example"))
    )
    signed = signer.message_id(id, reply.id, "shop.example")
    tx.conn.execute(
        update(message).where(message.c.id == reply.id).values(delivery="sent", external_id=signed)
    )
    return signed


def _readers(tx: Tx, id: ConversationId) -> tuple[frozenset[str], frozenset[str]]:
    requester = (
        select(people.contact_point.c.address)
        .join(conversation, conversation.c.contact_point_id == people.contact_point.c.id)
        .where(conversation.c.id == id)
    )
    joined = {each.address for each in participants_of(tx, id) if each.joined}
    texts = tx.conn.execute(select(message.c.text).where(message.c.conversation_id == id)).scalars()
    return frozenset({tx.conn.execute(requester).scalar_one(), *joined}), frozenset(texts)


async def a_shop(folder: Path) -> Shop:
    path = folder / "parley.db"
    await migrate(f"sqlite:///{path}")
    clock = _Clock()
    ids = TimeOrderedIds(clock, Random(1).getrandbits)
    db = SqliteDatabase(str(path), Given(clock, ids, {}, lambda _outcome: None))
    signer, took = Signer(b"a secret of the bench"), list[float]()
    threads = MailThreads(signer)

    def timed(tx: Tx, inbound: Inbound) -> Place:
        began = time.perf_counter()
        place = threads.resolve(tx, inbound)
        took.append((time.perf_counter() - began) * 1000)
        return place

    shop = Shop(db, clock, signer, Desk(signer, timed, lambda _tx, _files: None, 50), took)
    await db.run(_set_up, shop)
    return shop


def _set_up(tx: Tx, shop: Shop) -> None:
    tx.conn.execute(
        insert(people.queue).values(id="general", name="General", priority=0, requirements=(), languages=())
    )
    person = {
        "email": "ada@shop.example",
        "name": "Ada",
        "roles": ("agent",),
        "active": True,
        "language": "en",
    }
    tx.conn.execute(
        insert(people.agent).values(
            id=ADA, presence="available", idle_since=tx.now, capacity=1_000_000, created_at=tx.now, **person
        )
    )
    configs = {plus: _config(plus=plus) for plus in (True, False)}
    for plus, config in configs.items():
        id = InboxId("signed" if plus else "plain")
        stored = {"config": msgspec.to_builtins(config), "created_at": tx.now, "enabled": True, "bot": False}
        tx.conn.execute(insert(people.inbox).values(id=id, kind=KIND, name=id, queue_id="general", **stored))
        shop.boxes[plus] = Box(id, config, ours_of(configs.values()))


def _config(*, plus: bool) -> EmailConfig:
    address = "support@shop.example" if plus else "help@shop.example"
    return EmailConfig(
        address,
        ImapConfig("imap.shop.example", address),
        SmtpConfig("smtp.shop.example"),
        password="-",  # noqa: S106
        trusted=SERVER,
        plus_addresses=plus,
        per_sender_hour=10_000,
    )


@dataclass(frozen=True, slots=True)
class Story:
    """A customer's first mail, our answer to it, and the client that they answer with."""

    shop: Shop
    client: Client
    plus: bool
    ann: str
    first: Written
    began: Came
    sent: Before

    def reply(self, **values: Any) -> Written:
        at = self.shop.later(minutes=20)
        id = f"{self.shop.name()}@mail.example"
        return replace(answer(self.client, self.sent, id, self.ann, at), **values)

    async def take(self, mail: Written) -> Came:
        return await self.shop.take(mail, plus=self.plus)

    @property
    def eve(self) -> str:
        """Somebody else, whom nobody knows yet."""
        return f"eve-{self.ann.partition('@')[0]}@evil.example"

    @property
    def names_ours(self) -> bool:
        """Whether anything in an answer of this client names our mail."""
        return self.plus or self.client.in_reply_to or self.client.names != "none"


async def begin(shop: Shop, client: Client, subject: str, *, plus: bool, cc: tuple[str, ...] = ()) -> Story:
    number = shop.name()
    ann = f"ann{number}@customer.example"
    first = Written(
        f"{number}@mail.example", ann, shop.boxes[plus].config.address, subject, shop.later(hours=2), cc
    )
    began = await shop.take(first, plus=plus)
    sent = await shop.answer(began, first, plus=plus)
    return Story(shop, client, plus, ann, first, began, sent)
