"""Rules of supervisors lead to a person: by words at once, by what is understood afterwards, with queue and priority."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import select, update

from app.topics import RuleTopics
from bot.handing.doing import Around
from core.answer import Handoff
from core.conversation import InQueue, WithBot
from core.ids import ConversationId
from core.store.codec import load_handoff
from core.store.tables.conversation import conversation as conversations
from core.store.tables.people import contact
from core.store.tables.routing import conversation_route
from routing.route import queue_for
from routing.rulebook.conditions import ContactHas, IntentIs, LanguageIs, MoodIs, TextSays
from routing.rulebook.rule import Gives, Rule
from routing.rulebook.settings import RuleSettings
from tests.bot.builders import scripted
from tests.bot.desk import Desk, a_desk
from tests.builders import a_queue
from tests.routing.rulebook.making import VIP, a_rule, add_rules

PERSON = Gives(VIP, 30, person=True)
RULES = RuleSettings()


@pytest.fixture
async def desk(sqlite_address: str) -> AsyncIterator[Desk]:
    around = Around(partial(queue_for, settings=RULES), topics=RuleTopics(RULES))
    async with a_desk(sqlite_address, scripted(), around) as made:
        await made.world.db.run(lambda tx: a_queue(tx, VIP))
        yield made


async def rules(desk: Desk, *given: Rule) -> None:
    await desk.world.db.run(lambda tx: add_rules(tx, *given))


async def passed_on(desk: Desk) -> Handoff | None:
    found = select(conversations.c.handoff)
    return load_handoff(await desk.world.db.read(lambda tx: tx.conn.execute(found).scalar_one()))


async def priority(desk: Desk, conversation: ConversationId) -> int:
    found = select(conversation_route.c.priority).where(conversation_route.c.conversation_id == conversation)
    return int(await desk.world.db.read(lambda tx: tx.conn.execute(found).scalar_one()))


async def test_a_word_leads_to_a_person_in_the_queue_and_with_the_priority_of_its_rule(desk: Desk) -> None:
    await rules(desk, a_rule("Fire", TextSays(("burn*",)), gives=PERSON))
    (reply,) = await desk.say("My lamp burns, how do I pay by card?")
    assert (await desk.conversation(reply.conversation)).handler == InQueue(VIP)
    assert await priority(desk, reply.conversation) == 30
    handoff = await passed_on(desk)
    assert handoff is not None
    assert (handoff.reason, handoff.topic) == ("topic", "Fire")


async def test_an_intent_leads_to_a_person_once_it_is_understood(desk: Desk) -> None:
    await rules(desk, a_rule("Orders", IntentIs(("order_status",)), gives=PERSON))
    (reply,) = await desk.say("Where is my order?")
    assert (await desk.conversation(reply.conversation)).handler == InQueue(VIP)
    (row,) = await desk.turns()
    assert (row.outcome, row.reason, row.intent) == ("handed_off", "topic", "order_status")


async def test_what_is_not_an_intent_waits_until_that_is_known(desk: Desk) -> None:
    """Else everybody would come to a person before anything is understood."""
    await rules(desk, a_rule("Others", IntentIs(("order_status",)), match="none", gives=PERSON))
    (reply,) = await desk.say("Where is my order?")
    assert (await desk.conversation(reply.conversation)).handler == WithBot()


@pytest.mark.parametrize(("segment", "handler"), [("press", InQueue(VIP)), ("home", WithBot())])
async def test_a_tag_of_the_contact_leads_to_a_person(desk: Desk, segment: str, handler: object) -> None:
    await rules(desk, a_rule("Press", ContactHas("segment", ("press",)), gives=PERSON))
    received = await desk.write("How do I pay by card?")
    tagged = update(contact).values(attributes={"segment": segment})
    await desk.world.db.run(lambda tx: tx.conn.execute(tagged).rowcount)
    await desk.world.relay.drain()
    assert (await desk.conversation(received.conversation)).handler == handler


async def test_a_rule_that_only_routes_leads_nobody_to_a_person(desk: Desk) -> None:
    await rules(desk, a_rule("Cards", TextSays(("card",))))
    (reply,) = await desk.say("How do I pay by card?")
    assert (await desk.conversation(reply.conversation)).handler == WithBot()


async def test_the_mood_is_a_fact_for_the_queue_and_its_priority(desk: Desk) -> None:
    await rules(desk, a_rule("Angry", MoodIs(("angry",)), LanguageIs(("en",)), gives=Gives(VIP, 20)))
    (reply,) = await desk.say("What the hell, how do I pay by card")
    assert (await desk.conversation(reply.conversation)).handler == InQueue(VIP)
    assert await priority(desk, reply.conversation) == 20
