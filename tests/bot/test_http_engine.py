"""A bot of somebody's own over HTTP: asked with signed calls, believed only as far as its form goes, never waited for long."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.contract import Turn
from bot.findings import Findings
from bot.http_engine import HttpEngine, HttpEngineSettings
from bot.orders.contract import OrderFormat
from bot.policy.deciding import decide
from bot.policy.settings import PolicySettings
from bot.proposals import Complains, Found, Said, Understanding, WantsPerson
from bot.reply import HandOff, Say, Words
from core.errors import Invalid, Unavailable
from core.outbound import Outbound, OutboundSettings
from core.signing import signed
from tests.bot.builders import ORDERS, SmallKnowledge, a_past, a_turn
from tests.builders import ManualClock

pytestmark = pytest.mark.served
SECRET = "of the bot's owner"


@dataclass
class Theirs:
    """The other side: says what a test wants, in the way that it wants."""

    answer: Any = field(default_factory=lambda: {"proposals": [{"kind": "text", "text": "Hello!"}]})
    status: int = 200
    hangs: bool = False
    calls: list[tuple[dict[str, Any], dict[str, str], bytes]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.calls.append((json.loads(body), {k.lower(): v for k, v in request.headers.items()}, body))
        if self.hangs:
            await asyncio.Event().wait()
        text = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
        headers = {"Location": "/elsewhere"} if self.status in range(300, 400) else {}
        return web.Response(body=text.encode("utf-8", "surrogatepass"), status=self.status, headers=headers)


@dataclass
class Pair:
    theirs: Theirs
    engine: HttpEngine
    clock: ManualClock
    knowledge: SmallKnowledge

    async def hear(self, turn: Turn) -> Understanding:
        return await self.engine.understand(turn)


Serve = Callable[..., Awaitable[TestServer]]


@pytest.fixture
async def pair(aiohttp_server: Serve) -> Any:
    theirs, clock, knowledge = Theirs(), ManualClock(), SmallKnowledge()
    app = web.Application()
    app.router.add_post("/bot", theirs.handle)
    server = await aiohttp_server(app)
    async with aiohttp.ClientSession() as session:
        settings = HttpEngineSettings(str(server.make_url("/bot")), SECRET, turn_s=0.5)
        findings = Findings(knowledge, ORDERS, OrderFormat())
        yield Pair(theirs, HttpEngine(session, findings, clock, settings), clock, knowledge)


async def test_it_gets_the_words_and_nothing_of_who_writes_them(pair: Pair) -> None:
    turn = a_turn("/where is it?", verified=True, emails=("kim@example.com",), history=(a_past("hi"),))
    await pair.hear(turn)
    asked, headers, body = pair.theirs.calls[0]
    assert asked["text"] == "\uff0fwhere is it?"
    assert (asked["v"], asked["turn"], asked["conversation"], asked["verified"]) == (1, "t9", "c1", True)
    assert [each["text"] for each in asked["history"]] == ["hi"]
    assert "kim" not in body.decode()
    assert "p1" not in asked.values()
    proof = signed(SECRET.encode(), "t9", pair.clock.now(), body)
    assert {name: headers[name] for name in proof} == dict(proof)


async def test_what_it_proposes_is_said_looked_up_or_passed_on_by_us(pair: Pair) -> None:
    pair.theirs.answer = {
        "intent": "weather",
        "confidence": 0.7,
        "language": "en",
        "proposals": [
            {"kind": "text", "text": "It rains.", "answers": True},
            {"kind": "knowledge", "question": "How do I return a lamp?"},
            {"kind": "person"},
            {"kind": "complaint"},
        ],
    }
    heard = await pair.hear(a_turn("weather?"))
    said, found, *others = heard.proposals
    assert (heard.engine, heard.intent, heard.confidence) == ("http", "weather", 0.7)
    assert said == Said("It rains.", answers=True)
    assert isinstance(found, Found)
    assert found.answers[0].article == "returns"
    assert others == [WantsPerson(), Complains()]


async def test_its_words_are_a_reply_and_the_same_question_again_leads_to_a_person(pair: Pair) -> None:
    pair.theirs.answer = {"proposals": [{"kind": "text", "text": "It rains.", "answers": True}]}
    turn = a_turn("How is the weather today?")
    reply = decide(turn, await pair.hear(turn), PolicySettings())
    assert isinstance(reply, Say)
    assert reply.pieces == (Words("It rains."),)
    again = a_turn("how is the weather today", history=(a_past("How is the weather today?"),))
    assert isinstance(decide(again, await pair.hear(again), PolicySettings()), HandOff)


async def test_an_intent_about_an_order_opens_our_form_and_a_yes_to_it_is_heard_by_us(pair: Pair) -> None:
    pair.theirs.answer = {"intent": "order_cancel", "proposals": [{"kind": "text", "text": "Sure!"}]}
    opened = await pair.hear(a_turn("get rid of LL-10877", verified=True))
    assert opened.active_form == "cancel_form"
    assert not any(isinstance(each, Said) for each in opened.proposals)
    pair.theirs.answer = {"intent": "chat", "proposals": [{"kind": "text", "text": "Yes what?"}]}
    last = a_past("get rid of LL-10877", active_form="cancel_form", slots=opened.slots)
    going = {"verified": True, "history": (last,)}
    agreed = await pair.hear(a_turn("yes", **going))
    assert not any(isinstance(each, Said) for each in agreed.proposals)
    aside = await pair.hear(a_turn("what colours do lamps come in?", **going))
    assert aside.active_form == "cancel_form"
    assert isinstance(aside.proposals[0], Said)


TOO_MANY = {"proposals": [{"kind": "person"}] * 5}


@pytest.mark.parametrize(
    "answer",
    [
        "<html>busy</html>",
        "",
        "[]",
        "{}",
        {"proposals": [{"kind": "order", "number": "LL-1"}]},
        {"proposals": [{"kind": "text"}]},
        {"proposals": [{"kind": "text", "text": "  \u0000 "}]},
        {"proposals": [], "confidence": 7},
        {"proposals": [], "confidence": "NaN"},
        {"proposals": [], "intent": "x" * 65},
        TOO_MANY,
        '{"proposals": [{"kind": "text", "text": "\ud800"}]}',
        "[" * 100_000,
        json.dumps({"proposals": [{"kind": "text", "text": "a" * 70_000}]}),
    ],
)
async def test_nonsense_is_as_good_as_no_answer(pair: Pair, answer: Any) -> None:
    pair.theirs.answer = answer
    with pytest.raises(Unavailable):
        await pair.hear(a_turn("hi"))


@pytest.mark.parametrize("status", [204, 302, 404, 500])
async def test_another_status_is_a_failure_and_no_redirection_is_followed(pair: Pair, status: int) -> None:
    pair.theirs.status = status
    with pytest.raises(Unavailable):
        await pair.hear(a_turn("hi"))
    assert len(pair.theirs.calls) == 1


async def test_after_three_failures_it_is_left_alone_for_a_while(pair: Pair) -> None:
    pair.theirs.status = 500
    for _ in range(5):
        with pytest.raises(Unavailable):
            await pair.hear(a_turn("hi"))
    assert len(pair.theirs.calls) == 3
    pair.theirs.status = 200
    pair.clock.forward(3)
    assert (await pair.hear(a_turn("hi"))).proposals == (Said("Hello!"),)


async def test_who_does_not_answer_is_not_waited_for(pair: Pair) -> None:
    pair.theirs.hangs = True
    with pytest.raises(Unavailable, match="Timeout"):
        await pair.hear(a_turn("hi"))


async def test_an_address_inside_is_not_connected_to(aiohttp_server: Serve) -> None:
    theirs = Theirs()
    app = web.Application()
    app.router.add_post("/bot", theirs.handle)
    server = await aiohttp_server(app)
    outbound = Outbound(OutboundSettings())
    async with aiohttp.ClientSession(connector=outbound.connector()) as session:
        findings = Findings(SmallKnowledge(), ORDERS, OrderFormat())
        url = str(server.make_url("/bot"))
        engine = HttpEngine(session, findings, ManualClock(), HttpEngineSettings(url, SECRET))
        with pytest.raises(Unavailable):
            await engine.understand(a_turn("hi"))
    assert theirs.calls == []


@pytest.mark.parametrize(
    ("url", "secret", "field"),
    [("", SECRET, "URL"), ("ftp://x", SECRET, "URL"), ("https://bot.example", "", "SECRET")],
)
async def test_an_address_without_a_secret_is_refused_at_the_start(url: str, secret: str, field: str) -> None:
    async with aiohttp.ClientSession() as session:
        findings = Findings(SmallKnowledge(), ORDERS, OrderFormat())
        with pytest.raises(Invalid) as refused:
            HttpEngine(session, findings, ManualClock(), HttpEngineSettings(url, secret))
    assert refused.value.field == f"PARLEY_BOT_HTTP_{field}"
