"""What becomes of a queued reply: sent, tried again, failed, withdrawn or uncertain."""

import asyncio
from dataclasses import replace

import pytest

from channels.dispatcher import decide
from channels.loopback.adapter import CAPABILITIES, Loopback
from core import lifecycle
from core.conversation import Cause
from core.errors import Conflict, Unavailable, Undeliverable
from core.ids import AgentId, ConversationId, InboxId, MessageId
from core.message import ByAgent, ByBot, DeliveryState
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.store.tx import Tx
from tests.channels.shop import Shop


def loopback(shop: Shop) -> Loopback:
    channel = shop.part.channels["loopback"]
    assert isinstance(channel, Loopback)
    return channel


async def a_question(shop: Shop, text: str = "Hello") -> ConversationId:
    payload = b'{"id": "%s", "sender": "ann", "text": "%s"}' % (text.encode(), text.encode())
    return (await loopback(shop).deliver(InboxId("loop"), payload)).conversation


async def state_of(shop: Shop, message: MessageId) -> DeliveryState:
    found = await shop.world.db.read(get_message, message)
    assert found.delivery is not None
    return found.delivery.state


def take(tx: Tx, conversation: ConversationId) -> None:
    lifecycle.assign(tx, get_conversation(tx, conversation), AgentId("ada"), cause=Cause.TAKEN)


async def test_a_reply_is_sent_once_and_marked_so(shop: Shop) -> None:
    conversation = await a_question(shop)
    reply = await shop.answer(conversation, "Hi")
    assert await state_of(shop, reply.id) is DeliveryState.SENT
    assert [each.to for each in loopback(shop).sent.values()] == ["ann"]


async def test_a_bot_answer_after_an_agent_took_over_is_not_even_queued(shop: Shop) -> None:
    conversation = await a_question(shop)
    await shop.world.db.run(take, conversation)
    with pytest.raises(Conflict, match="turn"):
        await shop.queue(conversation, "Too late", author=ByBot(1))


@pytest.mark.parametrize("inbox", ["loop", "web"])
async def test_a_bot_answer_queued_before_an_agent_took_over_is_withdrawn(shop: Shop, inbox: str) -> None:
    visitor = await shop.visit()
    stored = await visitor.say("Hello")
    conversation = ConversationId(stored["conversation"]) if inbox == "web" else await a_question(shop)
    reply = await shop.queue(conversation, "Nearly")
    await shop.world.db.run(take, conversation)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.WITHDRAWN
    assert not loopback(shop).sent
    assert "Nearly" not in visitor.texts
    agents = await shop.answer(conversation, "A person here", author=ByAgent(AgentId("ada")), key="r2")
    assert await state_of(shop, agents.id) is DeliveryState.SENT


async def test_a_bot_answer_that_has_to_wait_is_withdrawn_if_an_agent_takes_over_meanwhile(
    shop: Shop,
) -> None:
    conversation = await a_question(shop)
    loopback(shop).fail_with = Unavailable("down")
    reply = await shop.answer(conversation, "Hi")
    assert await state_of(shop, reply.id) is DeliveryState.QUEUED
    await shop.world.db.run(take, conversation)
    loopback(shop).fail_with = None
    shop.world.clock.forward(20)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.WITHDRAWN
    assert not loopback(shop).sent


async def test_the_race_of_a_bot_answer_and_an_agent_ends_with_one_of_them_each_time(shop: Shop) -> None:
    for round_ in range(10):
        conversation = await a_question(shop, f"question-{round_}")
        await asyncio.gather(
            shop.queue(conversation, "Bot", key=f"b{round_}"),
            shop.world.db.run(take, conversation),
            return_exceptions=True,
        )
        before = len(loopback(shop).sent)
        await shop.world.relay.drain()
        assert len(loopback(shop).sent) == before

        def free(tx: Tx, conversation: ConversationId) -> None:
            lifecycle.close(tx, get_conversation(tx, conversation))

        await shop.world.db.run(free, conversation)


async def test_a_reply_is_tried_again_while_the_provider_is_down(shop: Shop) -> None:
    conversation = await a_question(shop)
    loopback(shop).fail_with = Unavailable("down")
    reply = await shop.answer(conversation, "Hi")
    assert await state_of(shop, reply.id) is DeliveryState.QUEUED
    loopback(shop).fail_with = None
    shop.world.clock.forward(20)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.SENT


async def test_a_reply_that_will_never_arrive_has_failed_with_the_reason_and_the_next_one_goes(
    shop: Shop,
) -> None:
    conversation = await a_question(shop)
    loopback(shop).fail_with = Undeliverable("the address does not exist")
    reply = await shop.answer(conversation, "Hi")
    found = await shop.world.db.read(get_message, reply.id)
    assert found.delivery is not None
    assert (found.delivery.state, found.delivery.reason) == (
        DeliveryState.FAILED,
        "the address does not exist",
    )
    loopback(shop).fail_with = None
    assert await state_of(shop, (await shop.answer(conversation, "Again", key="r2")).id) is DeliveryState.SENT


async def test_a_reply_that_was_tried_for_too_long_has_failed(shop: Shop) -> None:
    conversation = await a_question(shop)
    loopback(shop).fail_with = Unavailable("down")
    reply = await shop.answer(conversation, "Hi")
    for _ in range(12):
        shop.world.clock.forward(20)
        await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.FAILED


async def test_an_unknown_outcome_is_sent_again_where_repeats_are_harmless(shop: Shop) -> None:
    conversation = await a_question(shop)
    loopback(shop).fail_with = TimeoutError()
    reply = await shop.answer(conversation, "Hi")
    assert await state_of(shop, reply.id) is DeliveryState.SENDING
    loopback(shop).fail_with = None
    shop.world.clock.forward(20)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.SENT


@pytest.fixture
def careful(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """A channel on which a repeat would be seen twice."""
    harmful = replace(CAPABILITIES, repeats_harmless=False)
    monkeypatch.setattr(Loopback, "capabilities", property(lambda _self: harmful))
    return loopback(shop)


async def test_an_unknown_outcome_is_left_to_a_person_elsewhere(shop: Shop, careful: Loopback) -> None:
    conversation = await a_question(shop)
    careful.fail_with = TimeoutError()
    reply = await shop.answer(conversation, "Hi")
    careful.fail_with = None
    shop.world.clock.forward(20)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.UNCERTAIN
    assert not careful.sent


@pytest.mark.parametrize(("again", "sent"), [(True, 1), (False, 0)])
async def test_a_person_decides_on_an_uncertain_reply(
    shop: Shop, careful: Loopback, *, again: bool, sent: int
) -> None:
    conversation = await a_question(shop)
    careful.fail_with = TimeoutError()
    reply = await shop.answer(conversation, "Hi")
    careful.fail_with = None
    shop.world.clock.forward(20)
    await shop.world.relay.drain()

    def decided(tx: Tx) -> None:
        decide(tx, reply.id, again=again)

    await shop.world.db.run(decided)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.SENT
    assert len(careful.sent) == sent
    with pytest.raises(Conflict):
        await shop.world.db.run(decided)


async def test_replies_leave_in_the_order_in_which_they_were_written(shop: Shop) -> None:
    conversation = await a_question(shop)
    loopback(shop).fail_with = Unavailable("down")
    written = [await shop.queue(conversation, str(n), key=str(n)) for n in range(5)]
    await shop.world.relay.drain()
    loopback(shop).fail_with = None
    shop.world.clock.forward(20)
    await shop.world.relay.drain()
    assert list(loopback(shop).sent) == [message.id for message in written]
