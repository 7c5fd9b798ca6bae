"""Puts a bot, people who wrote to it and replies that wait into a server's database, while the server is not running."""

import asyncio
from pathlib import Path
from random import Random

from sqlalchemy import insert, select

from channels.dispatcher import NAME
from core import lifecycle
from core.clock import SystemClock
from core.contact import Sender
from core.conversation import Cause
from core.events import ReplyQueued
from core.ids import AgentId, InboxId, QueueId, TimeOrderedIds
from core.inbox import BotMode, stored_bot
from core.message import ByAgent, Exact, Inbound, Text
from core.receive import receive_message
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.database import Given
from core.store.sqlite import SqliteDatabase
from core.store.tables import people
from core.store.tx import Route, Tx
from tests.servers.telegram import TOKEN

INBOX = InboxId("benchbot")


async def stock(path: Path, *, chats: int, replies: int, mode: str) -> None:
    """The people are those with the numbers from 1; each has a conversation that an agent holds.

    Of everything that follows from an event only the sending of replies is written down: the measured server has
    nothing else to catch up with.
    """
    clock = SystemClock()
    ids = TimeOrderedIds(clock, Random(1).getrandbits)
    given = Given(clock, ids, {ReplyQueued: (Route(NAME),)}, lambda _: None)
    db = SqliteDatabase(str(path), given)
    await db.run(_fill, chats, replies, mode)
    await db.close()


def _fill(tx: Tx, chats: int, replies: int, mode: str) -> None:
    queue = QueueId(tx.conn.execute(select(people.queue.c.id).limit(1)).scalar_one())
    agent = AgentId(tx.conn.execute(select(people.agent.c.id).limit(1)).scalar_one())
    tx.conn.execute(
        insert(people.inbox).values(
            id=INBOX,
            kind="telegram",
            name="Bench",
            enabled=True,
            queue_id=queue,
            **stored_bot(BotMode.OFF),
            config={"token": TOKEN, "mode": mode},
            created_at=tx.now,
        )
    )
    conversations = []
    for number in range(1, chats + 1):
        inbound = Inbound(
            INBOX,
            f"{number}:0",
            Sender("telegram", str(number), verified=True, name=f"Person {number}"),
            (Text("Hello"),),
            Exact(str(number)),
            tx.now,
        )
        conversation = receive_message(tx, inbound).conversation
        lifecycle.assign(tx, get_conversation(tx, conversation), agent, cause=Cause.TAKEN)
        conversations.append(conversation)
    for number in range(replies):
        said = (Text(said_in(number)),)
        queue_reply(tx, conversations[number % chats], ByAgent(agent), said, f"bench:{number}")


def said_in(number: int) -> str:
    """A usual answer."""
    return f"Your parcel number {number} is on its way and will be with you tomorrow."


def stock_now(path: Path, *, chats: int, replies: int = 0, mode: str = "polling") -> None:
    asyncio.run(stock(path, chats=chats, replies=replies, mode=mode))
