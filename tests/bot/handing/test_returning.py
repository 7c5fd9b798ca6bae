"""An agent sends the bot for something: it asks under a turn of its own, comes back, and never talks over who took it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.handing.doing import Around
from bot.handing.returning import Errands
from bot.handing.service import Service, There
from bot.handing.settings import HandingSettings
from core import lifecycle
from core.answer import Handoff
from core.bot_events import ErrandEnded, ErrandGiven
from core.conversation import AssignedTo, Cause, InQueue, WithBot
from core.errors import Conflict, Invalid
from core.events import HandlerChanged, conversation_topic
from core.ids import AgentId, ConversationId, QueueId
from core.message import ByBot, BySystem, DeliveryState, Message
from core.receive import receive_message
from core.store.codec import load_handoff
from core.store.conversations import get_conversation
from core.store.messages import read_events
from core.store.tables.conversation import conversation as conversations
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.bot.builders import Serving, scripted, some_errands
from tests.bot.desk import ADA, Desk, a_desk, words
from tests.builders import an_agent, an_inbound

QUEUE = InQueue(QueueId("general"))


@dataclass
class Room:
    """Where the agent is, when the bot comes back to them."""

    there: bool = True
    asked: list[AgentId] = field(default_factory=list)

    def returns(self, tx: Tx, conversation: ConversationId, agent: AgentId) -> bool:
        self.asked.append(agent)
        if self.there:
            lifecycle.assign(tx, get_conversation(tx, conversation), agent, cause=Cause.CAME_BACK)
        return self.there


@dataclass
class Office:
    desk: Desk
    errands: Errands
    room: Room
    conversation: ConversationId

    async def send(self, ask: str = "order_number", question: str | None = None) -> Message:
        """The agent sends the bot; what the bot asks."""

        def give(tx: Tx) -> None:
            self.errands.give(tx, get_conversation(tx, self.conversation), ADA, ask, question)

        await self.desk.world.db.run(give)
        await self.desk.world.relay.drain()
        return (await self.desk.replies(self.conversation))[-1]

    async def handler(self) -> object:
        return (await self.desk.conversation(self.conversation)).handler

    async def handoff(self) -> Handoff | None:
        found = select(conversations.c.handoff).where(conversations.c.id == self.conversation)
        return load_handoff(await self.desk.world.db.read(lambda tx: tx.conn.execute(found).scalar_one()))

    async def events(self, kind: type[Any]) -> list[Any]:
        found = await self.desk.world.db.read(read_events, conversation_topic(self.conversation), 0, 100)
        return [each.event for each in found if isinstance(each.event, kind)]


@pytest.fixture
async def office(sqlite_address: str) -> AsyncIterator[Office]:
    room = Room()
    around = Around(staff=Serving(Service(There.BUSY, open=True)), returns=room.returns)
    errands = some_errands(room.returns)
    async with a_desk(sqlite_address, scripted(), around, also=(errands.handler(),)) as desk:
        (reply,) = await desk.say("My lamp flickers, I want to talk to a human")
        await desk.take(reply.conversation)
        yield Office(desk, errands, room, reply.conversation)


async def test_the_bot_asks_and_brings_the_answer_back_to_the_agent_with_all_that_was_known(
    office: Office,
) -> None:
    asked = await office.send()
    assert isinstance(asked.author, ByBot)
    assert "order number" in words(asked)
    assert await office.handler() == WithBot()
    replies = await office.desk.say("sure: 10234")
    assert await office.handler() == AssignedTo(ADA)
    assert office.room.asked == [ADA]
    assert isinstance(replies[-1].author, BySystem)
    assert "Thank you" in words(replies[-1])
    handoff = await office.handoff()
    assert handoff is not None
    assert (handoff.reason, handoff.slots) == ("errand_done", {"order_number": "LL-10234"})
    assert handoff.quotes == ("My lamp flickers, I want to talk to a human", "sure: 10234")
    assert handoff.steps[-1] == ("fetched", "order_number")
    assert handoff.intent == "talk_to_person"


async def test_the_question_of_the_agent_is_asked_in_their_words(office: Office) -> None:
    assert words(await office.send("own", " Which colour is it? ")) == "Which colour is it?"
    await office.desk.say("blue")
    assert await office.handler() == AssignedTo(ADA)


async def test_what_is_not_got_is_asked_for_once_more_and_then_comes_back(office: Office) -> None:
    await office.send()
    replies = await office.desk.say("no idea")
    assert "still needs" in words(replies[-1])
    assert await office.handler() == WithBot()
    await office.desk.say("really no idea")
    assert await office.handler() == AssignedTo(ADA)
    handoff = await office.handoff()
    assert handoff is not None
    assert handoff.reason == "errand_not_got"


async def test_whoever_is_away_does_not_get_it_back_the_queue_does_and_the_customer_hears_the_truth(
    office: Office,
) -> None:
    office.room.there = False
    await office.send()
    replies = await office.desk.say("10234")
    assert await office.handler() == QUEUE
    assert "All of them are busy" in words(replies[-1])


async def test_what_a_supervisor_sent_it_for_comes_back_to_whose_conversation_it_is(office: Office) -> None:
    def give(tx: Tx) -> None:
        office.errands.give(
            tx, get_conversation(tx, office.conversation), an_agent(tx, "sue"), "order_number", None
        )

    await office.desk.world.db.run(give)
    await office.desk.say("10234")
    assert office.room.asked == [ADA]
    assert await office.handler() == AssignedTo(ADA)


async def test_who_takes_it_back_ends_it_and_what_the_customer_writes_then_is_theirs(office: Office) -> None:
    await office.send()
    await office.desk.take(office.conversation)
    before = len(await office.desk.replies(office.conversation))
    await office.desk.say("10234")
    assert len(await office.desk.replies(office.conversation)) == before
    assert await office.handler() == AssignedTo(ADA)
    assert office.room.asked == []


async def test_taken_back_before_the_answer_is_worked_off_the_bot_says_nothing_more(office: Office) -> None:
    await office.send()
    before = len(await office.desk.replies(office.conversation))
    await office.desk.write("10234")
    await office.desk.take(office.conversation)
    await office.desk.world.relay.drain()
    assert len(await office.desk.replies(office.conversation)) == before
    assert await office.events(ErrandEnded) == []


async def test_sent_and_taken_back_in_the_same_instant_the_question_is_stale(office: Office) -> None:
    def both(tx: Tx) -> None:
        office.errands.give(tx, get_conversation(tx, office.conversation), ADA, "photo", None)
        lifecycle.assign(tx, get_conversation(tx, office.conversation), ADA, cause=Cause.TAKEN)

    await office.desk.world.db.run(both)
    conversation = await office.desk.conversation(office.conversation)
    (asked,) = [
        each
        for each in await office.desk.replies(office.conversation)
        if isinstance(each.author, ByBot) and "photo" in words(each)
    ]
    assert isinstance(asked.author, ByBot)
    assert asked.author.turn < conversation.turn
    assert asked.delivery is not None
    assert asked.delivery.state is DeliveryState.QUEUED


async def test_a_second_errand_has_a_turn_of_its_own_and_forgets_the_first(office: Office) -> None:
    await office.send("photo")
    await office.desk.take(office.conversation)
    await office.send("order_number")
    await office.desk.say("10234")
    handoff = await office.handoff()
    assert handoff is not None
    assert handoff.slots == {"order_number": "LL-10234"}
    given = await office.events(ErrandGiven)
    assert [each.kind for each in given] == ["photo", "order_number"]
    assert [each.errand for each in await office.events(ErrandEnded)] == [given[1].errand]


async def test_what_nobody_answers_comes_back_by_itself_once_and_without_a_word(office: Office) -> None:
    await office.send()
    before = len(await office.desk.replies(office.conversation))
    office.desk.world.clock.forward(HandingSettings().errand_s + 1)
    await office.desk.world.relay.drain()
    await office.desk.world.relay.drain()
    assert await office.handler() == AssignedTo(ADA)
    assert len(await office.desk.replies(office.conversation)) == before
    causes = [each.cause for each in await office.events(HandlerChanged)]
    assert causes.count("came_back") == 2


async def test_the_time_of_an_errand_that_ended_does_nothing(office: Office) -> None:
    await office.send()
    await office.desk.take(office.conversation)
    office.desk.world.clock.forward(HandingSettings().errand_s + 1)
    await office.desk.world.relay.drain()
    assert await office.handler() == AssignedTo(ADA)
    assert await office.events(ErrandEnded) == []


@pytest.mark.parametrize(
    ("ask", "question", "field"),
    [("tea", None, "ask"), ("own", "  ", "question"), ("own", "x" * 501, "question")],
)
async def test_what_makes_no_sense_is_refused_by_its_field(
    office: Office, ask: str, question: str | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await office.send(ask, question)
    assert refused.value.field == field
    assert await office.handler() == AssignedTo(ADA)


async def test_where_no_bot_answers_none_can_be_sent(office: Office) -> None:
    off = update(inbox).values(bot=False, bot_mode="off")
    await office.desk.world.db.run(lambda tx: tx.conn.execute(off).rowcount)
    with pytest.raises(Conflict) as refused:
        await office.send()
    assert refused.value.code == "no_bot"


async def test_a_webhook_that_comes_late_and_again_after_the_agent_took_it_back_moves_nothing(
    office: Office,
) -> None:
    """The provider repeats what it told while the bot was on its errand."""
    await office.send()
    late = an_inbound("10234", key="late")
    world = office.desk.world
    await world.db.run(receive_message, late)
    await office.desk.take(office.conversation)
    before = len(await office.desk.replies(office.conversation))
    for _ in range(3):
        received = await world.db.run(receive_message, late)
        assert received.duplicate
        await world.relay.drain()
    assert await office.handler() == AssignedTo(ADA)
    assert len(await office.desk.replies(office.conversation)) == before


async def test_an_errand_that_is_answered_twice_at_once_comes_back_once(office: Office) -> None:
    await office.send()
    await office.desk.write("10234")
    await office.desk.write("20871")
    await office.desk.world.relay.drain()
    assert await office.handler() == AssignedTo(ADA)
    assert len(await office.events(ErrandEnded)) == 1
    assert len(office.room.asked) == 1


async def test_the_time_of_the_first_errand_does_not_end_the_second(office: Office) -> None:
    await office.send("photo")
    office.desk.world.clock.forward(HandingSettings().errand_s / 2)
    await office.desk.take(office.conversation)
    await office.send("order_number")
    office.desk.world.clock.forward(HandingSettings().errand_s / 2 + 1)
    await office.desk.world.relay.drain()
    assert await office.handler() == WithBot()
