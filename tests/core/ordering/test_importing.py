"""A shop brings its orders in: all or nothing, as often as it likes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import Conflict
from core.order import Cancel, ChangeAddress, Done, OrderItem, OrderState
from core.ordering.changing import carry_out
from core.ordering.importing import Brought, put_orders
from core.store.tables.orders import order_step, shop_order
from core.store.tx import Tx
from tests.builders import MORNING, World
from tests.core.ordering.shop import NUMBER, SETTINGS, an_order, asks

pytestmark = pytest.mark.served


def states(tx: Tx) -> list[tuple[str, str, int]]:
    rows = tx.conn.execute(select(shop_order).order_by(shop_order.c.number))
    return [(row.number, row.state, row.version) for row in rows]


async def test_new_ones_are_kept_and_the_same_again_changes_nothing(world: World) -> None:
    orders = [an_order(), an_order("LL-20000", OrderState.SHIPPED, tracking="DHL 1")]
    assert await world.db.run(put_orders, orders) == Brought(2, 0, 0)
    assert await world.db.run(put_orders, orders) == Brought(0, 0, 2)
    assert await world.db.read(states) == [(NUMBER, "placed", 1), ("LL-20000", "shipped", 1)]


async def test_a_known_one_is_brought_up_to_date(world: World) -> None:
    await world.db.run(put_orders, [an_order()])
    more = an_order(state=OrderState.SHIPPED, items=(OrderItem("Lamp", 1, 1),), tracking="DHL 1")
    assert await world.db.run(put_orders, [more]) == Brought(0, 1, 0)
    assert await world.db.read(states) == [(NUMBER, "shipped", 2)]
    steps = select(order_step.c.kind, order_step.c.source).order_by(order_step.c.n)
    assert await world.db.read(lambda tx: tx.conn.execute(steps).all()) == [
        ("imported", "shop"),
        ("changed", "shop"),
    ]


async def test_one_that_is_refused_brings_none_in(world: World) -> None:
    await world.db.run(put_orders, [an_order()])
    with pytest.raises(Conflict, match=r"LL-10234.* its version is 1"):
        await world.db.run(put_orders, [an_order("LL-10000"), an_order(state=OrderState.PACKED, version=7)])
    assert await world.db.read(states) == [(NUMBER, "placed", 1)]


async def test_what_was_cancelled_here_is_not_revived_by_an_old_word(world: World) -> None:
    await world.db.run(put_orders, [an_order()])
    assert await world.db.run(carry_out, NUMBER, None, asks(), Cancel(), SETTINGS) == Done()
    await world.db.run(put_orders, [an_order(state=OrderState.PACKED)])
    assert (await world.db.read(states))[0][1] == "cancelled"
    await world.db.run(put_orders, [an_order(state=OrderState.SHIPPED)])
    assert (await world.db.read(states))[0][1] == "shipped"


async def test_an_address_changed_here_is_not_undone_by_an_old_word(world: World) -> None:
    def address(tx: Tx) -> object:
        return tx.conn.execute(select(shop_order.c.address)).scalar_one()

    new, given = "9 New Street, 1 Town", an_order()
    await world.db.run(put_orders, [given])
    assert await world.db.run(carry_out, NUMBER, None, asks(), ChangeAddress(new), SETTINGS) == Done()
    assert await world.db.run(put_orders, [given]) == Brought(0, 0, 1)
    await world.db.run(put_orders, [replace(given, state=OrderState.PACKED)])
    assert await world.db.read(address) == new
    await world.db.run(put_orders, [replace(given, version=3)])
    assert await world.db.read(address) == given.address
    await world.db.run(put_orders, [replace(given, address=new)])
    assert await world.db.read(address) == new


async def test_when_it_was_delivered_is_kept(world: World) -> None:
    def delivered(tx: Tx) -> object:
        return tx.conn.execute(select(shop_order.c.delivered_at)).scalar_one()

    there = an_order(state=OrderState.DELIVERED)
    await world.db.run(put_orders, [there])
    assert await world.db.read(delivered) == MORNING
    world.clock.forward(86_400)
    await world.db.run(put_orders, [there])
    await world.db.run(put_orders, [replace(there, state=OrderState.RETURNED)])
    assert await world.db.read(delivered) == MORNING
    said = MORNING - timedelta(days=2)
    await world.db.run(put_orders, [replace(there, delivered_at=said)])
    assert await world.db.read(delivered) == said
