"""A hand-over in its transaction: the queue that the rules name, the case's number, the reason in the record."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from bot.contract import Turn
from bot.handing.doing import Around
from bot.handing.service import Service, There
from bot.handing.settings import HandingSettings
from bot.handing.values import Topic
from bot.proposals import Understanding
from core.answer import Handoff
from core.cases import numbered
from core.conversation import InQueue, WithBot
from core.ids import ConversationId, QueueId
from core.store.codec import load_handoff
from core.store.tables.conversation import conversation as conversations
from core.store.tables.people import contact, queue
from core.store.tx import Tx
from tests.bot.builders import scripted
from tests.bot.desk import Desk, a_desk, words

BACK = Service(
    There.NOBODY, open=False, opens_at=datetime(2026, 3, 9, 8, 0, tzinfo=UTC), zone="Europe/Berlin"
)


@dataclass
class Night:
    """Implements ``Staff`` and ``Addresses``: nobody is there in these queues."""

    closed: frozenset[str] = frozenset({"general"})
    known: bool = False

    def service(self, tx: Tx, queue: QueueId) -> Service:
        return BACK if queue in self.closed else Service(There.FREE)

    def wanted(self, tx: Tx, conversation: ConversationId) -> bool:
        return not self.known


@dataclass
class Burning:
    """Implements ``Topics``: whatever burns goes to people, and so does this intent."""

    intent: str | None = None

    def topic_of(self, tx: Tx, turn: Turn, understood: Understanding | None = None) -> Topic | None:
        if "burns" in turn.text or (understood is not None and understood.intent == self.intent):
            return Topic("r1", "Fire")
        return None


async def handoff_of(desk: Desk) -> Handoff:
    found = await desk.world.db.read(lambda tx: tx.conn.execute(select(conversations.c.handoff)).scalar_one())
    handoff = load_handoff(found)
    assert handoff is not None
    return handoff


async def test_at_night_the_case_gets_a_number_that_is_told_and_kept_and_an_address_is_asked_for(
    sqlite_address: str,
) -> None:
    night = Night()
    async with a_desk(sqlite_address, scripted(), Around(staff=night, addresses=night)) as desk:
        (reply,) = await desk.say("agent please")
        handoff = await handoff_of(desk)
    assert handoff.case is not None
    assert f"Your case is #{handoff.case}." in words(reply)
    assert "e-mail address" in words(reply)
    assert handoff.back_at == BACK.opens_at


async def test_whoever_left_an_address_is_not_asked_for_one(sqlite_address: str) -> None:
    night = Night(known=True)
    async with a_desk(sqlite_address, scripted(), Around(staff=night, addresses=night)) as desk:
        (reply,) = await desk.say("agent please")
    assert "e-mail" not in words(reply)


async def test_the_promise_is_that_of_the_queue_where_it_goes(sqlite_address: str) -> None:
    def by_rules(tx: Tx, conversation: ConversationId, handoff: Handoff) -> QueueId:
        values = {"id": "late", "name": "Late", "priority": 0, "requirements": (), "languages": ()}
        tx.conn.execute(insert(queue).values(**values))
        return QueueId("late")

    async with a_desk(sqlite_address, scripted(), Around(by_rules, staff=Night())) as desk:
        (reply,) = await desk.say("agent please")
        assert (await desk.conversation(reply.conversation)).handler == InQueue(QueueId("late"))
        handoff = await handoff_of(desk)
    assert "as soon as possible" in words(reply)
    assert (handoff.case, handoff.back_at) == (None, None)


async def test_two_cases_have_two_numbers_and_one_case_keeps_its_own(sqlite_address: str) -> None:
    async with a_desk(sqlite_address, scripted()) as desk:
        one, other = await desk.write("Hello"), await desk.write("Hello", visitor="v2")
        run = desk.world.db.run
        first = await run(numbered, one.conversation)
        second = await run(numbered, other.conversation)
        assert first != second
        assert await run(numbered, one.conversation) == first


async def test_the_record_says_why_a_person_took_over_and_in_what_mood_the_customer_was(
    sqlite_address: str,
) -> None:
    async with a_desk(sqlite_address, scripted()) as desk:
        await desk.say("How do I pay by card?")
        await desk.say("What the hell, how do I pay by card")
        rows = await desk.turns()
    assert [(row.reason, row.mood) for row in rows] == [(None, "calm"), ("angry", "angry")]


async def test_the_tier_is_the_contacts_attribute_whatever_the_case(sqlite_address: str) -> None:
    handing = HandingSettings(straight_tiers=("gold",))
    async with a_desk(sqlite_address, scripted(), handing=handing) as desk:
        received = await desk.write("How do I pay by card?")

        def gild(tx: Tx) -> None:
            tx.conn.execute(update(contact).values(attributes={"Tier": "Gold"}))

        await desk.world.db.run(gild)
        await desk.world.relay.drain()
        handoff = await handoff_of(desk)
        assert isinstance((await desk.conversation(received.conversation)).handler, InQueue)
    assert (handoff.reason, handoff.tier) == ("tier", "Gold")


@pytest.mark.parametrize(
    ("text", "intent"), [("My lamp burns", None), ("Where is my order?", "order_status")]
)
async def test_a_topic_leads_to_a_person_by_its_words_or_by_what_is_understood(
    sqlite_address: str, text: str, intent: str | None
) -> None:
    async with a_desk(sqlite_address, scripted(), Around(topics=Burning(intent))) as desk:
        await desk.say(text)
        handoff = await handoff_of(desk)
    assert (handoff.reason, handoff.topic) == ("topic", "Fire")


async def test_what_no_topic_is_about_the_bot_answers(sqlite_address: str) -> None:
    async with a_desk(sqlite_address, scripted(), Around(topics=Burning("complaint"))) as desk:
        (reply,) = await desk.say("How do I pay by card?")
        assert (await desk.conversation(reply.conversation)).handler == WithBot()
