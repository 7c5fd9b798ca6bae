"""Where the bot suggests, conversations wait for a person at once, and the agents find a note with an answer."""

from collections.abc import AsyncIterator

import pytest

from core.conversation import AssignedTo, InQueue
from core.errors import Unavailable
from core.events import AnswerSuggested, conversation_topic
from core.ids import ConversationId
from core.inbox import BotMode
from core.message import ArticleCard, ByAgent, ByBot, Kind, Proof, Text
from core.reply import queue_reply
from core.store.messages import read_events
from tests.bot.builders import Misbehaving, scripted
from tests.bot.desk import ADA, Desk, a_desk, words

QUESTION = "How do I return a lamp and get it back?"


@pytest.fixture
async def desk(sqlite_address: str) -> AsyncIterator[Desk]:
    async with a_desk(sqlite_address, scripted(), mail=BotMode.SUGGEST) as made:
        yield made


async def test_the_conversation_waits_for_a_person_before_the_bot_has_thought(desk: Desk) -> None:
    received = await desk.mail(QUESTION)
    assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)


async def test_the_agents_find_a_note_with_the_answer_and_its_article(desk: Desk) -> None:
    received = await desk.mail(QUESTION)
    await desk.world.relay.drain()
    (note,) = await desk.notes(received.conversation)
    assert note.kind is Kind.NOTE
    assert isinstance(note.author, ByBot)
    text, card = note.parts
    assert isinstance(text, Text)
    assert "within 30 days" in text.text
    assert isinstance(card, ArticleCard)
    assert card.article == "returns"


async def test_the_customer_sees_and_hears_nothing_of_it(desk: Desk) -> None:
    received = await desk.mail(QUESTION)
    await desk.world.relay.drain()
    assert await desk.replies(received.conversation) == []
    events = await desk.world.db.read(read_events, conversation_topic(received.conversation), 0, 100)
    (told,) = [each for each in events if isinstance(each.event, AnswerSuggested)]
    assert told.visible_n is None
    assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)


async def test_only_the_first_message_that_nobody_answered_gets_a_note(desk: Desk) -> None:
    received = await desk.mail(QUESTION)
    await desk.mail("And how do I pay by card?")
    await desk.world.relay.drain()
    (note,) = await desk.notes(received.conversation)
    assert "within 30 days" in words(note)


async def test_once_an_agent_answered_the_bot_keeps_its_suggestions_to_itself(desk: Desk) -> None:
    received = await desk.mail(QUESTION)
    await desk.world.relay.drain()
    await _answered(desk, received.conversation)
    await desk.mail("How do I pay by card?")
    await desk.world.relay.drain()
    assert len(await desk.notes(received.conversation)) == 1


async def test_the_same_event_twice_leaves_one_note(sqlite_address: str) -> None:
    async with a_desk(sqlite_address, scripted(), mail=BotMode.SUGGEST) as desk:
        received = await desk.mail(QUESTION)
        await desk.world.relay.drain()
        events = await desk.world.db.read(read_events, conversation_topic(received.conversation), 0, 100)
        await desk.suggestions.suggest(next(each for each in events if each.n == received.n))
        assert len(await desk.notes(received.conversation)) == 1


async def test_an_agent_who_was_faster_is_not_told_what_to_answer(sqlite_address: str) -> None:
    engine = Misbehaving()
    async with a_desk(sqlite_address, engine, mail=BotMode.SUGGEST) as desk:
        received = await desk.mail(QUESTION)
        engine.before = lambda: _answered(desk, received.conversation)
        await desk.world.relay.drain()
        assert await desk.notes(received.conversation) == []


@pytest.mark.parametrize(
    "text", ["Hello", "Tell me about quantum chromodynamics", "I want to talk to a person"]
)
async def test_where_the_bot_has_no_answer_there_is_no_note(desk: Desk, text: str) -> None:
    received = await desk.mail(text)
    await desk.world.relay.drain()
    assert await desk.notes(received.conversation) == []


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAILED])
async def test_no_order_is_looked_up_for_who_is_not_proven(desk: Desk, proof: Proof) -> None:
    received = await desk.mail("Where is my order LL-10234?", proof=proof)
    await desk.world.relay.drain()
    assert await desk.notes(received.conversation) == []


async def test_what_a_machine_wrote_gets_no_note(desk: Desk) -> None:
    received = await desk.mail(QUESTION, automatic="auto-replied")
    await desk.world.relay.drain()
    assert await desk.notes(received.conversation) == []


async def test_an_engine_that_fails_leaves_the_conversation_where_it_waits(sqlite_address: str) -> None:
    engine = Misbehaving(error=Unavailable("Rasa is gone"))
    async with a_desk(sqlite_address, engine, mail=BotMode.SUGGEST) as desk:
        received = await desk.mail(QUESTION)
        await desk.world.relay.drain()
        conversation = await desk.conversation(received.conversation)
        assert isinstance(conversation.handler, InQueue)
        assert await desk.replies(received.conversation) == []
        assert await desk.notes(received.conversation) == []


async def test_off_means_neither_note_nor_answer(sqlite_address: str) -> None:
    async with a_desk(sqlite_address, scripted(), mail=BotMode.OFF) as desk:
        received = await desk.mail(QUESTION)
        await desk.world.relay.drain()
        assert await desk.notes(received.conversation) == []
        assert await desk.replies(received.conversation) == []
        assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)


async def _answered(desk: Desk, conversation: ConversationId) -> None:
    held = await desk.conversation(conversation)
    if not isinstance(held.handler, AssignedTo):
        await desk.take(conversation)
    await desk.world.db.run(queue_reply, conversation, ByAgent(ADA), (Text("Like this."),), f"k{held.turn}")
