"""What somebody outside changes afterwards: the newest words stand, the older are kept; on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core import lifecycle
from core.contact_events import MessageEdited, ReachChanged
from core.conversation import Cause
from core.edit import edit_message, set_reachable
from core.events import conversation_topic
from core.ids import AgentId, ConversationId, InboxId, MessageId
from core.message import ByAgent, Text
from core.receive import Received, receive_message
from core.reply import queue_reply
from core.store.codec import load_parts
from core.store.conversations import find_point, get_conversation
from core.store.messages import get_message, read_events
from core.store.tables.conversation import conversation, message, message_edit
from core.store.tables.people import contact_point
from core.store.tx import Tx
from tests.builders import MORNING, World, an_inbound

ADA = AgentId("ada")
WEB = InboxId("web")
LATER = MORNING + timedelta(minutes=1)
LATEST = MORNING + timedelta(minutes=2)


async def said(world: World, text: str = "Wher is it?", key: str = "m1", visitor: str = "v1") -> Received:
    return await world.db.run(receive_message, an_inbound(text, key=key, visitor=visitor))


async def edited(world: World, text: str, key: str = "v1:m1", at: Any = LATER) -> MessageId | None:
    return await world.db.run(edit_message, WEB, key, (Text(text),), at)


async def versions(world: World, of: MessageId) -> list[tuple[int, str]]:
    def read(tx: Tx) -> list[tuple[int, str]]:
        mine = select(message_edit).where(message_edit.c.message_id == of).order_by(message_edit.c.version)
        return [(row.version, _text(row.parts)) for row in tx.conn.execute(mine)]

    return await world.db.read(read)


def _text(stored: Any) -> str:
    [part] = load_parts(stored)
    assert isinstance(part, Text)
    return part.text


async def told(world: World, where: ConversationId, kind: type[Any]) -> list[Any]:
    events = await world.db.read(read_events, conversation_topic(where), 0, 100)
    return [each for each in events if isinstance(each.event, kind)]


async def in_list(world: World, where: ConversationId) -> str:
    found = select(conversation.c.last_text).where(conversation.c.id == where)
    return await world.db.read(lambda tx: str(tx.conn.execute(found).scalar_one()))


async def test_the_newest_words_stand_and_the_older_are_kept(world: World) -> None:
    received = await said(world)
    assert await edited(world, "Where is it?") == received.message
    assert await edited(world, "Where is my lamp?", at=LATEST) == received.message
    now = await world.db.read(get_message, received.message)
    assert (now.parts, now.edited_at) == ((Text("Where is my lamp?"),), LATEST)
    assert await versions(world, received.message) == [(1, "Wher is it?"), (2, "Where is it?")]


async def test_whoever_follows_is_told_and_the_customer_counts_nothing_new(world: World) -> None:
    received = await said(world)
    await edited(world, "Where is it?")
    [event] = await told(world, received.conversation, MessageEdited)
    assert event.event == MessageEdited(received.conversation, received.message)
    assert event.visible_n is None


async def test_the_same_words_again_change_nothing(world: World) -> None:
    received = await said(world)
    await edited(world, "Where is it?")
    await edited(world, "Where is it?", at=LATEST)
    assert len(await versions(world, received.message)) == 1
    assert len(await told(world, received.conversation, MessageEdited)) == 1


async def test_an_edit_that_comes_after_a_newer_one_changes_nothing(world: World) -> None:
    received = await said(world)
    await edited(world, "the newest", at=LATEST)
    await edited(world, "an older one", at=LATER)
    assert (await world.db.read(get_message, received.message)).parts == (Text("the newest"),)


async def test_two_edits_in_the_same_second_stand_in_the_order_in_which_they_come(world: World) -> None:
    received = await said(world)
    await edited(world, "one")
    await edited(world, "two")
    assert (await world.db.read(get_message, received.message)).parts == (Text("two"),)


async def test_what_this_inbox_never_had_cannot_be_edited(world: World) -> None:
    await said(world)
    assert await edited(world, "mine now", key="v2:m1") is None
    assert await world.db.run(edit_message, InboxId("other"), "v1:m1", (Text("x"),), LATER) is None


async def test_a_reply_of_ours_is_not_edited_under_its_key(world: World) -> None:
    received = await said(world)
    await world.db.run(_held, received.conversation)
    reply = await world.db.run(queue_reply, received.conversation, ByAgent(ADA), (Text("Here"),), "k1")
    assert await edited(world, "x", key="k1") is None
    assert (await world.db.read(get_message, reply.id)).parts == (Text("Here"),)


def _held(tx: Tx, where: ConversationId) -> None:
    lifecycle.assign(tx, get_conversation(tx, where), ADA, cause=Cause.TAKEN)


async def test_lists_show_the_edited_words_only_where_they_are_the_last(world: World) -> None:
    received = await said(world, "Hello")
    await edited(world, "Hello!")
    assert await in_list(world, received.conversation) == "Hello!"
    await said(world, "Hello!", key="m2")
    await edited(world, "Good morning", at=LATEST)
    assert await in_list(world, received.conversation) == "Hello!"


async def test_the_edited_words_are_found(world: World) -> None:
    received = await said(world)
    await edited(world, "Where is the chandelier?")
    found = select(message.c.text).where(message.c.id == received.message)
    assert await world.db.read(lambda tx: tx.conn.execute(found).scalar_one()) == "Where is the chandelier?"


async def test_of_many_edits_at_once_none_is_lost(world: World) -> None:
    received = await said(world)
    await asyncio.gather(*(edited(world, f"version {n}") for n in range(8)))
    assert [number for number, _ in await versions(world, received.message)] == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_who_cannot_be_reached_is_known_in_each_open_conversation_once(world: World) -> None:
    received = await said(world)
    await world.db.run(_reach, reachable=False)
    await world.db.run(_reach, reachable=False)
    assert await world.db.read(_since) == MORNING
    await world.db.run(_reach, reachable=True)
    assert await world.db.read(_since) is None
    events = [each.event for each in await told(world, received.conversation, ReachChanged)]
    assert events == [ReachChanged(received.conversation, False), ReachChanged(received.conversation, True)]


async def test_who_is_reachable_already_is_no_news(world: World) -> None:
    received = await said(world)
    await world.db.run(_reach, reachable=True)
    assert await told(world, received.conversation, ReachChanged) == []


async def test_nobody_else_becomes_unreachable(world: World) -> None:
    other = await said(world, visitor="v2")
    await said(world)
    await world.db.run(_reach, reachable=False)
    assert await told(world, other.conversation, ReachChanged) == []


async def test_a_closed_conversation_is_told_nothing(world: World) -> None:
    received = await said(world)
    await world.db.run(_closed, received.conversation)
    await world.db.run(_reach, reachable=False)
    assert await told(world, received.conversation, ReachChanged) == []


def _reach(tx: Tx, *, reachable: bool) -> None:
    point = find_point(tx, "widget", "v1")
    assert point is not None
    set_reachable(tx, point, reachable=reachable)


def _since(tx: Tx) -> Any:
    found = select(contact_point.c.unreachable_since).where(contact_point.c.address == "v1")
    return tx.conn.execute(found).scalar_one()


def _closed(tx: Tx, where: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, where))
    lifecycle.close(tx, get_conversation(tx, where))
