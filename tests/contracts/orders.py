"""What the tests of every order connector need: the same shop behind each of them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.orders import http_wire as wire
from bot.orders.contract import OrderConnector
from bot.orders.http import HttpOrders, HttpOrderSettings
from bot.orders.memory import MemoryOrders
from bot.orders.store import StoredOrders
from core.ids import ContactId
from core.order import (
    AwaitsApproval,
    Customer,
    Done,
    Instruction,
    NoSuchOrder,
    Order,
    OrderDetails,
    OrderItem,
    OrderResult,
    OrderState,
    Owner,
    Refused,
)
from core.ordering.importing import GivenOrder, put_orders
from core.signing import signed
from tests.builders import MORNING, ManualClock, a_company, a_world
from tests.core.people import somebody

OLIVE, MALLORY = "olive@example.com", "mallory@example.com"
ITEMS = (OrderItem("Reading lamp", 1, 8900), OrderItem("LED bulb", 4, 650))
TOTAL = 11500
SECRET = "of the shop's owner"
ADDRESS = "Olive Grant\n1 Elm Road\n10115 Berlin"
STATES = {
    "LL-10001": OrderState.PLACED,
    "LL-10002": OrderState.PACKED,
    "LL-10003": OrderState.SHIPPED,
    "LL-10004": OrderState.DELIVERED,
    "LL-10005": OrderState.CANCELLED,
}
"""Olive's orders."""


@dataclass(frozen=True, slots=True)
class Shop:
    """``olive`` owns all orders, ``mallory`` none; both have proven who they are."""

    orders: OrderConnector
    olive: Customer
    mallory: Customer


MakeShop = Callable[[str], AbstractAsyncContextManager[Shop]]


def _placed(number: str) -> timedelta:
    return timedelta(days=30 - int(number[-1]))


@asynccontextmanager
async def in_memory(_address: str) -> AsyncIterator[Shop]:
    delivered = MORNING - timedelta(days=2)
    orders = [
        Order(number, state, None, OrderDetails(MORNING - _placed(number), "EUR", ITEMS, ADDRESS, delivered))
        for number, state in STATES.items()
    ]
    owners = dict.fromkeys(STATES, OLIVE)
    yield Shop(
        MemoryOrders(orders, owners, ManualClock()),
        Customer(ContactId("olive"), verified=True, emails=(OLIVE,)),
        Customer(ContactId("mallory"), verified=True, emails=(MALLORY,)),
    )


@asynccontextmanager
async def in_the_database(address: str) -> AsyncIterator[Shop]:
    async with a_world(address) as world:
        await world.db.run(a_company)
        delivered = MORNING - timedelta(days=2)
        orders = [
            GivenOrder(
                number,
                state,
                MORNING - _placed(number),
                "EUR",
                ITEMS,
                ADDRESS,
                Owner(OLIVE),
                delivered_at=delivered,
            )
            for number, state in STATES.items()
        ]
        await world.db.run(put_orders, orders)
        olive = await world.db.run(somebody, "email", OLIVE)
        mallory = await world.db.run(somebody, "email", MALLORY)
        yield Shop(
            StoredOrders(world.db),
            Customer(olive, verified=True, emails=(OLIVE,)),
            Customer(mallory, verified=True, emails=(MALLORY,)),
        )


class OtherShop:
    """Somebody's shop behind HTTP, as ``docs/bot.md`` says: it keeps its orders in memory."""

    def __init__(self, orders: OrderConnector, owner: str) -> None:
        self._orders = orders
        self._owner = owner

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
        proof = signed(SECRET.encode(), request.headers["webhook-id"], at, body)
        assert request.headers["webhook-signature"] == proof["webhook-signature"]
        told = await self._tell(msgspec.json.decode(body, type=wire.AskedOrder))
        return web.Response(body=msgspec.json.encode(told), content_type="application/json")

    async def _tell(self, asked: wire.AskedOrder) -> wire.Told:
        emails = asked.customer.emails
        who = Customer(ContactId("?"), verified=bool(emails), emails=emails)
        number, key = asked.number or "", Instruction(asked.key or "")
        match asked.ask:
            case "look_up":
                found = await self._orders.look_up(number, who)
                return wire.Told(order=None if found is None else self._order(found))
            case "orders_of":
                own = await self._orders.orders_of(who, asked.limit or 0)
                return wire.Told(orders=tuple(map(self._order, own)))
            case "cancel":
                return _result(await self._orders.cancel(number, who, key))
            case "change_address":
                return _result(await self._orders.change_address(number, who, key, asked.address or ""))
            case "return":
                return _result(await self._orders.request_return(number, who, key, asked.reason or ""))
            case "refund":
                reason = asked.reason or ""
                return _result(await self._orders.request_refund(number, who, key, reason, asked.amount))

    def _order(self, order: Order) -> wire.ToldOrder:
        details = order.details
        told = None
        if details is not None:
            told = wire.ToldDetails(
                details.placed_at,
                details.currency,
                tuple(wire.ToldItem(each.name, each.price, each.quantity) for each in details.items),
                details.address,
                email=self._owner,
                delivered_at=details.delivered_at,
                requests=tuple(
                    wire.ToldRequest(each.id, each.kind, each.state, each.asked_at, each.reason, each.amount)
                    for each in details.requests
                ),
            )
        return wire.ToldOrder(order.number, order.state, order.expected, told)


def _result(result: OrderResult) -> wire.Told:
    match result:
        case Done():
            return wire.Told(result="done")
        case AwaitsApproval():
            return wire.Told(result="awaits")
        case Refused(reason):
            return wire.Told(result="refused", reason=reason)
        case NoSuchOrder():
            return wire.Told(result="none")


@asynccontextmanager
async def behind_http(address: str) -> AsyncIterator[Shop]:
    async with in_memory(address) as shop:
        app = web.Application()
        app.router.add_post("/shop", OtherShop(shop.orders, OLIVE).handle)
        async with TestServer(app) as server, aiohttp.ClientSession() as session:
            settings = HttpOrderSettings(str(server.make_url("/shop")), SECRET, call_s=5)
            orders = HttpOrders(session, ManualClock(), settings)
            yield Shop(orders, shop.olive, shop.mallory)


CONNECTORS: dict[str, MakeShop] = {"memory": in_memory, "store": in_the_database, "http": behind_http}
