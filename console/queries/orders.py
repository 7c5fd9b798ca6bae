"""Orders as agents see them: a customer's own, all by page, one with its history, and what waits for a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, and_, func, or_, select

from console import cursor as cursors
from console.queries.messages import Names, names_of
from console.wire import order as wire
from core import order_rules
from core.errors import NotFound
from core.ids import AgentId, ConversationId, OrderId
from core.order import (
    Customer,
    Order,
    OrderDetails,
    OrderResult,
    OrderState,
    Refusal,
    Refused,
    RequestKind,
    RequestState,
)
from core.order_rules import OrderSettings
from core.ordering.approving import granted
from core.ordering.reading import belongs_to, customer_of, load_orders
from core.store.conversations import peek_conversation
from core.store.tables.orders import order_request, order_step, shop_order
from core.store.tx import Tx

_ELSEWHERE = "x"
"""Any address: whether it may be changed does not rest on it."""


class _Cursor(msgspec.Struct, frozen=True, array_like=True):
    at: datetime
    id: str


def customer_in(tx: Tx, conversation_id: ConversationId) -> Customer:
    """Whoever wrote there, as far as proof says who that is; nothing personal is said where others read along."""
    conversation = peek_conversation(tx, conversation_id)
    return customer_of(tx, conversation.contact, shown=not conversation.public)


def orders_beside(tx: Tx, conversation: ConversationId, settings: OrderSettings) -> wire.CustomerOrders:
    """Raises NotFound."""
    customer = customer_in(tx, conversation)
    newest = shop_order.c.placed_at.desc(), shop_order.c.id.desc()
    wanted = select(shop_order).where(belongs_to(tx, customer)).order_by(*newest).limit(settings.listed)
    rows = tx.conn.execute(wanted).all() if customer.verified else []
    return wire.CustomerOrders(customer.verified, tuple(_shown(tx, rows, settings)))


def order_page(tx: Tx, text: str, cursor: str | None, most: int, settings: OrderSettings) -> wire.OrderPage:
    """The newest first; ``text`` is part of a number, or of whose it is. Raises Invalid on a cursor that no page gave."""
    wanted = select(shop_order)
    if text:
        columns = shop_order.c.number, shop_order.c.email, shop_order.c.user_name
        wanted = wanted.where(or_(*(each.icontains(text, autoescape=True) for each in columns)))
    if cursor is not None:
        at = cursors.read(cursor, _Cursor)
        before = and_(shop_order.c.placed_at == at.at, shop_order.c.id < at.id)
        wanted = wanted.where(or_(shop_order.c.placed_at < at.at, before))
    newest = shop_order.c.placed_at.desc(), shop_order.c.id.desc()
    rows = tx.conn.execute(wanted.order_by(*newest).limit(most + 1)).all()
    shown = rows[:most]
    following = cursors.written(_Cursor(shown[-1].placed_at, shown[-1].id)) if len(rows) > most else None
    return wire.OrderPage(tuple(_shown(tx, shown, settings)), following)


def order_detail(tx: Tx, number: str, settings: OrderSettings, most: int) -> wire.OrderDetail:
    """With the newest ``most`` steps of its history. Raises NotFound."""
    row = _row(tx, number)
    newest = select(order_step).where(order_step.c.order_id == row.id).order_by(order_step.c.n.desc())
    steps = tx.conn.execute(newest.limit(most)).all()
    names = names_of(tx, {each.by_id for each in steps if each.by_id is not None})
    return wire.OrderDetail(_shown(tx, [row], settings)[0], tuple(_step(each, names) for each in steps))


def one_order(tx: Tx, number: str, settings: OrderSettings) -> wire.Order:
    """Raises NotFound."""
    return _shown(tx, [_row(tx, number)], settings)[0]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks at what waits; ``administers``: may grant beyond the limit."""

    agent: AgentId
    administers: bool


def request_page(
    tx: Tx, state: RequestState, place: tuple[str | None, int], who: Asker, settings: OrderSettings
) -> wire.RequestPage:
    """Refunds in a state: those that wait longest first, of others the newest; ``place``: the cursor and how many."""
    cursor, most = place
    waiting = state is RequestState.WAITING
    refunds = order_request.c.kind == RequestKind.REFUND.value
    wanted = select(order_request).where(refunds, order_request.c.state == state.value)
    at, id_ = order_request.c.asked_at, order_request.c.id
    if cursor is not None:
        last = cursors.read(cursor, _Cursor)
        further = at > last.at if waiting else at < last.at
        wanted = wanted.where(or_(further, and_(at == last.at, id_ > last.id if waiting else id_ < last.id)))
    order = (at, id_) if waiting else (at.desc(), id_.desc())
    rows = tx.conn.execute(wanted.order_by(*order).limit(most + 1)).all()
    shown = rows[:most]
    of = select(shop_order).where(shop_order.c.id.in_({each.order_id for each in shown}))
    kept = tx.conn.execute(of).all() if shown else []
    orders = dict(zip([each.id for each in kept], _shown(tx, kept, settings), strict=True))
    names = _names(tx, shown)
    items = tuple(
        wire.WaitingRequest(_request(each, names), orders[each.order_id], _hindrance(tx, each, who, settings))
        for each in shown
    )
    following = cursors.written(_Cursor(shown[-1].asked_at, shown[-1].id)) if len(rows) > most else None
    return wire.RequestPage(items, following, waiting_count(tx))


