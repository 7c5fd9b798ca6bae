"""A visitor of the widget who may leave an address and go, an agent who answers, and a mailbox for what they missed."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import select

from channels.assembly import signer_of
from channels.continuation import store
from channels.continuation.store import Continuation
from channels.email.threading.resolve import MailThreads
from core import lifecycle
from core.conversation import Cause
from core.ids import AgentId, ConversationId, MessageId
from core.message import ByAgent, Message
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.store.tables.mail import continuation
from core.store.tx import Tx
from tests.channels.email.fetching.post import Office
from tests.channels.email.sending.standin import StandIn
from tests.channels.shop import SECRET, Shop, Visitor
from tests.contracts.mail import CONFIG, read, started

ADA = AgentId("ada")
AWAY_S = 300


@dataclass
class Scene:
    """``server`` is the stand-in that takes what leaves."""

    shop: Shop
    server: StandIn
    office: Office
    visitor: Visitor
    conversation: ConversationId
    keys: int = 0

    async def answer(self, text: str) -> Message:
        """By the agent who holds the conversation."""
        self.keys += 1
        return await self.shop.answer(self.conversation, text, author=ByAgent(ADA), key=f"a{self.keys}")

    async def say(self, text: str) -> None:
        self.keys += 1
        await self.visitor.say(text, f"v{self.keys}")
        await self.shop.world.relay.drain()

    async def leave(self) -> None:
        """Close the only tab."""
        await self.visitor.ws.close()
        await self.shop.until(lambda: self.shop.part.live.connected == 0)

    async def come_back(self) -> None:
        session = self.visitor.session
        self.visitor = await self.shop.visit(session=session, conversation=self.conversation)

    async def later(self, seconds: float) -> None:
        self.shop.world.clock.forward(seconds)
        await self.shop.world.relay.drain()

    def mails(self) -> list[EmailMessage]:
        return [read(raw) for _, raw in self.server.taken]

    async def mail_back(self, text: str, **headers: str) -> list[Any]:
        """What the visitor answers by mail; the rows of all mails that came."""
        sent = self.mails()[-1]
        values = {
            "From": "Ann <ann@example.net>",
            "To": "support@example.com",
            "Subject": f"Re: {str(sent['Subject']).removeprefix('Re: ')}",
            "Message-ID": f"<{abs(hash(text))}@example.net>",
            "In-Reply-To": str(sent["Message-ID"]),
            "References": str(sent["Message-ID"]),
        } | headers
        mail = EmailMessage()
        for name, value in values.items():
            mail[name] = value
        mail.set_content(text)
        rows = await self.office.settle(mail.as_bytes())
        await self.shop.world.relay.drain()
        return list(rows)

    async def state(self) -> Continuation | None:
        return await self.shop.world.db.read(store.find, self.conversation)

    async def reason(self) -> str | None:
        def read_reason(tx: Tx) -> str | None:
            found: str | None = tx.conn.execute(select(continuation.c.reason)).scalar_one()
            return found

        return await self.shop.world.db.read(read_reason)

    async def message(self, id: MessageId) -> Message:
        return await self.shop.world.db.read(get_message, id)


@asynccontextmanager
async def a_scene(
    shop: Shop, address: str | None = "ann@example.net", *, language: str = "en", per_minute: int = 6000
) -> AsyncIterator[Scene]:
    """Ada holds the conversation; the visitor has left ``address`` and is still there."""
    server = await started(shop)
    smtp = {**CONFIG["smtp"], "port": server.port, "per_minute": per_minute}
    await shop.configure("post", **{**CONFIG, "plus_addresses": True, "smtp": smtp})
    await shop.configure("web", mail="post")
    signer = signer_of(SECRET)
    threads = MailThreads(signer)
    office = Office(shop.world, Path(), shop.part.media, shop.workers, Counter(), signer, threads.resolve)
    visitor = await shop.visit(language=language)
    stored = await visitor.say("Is the lamp in stock?", "v0")
    scene = Scene(shop, server, office, visitor, ConversationId(stored["conversation"]))

    def take(tx: Tx) -> None:
        lifecycle.assign(tx, get_conversation(tx, scene.conversation), ADA, cause=Cause.TAKEN)

    await shop.world.db.run(take)
    if address is not None:
        await scene.say(address)
    yield scene
