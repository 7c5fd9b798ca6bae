"""Orders: what is sold to whom, what may be done with each, what was done, and what waits for a person to decide."""

from datetime import datetime
from typing import Annotated

import msgspec

from console.wire.base import Answer, Ask, Count, Line, Name
from core.order import OrderState, Refusal, RequestKind, RequestState

Key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Said = Annotated[str, msgspec.Meta(max_length=1000, description="at most 1000 characters")]
Place = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=400,
        pattern=r"\S",
        description="an address in lines, at most 400 characters",
    ),
]
Currency = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Z]{3}$", description="a currency such as EUR (ISO 4217)")
]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="a date such as 2026-12-25")]


class OrderItem(Answer, frozen=True):
    """``price`` of one piece, in minor units (cents) of the order's currency."""

    name: str
    quantity: int
    price: int


class OrderRequest(Answer, frozen=True):
    """A return or refund that was asked for: ``asked_by`` and ``decided_by`` are names of agents, null: the customer, nobody."""

    id: str
    kind: RequestKind
    state: RequestState
    reason: str
    amount: int | None
    conversation: str | None
    asked_by: str | None
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision: str | None


class OrderCan(Answer, frozen=True):
    """What speaks against each now; null: nothing."""

    cancel: Refusal | None
    address: Refusal | None
    send_back: Refusal | None
    refund: Refusal | None


class Order(Answer, frozen=True):
    """``total`` and ``refundable`` in minor units; ``customer`` as the shop knows them; ``waiting``: something waits for a person."""

    number: str
    state: OrderState
    placed_at: datetime
    currency: str
    items: tuple[OrderItem, ...]
    total: int
    refundable: int
    address: str
    customer: str
    expected: str | None
    delivered_at: datetime | None
    tracking: str | None
    version: int
    requests: tuple[OrderRequest, ...]
    waiting: bool
    can: OrderCan


class CustomerOrders(Answer, frozen=True):
    """``proven``: something proves who the customer is; without it nothing is shown."""

    proven: bool
    items: tuple[Order, ...]


class OrderPage(Answer, frozen=True):
    """``next`` is the cursor of the following page, or null."""

    items: tuple[Order, ...]
    next: str | None


class OrderStep(Answer, frozen=True):
    """One line of an order's history: ``source`` is customer, agent or shop, ``detail`` what was before or why."""

    n: int
    kind: str
    source: str
    by: str | None
    conversation: str | None
    detail: str | None
    state: OrderState
    amount: int | None
    at: datetime


class OrderDetail(Answer, frozen=True):
    """The newest step first."""

    order: Order
    steps: tuple[OrderStep, ...]


class WaitingRequest(Answer, frozen=True):
    """``hindrance``: why the one who asks may not grant it (own_request, above_limit), or null."""

    request: OrderRequest
    order: Order
    hindrance: str | None


class RequestPage(Answer, frozen=True):
    """``waiting``: how many wait in all."""

    items: tuple[WaitingRequest, ...]
    next: str | None
    waiting: int


class OrderWish(Ask, frozen=True):
    """``key``: the same twice does nothing twice. ``conversation``: whose customer asked, and where the outcome is told."""

    key: Key
    conversation: Name | None = None


class AddressWish(OrderWish, frozen=True, kw_only=True):
    address: Place


class ReturnWish(OrderWish, frozen=True):
    reason: Said = ""


class RefundWish(OrderWish, frozen=True):
    """``amount`` in minor units; null: all that is left."""

    reason: Said = ""
    amount: Count | None = None


class WishAnswer(Answer, frozen=True):
    """``result``: done, awaits (a person decides) or refused, then with the ``refusal``; ``order``: as it is now, where somebody else's shop tells."""

    result: str
    refusal: Refusal | None
    order: Order | None


class RequestVerdict(Ask, frozen=True):
    """``reason`` is told to the customer."""

    reason: Said = ""


class Decided(Answer, frozen=True):
    """``told``: the customer was told in their conversation."""

    told: bool


class ShopItem(Ask, frozen=True):
    """``price`` of one piece, in minor units."""

    name: Name
    price: Count
    quantity: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 1


class ShopUser(Ask, frozen=True):
    """A user as the site of an inbox signs them in."""

    inbox: Name
    name: Name


class ShopOrder(Ask, frozen=True, forbid_unknown_fields=True):
    """An order as the shop gives it; ``version``: as the shop saw it last, refused (409) if it is no longer so."""

    number: Name
    state: OrderState
    placed_at: Annotated[datetime, msgspec.Meta(tz=True)]
    currency: Currency
    items: Annotated[tuple[ShopItem, ...], msgspec.Meta(min_length=1, max_length=500)]
    address: Place
    email: Line | None = None
    user: ShopUser | None = None
    expected: Day | None = None
    delivered_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    tracking: Name | None = None
    version: Count | None = None


class ShopOrders(Ask, frozen=True):
    orders: Annotated[tuple[ShopOrder, ...], msgspec.Meta(min_length=1)]


class OrdersBrought(Answer, frozen=True):
    """How many orders were new, changed, and as they had been."""

    added: int
    changed: int
    unchanged: int
