"""Orders as the shop gives them: new ones are kept, known ones brought up to date, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from core.errors import Conflict
from core.ids import OrderId
from core.order import OrderItem, OrderState, Owner
from core.ordering.reading import find_row, plain_address
from core.ordering.writing import SHOP, Step, change, note
from core.store.forms import StoredOrderItem
from core.store.tables.orders import shop_order
from core.store.tx import Tx

_GONE_ON = frozenset({OrderState.SHIPPED, OrderState.DELIVERED, OrderState.RETURNED, OrderState.CANCELLED})


@dataclass(frozen=True, slots=True)
class GivenOrder:
    """``number`` in its normal form; ``version``: as the shop saw it last, None: whatever it is now."""

    number: str
    state: OrderState
    placed_at: datetime
    currency: str
    items: tuple[OrderItem, ...]
    address: str
    owner: Owner
    expected: str | None = None
    tracking: str | None = None
    delivered_at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """How many orders were new, changed, and as they had been."""

    added: int
    changed: int
    unchanged: int


def put_orders(tx: Tx, orders: Sequence[GivenOrder]) -> Brought:
    """Raises Conflict, which names the order, when it is no longer in the version that the shop saw last.

    What was cancelled here stays so until the shop says that it went on all the same, and an address changed here stays
    until the shop names another than it did before, or shows by ``version`` that it saw the change.
    """
    done = [_put(tx, each) for each in sorted(orders, key=lambda each: each.number)]
    return Brought(done.count("imported"), done.count("changed"), done.count("unchanged"))


def _put(tx: Tx, given: GivenOrder) -> str:
    values = _values(given, tx.now)
    row = find_row(tx, given.number, lock=True)
    if row is None:
        order = OrderId(tx.ids.new())
        new = {"id": order, "number": given.number, "created_at": tx.now, "updated_at": tx.now, "version": 1}
        if tx.insert_new(shop_order, {**new, **values}):
            note(tx, order, Step("imported", SHOP, given.state))
            return "imported"
        row = tx.conn.execute(select(shop_order).where(shop_order.c.number == given.number)).one()
    if given.version is not None and given.version != row.version:
        raise Conflict(
            f"{given.number}: it was changed here, its version is {row.version} now", code="changed"
        )
    if row.state == OrderState.CANCELLED.value and given.state not in _GONE_ON:
        values["state"] = row.state
    if given.version is None and given.address == row.shop_address:
        values["address"] = row.address
    if given.delivered_at is None and row.delivered_at is not None:
        values["delivered_at"] = row.delivered_at
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not different:
        return "unchanged"
    step = Step("changed", SHOP, OrderState(values["state"]), detail=_before(row, different))
    change(tx, OrderId(row.id), row.version, different, step)
    return "changed"


def _values(given: GivenOrder, now: datetime) -> dict[str, Any]:
    delivered = now if given.state is OrderState.DELIVERED else None
    return {
        "state": given.state.value,
        "currency": given.currency,
        "items": tuple(StoredOrderItem(each.name, each.quantity, each.price) for each in given.items),
        "address": given.address,
        "shop_address": given.address,
        "expected": given.expected,
        "tracking": given.tracking,
        "email": None if given.owner.email is None else plain_address(given.owner.email),
        "user_name": given.owner.user,
        "placed_at": given.placed_at,
        "delivered_at": given.delivered_at or delivered,
    }


def _before(row: Row[Any], different: dict[str, Any]) -> str | None:
    """What a person would miss of how it was."""
    return str(row.address) if "address" in different else None
