"""What is said to somebody's shop over HTTP, and what it answers: one POST for each question, JSON both ways."""

from datetime import datetime
from typing import Literal

import msgspec

from core.order import OrderState, Refusal, RequestKind, RequestState

VERSION = 1
Ask = Literal["look_up", "orders_of", "cancel", "change_address", "return", "refund"]


class AskedCustomer(msgspec.Struct, frozen=True):
    """``emails`` and ``users`` (``inbox:name``) are proven to be theirs; both empty where nothing is."""

    emails: tuple[str, ...]
    users: tuple[str, ...]


class AskedOrder(msgspec.Struct, frozen=True, omit_defaults=True):
    """``key``: the same twice shall do nothing twice. ``amount`` in minor units."""

    v: int
    ask: Ask
    customer: AskedCustomer
    number: str | None = None
    key: str | None = None
    address: str | None = None
    reason: str | None = None
    amount: int | None = None
    limit: int | None = None


class ToldItem(msgspec.Struct, frozen=True):
    name: str
    price: int
    quantity: int = 1


class ToldRequest(msgspec.Struct, frozen=True):
    id: str
    kind: RequestKind
    state: RequestState
    asked_at: datetime
    reason: str = ""
    amount: int | None = None


class ToldDetails(msgspec.Struct, frozen=True):
    """``email`` and ``user``: whose order it is; it is told to nobody else, whatever the shop says."""

    placed_at: datetime
    currency: str
    items: tuple[ToldItem, ...]
    address: str
    email: str | None = None
    user: str | None = None
    delivered_at: datetime | None = None
    tracking: str | None = None
    requests: tuple[ToldRequest, ...] = ()


class ToldOrder(msgspec.Struct, frozen=True):
    """``expected`` a local date (ISO 8601); ``details`` where the shop may tell them to this customer."""

    number: str
    state: OrderState
    expected: str | None = None
    details: ToldDetails | None = None


class Told(msgspec.Struct, frozen=True):
    """Of ``look_up``: ``order``, or null. Of ``orders_of``: ``orders``. Of all others: ``result``, refused with the ``reason``."""

    order: ToldOrder | None = None
    orders: tuple[ToldOrder, ...] = ()
    result: Literal["done", "awaits", "refused", "none"] | None = None
    reason: Refusal = Refusal.OTHER
