"""A world whose bot answers, and short ways to ask what became of a message."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select

from bot.contract import Engine
from bot.handing.doing import Around
from bot.handing.settings import HandingSettings
from bot.handlers import AnswerMessages, Given
from bot.outcomes import Outcomes, count_outcomes
from bot.suggest import SuggestAnswers
from core import lifecycle
from core.contact import Sender
from core.conversation import Cause, Conversation
from core.events import Event
from core.ids import AgentId, ConversationId, InboxId
from core.inbox import BotMode
from core.message import (
    Buttons,
    Choice,
    Envelope,
    Exact,
    Inbound,
    Message,
    Option,
    Part,
    Party,
    Proof,
    Text,
)
from core.outbox import OutboxHandler, Relay, routes
from core.receive import Received, receive_message
from core.store.codec import load_message
from core.store.conversations import get_conversation
from core.store.postgres import PostgresDatabase
from core.store.sqlite import SqliteDatabase
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import message as messages
from core.store.tx import Route, Tx
from tests.bot.builders import messages_with, suggestions_with
from tests.builders import World, a_company, a_world, an_inbound, an_inbox

ADA = AgentId("ada")


class Desk:
    """A world whose bot answers, and short ways to ask what became of a message."""

    def __init__(self, world: World, bot: AnswerMessages, suggestions: SuggestAnswers) -> None:
        self.world = world
        self.bot = bot
        self.suggestions = suggestions
        self._keys = 0

    async def write(self, *parts: Part | str, visitor: str = "v1", network: str | None = None) -> Received:
        """A customer writes; nobody answers yet."""
        self._keys += 1
        said = tuple(Text(part) if isinstance(part, str) else part for part in parts)
        inbound = an_inbound(key=f"m{self._keys}", visitor=visitor)
        whole = replace(inbound, parts=said, network=network)
        return await self.world.db.run(receive_message, whole)

    async def mail(
        self,
        text: str,
        *,
        proof: Proof = Proof.AUTHENTICATED,
        thread: str = "t1",
        automatic: str | None = None,
        to_bot: bool = True,
        sender: str = "ann@example.org",
    ) -> Received:
        """Somebody writes a letter to the inbox ``mail``; nobody answers yet."""
        self._keys += 1
        inbound = Inbound(
            InboxId("mail"),
            f"mail:{self._keys}",
            Sender("email", sender, verified=proof in (Proof.REPLY_ADDRESS, Proof.AUTHENTICATED)),
            (Text(text),),
            Exact(thread),
            self.world.clock.now(),
            envelope=Envelope("A lamp", Party(sender), proof=proof, automatic=automatic),
            to_bot=to_bot,
        )
        return await self.world.db.run(receive_message, inbound)

    async def notes(self, conversation: ConversationId) -> list[Message]:
        return await self._messages(conversation, "note")

    async def say(self, *parts: Part | str, visitor: str = "v1", network: str | None = None) -> list[Message]:
        """A customer writes and everything that follows is done; our replies so far."""
        received = await self.write(*parts, visitor=visitor, network=network)
        await self.world.relay.drain()
        return await self.replies(received.conversation)

    async def replies(self, conversation: ConversationId) -> list[Message]:
        return await self._messages(conversation, "reply")

    async def _messages(self, conversation: ConversationId, kind: str) -> list[Message]:
        def read(tx: Tx) -> list[Message]:
            found = (
                select(messages)
                .where(messages.c.conversation_id == conversation, messages.c.kind == kind)
                .order_by(messages.c.n)
            )
            return [load_message(row) for row in tx.conn.execute(found)]

        return await self.world.db.read(read)

    async def conversation(self, conversation: ConversationId) -> Conversation:
        return await self.world.db.run(get_conversation, conversation)

    async def turns(self) -> list[Any]:
        def read(tx: Tx) -> list[Any]:
            return list(tx.conn.execute(select(bot_turn).order_by(bot_turn.c.created_at, bot_turn.c.id)))

        return await self.world.db.read(read)

    async def take(self, conversation: ConversationId) -> None:
        def taken(tx: Tx) -> None:
            lifecycle.assign(tx, get_conversation(tx, conversation), ADA, cause=Cause.TAKEN)

        await self.world.db.run(taken)

    async def outcomes(self) -> Outcomes:
        return await self.world.db.read(count_outcomes)


@asynccontextmanager
async def a_desk(
    address: str,
    engine: Engine,
    around: Around | None = None,
    mail: BotMode = BotMode.ANSWER,
    also: Sequence[OutboxHandler] = (),
    handing: HandingSettings | None = None,
    **limits: float,
) -> AsyncIterator[Desk]:
    async with a_world(address) as world:
        given = Given(world.db, world.bus, world.clock, world.ids, letters=lambda kind: kind == "email")
        bot = messages_with(given, engine, around=around, handing=handing, **limits)
        suggestions = suggestions_with(given, engine)
        handlers = (bot.handler(), suggestions.handler(), *also)
        assert isinstance(world.db, SqliteDatabase | PostgresDatabase)
        # The bot needs the database, whose table of handlers needs the bot.
        cast("dict[type[Event], Sequence[Route]]", world.db._given.routes).update(routes(handlers))
        world.relay = Relay(world.db, handlers, world.supervisor, world.clock, world.relay._jitter)
        await world.db.run(a_company)
        await world.db.run(an_inbox, "mail", kind="email", bot=mail)
        yield Desk(world, bot, suggestions)


def words(message: Message) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


def options(message: Message) -> tuple[Option, ...]:
    return next((part.options for part in message.parts if isinstance(part, Buttons)), ())


def option(message: Message, label: str) -> Choice:
    found = next(each for each in options(message) if each.label == label)
    return Choice(message.id, found.id, found.label)
