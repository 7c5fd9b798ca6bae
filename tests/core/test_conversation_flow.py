"""Receiving, replying and changing hands, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core import lifecycle
from core.answer import Handoff
from core.conversation import AssignedTo, Cause, InQueue, Nobody, Open, Resolved, Snoozed, Waiting, WithBot
from core.errors import Conflict, Invalid, NotFound, Rejected
from core.events import DeliveryChanged, MessageReceived, conversation_topic
from core.ids import AgentId, ConversationId, InboxId, QueueId
from core.message import ByAgent, ByBot, Delivery, DeliveryState, Text
from core.receive import receive_message
from core.reply import add_note, check_turn, queue_reply, set_delivery
from core.store.conversations import get_conversation, peek_conversation
from core.store.messages import get_message, read_events
from core.store.tables import people
from core.store.tables.conversation import message as messages
from core.store.tx import Tx
from tests.builders import World, an_inbound

ADA, BOB = AgentId("ada"), AgentId("bob")


async def load_of(world: World, agent: AgentId) -> int:
    def read(tx: Tx) -> int:
        load: int = tx.conn.execute(
            select(people.agent.c.load).where(people.agent.c.id == agent)
        ).scalar_one()
        return load

    return await world.db.read(read)


def resolved(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.resolve(tx, get_conversation(tx, conversation))


def switched_off(tx: Tx) -> None:
    tx.conn.execute(update(people.inbox).values(enabled=False))


def held_by(tx: Tx, conversation: ConversationId, agent: AgentId) -> None:
    lifecycle.assign(tx, get_conversation(tx, conversation), agent, cause=Cause.TAKEN)


async def test_a_first_message_starts_a_conversation_with_the_bot(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound("Where is my parcel?"))
    conversation = await world.db.run(get_conversation, received.conversation)
    assert conversation.status == Open()
    assert conversation.handler == WithBot()
    assert received.visible_n == 1
    assert not received.duplicate


async def test_the_same_message_again_is_stored_once_and_told_so(world: World) -> None:
    first = await world.db.run(receive_message, an_inbound("Hi"))
    again = await world.db.run(receive_message, an_inbound("Hi"))
    assert again == replace(first, duplicate=True)
    count = await world.db.read(
        lambda tx: tx.conn.execute(select(func.count()).select_from(messages)).scalar_one()
    )
    assert count == 1


async def test_the_same_message_twice_at_once_is_stored_once(world: World) -> None:
    sent = [world.db.run(receive_message, an_inbound("Hi", key="k")) for _ in range(8)]
    received = await asyncio.gather(*sent)
    assert len({one.message for one in received}) == 1
    assert sum(not one.duplicate for one in received) == 1


async def test_messages_of_one_visitor_are_numbered_without_a_gap_for_the_visitor(world: World) -> None:
    conversation = ConversationId("")
    for number in range(5):
        received = await world.db.run(receive_message, an_inbound(str(number), key=str(number)))
        conversation = received.conversation
        await world.db.run(add_note, conversation, ADA, (Text("hm"),), f"n{number}")
    topic = conversation_topic(conversation)
    seen = await world.db.read(lambda tx: read_events(tx, topic, 0, 100, visible_only=True))
    everything = await world.db.read(lambda tx: read_events(tx, topic, 0, 100))
    assert [one.visible_n for one in seen] == [1, 2, 3, 4, 5]
    assert [one.n for one in everything] == list(range(1, len(everything) + 1))


async def test_a_switched_off_inbox_takes_nothing(world: World) -> None:
    await world.db.run(switched_off)
    with pytest.raises(Rejected):
        await world.db.run(receive_message, an_inbound())


async def test_an_unknown_inbox_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await world.db.run(receive_message, replace(an_inbound(), inbox=InboxId("nowhere")))


async def test_a_bot_reply_under_a_turn_that_is_over_is_refused(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(held_by, received.conversation, ADA)
    with pytest.raises(Conflict) as refused:
        await world.db.run(queue_reply, received.conversation, ByBot(1), (Text("late"),), "b1")
    assert refused.value.code == "stale_turn"


async def test_a_queued_bot_reply_fails_the_second_check_once_an_agent_took_over(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    reply = await world.db.run(queue_reply, received.conversation, ByBot(1), (Text("soon"),), "b1")
    assert check_turn(reply, await world.db.read(peek_conversation, reply.conversation))
    await world.db.run(held_by, received.conversation, ADA)
    assert not check_turn(reply, await world.db.read(peek_conversation, reply.conversation))


async def test_only_the_agent_who_holds_it_replies_and_the_same_key_says_it_once(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(held_by, received.conversation, ADA)
    with pytest.raises(Conflict) as refused:
        await world.db.run(queue_reply, received.conversation, ByAgent(BOB), (Text("me too"),), "x")
    assert refused.value.code == "not_yours"
    first = await world.db.run(queue_reply, received.conversation, ByAgent(ADA), (Text("Hello"),), "a")
    again = await world.db.run(queue_reply, received.conversation, ByAgent(ADA), (Text("Hello"),), "a")
    assert first.id == again.id


async def test_an_empty_reply_is_refused_with_its_field(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    with pytest.raises(Invalid) as refused:
        await world.db.run(queue_reply, received.conversation, ByBot(1), (), "b1")
    assert refused.value.field == "text"


async def test_handing_off_raises_the_turn_keeps_the_summary_and_can_happen_once(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    handoff = Handoff("asked_for_person", "Wants a person", language="zh")
    after = await world.db.run(lifecycle.hand_off, received.conversation, 1, handoff)
    assert after.handler == InQueue(QueueId("general"))
    assert after.turn == 2
    assert (await world.db.run(get_conversation, received.conversation)).language == "zh"
    with pytest.raises(Conflict):
        await world.db.run(lifecycle.hand_off, received.conversation, 1, handoff)


async def test_load_counts_what_is_held_and_open(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    conversation = received.conversation
    await world.db.run(held_by, conversation, ADA)
    assert await load_of(world, ADA) == 1
    await world.db.run(lambda tx: lifecycle.wait(tx, get_conversation(tx, conversation)))
    assert await load_of(world, ADA) == 0
    await world.db.run(receive_message, an_inbound("Still there?", key="m2"))
    assert await load_of(world, ADA) == 1
    await world.db.run(held_by, conversation, BOB)
    assert (await load_of(world, ADA), await load_of(world, BOB)) == (0, 1)
    await world.db.run(lambda tx: lifecycle.resolve(tx, get_conversation(tx, conversation)))
    assert await load_of(world, BOB) == 0


async def test_a_message_reopens_what_a_person_resolved_in_the_queue_and_what_the_bot_did_with_the_bot(
    world: World,
) -> None:
    with_person = await world.db.run(receive_message, an_inbound(visitor="v1"))
    with_bot = await world.db.run(receive_message, an_inbound(visitor="v2"))
    await world.db.run(held_by, with_person.conversation, ADA)
    for one in (with_person, with_bot):
        await world.db.run(resolved, one.conversation)
        after = await world.db.run(get_conversation, one.conversation)
        assert (after.status, after.handler) == (Resolved(), Nobody())
    again = await world.db.run(receive_message, an_inbound("Not yet", visitor="v1", key="m2"))
    assert again.conversation == with_person.conversation
    await world.db.run(receive_message, an_inbound("And", visitor="v2", key="m2"))
    assert (await world.db.run(get_conversation, with_person.conversation)).handler == InQueue(
        QueueId("general")
    )
    assert (await world.db.run(get_conversation, with_bot.conversation)).handler == WithBot()


async def test_after_closing_a_new_message_starts_another_conversation(world: World) -> None:
    first = await world.db.run(receive_message, an_inbound())
    await world.db.run(lambda tx: lifecycle.close(tx, get_conversation(tx, first.conversation)))
    second = await world.db.run(receive_message, an_inbound("Again", key="m2"))
    assert second.conversation != first.conversation


async def test_a_change_from_a_stale_reading_is_refused(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    stale = await world.db.run(get_conversation, received.conversation)
    await world.db.run(held_by, received.conversation, ADA)
    with pytest.raises(Conflict):
        await world.db.run(lifecycle.resolve, stale)
    assert await load_of(world, ADA) == 1


async def test_snoozing_needs_a_holder_and_a_future(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    until = world.clock.now() + timedelta(hours=1)
    with pytest.raises(Conflict):
        await world.db.run(
            lambda tx: lifecycle.snooze(tx, get_conversation(tx, received.conversation), until)
        )
    await world.db.run(held_by, received.conversation, ADA)
    with pytest.raises(Invalid):
        await world.db.run(
            lambda tx: lifecycle.snooze(tx, get_conversation(tx, received.conversation), world.clock.now())
        )
    after = await world.db.run(
        lambda tx: lifecycle.snooze(tx, get_conversation(tx, received.conversation), until)
    )
    assert after.status == Snoozed(until)


async def test_waiting_wakes_when_the_customer_writes(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    await world.db.run(held_by, received.conversation, ADA)
    after = await world.db.run(lambda tx: lifecycle.wait(tx, get_conversation(tx, received.conversation)))
    assert after.status == Waiting()
    await world.db.run(receive_message, an_inbound("Here it is", key="m2"))
    woken = await world.db.run(get_conversation, received.conversation)
    assert (woken.status, woken.handler) == (Open(), AssignedTo(ADA))


async def test_a_delivery_moves_only_from_where_it_was_expected(world: World) -> None:
    received = await world.db.run(receive_message, an_inbound())
    reply = await world.db.run(queue_reply, received.conversation, ByBot(1), (Text("Hi"),), "b1")
    queued = frozenset({DeliveryState.QUEUED})
    assert await world.db.run(set_delivery, reply.id, Delivery(DeliveryState.SENT), queued)
    assert not await world.db.run(set_delivery, reply.id, Delivery(DeliveryState.WITHDRAWN), queued)
    assert (await world.db.read(get_message, reply.id)).delivery == Delivery(DeliveryState.SENT)
    topic = conversation_topic(received.conversation)
    seen = await world.db.read(lambda tx: read_events(tx, topic, 0, 100, visible_only=True))
    assert [type(one.event) for one in seen] == [MessageReceived, DeliveryChanged]
