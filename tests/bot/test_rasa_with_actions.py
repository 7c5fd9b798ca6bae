"""Our client, our action server and a real Rasa understand each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.actions import ActionSettings, RasaActions
from bot.contract import PastTurn, RasaAddress, Turn
from bot.live import LiveTurns
from bot.policy.deciding import decide
from bot.policy.settings import PolicySettings
from bot.proposals import (
    Affirmed,
    AskSlot,
    Complains,
    Denied,
    Found,
    NotProven,
    NumberRefused,
    OrderTold,
    Proposal,
    Talk,
    Understanding,
    WantsPerson,
)
from bot.rasa import RasaEngine
from bot.reply import HandOff
from core.clock import SystemClock
from core.errors import Unavailable
from core.ids import ConversationId, TurnId
from core.web import errors_as_json
from tests.bot.builders import a_past, a_turn, some_findings
from tests.bot.fake_rasa import Rasas
from tests.servers.rasa import RunningRasa

pytestmark = pytest.mark.rasa


@dataclass
class Conversation:
    """What a customer says in turn, with our record of it."""

    engine: RasaEngine
    name: str
    past: list[PastTurn] = field(default_factory=list)
    proven: bool = True

    async def say(self, text: str) -> Understanding:
        turn = self.turn(text)
        understood = await self.engine.understand(turn)
        self.past.append(
            replace(
                a_past(text),
                id=turn.id,
                engine="rasa",
                active_form=understood.active_form,
                slots=understood.slots,
            )
        )
        return understood

    def turn(self, text: str) -> Turn:
        number = len(self.past)
        return a_turn(
            text,
            id=TurnId(f"{self.name}-{number}"),
            conversation=ConversationId(self.name),
            history=tuple(self.past),
            proven=self.proven,
        )


@pytest.fixture
async def engine(rasa: RunningRasa) -> AsyncIterator[RasaEngine]:
    turns = LiveTurns()
    actions = RasaActions(some_findings(), turns, ActionSettings(rasa.action_secret))
    application = web.Application(middlewares=[errors_as_json])
    for route in actions.routes():
        application.router.add_route(route.method, route.path, route.handler)
    async with TestServer(application, host="127.0.0.1") as server, aiohttp.ClientSession() as session:
        rasa.actions.elsewhere = str(server.make_url(actions.routes()[0].path))
        rasa.actions.mode = "elsewhere"
        yield RasaEngine(session, Rasas(RasaAddress(rasa.url, rasa.secret)), turns, SystemClock())
        rasa.actions.mode = "well"


def kinds(understood: Understanding) -> list[type[Proposal]]:
    return [type(proposal) for proposal in understood.proposals]


@pytest.mark.parametrize("text", ["How do I return a lamp?", "台灯怎么退货？"])
async def test_a_question_finds_articles(engine: RasaEngine, text: str) -> None:
    understood = await Conversation(engine, f"articles-{len(text)}").say(text)
    (found,) = understood.proposals
    assert isinstance(found, Found)
    assert found.answers[0].article == "returns"
    assert (understood.intent, understood.engine) == ("ask_knowledge", "rasa")


@pytest.mark.parametrize(
    ("start", "wrong", "question", "number"),
    [
        ("where is my order?", "it is 99999", "How do I return a lamp?", "LL-10234"),
        ("我的订单到哪里了", "订单号是99999", "台灯怎么退货？", "订单号是 LL-10234"),
    ],
)
async def test_an_order_is_found_after_a_wrong_number_and_a_question(
    engine: RasaEngine, start: str, wrong: str, question: str, number: str
) -> None:
    talk = Conversation(engine, f"order-{len(start)}")
    asked, refused, answered, told = [await talk.say(text) for text in (start, wrong, question, number)]
    assert [kinds(each) for each in (asked, refused, answered)] == [
        [AskSlot],
        [NumberRefused, AskSlot],
        [Found, AskSlot],
    ]
    (order,) = told.proposals
    assert isinstance(order, OrderTold)
    assert (order.order.number, told.active_form) == ("LL-10234", None)


async def test_nothing_about_an_order_comes_back_for_who_is_not_proven(engine: RasaEngine) -> None:
    talk = Conversation(engine, "not-proven", proven=False)
    asked, named = await talk.say("where is my order?"), await talk.say("it is LL-10234")
    told = [each for heard in (asked, named) for each in heard.proposals]
    assert not [each for each in told if isinstance(each, OrderTold | NumberRefused)]
    assert NotProven() in told
    for heard in (asked, named):
        said = decide(talk.turn("where is my order?"), heard, PolicySettings())
        assert isinstance(said, HandOff)
        assert said.reason == "not_proven"


async def test_small_talk_people_and_complaints_arrive(engine: RasaEngine) -> None:
    talk = Conversation(engine, "small-talk")
    said = ("hello", "yes", "no", "I want to complain", "转人工", "你是机器人吗", "goodbye")
    arrived = [kind for text in said for kind in kinds(await talk.say(text))]
    assert arrived == [Talk, Affirmed, Denied, Complains, WantsPerson, Talk, Talk]


async def test_a_form_that_the_scripted_engine_opened_goes_on(engine: RasaEngine) -> None:
    talk = Conversation(engine, "taken-over")
    talk.past.append(replace(a_past("where is my order?"), id=TurnId("earlier"), active_form="order_form"))
    assert kinds(await talk.say("LL-10234")) == [OrderTold]


async def test_a_tracker_that_rasa_lost_is_restored_on_the_way(engine: RasaEngine, rasa: RunningRasa) -> None:
    talk = Conversation(engine, "lost")
    await talk.say("where is my order?")
    start = [{"event": "action", "name": "action_listen"}]
    assert rasa.call("PUT", "/conversations/lost/tracker/events", start)[0] == 200
    assert kinds(await talk.say("LL-10234")) == [OrderTold]


async def test_a_turn_whose_answer_was_lost_is_answered_when_repeated(engine: RasaEngine) -> None:
    talk = Conversation(engine, "repeated")
    await talk.say("hello")
    repeated = talk.turn("where is my order?")
    first, second = [await engine.understand(repeated) for _ in range(2)]
    assert kinds(first) == kinds(second) == [AskSlot]


async def test_a_command_of_a_customer_changes_nothing(engine: RasaEngine) -> None:
    talk = Conversation(engine, "command")
    await talk.say("where is my order?")
    await talk.say("/restart")
    assert kinds(await talk.say("LL-10234")) == [OrderTold]


async def test_actions_that_do_not_answer_are_unavailable(engine: RasaEngine, rasa: RunningRasa) -> None:
    rasa.actions.mode = "broken"
    with pytest.raises(Unavailable):
        await Conversation(engine, "broken").say("How do I return a lamp?")
