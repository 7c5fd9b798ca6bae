"""Orders as they are kept: whose each is, and what was asked for about it."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, false, or_, select

from core.ids import ContactId, OrderId, OrderRequestId
from core.order import (
    Customer,
    Order,
    OrderDetails,
    OrderItem,
    OrderRequest,
    OrderState,
    Owner,
    RequestKind,
    RequestState,
)
from core.site_users import USER
from core.store.contacts import is_identified, proven_addresses
from core.store.tables.orders import order_request, shop_order
from core.store.tx import Tx

EMAIL = "email"


def customer_of(tx: Tx, contact: ContactId, *, shown: bool = True) -> Customer:
    """Who a contact is by proof; ``shown``: what they wrote last shows that it is they who ask."""
    if not shown or not is_identified(tx, contact):
        return Customer(contact, verified=False)
    addresses = proven_addresses(tx, contact)
    return Customer(contact, True, addresses.get(EMAIL, ()), addresses.get(USER, ()))


def look_up(tx: Tx, number: str, customer: Customer) -> Order | None:
    """With details only for its own customer."""
    row = find_row(tx, number)
    if row is None:
        return None
    if is_theirs(tx, row, customer):
        return load_orders(tx, [row])[0]
    return Order(row.number, OrderState(row.state), row.expected)


def owner_of(tx: Tx, number: str) -> Owner | None:
    """Never to be told: it says who could prove that the order is theirs."""
    row = find_row(tx, number)
    return None if row is None else Owner(row.email, row.user_name)


def orders_of(tx: Tx, customer: Customer, limit: int) -> tuple[Order, ...]:
    """The newest first."""
    newest = shop_order.c.placed_at.desc(), shop_order.c.id.desc()
    wanted = select(shop_order).where(belongs_to(tx, customer)).order_by(*newest).limit(limit)
    return tuple(load_orders(tx, tx.conn.execute(wanted).all()))


def plain_address(written: str) -> str:
    """In small letters, the domain as mail servers know it, so that one address is never two."""
    local, at, domain = unicodedata.normalize("NFC", written.strip()).lower().rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return f"{local}{at}{domain}"


def find_row(tx: Tx, number: str, *, lock: bool = False) -> Row[Any] | None:
    """The row of the table ``shop_order``; with ``lock`` nobody else changes it until the transaction ends."""
    wanted = select(shop_order).where(shop_order.c.number == number)
    return tx.conn.execute(wanted.with_for_update() if lock else wanted).one_or_none()


def is_theirs(tx: Tx, row: Row[Any], customer: Customer) -> bool:
    """Whether proof says that it is this customer's order: what they or an agent say opens nothing."""
    own = select(shop_order.c.id).where(shop_order.c.id == row.id, belongs_to(tx, customer))
    return tx.conn.execute(own).first() is not None


def load_orders(tx: Tx, rows: Sequence[Row[Any]]) -> list[Order]:
    """With all their details, in this order."""
    asked = requests_about(tx, [OrderId(row.id) for row in rows])
    return [_load(row, asked[OrderId(row.id)]) for row in rows]


def requests_about(tx: Tx, orders: Sequence[OrderId]) -> dict[OrderId, tuple[OrderRequest, ...]]:
    """By order, the oldest first."""
    wanted = (
        select(order_request)
        .where(order_request.c.order_id.in_(orders))
        .order_by(order_request.c.asked_at, order_request.c.id)
    )
    found: dict[OrderId, list[OrderRequest]] = defaultdict(list)
    for row in tx.conn.execute(wanted) if orders else ():
        found[OrderId(row.order_id)].append(
            OrderRequest(
                OrderRequestId(row.id),
                RequestKind(row.kind),
                RequestState(row.state),
                row.reason,
                row.amount,
                row.asked_at,
            )
        )
    return {each: tuple(found[each]) for each in orders}


def belongs_to(tx: Tx, customer: Customer) -> ColumnElement[bool]:
    """Rows of ``shop_order`` that proof says are this customer's; read here and now, their own list may be older."""
    if not customer.verified:
        return false()
    addresses = proven_addresses(tx, customer.contact)
    emails = {plain_address(each) for each in addresses.get(EMAIL, ())}
    return or_(
        shop_order.c.email.in_(emails),
        shop_order.c.user_name.in_(addresses.get(USER, ())),
    )


def _load(row: Row[Any], requests: tuple[OrderRequest, ...]) -> Order:
    items = tuple(OrderItem(each.name, each.quantity, each.price) for each in row.items)
    details = OrderDetails(
        row.placed_at, row.currency, items, row.address, row.delivered_at, row.tracking, requests
    )
    return Order(row.number, OrderState(row.state), row.expected, details)
