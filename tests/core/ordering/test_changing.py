"""Orders are shown and changed for their own proven customer only, once for each key, in one transaction."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from core.events import order_topic
from core.ids import AgentId, ContactId
from core.merging import merge, prove_point
from core.order import (
    AwaitsApproval,
    Cancel,
    ChangeAddress,
    Customer,
    Done,
    NoSuchOrder,
    Order,
    OrderResult,
    OrderState,
    Owner,
    Refund,
    Refusal,
    Refused,
    RequestKind,
    RequestState,
    SendBack,
    Wish,
)
from core.ordering.changing import carry_out
from core.ordering.importing import put_orders
from core.ordering.reading import look_up, orders_of
from core.store.tables.conversation import event
from core.store.tables.orders import order_request, order_step, shop_order
from core.store.tx import Tx
from tests.builders import World
from tests.core.ordering.shop import NUMBER, OLIVE, REFUND, SETTINGS, TOTAL, an_order, asks, who
from tests.core.people import somebody

pytestmark = pytest.mark.served

PLACED, DELIVERED = OrderState.PLACED, OrderState.DELIVERED


async def olive_orders(world: World, state: OrderState = PLACED) -> ContactId:
    """Olive has proven her address, and has one order."""
    await world.db.run(put_orders, [an_order(state=state)])
    return await world.db.run(somebody, "email", OLIVE)


async def does(world: World, contact: ContactId, wish: Wish, key: str = "k1") -> OrderResult:
    return await world.db.run(carry_out, NUMBER, who(contact), asks(key), wish, SETTINGS)


async def shown(world: World, contact: ContactId) -> Order:
    found = await world.db.read(look_up, NUMBER, who(contact))
    assert found is not None
    return found


async def test_its_own_customer_sees_it_all(world: World) -> None:
    olive = await olive_orders(world)
    order = await shown(world, olive)
    assert order.details is not None
    assert order.details.total == TOTAL
    assert "Elm Road" in order.details.address
    assert await world.db.read(orders_of, who(olive), 5) == (order,)


async def test_another_customer_is_told_the_state_alone_and_changes_nothing(world: World) -> None:
    await olive_orders(world)
    mallory = await world.db.run(somebody, "email", "mallory@example.com")
    assert await shown(world, mallory) == Order(NUMBER, PLACED)
    for wish in (Cancel(), ChangeAddress("9 Den"), SendBack(""), REFUND):
        assert await does(world, mallory, wish) == NoSuchOrder()
    assert await world.db.read(orders_of, who(mallory), 5) == ()
    assert (await world.db.read(_row)).state == PLACED.value


async def test_an_address_that_nobody_proved_opens_nothing(world: World) -> None:
    await world.db.run(put_orders, [an_order()])
    pretends = await world.db.run(lambda tx: somebody(tx, "email", OLIVE, verified=False))
    assert (await shown(world, pretends)).details is None
    assert await does(world, pretends, Cancel()) == NoSuchOrder()


async def test_an_agent_who_joins_two_contacts_opens_nothing(world: World) -> None:
    olive = await olive_orders(world)
    mallory = await world.db.run(somebody, "email", "mallory@example.com")
    await world.db.run(lambda tx: merge(tx, olive, mallory, by=AgentId("ada"), evidence=()))
    assert (await shown(world, mallory)).details is None
    assert await does(world, mallory, Cancel()) == NoSuchOrder()


async def test_who_proves_the_address_in_another_channel_is_shown_it(world: World) -> None:
    olive = await olive_orders(world)
    visitor = await world.db.run(somebody, "widget", "v1")
    assert (await shown(world, visitor)).details is None
    await world.db.run(lambda tx: prove_point(tx, visitor, "email", OLIVE, how="code"))
    assert (await shown(world, visitor)).details == (await shown(world, olive)).details
    assert await does(world, visitor, Cancel()) == Done()


async def test_it_may_be_known_by_the_name_that_the_site_signed(world: World) -> None:
    await world.db.run(put_orders, [an_order(owner=Owner(user="web:olive7"))])
    olive = await world.db.run(somebody, "user", "web:olive7")
    other = await world.db.run(somebody, "user", "elsewhere:olive7")
    assert (await shown(world, olive)).details is not None
    assert (await shown(world, other)).details is None


async def test_who_does_not_prove_it_in_this_message_is_a_stranger(world: World) -> None:
    olive = await olive_orders(world)
    unproven = Customer(olive, verified=False, emails=(OLIVE,))
    assert (await world.db.read(look_up, NUMBER, unproven)) == Order(NUMBER, PLACED)
    assert await world.db.read(orders_of, unproven, 5) == ()


async def test_one_address_is_one_however_it_is_written(world: World) -> None:
    await world.db.run(put_orders, [an_order(owner=Owner(" Olive@BÜCHER.example "))])
    olive = await world.db.run(somebody, "email", "olive@xn--bcher-kva.example")
    assert (await shown(world, olive)).details is not None


async def test_it_is_cancelled_and_its_history_says_so(world: World) -> None:
    olive = await olive_orders(world)
    assert await does(world, olive, Cancel()) == Done()
    assert (await shown(world, olive)).state is OrderState.CANCELLED
    assert await world.db.read(_history) == [("imported", "shop"), ("cancelled", "customer")]


async def test_a_new_address_is_kept_and_the_old_one_stays_in_the_history(world: World) -> None:
    olive = await olive_orders(world)
    assert await does(world, olive, ChangeAddress(" 2 Oak Lane ")) == Done()
    details = (await shown(world, olive)).details
    assert details is not None
    assert details.address == "2 Oak Lane"
    before = await world.db.read(lambda tx: tx.conn.execute(select(order_step.c.detail)).scalars().all())
    assert before[-1] == "Olive Grant\n1 Elm Road\n10115 Berlin"


async def test_a_return_in_time_is_accepted_at_once_and_money_back_waits(world: World) -> None:
    olive = await olive_orders(world, DELIVERED)
    assert await does(world, olive, SendBack("It is too bright")) == Done()
    assert await does(world, olive, REFUND) == AwaitsApproval()
    details = (await shown(world, olive)).details
    assert details is not None
    assert [(each.kind, each.state, each.amount) for each in details.requests] == [
        (RequestKind.RETURN, RequestState.ACCEPTED, None),
        (RequestKind.REFUND, RequestState.WAITING, TOTAL),
    ]


async def test_what_the_rules_refuse_changes_nothing(world: World) -> None:
    olive = await olive_orders(world, OrderState.SHIPPED)
    assert await does(world, olive, Cancel()) == Refused(Refusal.SHIPPED_ALREADY)
    assert await does(world, olive, Refund("", TOTAL + 1)) == Refused(Refusal.TOO_MUCH)
    assert await world.db.read(_history) == [("imported", "shop")]


async def test_the_same_key_twice_does_nothing_twice_and_is_answered_the_same(world: World) -> None:
    olive = await olive_orders(world)
    assert await does(world, olive, Cancel()) == Done()
    assert await does(world, olive, Cancel()) == Done()
    assert await does(world, olive, Cancel(), "k2") == Refused(Refusal.CANCELLED_ALREADY)
    assert await world.db.read(_history) == [("imported", "shop"), ("cancelled", "customer")]


async def test_a_key_of_one_wish_is_no_key_of_another(world: World) -> None:
    olive = await olive_orders(world)
    assert await does(world, olive, ChangeAddress("2 Oak Lane")) == Done()
    assert await does(world, olive, Cancel()) == Done()
    assert (await shown(world, olive)).state is OrderState.CANCELLED


async def test_of_many_at_once_one_is_done(world: World) -> None:
    olive = await olive_orders(world)
    results = await asyncio.gather(*(does(world, olive, Cancel(), f"k{n}") for n in range(6)))
    assert Counter(results) == {Done(): 1, Refused(Refusal.CANCELLED_ALREADY): 5}


async def test_of_many_refunds_at_once_one_waits(world: World) -> None:
    olive = await olive_orders(world, DELIVERED)
    results = await asyncio.gather(*(does(world, olive, REFUND, f"k{n}") for n in range(6)))
    assert Counter(results) == {AwaitsApproval(): 1, Refused(Refusal.ASKED_ALREADY): 5}
    asked = await world.db.read(lambda tx: tx.conn.execute(select(func.count(order_request.c.id))).scalar())
    assert asked == 1


async def test_an_agent_may_act_on_each_order_and_the_history_names_them(world: World) -> None:
    await olive_orders(world)
    ada = asks(by=AgentId("ada"))
    assert await world.db.run(carry_out, NUMBER, None, ada, Cancel(), SETTINGS) == Done()
    assert (await world.db.read(_history))[-1] == ("cancelled", "agent")
    assert await world.db.run(carry_out, "LL-99999", None, ada, Cancel(), SETTINGS) == NoSuchOrder()


async def test_each_change_is_told_on_the_orders_own_topic(world: World) -> None:
    olive = await olive_orders(world)
    await does(world, olive, Cancel())
    order = (await world.db.read(_row)).id
    told = select(event.c.type, event.c.n).where(event.c.topic == order_topic(order)).order_by(event.c.n)
    assert (await world.db.read(lambda tx: tx.conn.execute(told).all())) == [
        ("OrderChanged", 1),
        ("OrderChanged", 2),
    ]


@pytest.mark.parametrize("written", ["LL-10234 ", "ll-10234", "' OR 1=1 --", ""])
async def test_only_the_number_itself_finds_it(world: World, written: str) -> None:
    olive = await olive_orders(world)
    assert await world.db.read(look_up, written, who(olive)) is None


def _row(tx: Tx) -> Any:
    return tx.conn.execute(select(shop_order)).one()


def _history(tx: Tx) -> list[tuple[str, str]]:
    steps = select(order_step.c.kind, order_step.c.source).order_by(order_step.c.n)
    return [(row.kind, row.source) for row in tx.conn.execute(steps)]
