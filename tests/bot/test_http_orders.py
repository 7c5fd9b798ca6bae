"""Somebody's shop over HTTP: asked with signed calls, never waited for long, and not believed about whose an order is."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.orders.http import HttpOrders, HttpOrderSettings
from core.errors import Invalid, Unavailable
from core.ids import ContactId
from core.order import Customer, Done, Instruction, NoSuchOrder, Order, OrderState
from core.outbound import Outbound, OutboundSettings
from core.signing import signed
from tests.builders import ManualClock

pytestmark = pytest.mark.served
SECRET = "of the shop's owner"
OLIVE = Customer(ContactId("olive"), verified=True, emails=("olive@example.com",), users=("web:olive",))
MALLORY = Customer(ContactId("mallory"), verified=True, emails=("mallory@example.com",))
KEY = Instruction("k1")


def told(**values: Any) -> dict[str, Any]:
    details = {
        "placed_at": "2026-03-01T10:00:00Z",
        "currency": "EUR",
        "items": [{"name": "Lamp", "price": 8900}],
        "address": "1 Elm Road",
        "email": "Olive@example.com",
    } | values
    return {"order": {"number": "LL-10001", "state": "placed", "details": details}}


@dataclass
class Theirs:
    """The shop: answers what a test wants, in the way that it wants."""

    answers: dict[str, Any] = field(default_factory=lambda: {"look_up": told(), "cancel": {"result": "done"}})
    status: int = 200
    hangs: bool = False
    calls: list[tuple[dict[str, Any], dict[str, str], bytes]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        asked = json.loads(body)
        self.calls.append((asked, {name.lower(): value for name, value in request.headers.items()}, body))
        if self.hangs:
            await asyncio.Event().wait()
        answer = self.answers[asked["ask"]]
        text = answer if isinstance(answer, str) else json.dumps(answer)
        headers = {"Location": "/shop"} if self.status in range(300, 400) else {}
        return web.Response(text=text, status=self.status, headers=headers)


@dataclass
class Pair:
    theirs: Theirs
    orders: HttpOrders
    clock: ManualClock


Serve = Callable[..., Awaitable[TestServer]]


@pytest.fixture
async def pair(aiohttp_server: Serve) -> AsyncIterator[Pair]:
    theirs, clock = Theirs(), ManualClock()
    app = web.Application()
    app.router.add_post("/shop", theirs.handle)
    server = await aiohttp_server(app)
    async with aiohttp.ClientSession() as session:
        settings = HttpOrderSettings(str(server.make_url("/shop")), SECRET, call_s=0.3, answer_bytes=10_000)
        yield Pair(theirs, HttpOrders(session, clock, settings), clock)


async def test_each_call_is_signed_and_names_only_what_is_proven(pair: Pair) -> None:
    await pair.orders.look_up("LL-10001", OLIVE)
    asked, headers, body = pair.theirs.calls[0]
    assert asked == {
        "v": 1,
        "ask": "look_up",
        "number": "LL-10001",
        "customer": {"emails": ["olive@example.com"], "users": ["web:olive"]},
    }
    proof = signed(SECRET.encode(), headers["webhook-id"], pair.clock.now(), body)
    assert {name: headers[name] for name in proof} == dict(proof)
    unproven = Customer(OLIVE.contact, verified=False, emails=OLIVE.emails, users=OLIVE.users)
    await pair.orders.look_up("LL-10001", unproven)
    assert pair.theirs.calls[1][0]["customer"] == {"emails": [], "users": []}


async def test_a_shop_that_tells_everybody_everything_is_not_passed_on(pair: Pair) -> None:
    assert (await pair.orders.look_up("LL-10001", MALLORY)) == Order("LL-10001", OrderState.PLACED)
    own = await pair.orders.look_up("LL-10001", OLIVE)
    assert own is not None
    assert own.details is not None
    pair.theirs.answers["orders_of"] = {"orders": [told()["order"]]}
    assert await pair.orders.orders_of(MALLORY, 5) == []


async def test_a_shop_that_changes_whatever_it_is_told_to_is_not_asked_for_another(pair: Pair) -> None:
    assert await pair.orders.cancel("LL-10001", MALLORY, KEY) == NoSuchOrder()
    assert [asked["ask"] for asked, _, _ in pair.theirs.calls] == ["look_up"]
    assert await pair.orders.cancel("LL-10001", OLIVE, KEY) == Done()
    assert pair.theirs.calls[-1][0]["key"] == "k1"


@pytest.mark.parametrize(
    "whose", [{"email": None}, {"email": ""}, {"email": None, "user": ""}, {"email": "*", "user": None}]
)
async def test_an_order_that_says_of_nobody_whose_it_is_is_nobodys(pair: Pair, whose: dict[str, Any]) -> None:
    pair.theirs.answers["look_up"] = told(**whose)
    order = await pair.orders.look_up("LL-10001", OLIVE)
    assert order is not None
    assert order.details is None


async def test_the_name_that_the_site_signed_is_enough(pair: Pair) -> None:
    pair.theirs.answers["look_up"] = told(email=None, user="web:olive")
    order = await pair.orders.look_up("LL-10001", OLIVE)
    assert order is not None
    assert order.details is not None


@pytest.mark.parametrize(
    "answer",
    [
        "<html>",
        "",
        "[]",
        {"order": {"number": "LL-10001", "state": "lost"}},
        {"order": {"number": "LL-77777", "state": "placed"}},
        told(placed_at="2026-03-01T10:00:00"),
        told(address="x" * 20_000),
    ],
)
async def test_what_cannot_be_right_is_no_answer(pair: Pair, answer: Any) -> None:
    pair.theirs.answers["look_up"] = answer
    with pytest.raises(Unavailable):
        await pair.orders.look_up("LL-10001", OLIVE)


@pytest.mark.parametrize("status", [302, 307, 404, 500])
async def test_only_success_is_an_answer_and_nobody_is_followed(pair: Pair, status: int) -> None:
    pair.theirs.status = status
    with pytest.raises(Unavailable, match=str(status)):
        await pair.orders.look_up("LL-10001", OLIVE)
    assert len(pair.theirs.calls) == 1


async def test_it_is_not_waited_for_long(pair: Pair) -> None:
    pair.theirs.hangs = True
    async with asyncio.timeout(60):
        with pytest.raises(Unavailable):
            await pair.orders.look_up("LL-10001", OLIVE)


async def test_what_it_did_not_say_is_not_promised(pair: Pair) -> None:
    pair.theirs.answers["cancel"] = {}
    with pytest.raises(Unavailable):
        await pair.orders.cancel("LL-10001", OLIVE, KEY)


async def test_an_address_inside_is_not_asked() -> None:
    connector = Outbound(OutboundSettings()).connector()
    async with aiohttp.ClientSession(connector=connector) as session:
        settings = HttpOrderSettings("http://127.0.0.1:9/shop", SECRET)
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
            await HttpOrders(session, ManualClock(), settings).look_up("LL-10001", OLIVE)


@pytest.mark.parametrize(("url", "secret"), [("ftp://shop", SECRET), ("https://shop.example", "")])
async def test_an_address_or_a_secret_that_cannot_be_is_named_at_the_start(url: str, secret: str) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(Invalid, match="PARLEY_BOT_SHOP"):
            HttpOrders(session, ManualClock(), HttpOrderSettings(url, secret))
