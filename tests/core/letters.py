"""Mails for the tests of rearranging: people with addresses, and each conversation a thread of its own."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Row, select

from core import lifecycle
from core.contact import Sender
from core.conversation import (
    Cause,
    Conversation,
)
from core.errors import Conflict
from core.ids import AgentId, ConversationId, MessageId
from core.message import ByAgent, Delivery, DeliveryState, Envelope, Exact, Party, Text
from core.participants import participants_of
from core.rearrange import Done, merge, move, split
from core.receive import Received, receive_message
from core.reply import queue_reply, set_delivery
from core.store.conversations import get_conversation, peek_conversation
from core.store.tables.conversation import conversation as conversations
from core.store.tables.conversation import conversation_link, message
from core.store.tables.people import agent, contact_point
from core.store.tx import Tx
from tests.builders import World, an_inbound, an_inbox

ADA, BOB = AgentId("ada"), AgentId("bob")
_QUEUED = frozenset({DeliveryState.QUEUED})

Places = list[tuple[str, str, int]]


def a_mailbox(tx: Tx, *, bot: bool = False) -> None:
    """Beside the company's widget."""
    an_inbox(tx, "mail", kind="email", bot=bot)


def mail(
    tx: Tx, key: str, *, thread: str = "t", sender: str = "alice", automatic: str | None = None
) -> Received:
    """A proven mail in a thread; carl reads along when alice writes."""
    address = f"{sender}@example.org"
    inbound = replace(
        an_inbound(f"mail {key}", key=key, inbox="mail"),
        sender=Sender("email", address, verified=True, name=sender.title()),
        thread=Exact(thread),
        others=(Sender("email", "carl@example.org", verified=False, name="Carl"),)
        if sender == "alice"
        else (),
        envelope=Envelope(f"About {key}", Party(address, sender.title()), automatic=automatic),
    )
    return receive_message(tx, inbound)


def held(tx: Tx, conversation: ConversationId, agent: AgentId = ADA) -> None:
    lifecycle.assign(tx, get_conversation(tx, conversation), agent, cause=Cause.TAKEN)


def reply(tx: Tx, conversation: ConversationId, key: str, *, sent: bool = True) -> MessageId:
    """By ada, who holds it."""
    stored = queue_reply(tx, conversation, ByAgent(ADA), (Text(f"reply {key}"),), key)
    if sent:
        set_delivery(tx, stored.id, Delivery(DeliveryState.SENT), _QUEUED)
    return stored.id


def places(tx: Tx) -> Places:
    """Where every message is."""
    rows = tx.conn.execute(
        select(message.c.id, message.c.conversation_id, message.c.n).order_by(message.c.id)
    )
    return [(row.id, row.conversation_id, row.n) for row in rows]


async def texts(world: World, conversation: ConversationId) -> list[str]:
    """What is said in it, by its numbers."""

    def read(tx: Tx) -> list[str]:
        rows = select(message.c.text).where(message.c.conversation_id == conversation).order_by(message.c.n)
        return list(tx.conn.execute(rows).scalars())

    return await world.db.read(read)


async def moment(world: World, key: str, *, thread: str = "t", sender: str = "alice") -> Received:
    """A mail, a minute after the one before."""
    world.clock.forward(60)
    return await world.db.run(mail, key, thread=thread, sender=sender)


async def conversation(world: World, id: ConversationId) -> Conversation:
    return await world.db.read(peek_conversation, id)


async def split_off(
    world: World, source: ConversationId, *messages: MessageId, subject: str | None = None
) -> Done:
    return await world.db.run(split, source, messages, subject=subject, by=ADA)


async def merged(world: World, source: ConversationId, into: ConversationId, *, keep: bool = False) -> Done:
    return await world.db.run(merge, source, into, keep_people=keep, by=ADA, most=100)


async def moved(world: World, message: MessageId, to: ConversationId) -> Done:
    return await world.db.run(move, message, to, by=ADA)


async def refused(work: Awaitable[object]) -> str:
    with pytest.raises(Conflict) as conflict:
        await work
    return conflict.value.code


async def people(world: World, id: ConversationId) -> dict[str, bool]:
    return {each.address.partition("@")[0]: each.joined for each in await world.db.read(participants_of, id)}


async def address_of(world: World, id: ConversationId) -> str:
    def read(tx: Tx) -> str:
        found = select(contact_point.c.address).join(
            conversations, conversations.c.contact_point_id == contact_point.c.id
        )
        address: str = tx.conn.execute(found.where(conversations.c.id == id)).scalar_one()
        return address

    return await world.db.read(read)


async def row_of(world: World, id: ConversationId) -> Row[Any]:
    return await world.db.read(
        lambda tx: tx.conn.execute(select(conversations).where(conversations.c.id == id)).one()
    )


async def loads(world: World) -> dict[str, int]:
    return await world.db.read(
        lambda tx: {row.id: row.load for row in tx.conn.execute(select(agent.c.id, agent.c.load))}
    )


async def links(world: World, id: ConversationId) -> list[tuple[str, str]]:
    """How it goes together with which others, by its own word."""

    def read(tx: Tx) -> list[tuple[str, str]]:
        rows = tx.conn.execute(select(conversation_link).where(conversation_link.c.conversation_id == id))
        return [(row.kind, row.other_id) for row in rows]

    return await world.db.read(read)