def elsewhere(order: Order) -> wire.Order:
    """One of somebody else's shop, which alone knows what may be done with it. Raises NotFound without its details."""
    details = order.details
    if details is None:
        raise NotFound(f"there is no order {order.number} of this customer")
    requests = tuple(
        wire.OrderRequest(
            each.id,
            each.kind,
            each.state,
            each.reason,
            each.amount,
            None,
            None,
            each.asked_at,
            None,
            None,
            None,
        )
        for each in details.requests
    )
    return wire.Order(
        number=order.number,
        state=order.state,
        placed_at=details.placed_at,
        currency=details.currency,
        items=tuple(wire.OrderItem(each.name, each.quantity, each.price) for each in details.items),
        total=details.total,
        refundable=order_rules.refundable(details),
        address=details.address,
        customer="",
        expected=order.expected,
        delivered_at=details.delivered_at,
        tracking=details.tracking,
        version=0,
        requests=requests,
        waiting=any(each.state is RequestState.WAITING for each in details.requests),
        can=wire.OrderCan(None, None, None, None),
    )


def waiting_count(tx: Tx) -> int:
    """How many wait for a person."""
    waits = order_request.c.state == RequestState.WAITING.value
    return int(tx.conn.execute(select(func.count(order_request.c.id)).where(waits)).scalar_one())


def _hindrance(tx: Tx, row: Row[Any], who: Asker, settings: OrderSettings) -> str | None:
    if settings.two_persons and row.asked_by_id == who.agent:
        return "own_request"
    beyond = granted(tx, OrderId(row.order_id)) + (row.amount or 0) > settings.approve_up_to
    return "above_limit" if beyond and not who.administers else None


def _row(tx: Tx, number: str) -> Row[Any]:
    row = tx.conn.execute(select(shop_order).where(shop_order.c.number == number)).one_or_none()
    if row is None:
        raise NotFound(f"there is no order {number}")
    return row


def _shown(tx: Tx, rows: Sequence[Row[Any]], settings: OrderSettings) -> list[wire.Order]:
    asked: dict[OrderId, list[Row[Any]]] = defaultdict(list)
    ids = [row.id for row in rows]
    about = select(order_request).where(order_request.c.order_id.in_(ids))
    oldest = order_request.c.asked_at, order_request.c.id
    found = tx.conn.execute(about.order_by(*oldest)).all() if ids else []
    for each in found:
        asked[OrderId(each.order_id)].append(each)
    names = _names(tx, found)
    return [
        _order(tx, row, order, (asked[OrderId(row.id)], names), settings)
        for row, order in zip(rows, load_orders(tx, rows), strict=True)
    ]


def _order(
    tx: Tx, row: Row[Any], order: Order, asked: tuple[list[Row[Any]], Names], settings: OrderSettings
) -> wire.Order:
    details = order.details
    if details is None:
        raise NotFound(f"there is no order {order.number}")
    requests, names = asked
    return wire.Order(
        number=order.number,
        state=order.state,
        placed_at=details.placed_at,
        currency=details.currency,
        items=tuple(wire.OrderItem(each.name, each.quantity, each.price) for each in details.items),
        total=details.total,
        refundable=order_rules.refundable(details),
        address=details.address,
        customer=row.email or (row.user_name or "").partition(":")[2],
        expected=order.expected,
        delivered_at=details.delivered_at,
        tracking=details.tracking,
        version=row.version,
        requests=tuple(_request(each, names) for each in requests),
        waiting=any(each.state == RequestState.WAITING.value for each in requests),
        can=_can(order.state, details, tx.now, settings),
    )


def _can(state: OrderState, details: OrderDetails, now: datetime, settings: OrderSettings) -> wire.OrderCan:
    return wire.OrderCan(
        _why(order_rules.cancel(state)),
        _why(order_rules.change_address(state, _ELSEWHERE, settings)),
        _why(order_rules.request_return(state, details, now, settings)),
        _why(order_rules.request_refund(state, details, None)),
    )


def _why(result: OrderResult) -> Refusal | None:
    return result.reason if isinstance(result, Refused) else None


def _names(tx: Tx, requests: Sequence[Row[Any]]) -> Names:
    people = {each.asked_by_id for each in requests} | {each.decided_by_id for each in requests}
    return names_of(tx, people - {None})


def _request(row: Row[Any], names: Names) -> wire.OrderRequest:
    return wire.OrderRequest(
        row.id,
        RequestKind(row.kind),
        RequestState(row.state),
        row.reason,
        row.amount,
        row.conversation_id,
        None if row.asked_by_id is None else names.get(row.asked_by_id),
        row.asked_at,
        None if row.decided_by_id is None else names.get(row.decided_by_id),
        row.decided_at,
        row.decision,
    )


def _step(row: Row[Any], names: Names) -> wire.OrderStep:
    return wire.OrderStep(
        row.n,
        row.kind,
        row.source,
        None if row.by_id is None else names.get(row.by_id),
        row.conversation_id,
        row.detail,
        OrderState(row.state),
        row.amount,
        row.at,
    )
