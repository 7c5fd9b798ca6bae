"""A customer's message gets one answer or a person, whatever the engine does and whoever comes in between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.handing.doing import Around
from bot.handing.service import Service
from core import lifecycle
from core.bus import Transient
from core.conversation import AssignedTo, Cause, InQueue, WithBot
from core.events import BotAnswered, HandlerChanged, conversation_topic
from core.ids import MessageId
from core.message import (
    Attachment,
    ByAgent,
    ByBot,
    Choice,
    Text,
)
from core.receive import receive_message
from core.reply import queue_reply
from core.store.codec import load_handoff
from core.store.conversations import get_conversation
from core.store.messages import read_events
from core.store.tables.conversation import conversation as conversations
from core.store.tx import Tx
from tests.bot.builders import Misbehaving, Serving, scripted
from tests.bot.desk import ADA, Desk, a_desk, option, options, words
from tests.builders import an_inbound


@pytest.fixture
async def desk(sqlite_address: str) -> AsyncIterator[Desk]:
    async with a_desk(sqlite_address, scripted()) as made:
        yield made


async def test_a_question_is_answered_from_the_knowledge_base_by_the_bot(desk: Desk) -> None:
    (reply,) = await desk.say("How do I return a lamp and get it back?")
    assert isinstance(reply.author, ByBot)
    assert "within 30 days" in words(reply)
    assert [each.label for each in options(reply)] == ["That helped", "That did not help", "Talk to a person"]


async def test_a_chinese_question_is_answered_in_chinese(desk: Desk) -> None:
    (reply,) = await desk.say("怎么退货，能退款吗？")
    assert "30天内" in words(reply)
    assert options(reply)[0].label == "有帮助"


async def test_buttons_travel_with_opaque_ids_and_their_meaning_stays_here(desk: Desk) -> None:
    (reply,) = await desk.say("How do I return a lamp and get it back?")
    for each in options(reply):
        assert each.meaning not in each.id
        assert each.id not in {"person", "helped"}


async def test_each_turn_is_recorded_with_what_was_understood(desk: Desk) -> None:
    await desk.say("Where is my order?")
    (row,) = await desk.turns()
    assert (row.engine, row.intent, row.outcome) == ("scripted", "order_status", "asked")
    assert row.active_form == "order_form"
    assert row.language == "en"


async def test_the_order_form_goes_on_over_messages_and_remembers_the_number(desk: Desk) -> None:
    await desk.say("Where is my order?")
    replies = await desk.say("10234")
    assert "LL-10234" in words(replies[-1])
    assert "5 March" in words(replies[-1])
    rows = await desk.turns()
    assert rows[-1].slots["order_number"] == "LL-10234"
    assert rows[-1].active_form is None


async def test_who_tries_numbers_with_fresh_sessions_from_one_network_is_told_no_more(desk: Desk) -> None:
    for number in range(20):
        replies = await desk.say(f"Where is order {70_000 + number}?", visitor=f"v{number}", network="theirs")
        assert "find" in words(replies[-1])
    (told,) = await desk.say("Where is order 10234?", visitor="v20", network="theirs")
    (missed,) = await desk.say("Where is order 79999?", visitor="v21", network="theirs")
    assert words(told) == words(missed)
    assert "10234" not in words(told)
    (other,) = await desk.say("Where is order 10234?", visitor="v22", network="another")
    assert "5 March" in words(other)


async def test_a_person_is_asked_for_and_gets_the_conversation_with_a_summary(desk: Desk) -> None:
    await desk.say("Where is my order LL-10234?")
    replies = await desk.say("I want to talk to a human")
    conversation = await desk.conversation(replies[-1].conversation)
    assert isinstance(conversation.handler, InQueue)
    assert isinstance(replies[-1].author, ByBot)
    assert "colleague" in words(replies[-1])

    def read(tx: Tx) -> Any:
        return tx.conn.execute(select(conversations.c.handoff)).scalar_one()

    handoff = load_handoff(await desk.world.db.read(read))
    assert handoff is not None
    assert handoff.reason == "asked_for_person"
    assert handoff.intent == "talk_to_person"
    assert handoff.slots == {"order_number": "LL-10234"}
    assert "I want to talk to a human" in handoff.summary
    assert "LL-10234" in handoff.summary


@pytest.mark.parametrize(
    ("service", "part"),
    [
        (Service(open=True), "as soon as possible"),
        (Service(open=False), "Nobody is there"),
        (Service(), "answer you here"),
    ],
)
async def test_handing_over_tells_honestly_what_happens_next(
    sqlite_address: str, service: Service, part: str
) -> None:
    async with a_desk(sqlite_address, scripted(), Around(staff=Serving(service))) as desk:
        (reply,) = await desk.say("agent please")
    assert part in words(reply)


async def test_what_only_says_where_somebody_can_be_reached_is_not_answered(desk: Desk) -> None:
    quiet = replace(an_inbound("ann@example.net", key="q1"), quiet=True)
    received = await desk.world.db.run(receive_message, quiet)
    await desk.world.relay.drain()
    assert await desk.replies(received.conversation) == []
    assert isinstance((await desk.conversation(received.conversation)).handler, WithBot)
    (reply,) = await desk.say("How do I return a lamp and get it back?")
    assert "within 30 days" in words(reply)


async def test_a_file_alone_goes_to_a_person(desk: Desk) -> None:
    file = Attachment("f1", "invoice.pdf", "application/pdf", 10)  # type: ignore[arg-type]
    (reply,) = await desk.say(file)
    assert "cannot read files" in words(reply)
    assert isinstance((await desk.conversation(reply.conversation)).handler, InQueue)


async def test_the_same_event_run_twice_says_and_records_one_thing(desk: Desk) -> None:
    received = await desk.write("How do I return a lamp and get it back?")
    events = await desk.world.db.read(
        read_events, conversation_topic(received.conversation), received.n - 1, 1
    )
    await asyncio.gather(desk.bot.answer(events[0]), desk.bot.answer(events[0]))
    await desk.bot.answer(events[0])
    await desk.world.relay.drain()
    assert len(await desk.replies(received.conversation)) == 1
    assert len(await desk.turns()) == 1


async def test_an_agent_who_took_over_while_the_engine_thought_is_not_talked_over(
    sqlite_address: str,
) -> None:
    engine = Misbehaving()
    async with a_desk(sqlite_address, engine) as desk:
        received = await desk.write("How do I pay by card?")
        engine.before = lambda: desk.take(received.conversation)
        await desk.world.relay.drain()
        assert await desk.replies(received.conversation) == []
        assert (await desk.conversation(received.conversation)).handler == AssignedTo(ADA)
        assert await desk.turns() == []


async def test_an_agent_who_took_over_is_not_sent_back_to_the_queue_by_a_late_handover(
    sqlite_address: str,
) -> None:
    async with a_desk(sqlite_address, scripted()) as desk:
        received = await desk.write("talk to a person")
        await desk.take(received.conversation)
        await desk.world.relay.drain()
        assert (await desk.conversation(received.conversation)).handler == AssignedTo(ADA)


async def test_what_was_written_to_an_agent_is_not_answered_by_the_bot(desk: Desk) -> None:
    received = await desk.write("Hello")
    await desk.world.relay.drain()
    await desk.take(received.conversation)
    before = len(await desk.replies(received.conversation))
    await desk.say("How do I pay by card?")
    assert len(await desk.replies(received.conversation)) == before


async def test_an_engine_that_never_answers_leads_to_a_person(sqlite_address: str) -> None:
    async with a_desk(sqlite_address, Misbehaving(hangs=True), think_s=0.05) as desk:
        (reply,) = await desk.say("How do I pay by card?")
        conversation = await desk.conversation(reply.conversation)
        assert isinstance(conversation.handler, InQueue)
        events = await desk.world.db.read(read_events, conversation_topic(conversation.id), 0, 20)
        changed = next(each.event for each in events if isinstance(each.event, HandlerChanged))
        assert changed.cause == Cause.BOT_FAILED.value


async def test_an_engine_that_always_raises_leads_to_a_person_within_the_horizon(sqlite_address: str) -> None:
    engine = Misbehaving(error=RuntimeError("a bug"))
    async with a_desk(sqlite_address, engine) as desk:
        received = await desk.write("How do I pay by card?")
        for _ in range(30):
            await desk.world.relay.drain()
            desk.world.clock.forward(0.5)
        (reply,) = await desk.replies(received.conversation)
        assert isinstance(reply.author, ByBot)
        assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)
        assert len(engine.turns) > 1


async def test_a_mistake_of_our_own_leads_to_a_person_at_once(sqlite_address: str) -> None:
    engine = Misbehaving(error=IndexError("a bug"))
    async with a_desk(sqlite_address, engine) as desk:
        received = await desk.write("How do I pay by card?")
        await desk.world.relay.drain()
        (reply,) = await desk.replies(received.conversation)
        assert isinstance(reply.author, ByBot)
        assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)
        assert len(engine.turns) == 1


async def test_an_engine_that_raises_once_is_asked_again_and_answers(sqlite_address: str) -> None:
    engine = Misbehaving(error=RuntimeError("once"))
    async with a_desk(sqlite_address, engine) as desk:
        received = await desk.write("How do I pay by card?")
        await desk.world.relay.drain()
        engine.error = None
        desk.world.clock.forward(1)
        await desk.world.relay.drain()
        (reply,) = await desk.replies(received.conversation)
        assert "PayPal" in words(reply)


async def test_several_messages_in_a_burst_are_each_answered_once_and_in_order(desk: Desk) -> None:
    await desk.write("Hello")
    await desk.write("How do I pay by card?")
    received = await desk.write("Where is my order LL-20871?")
    await desk.world.relay.drain()
    said = [words(reply) for reply in await desk.replies(received.conversation)]
    assert len(said) == 3
    assert "Hello" in said[0]
    assert "PayPal" in said[1]
    assert "LL-20871" in said[2]


async def test_after_a_handover_in_a_burst_the_rest_is_left_to_the_person(desk: Desk) -> None:
    await desk.write("I want to speak to an agent")
    received = await desk.write("How do I pay by card?")
    await desk.world.relay.drain()
    assert len(await desk.replies(received.conversation)) == 1


async def test_a_pressed_button_does_what_it_meant(desk: Desk) -> None:
    replies = await desk.say("How do I pay by card?")
    replies = await desk.say(option(replies[-1], "That helped"))
    assert "Good to hear" in words(replies[-1])
    assert (await desk.turns())[-1].outcome == "confirmed"
    replies = await desk.say("How do I return a lamp and get it back?")
    replies = await desk.say(option(replies[-1], "Talk to a person"))
    assert isinstance((await desk.conversation(replies[-1].conversation)).handler, InQueue)


async def test_a_suggested_article_is_shown_when_its_button_is_pressed(desk: Desk) -> None:
    replies = await desk.say("something about delivery")
    suggestion = next(each for each in options(replies[-1]) if each.label == "How long shipping takes")
    replies = await desk.say(Choice(replies[-1].id, suggestion.id, suggestion.label))
    assert "two to four days" in words(replies[-1])


async def test_a_payload_typed_by_hand_is_only_a_text(desk: Desk) -> None:
    replies = await desk.say("How do I pay by card?")
    meaning = options(replies[-1])[-1].meaning
    replies = await desk.say(f"/{meaning}")
    assert (await desk.conversation(replies[-1].conversation)).handler == WithBot()


async def test_a_button_of_another_conversation_means_nothing_here(desk: Desk) -> None:
    theirs = await desk.say("How do I pay by card?", visitor="v2")
    ours = await desk.say(option(theirs[-1], "Talk to a person"), visitor="v1")
    assert "no longer in use" in words(ours[-1])
    assert (await desk.conversation(ours[-1].conversation)).handler == WithBot()


@pytest.mark.parametrize("choice", [Choice(MessageId("none"), "person", "x"), Choice(MessageId(""), "", "")])
async def test_a_made_up_button_means_nothing(desk: Desk, choice: Choice) -> None:
    replies = await desk.say(choice)
    assert "no longer in use" in words(replies[-1])


async def test_an_option_that_its_message_never_offered_means_nothing(desk: Desk) -> None:
    replies = await desk.say("How do I pay by card?")
    replies = await desk.say(Choice(replies[-1].id, "person", "Talk to a person"))
    assert "no longer in use" in words(replies[-1])


async def test_typing_is_shown_while_the_bot_thinks_and_ends(desk: Desk) -> None:
    shown: list[object] = []
    desk.world.bus.listen(Transient, lambda signal: shown.append(signal.data["on"]))
    await desk.say("Hello")
    assert shown == [True, False]


async def test_the_event_of_an_answer_names_engine_and_outcome_and_no_text(desk: Desk) -> None:
    (reply,) = await desk.say("How do I pay by card?")
    events = await desk.world.db.read(read_events, conversation_topic(reply.conversation), 0, 20)
    (answered,) = [each.event for each in events if isinstance(each.event, BotAnswered)]
    assert (answered.engine, answered.outcome) == ("scripted", "answered")


async def test_after_a_person_gave_it_back_nothing_of_the_old_form_is_left(desk: Desk) -> None:
    replies = await desk.say("Where is my order?")
    conversation = replies[-1].conversation
    await desk.take(conversation)

    def back(tx: Tx) -> None:
        queue_reply(tx, conversation, ByAgent(ADA), (Text("There you are."),), "a1")
        lifecycle.to_bot(tx, get_conversation(tx, conversation), by=ADA)

    await desk.world.db.run(back)
    replies = await desk.say("How do I pay by card?")
    assert "PayPal" in words(replies[-1])
    assert "order number" not in words(replies[-1])


async def test_outcomes_are_counted_by_kind_engine_and_language(desk: Desk) -> None:
    await desk.say("Hello")
    await desk.say("How do I pay by card?")
    await desk.say("转人工", visitor="v2")
    counted = await desk.outcomes()
    assert counted.turns == 3
    assert counted.by_outcome == {"talked": 1, "answered": 1, "handed_off": 1}
    assert counted.by_engine == {"scripted": 2, "policy": 1}
    assert counted.by_language == {"en": 2, "zh": 1}
    assert counted.mean_ms is not None


async def test_nothing_is_said_in_a_closed_conversation(desk: Desk) -> None:
    received = await desk.write("Hello")

    def close(tx: Tx) -> None:
        lifecycle.close(tx, get_conversation(tx, received.conversation))

    await desk.world.db.run(close)
    await desk.world.relay.drain()
    assert await desk.replies(received.conversation) == []


@pytest.mark.postgres
async def test_it_is_the_same_on_postgresql(postgres_url: str) -> None:
    async with a_desk(postgres_url, scripted()) as desk:
        received = await desk.write("Where is my order?")
        (event,) = await desk.world.db.read(
            read_events, conversation_topic(received.conversation), received.n - 1, 1
        )
        await asyncio.gather(*(desk.bot.answer(event) for _ in range(4)))
        await desk.world.relay.drain()
        assert len(await desk.replies(received.conversation)) == 1
        replies = await desk.say("10234")
        assert "LL-10234" in words(replies[-1])
        replies = await desk.say(option(replies[-1], "Talk to a person"))
        assert isinstance((await desk.conversation(replies[-1].conversation)).handler, InQueue)
        assert (await desk.outcomes()).by_outcome == {"asked": 1, "answered": 1, "handed_off": 1}
