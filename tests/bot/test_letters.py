"""In letters the bot always shows a way to a person, and tells nothing personal to who may be somebody else."""

from collections.abc import AsyncIterator

import pytest

from bot.phrases import asks_for_person
from bot.proposals import NotProven
from core.conversation import InQueue, WithBot
from core.message import ByBot, Proof
from core.store.codec import load_handoff
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation as conversations
from core.store.tx import Tx
from tests.bot.builders import TEXTS, a_turn, scripted, some_findings
from tests.bot.desk import Desk, a_desk, options, words

UNPROVEN = (Proof.NONE, Proof.FAILED)
PROVEN = (Proof.REPLY_ADDRESS, Proof.AUTHENTICATED)


@pytest.fixture
async def desk(sqlite_address: str) -> AsyncIterator[Desk]:
    async with a_desk(sqlite_address, scripted()) as made:
        yield made


async def handoff_of(desk: Desk, conversation: str) -> tuple[str, str]:
    def read(tx: Tx) -> tuple[str, str]:
        row = tx.conn.execute(conversations.select().where(conversations.c.id == conversation)).one()
        handoff = load_handoff(row.handoff)
        assert handoff is not None
        return handoff.reason, handoff.summary

    return await desk.world.db.read(read)


@pytest.mark.parametrize("proof", [*UNPROVEN, *PROVEN])
async def test_a_question_is_answered_whoever_asks_with_a_way_to_a_person_at_the_end(
    desk: Desk, proof: Proof
) -> None:
    received = await desk.mail("How do I return a lamp and get it back?", proof=proof)
    await desk.world.relay.drain()
    (reply,) = await desk.replies(received.conversation)
    assert isinstance(reply.author, ByBot)
    way = TEXTS.say("bot-way-to-person", "en")
    assert words(reply).endswith(way)
    assert words(reply).count(way) == 1
    assert options(reply) == ()


async def test_the_way_is_in_the_language_of_the_letter(desk: Desk) -> None:
    received = await desk.mail("怎么退货，能退款吗？")
    await desk.world.relay.drain()
    (reply,) = await desk.replies(received.conversation)
    assert words(reply).endswith(TEXTS.say("bot-way-to-person", "zh"))


async def test_asking_back_shows_the_way_too(desk: Desk) -> None:
    received = await desk.mail("Tell me about quantum chromodynamics")
    await desk.world.relay.drain()
    (reply,) = await desk.replies(received.conversation)
    assert words(reply).endswith(TEXTS.say("bot-way-to-person", "en"))


@pytest.mark.parametrize("word", ["person", "Person.", '"person"', "人工", "“人工”"])
async def test_the_word_that_the_letter_names_reaches_a_person(desk: Desk, word: str) -> None:
    assert asks_for_person(word)
    received = await desk.mail("How do I return a lamp and get it back?")
    await desk.world.relay.drain()
    await desk.mail(word)
    await desk.world.relay.drain()
    assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)


async def test_a_widget_has_its_buttons_and_no_such_line(desk: Desk) -> None:
    (reply,) = await desk.say("How do I return a lamp and get it back?")
    assert TEXTS.say("bot-way-to-person", "en") not in words(reply)
    assert len(options(reply)) == 3


@pytest.mark.parametrize("proof", UNPROVEN)
@pytest.mark.parametrize(
    "text",
    [
        "Where is my order LL-10234?",
        "Where is my order LL-99999?",
        "Where is my order?",
        "我的订单到哪了？LL-10234",
    ],
)
async def test_nothing_about_an_order_is_told_to_who_is_not_proven(
    desk: Desk, proof: Proof, text: str
) -> None:
    received = await desk.mail(text, proof=proof)
    await desk.world.relay.drain()
    conversation = await desk.conversation(received.conversation)
    assert isinstance(conversation.handler, InQueue)
    (reply,) = await desk.replies(received.conversation)
    for told in ("LL-", "on its way", "2026-03-05", "cannot find", "looks like"):
        assert told not in words(reply)
    reason, summary = await handoff_of(desk, received.conversation)
    assert reason == "not_proven"
    assert TEXTS.say("bot-reason-not-proven", "zh" if "订单" in text else "en") in summary


async def test_no_order_is_even_looked_up_for_who_is_not_proven() -> None:
    assert await some_findings().order(a_turn(proven=False), "LL-10234") == NotProven()


@pytest.mark.parametrize("proof", PROVEN)
async def test_a_proven_sender_is_told_about_an_order(desk: Desk, proof: Proof) -> None:
    received = await desk.mail("Where is my order LL-10234?", proof=proof)
    await desk.world.relay.drain()
    (reply,) = await desk.replies(received.conversation)
    assert "on its way" in words(reply)


async def test_a_proven_letter_of_before_does_not_prove_the_next_one(desk: Desk) -> None:
    first = await desk.mail("How do I return a lamp and get it back?")
    await desk.world.relay.drain()
    await desk.mail("Where is my order LL-10234?", proof=Proof.NONE)
    await desk.world.relay.drain()
    assert "on its way" not in words((await desk.replies(first.conversation))[-1])
    assert (await handoff_of(desk, first.conversation))[0] == "not_proven"


async def test_who_reads_along_is_told_nothing_of_the_requesters_orders(desk: Desk) -> None:
    first = await desk.mail("How do I return a lamp and get it back?")
    await desk.world.relay.drain()
    await desk.mail("Where is my order LL-10234?", sender="carl@example.org")
    await desk.world.relay.drain()
    assert (await handoff_of(desk, first.conversation))[0] == "not_proven"


async def test_what_a_machine_wrote_never_reaches_the_bot(desk: Desk) -> None:
    first = await desk.mail("How do I return a lamp and get it back?")
    await desk.world.relay.drain()
    before = len(await desk.turns())
    await desk.mail("I am out of the office. How do I return a lamp?", automatic="auto-replied")
    await desk.world.relay.drain()
    assert len(await desk.turns()) == before
    assert len(await desk.replies(first.conversation)) == 1


async def test_a_letter_that_is_not_for_the_bot_takes_the_conversation_from_it(desk: Desk) -> None:
    received = await desk.mail("How do I return a lamp and get it back?")
    await desk.world.relay.drain()
    await desk.mail("How do I pay by card?", to_bot=False)
    await desk.world.relay.drain()
    assert len(await desk.replies(received.conversation)) == 1
    assert (await handoff_of(desk, received.conversation))[0] == "not_for_bot"
    assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)


async def test_what_a_machine_wrote_first_is_not_left_with_the_bot(desk: Desk) -> None:
    received = await desk.mail("Your ticket was received.", automatic="auto-replied")
    conversation = await desk.world.db.run(get_conversation, received.conversation)
    assert not isinstance(conversation.handler, WithBot)
