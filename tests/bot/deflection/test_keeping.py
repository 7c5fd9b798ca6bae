"""What became of the bot's conversations is kept up to date by what happens, and can be counted anew at any time."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from bot.deflection.keeping import count, deflection_handler, recount, settle
from bot.deflection.settings import DeflectionSettings
from core import lifecycle
from core.ids import ContactId, ConversationId
from core.merging import merge, part
from core.store.conversations import get_conversation
from core.store.tables.bot import bot_turn
from core.store.tables.conversation import conversation as conversations
from core.store.tables.deflection import deflection
from core.store.tables.orders import order_request, shop_order
from core.store.tx import Tx
from tests.bot.builders import scripted
from tests.bot.desk import ADA, Desk, a_desk, option

SETTINGS = DeflectionSettings(at_once=3)
QUESTION = "How do I pay by card?"
HOUR = 3600.0


@pytest.fixture
async def desk(sqlite_address: str) -> AsyncIterator[Desk]:
    async with a_desk(sqlite_address, scripted(), also=(deflection_handler(),)) as made:
        yield made


async def rows(desk: Desk) -> list[Any]:
    def read(tx: Tx) -> list[Any]:
        return list(tx.conn.execute(select(deflection).order_by(deflection.c.conversation_id)))

    return await desk.world.db.read(read)


async def kept(desk: Desk) -> list[tuple[str, str, bool]]:
    return [(row.outcome, row.reason, row.settled) for row in await rows(desk)]


async def pass_by(desk: Desk, hours: float) -> None:
    """Time passes, and what it settles is settled."""
    desk.world.clock.forward(hours * HOUR)
    await settle(desk.world.db, SETTINGS)


async def same_person(desk: Desk, *found: ConversationId) -> tuple[ContactId, ...]:
    def read(tx: Tx) -> tuple[ContactId, ...]:
        return tuple(get_conversation(tx, each).contact for each in found)

    return await desk.world.db.run(read)


async def test_an_answer_that_nobody_comes_back_for_is_assumed_to_have_helped_after_the_window(
    desk: Desk,
) -> None:
    await desk.say(QUESTION)
    assert await kept(desk) == [("assumed", "answered", False)]
    await pass_by(desk, 71)
    assert await kept(desk) == [("assumed", "answered", False)]
    await pass_by(desk, 1)
    assert await kept(desk) == [("assumed", "answered", True)]
    (row,) = await rows(desk)
    assert (row.inbox_id, row.channel, row.language, row.article_id) == ("web", "widget", "en", "paying")
    assert row.intent == "ask_knowledge"


async def test_the_button_confirms_and_a_wish_for_a_person_escalates(desk: Desk) -> None:
    (reply,) = await desk.say(QUESTION)
    await desk.say(option(reply, "That helped"))
    assert [each[0] for each in await kept(desk)] == ["confirmed"]
    await desk.say("I want to talk to a person", visitor="v1")
    assert await kept(desk) == [("escalated", "asked_for_person", False)]


async def test_what_a_shop_confirms_is_no_word_of_the_customer(desk: Desk) -> None:
    (reply,) = await desk.say(QUESTION)

    def done(tx: Tx) -> None:
        tx.conn.execute(update(bot_turn).values(outcome="confirmed", engine="rasa"))
        count(tx, reply.conversation)

    await desk.world.db.run(done)
    assert await kept(desk) == [("assumed", "answered", False)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "waiting"}, ("escalated", "approval", False)),
        ({"state": "declined", "decided_by_id": "ada"}, ("escalated", "approval", False)),
        ({"state": "accepted"}, ("assumed", "answered", False)),
        ({"state": "waiting", "asked_by_id": "ada"}, ("assumed", "answered", False)),
    ],
)
async def test_a_refund_that_a_person_has_to_grant_is_a_persons_work(
    desk: Desk, values: Mapping[str, str], expected: tuple[str, str, bool]
) -> None:
    (reply,) = await desk.say(QUESTION)

    def ask(tx: Tx) -> None:
        order = {
            "id": "o1",
            "number": "LL-1",
            "state": "delivered",
            "currency": "EUR",
            "items": (),
            "address": "",
            "shop_address": "",
        }
        times = dict.fromkeys(("placed_at", "created_at", "updated_at"), tx.now)
        tx.conn.execute(insert(shop_order).values(**order, **times))
        of = {"id": "r1", "order_id": "o1", "kind": "refund", "reason": "", "asked_at": tx.now}
        tx.conn.execute(insert(order_request).values(**of, conversation_id=reply.conversation, **values))
        count(tx, reply.conversation)

    await desk.world.db.run(ask)
    assert await kept(desk) == [expected]


async def test_an_agent_who_takes_it_makes_it_escalated(desk: Desk) -> None:
    (reply,) = await desk.say(QUESTION)
    await desk.take(reply.conversation)
    await desk.world.relay.drain()
    assert await kept(desk) == [("escalated", "taken", False)]


async def test_small_talk_alone_is_abandoned(desk: Desk) -> None:
    await desk.say("Hello")
    assert await kept(desk) == [("abandoned", "small_talk", False)]


async def test_a_second_conversation_on_another_channel_takes_the_assumption_away_once_they_are_one_person(
    desk: Desk,
) -> None:
    (reply,) = await desk.say(QUESTION)
    desk.world.clock.forward(HOUR)
    mailed = await desk.mail("How do I pay by card then?")
    await desk.world.relay.drain()
    assert [each[0] for each in await kept(desk)] == ["assumed", "assumed"]
    web, mail = await same_person(desk, reply.conversation, mailed.conversation)
    done = await desk.world.db.run(merge, web, mail, by=ADA)
    await desk.world.relay.drain()
    assert await kept(desk) == [("abandoned", "came_again", False), ("assumed", "answered", False)]
    await desk.world.db.run(part, done, by=ADA)
    await desk.world.relay.drain()
    assert [each[0] for each in await kept(desk)] == ["assumed", "assumed"]


async def test_a_letter_that_waits_for_people_takes_it_away_too_and_a_machines_does_not(
    desk: Desk,
) -> None:
    await desk.mail(QUESTION, thread="t1")
    await desk.world.relay.drain()
    desk.world.clock.forward(HOUR)
    await desk.mail("I am out of office", thread="t2", automatic="auto_reply")
    await desk.world.relay.drain()
    assert [each[0] for each in await kept(desk)] == ["assumed"]
    await desk.mail("To the list", thread="t3", to_bot=False)
    await desk.world.relay.drain()
    assert await kept(desk) == [("abandoned", "came_again", False)]


async def test_who_writes_after_the_window_does_not_change_what_was(desk: Desk) -> None:
    await desk.mail(QUESTION, thread="t1")
    await desk.world.relay.drain()
    await pass_by(desk, 73)
    await desk.mail(QUESTION, thread="t2")
    await desk.world.relay.drain()
    assert await kept(desk) == [("assumed", "answered", True), ("assumed", "answered", False)]


async def test_a_message_in_the_same_conversation_is_none_in_another(desk: Desk) -> None:
    (reply,) = await desk.say(QUESTION)
    desk.world.clock.forward(60)
    await desk.write("And then?")
    await desk.world.db.run(count, reply.conversation)
    assert await kept(desk) == [("assumed", "answered", False)]


async def test_opening_it_again_within_the_window_takes_the_assumption_away(desk: Desk) -> None:
    (reply,) = await desk.say(QUESTION)

    def resolve(tx: Tx) -> None:
        lifecycle.resolve(tx, get_conversation(tx, reply.conversation))

    await desk.world.db.run(resolve)
    desk.world.clock.forward(60)
    await desk.say("How do I return a lamp and get it back?")
    assert await kept(desk) == [("abandoned", "came_again", False)]


async def test_what_was_missed_on_the_way_is_put_right_when_the_window_has_passed(desk: Desk) -> None:
    await desk.say(QUESTION)

    def forge(tx: Tx) -> None:
        tx.conn.execute(update(deflection).values(outcome="confirmed", reason="said"))

    await desk.world.db.run(forge)
    await pass_by(desk, 72)
    assert await kept(desk) == [("assumed", "answered", True)]


@pytest.mark.served
async def test_the_sum_of_the_four_is_the_conversations_and_counting_anew_changes_nothing(
    desk: Desk,
) -> None:
    random, held = Random(7), set[ConversationId]()
    sayings = [
        *("Hello", QUESTION, "How do I return a lamp and get it back?", "yes", "no", "Where is my order?"),
        *("blargh", "I want to talk to a person", "thanks"),
    ]
    for _ in range(60):
        visitor = f"v{random.randrange(9)}"
        received = await desk.write(random.choice(sayings), visitor=visitor)
        held.add(received.conversation)
        await desk.world.relay.drain()
        desk.world.clock.forward(random.choice([60, 600, 20 * HOUR]))
        if random.random() < 0.1:
            await desk.world.db.run(_resolve, received.conversation)
            await desk.world.relay.drain()
        if random.random() < 0.2:
            await settle(desk.world.db, SETTINGS)
    await pass_by(desk, 72)
    before = await rows(desk)
    assert sum(Counter(row.outcome for row in before).values()) == len(held) == len(before)
    assert {row.outcome for row in before} <= {"confirmed", "assumed", "escalated", "abandoned"}
    assert all(row.settled for row in before)

    def forget(tx: Tx) -> None:
        tx.conn.execute(delete(deflection))

    await desk.world.db.run(forget)
    assert await recount(desk.world.db, SETTINGS) == len(held)
    assert await rows(desk) == before


def _resolve(tx: Tx, conversation: ConversationId) -> None:
    here = select(conversations.c.handler).where(conversations.c.id == conversation)
    if tx.conn.execute(here).scalar_one() == "bot":
        lifecycle.resolve(tx, get_conversation(tx, conversation))


@pytest.mark.postgres
async def test_it_is_the_same_on_postgresql(postgres_url: str) -> None:
    async with a_desk(postgres_url, scripted(), also=(deflection_handler(),)) as desk:
        await desk.say(QUESTION)
        await desk.say("I want to talk to a person", visitor="v2")
        await pass_by(desk, 72)
        assert await kept(desk) == [("assumed", "answered", True), ("escalated", "asked_for_person", True)]
        assert await recount(desk.world.db, SETTINGS) == 2
