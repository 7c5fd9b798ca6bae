"""What becomes of a queued reply: sent, tried again, failed, withdrawn or uncertain."""

import asyncio
from dataclasses import replace
from random import Random

import pytest

from channels.contract import Outgoing, Receipt
from channels.dispatcher import decide
from channels.loopback.adapter import CAPABILITIES, Loopback
from core import lifecycle
from core.contact import Sender
from core.conversation import Cause
from core.errors import Conflict, Invalid, Unavailable, Undeliverable
from core.ids import AgentId, ConversationId, InboxId, MessageId
from core.message import ByAgent, ByBot, Delivery, DeliveryState, Envelope, Text, copies_to
from core.outbox import Relay
from core.participants import join, note_others, participants_of, remove
from core.relay_settings import RelaySettings
from core.reply import queue_reply
from core.store import outbox
from core.store.conversations import get_conversation
from core.store.messages import get_message
from core.store.tx import Tx
from tests.channels.elsewhere import stands_elsewhere
from tests.channels.shop import Shop
from tests.core.test_relay_claims import stand_still


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


async def test_an_answer_that_came_after_another_process_gave_the_reply_up_settles_it(
    shop: Shop, careful: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = asyncio.Event()

    async def send(_self: Loopback, outgoing: Outgoing) -> Receipt:
        await answers.wait()
        return Receipt("their-name")

    monkeypatch.setattr(Loopback, "send", send)
    world, handlers = shop.world, [shop.part.dispatcher.handler()]
    one, other = (Relay(world.db, handlers, world.supervisor, world.clock, Random(1)) for _ in range(2))
    reply = await shop.queue(await a_question(shop), "Hi")
    while await state_of(shop, reply.id) is not DeliveryState.SENDING:
        await one.step()
    stand_still(one)
    world.clock.forward(RelaySettings().claim_s)
    await other.drain()
    assert await state_of(shop, reply.id) is DeliveryState.UNCERTAIN
    answers.set()
    await one.drain()
    assert await state_of(shop, reply.id) is DeliveryState.SENT


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
        decide(tx, reply.id, again=again, by=AgentId("ann"))

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


ADA = AgentId("ada")


def with_two_more(tx: Tx, conversation: ConversationId) -> None:
    """Bea joined; Carl is only known, because nobody proven brought him in."""
    take(tx, conversation)
    join(tx, conversation, Sender("loopback", "bea", verified=False), ADA)
    known = get_conversation(tx, conversation)
    note_others(tx, known, [Sender("loopback", "carl", verified=False)], joined=False)


async def copied(shop: Shop, conversation: ConversationId, envelope: Envelope | None, key: str) -> list[str]:
    """Who read along in a reply of the agent's; what was sent and what is stored say the same."""

    def answer(tx: Tx) -> MessageId:
        return queue_reply(tx, conversation, ByAgent(ADA), (Text("Hi"),), key, envelope=envelope).id

    reply = await shop.world.db.run(answer)
    await shop.world.relay.drain()
    stored = (await shop.world.db.read(get_message, reply)).envelope
    assert stored is not None
    assert stored == loopback(shop).sent[reply].envelope
    assert [party.address for party in stored.to] == ["ann"]
    return [party.address for party in stored.copies]


async def test_everybody_who_joined_reads_along_or_those_whom_the_agent_chose(shop: Shop) -> None:
    conversation = await a_question(shop)
    await shop.world.db.run(with_two_more, conversation)
    assert await copied(shop, conversation, None, "r1") == ["bea"]
    assert await copied(shop, conversation, copies_to(["bea"]), "r2") == ["bea"]
    assert await copied(shop, conversation, copies_to([]), "r3") == []


async def test_nobody_who_did_not_join_can_be_chosen(shop: Shop) -> None:
    conversation = await a_question(shop)
    await shop.world.db.run(with_two_more, conversation)
    with pytest.raises(Invalid, match="copies"):
        await copied(shop, conversation, copies_to(["bea", "carl"]), "r1")


async def test_who_was_taken_out_before_a_reply_left_does_not_get_it(shop: Shop) -> None:
    conversation = await a_question(shop)
    await shop.world.db.run(with_two_more, conversation)
    chosen = copies_to(["bea"])
    reply = await shop.world.db.run(
        lambda tx: queue_reply(tx, conversation, ByAgent(ADA), (Text("Hi"),), "r1", envelope=chosen)
    )

    def out(tx: Tx) -> None:
        bea = next(each for each in participants_of(tx, conversation) if each.joined)
        remove(tx, conversation, bea.point, ADA)

    await shop.world.db.run(out)
    await shop.world.relay.drain()
    sent = loopback(shop).sent[reply.id].envelope
    assert sent is not None
    assert sent.copies == ()


@pytest.mark.parametrize("elsewhere", [False, True], ids=["line here", "line elsewhere"])
async def test_waiting_for_its_turn_counts_as_no_attempt_and_changes_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, *, elsewhere: bool
) -> None:
    waits = iter([50.0] * 40 + [0.0])
    monkeypatch.setattr(Loopback, "wait_s", lambda _self, _outgoing: next(waits))
    if elsewhere:
        stands_elsewhere(monkeypatch, Loopback)
    conversation = await a_question(shop)
    reply = await shop.answer(conversation, "Hi")
    before = (await shop.world.db.read(get_conversation, conversation)).n
    due = await shop.world.db.read(outbox.next_due, shop.world.clock.now())
    assert due is not None
    assert (due - shop.world.clock.now()).total_seconds() == 50
    for _ in range(39):
        # Far beyond the horizon after which a failing reply is given up.
        shop.world.clock.forward(50)
        await shop.world.relay.drain()
        assert await state_of(shop, reply.id) is DeliveryState.QUEUED
    assert (await shop.world.db.read(get_conversation, conversation)).n == before
    shop.world.clock.forward(50)
    await shop.world.relay.drain()
    assert await state_of(shop, reply.id) is DeliveryState.SENT


async def test_what_the_provider_said_last_is_told_when_a_reply_is_given_up(shop: Shop) -> None:
    channel = shop.part.channels["loopback"]
    assert isinstance(channel, Loopback)
    channel.fail_with = Unavailable("450 mailbox busy")
    conversation = await a_question(shop)
    reply = await shop.answer(conversation, "Hi")
    for _ in range(30):
        shop.world.clock.forward(10)
        await shop.world.relay.drain()
    delivery = (await shop.world.db.read(get_message, reply.id)).delivery
    assert delivery == Delivery(DeliveryState.FAILED, "given up: 450 mailbox busy")
