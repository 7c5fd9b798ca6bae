"""Whole conversations about articles: told short, more of it, two at once, chosen in words, begun by a greeting."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import update

from core.message import ArticleCard
from core.receive import receive_message
from core.store.tables.people import inbox as inboxes
from core.store.tx import Tx
from tests.bot.builders import LONG, scripted
from tests.bot.desk import Desk, a_desk, option, options, words
from tests.builders import an_inbound


@pytest.fixture
async def desk(sqlite_address: str) -> AsyncIterator[Desk]:
    async with a_desk(sqlite_address, scripted()) as made:
        yield made


async def test_a_long_article_is_told_short_with_its_title_and_more_on_request(desk: Desk) -> None:
    first = (await desk.say("How do I care for a monstera, caring every week?"))[-1]
    assert words(first).startswith("Rule 1 says")
    assert len(words(first)) < 700
    assert [part.title for part in first.parts if isinstance(part, ArticleCard)] == [LONG[0]]
    assert options(first)[0].label == "Show me more"
    second = (await desk.say(option(first, "Show me more")))[-1]
    third = (await desk.say("tell me more"))[-1]
    assert f"{words(first)}\n\n{words(second)}\n\n{words(third)}" == LONG[1]
    assert "all that the article says" in words((await desk.say("more"))[-1])


async def test_two_questions_in_one_message_are_both_answered_by_name(desk: Desk) -> None:
    reply = (await desk.say("How do I return a lamp and get it back? And can I pay by card or invoice?"))[-1]
    assert "How to return an item\nYou can send a lamp back" in words(reply)
    assert "Ways to pay\nPay by card" in words(reply)
    (row,) = await desk.turns()
    assert [each.article for each in row.articles] == ["returns", "paying"]


async def test_who_starts_on_telegram_is_greeted_in_the_language_of_their_app(desk: Desk) -> None:
    started = replace(an_inbound("/start", key="s1"), language="zh-CN")
    received = await desk.world.db.run(receive_message, started)
    await desk.world.relay.drain()
    (reply,) = await desk.replies(received.conversation)
    assert "自动助手" in words(reply)


async def test_what_was_chosen_before_the_chat_and_the_page_help_to_find(desk: Desk) -> None:
    around = {"topic": "pay by card", "name": "Ann", "page": "https://shop.example/products/invoice"}
    asked = {"questions": [{"key": "topic", "kind": "choice"}, {"key": "name", "kind": "text"}]}

    def configured(tx: Tx) -> None:
        tx.conn.execute(update(inboxes).where(inboxes.c.id == "web").values(config=asked))

    await desk.world.db.run(configured)
    first = replace(an_inbound("how about this?", key="p1"), context=around)
    received = await desk.world.db.run(receive_message, first)
    await desk.world.relay.drain()
    (reply,) = await desk.replies(received.conversation)
    assert options(reply)[0].label == "Ways to pay"


async def test_a_title_typed_or_a_number_chooses_what_was_suggested(desk: Desk) -> None:
    await desk.say("something about a card")
    assert "Pay by card" in words((await desk.say("1"))[-1])
