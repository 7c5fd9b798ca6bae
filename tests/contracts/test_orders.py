"""What every order connector must do, whoever keeps the orders."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from core.order import (
    AwaitsApproval,
    Customer,
    Done,
    Instruction,
    NoSuchOrder,
    OrderResult,
    OrderState,
    Refusal,
    Refused,
    RequestKind,
    RequestState,
)
from tests.contracts.orders import ADDRESS, CONNECTORS, OLIVE, STATES, TOTAL, Shop

pytestmark = pytest.mark.served
KEY = Instruction("k1")

Act = Callable[[Shop, str, Customer, Instruction], Awaitable[OrderResult]]
ACTS: dict[str, Act] = {
    "cancel": lambda shop, number, who, key: shop.orders.cancel(number, who, key),
    "address": lambda shop, number, who, key: shop.orders.change_address(number, who, key, "2 Oak Lane"),
    "return": lambda shop, number, who, key: shop.orders.request_return(number, who, key, "Too bright"),
    "refund": lambda shop, number, who, key: shop.orders.request_refund(number, who, key, "Broken", 500),
}


@pytest.fixture(params=list(CONNECTORS))
async def its(request: pytest.FixtureRequest, sqlite_address: str) -> AsyncIterator[Shop]:
    """Olive's orders, behind each connector."""
    async with CONNECTORS[request.param](sqlite_address) as shop:
        yield shop


async def test_its_customer_is_told_everything(its: Shop) -> None:
    order = await its.orders.look_up("LL-10001", its.olive)
    assert order is not None
    assert order.state is OrderState.PLACED
    assert order.details is not None
    assert (order.details.total, order.details.currency, order.details.address) == (TOTAL, "EUR", ADDRESS)


async def test_whoever_knows_the_number_is_told_the_state_and_no_more(its: Shop) -> None:
    unproven = replace(its.olive, verified=False)
    for stranger in (its.mallory, unproven):
        order = await its.orders.look_up("LL-10003", stranger)
        assert order is not None
        assert order.state is OrderState.SHIPPED
        assert order.details is None


async def test_a_number_that_no_order_has_is_told_so(its: Shop) -> None:
    assert await its.orders.look_up("LL-99999", its.olive) is None
    for act in ACTS.values():
        assert await act(its, "LL-99999", its.olive, KEY) == NoSuchOrder()


async def test_its_customers_orders_come_newest_first_and_no_more_than_asked_for(its: Shop) -> None:
    own = await its.orders.orders_of(its.olive, 3)
    assert [each.number for each in own] == ["LL-10005", "LL-10004", "LL-10003"]
    assert all(each.details for each in own)
    assert len(await its.orders.orders_of(its.olive, 20)) == len(STATES)
    assert await its.orders.orders_of(its.mallory, 20) in ((), [])
    assert await its.orders.orders_of(replace(its.olive, verified=False), 20) in ((), [])


@pytest.mark.parametrize("act", ACTS)
async def test_another_changes_nothing_and_is_not_told_why(its: Shop, act: str) -> None:
    for number in STATES:
        before = await its.orders.look_up(number, its.olive)
        assert await ACTS[act](its, number, its.mallory, KEY) == NoSuchOrder()
        assert await ACTS[act](its, number, replace(its.olive, verified=False), KEY) == NoSuchOrder()
        assert await its.orders.look_up(number, its.olive) == before


async def test_it_is_cancelled_before_it_is_shipped(its: Shop) -> None:
    assert await its.orders.cancel("LL-10002", its.olive, KEY) == Done()
    order = await its.orders.look_up("LL-10002", its.olive)
    assert order is not None
    assert order.state is OrderState.CANCELLED
    assert await its.orders.cancel("LL-10003", its.olive, KEY) == Refused(Refusal.SHIPPED_ALREADY)


async def test_it_goes_elsewhere_before_it_is_packed(its: Shop) -> None:
    assert await its.orders.change_address("LL-10001", its.olive, KEY, "2 Oak Lane") == Done()
    order = await its.orders.look_up("LL-10001", its.olive)
    assert order is not None
    assert order.details is not None
    assert order.details.address == "2 Oak Lane"
    refused = await its.orders.change_address("LL-10002", its.olive, KEY, "2 Oak Lane")
    assert refused == Refused(Refusal.PACKED_ALREADY)


async def test_it_goes_back_once_it_is_there_and_money_waits_for_a_person(its: Shop) -> None:
    assert await its.orders.request_return("LL-10003", its.olive, KEY, "") == Refused(Refusal.NOT_DELIVERED)
    assert await its.orders.request_return("LL-10004", its.olive, KEY, "Too bright") == Done()
    assert await its.orders.request_refund("LL-10004", its.olive, KEY, "Broken", None) == AwaitsApproval()
    order = await its.orders.look_up("LL-10004", its.olive)
    assert order is not None
    assert order.details is not None
    assert [(each.kind, each.state, each.amount, each.reason) for each in order.details.requests] == [
        (RequestKind.RETURN, RequestState.ACCEPTED, None, "Too bright"),
        (RequestKind.REFUND, RequestState.WAITING, TOTAL, "Broken"),
    ]


@pytest.mark.parametrize(("act", "number"), [("cancel", "LL-10001"), ("refund", "LL-10004")])
async def test_the_same_key_twice_does_nothing_twice(its: Shop, act: str, number: str) -> None:
    first = await ACTS[act](its, number, its.olive, KEY)
    order = await its.orders.look_up(number, its.olive)
    assert await ACTS[act](its, number, its.olive, KEY) == first
    assert await its.orders.look_up(number, its.olive) == order
    assert isinstance(await ACTS[act](its, number, its.olive, Instruction("k2")), Refused)


async def test_a_key_of_one_order_or_wish_is_none_of_another(its: Shop) -> None:
    assert await its.orders.cancel("LL-10001", its.olive, KEY) == Done()
    assert await its.orders.cancel("LL-10002", its.olive, KEY) == Done()
    assert await its.orders.request_return("LL-10004", its.olive, KEY, "") == Done()
    assert await its.orders.request_refund("LL-10004", its.olive, KEY, "", 100) == AwaitsApproval()


async def test_two_at_once_do_it_once(its: Shop) -> None:
    both = await asyncio.gather(
        *(its.orders.cancel("LL-10001", its.olive, Instruction(key)) for key in ("k1", "k2"))
    )
    assert sorted(map(str, both)) == sorted(map(str, (Done(), Refused(Refusal.CANCELLED_ALREADY))))


async def test_the_name_of_an_address_proves_nothing(its: Shop) -> None:
    """Who says another's address without having proven it is the same stranger as before."""
    liar = replace(its.mallory, verified=False, emails=(OLIVE,))
    assert await its.orders.cancel("LL-10001", liar, KEY) == NoSuchOrder()
