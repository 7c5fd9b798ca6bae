"""Whole conversations with real Rasa: our handler, our client, our action server, our record."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.actions import PATH, ActionSettings, RasaActions
from bot.contract import RasaAddress
from bot.engines import WithFallback
from bot.live import LiveTurns
from bot.rasa import RasaEngine, RasaSettings
from bot.wording import NO_NAME
from core.conversation import InQueue, WithBot
from core.ids import ConversationId, TurnId
from core.message import ByBot
from core.web import errors_as_json
from tests.bot.builders import TEXTS, a_turn, scripted, some_findings
from tests.bot.desk import Desk, a_desk, option, words
from tests.builders import CountingIds, ManualClock
from tests.servers.rasa import RunningRasa

pytestmark = pytest.mark.rasa


@dataclass
class Where:
    """Where Rasa is; a test takes it away and gives it back."""

    rasa: RunningRasa
    there: bool = True

    def places(self, conversation: ConversationId) -> tuple[RasaAddress, ...]:
        return (RasaAddress(self.rasa.url, self.rasa.secret),) if self.there else ()


@dataclass
class Stage:
    """A desk whose bot has real Rasa behind it."""

    desk: Desk
    where: Where
    turns: LiveTurns

    async def say(self, text: str) -> str:
        """What the bot's newest message says."""
        replies = await self.desk.say(text)
        return words(replies[-1])

    async def engines(self) -> list[str]:
        return [row.engine for row in await self.desk.turns()]


@asynccontextmanager
async def _actions(rasa: RunningRasa, turns: LiveTurns) -> AsyncIterator[None]:
    app = web.Application(middlewares=[errors_as_json])
    served = RasaActions(some_findings(), turns, ActionSettings(rasa.action_secret))
    for route in served.routes():
        app.router.add_route(route.method, route.path, route.handler)
    server = TestServer(app)
    await server.start_server()
    rasa.actions.elsewhere, rasa.actions.mode = str(server.make_url(PATH)), "elsewhere"
    try:
        yield
    finally:
        rasa.actions.mode = "well"
        await server.close()


_BLOCKS = itertools.count(1)


def next_ids(ids: CountingIds) -> None:
    ids._numbers = itertools.count(next(_BLOCKS) * 10_000)


@pytest.fixture
async def stage(rasa: RunningRasa, sqlite_address: str) -> AsyncIterator[Stage]:
    turns, where = LiveTurns(), Where(rasa)
    async with _actions(rasa, turns), aiohttp.ClientSession() as session:
        asked = RasaEngine(session, where, turns, ManualClock(), RasaSettings(turn_s=20))
        engine = WithFallback(asked, scripted())
        async with a_desk(sqlite_address, engine, think_s=30, attempt_s=60) as desk:
            # Each test has a database of its own but all share one Rasa: their conversations must differ.
            next_ids(desk.world.ids)
            yield Stage(desk, where, turns)


def text(key: str, language: str = "en", **values: str) -> str:
    return TEXTS.say(key, language, **{"example": "LL-12345", "persona": NO_NAME, **values})


async def test_a_conversation_in_english(stage: Stage) -> None:
    assert await stage.say("hello there") == text("bot-greet")
    assert "PayPal" in await stage.say("how can I pay by card?")
    assert await stage.say("where is my order?") == text("bot-order-ask-number")
    interrupted = await stage.say("how do I return an item and get my money back?")
    assert "30 days" in interrupted
    assert interrupted.endswith(text("bot-order-ask-number"))
    assert await stage.say("it is 99999") == text("bot-order-unknown", number="LL-99999")
    assert "LL-10234" in await stage.say("10234")
    assert await stage.say("thanks a lot") == text("bot-thanks")
    assert set(await stage.engines()) == {"rasa"}


async def test_a_conversation_in_chinese_that_ends_with_a_person(stage: Stage) -> None:
    assert await stage.say("你好") == text("bot-greet", "zh")
    assert "30天" in await stage.say("怎么退货")
    assert await stage.say("我的订单到哪了") == text("bot-order-ask-number", "zh")
    replies = await stage.desk.say("你们的服务太差了，我要投诉")
    assert isinstance(replies[-1].author, ByBot)
    assert text("bot-complaint", "zh") in words(replies[-1])
    assert isinstance((await stage.desk.conversation(replies[-1].conversation)).handler, InQueue)
    assert set(await stage.engines()) == {"rasa"}


async def test_the_switch_to_scripted_and_back_in_the_midst_of_the_form_loses_nothing(stage: Stage) -> None:
    assert await stage.say("where is my order?") == text("bot-order-ask-number")
    stage.where.there = False
    assert await stage.say("it is 99999") == text("bot-order-unknown", number="LL-99999")
    stage.where.there = True
    assert "LL-20871" in await stage.say("20871")
    assert await stage.engines() == ["rasa", "scripted", "rasa"]


async def test_a_button_between_two_turns_of_rasa_leaves_it_in_step(stage: Stage) -> None:
    replies = await stage.desk.say("how can I pay by card?")
    await stage.desk.say(option(replies[-1], "That helped"))
    assert await stage.say("where is my order?") == text("bot-order-ask-number")
    assert await stage.engines() == ["rasa", "policy", "rasa"]


async def test_a_turn_that_rasa_took_but_we_never_committed_is_taken_again(stage: Stage) -> None:
    replies = await stage.desk.say("hello there")
    conversation = replies[-1].conversation
    lost = a_turn("where is my order?", id=TurnId("lost"), conversation=conversation)
    with stage.turns.during(lost):
        stage.where.rasa.say("where is my order?", conversation, turn="lost")
    assert "PayPal" in await stage.say("how can I pay by card?")
    last = (await stage.desk.turns())[-1]
    assert (last.engine, last.active_form) == ("rasa", None)


@pytest.mark.parametrize("command", ["/restart", "/order_status", '/talk_to_person{"x":"y"}', "\u200b /back"])
async def test_a_command_typed_by_a_customer_is_only_a_text(stage: Stage, command: str) -> None:
    await stage.say("where is my order?")
    await stage.say(command)
    rows = await stage.desk.turns()
    assert rows[-1].active_form == "order_form"
    replies = await stage.desk.say("10234")
    assert "LL-10234" in words(replies[-1])
    assert (await stage.desk.conversation(replies[-1].conversation)).handler == WithBot()


async def test_while_the_actions_fail_the_scripted_engine_answers(stage: Stage) -> None:
    stage.where.rasa.actions.mode = "broken"
    assert "PayPal" in await stage.say("how can I pay by card?")
    assert await stage.engines() == ["scripted"]


async def test_after_a_filled_form_the_tracker_is_where_our_record_left_it(stage: Stage) -> None:
    await stage.say("where is my order?")
    replies = await stage.desk.say("10234")
    last = (await stage.desk.turns())[-1].id
    answer = stage.where.rasa.say("thanks", replies[-1].conversation, turn="next", after=last)
    assert answer.record["failed"] is None
