"""An order of a customer: how far it got, what is in it, and what became of a wish to change it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import AgentId, ContactId, ConversationId, OrderRequestId


class OrderState(StrEnum):
    """How far an order got."""

    PLACED = "placed"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class RequestKind(StrEnum):
    """What a customer may want back."""

    RETURN = "return"
    REFUND = "refund"


class RequestState(StrEnum):
    """A return within its time is accepted at once; a refund waits for a person."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class OrderItem:
    """``price`` of one piece, in minor units (cents) of the order's currency."""

    name: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """A return or a refund that was asked for; ``amount`` in minor units, None for a return."""

    id: OrderRequestId
    kind: RequestKind
    state: RequestState
    reason: str
    amount: int | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """What only the order's own proven customer is told; ``currency`` by ISO 4217, ``tracking`` the carrier's reference."""

    placed_at: datetime
    currency: str
    items: tuple[OrderItem, ...]
    address: str
    delivered_at: datetime | None = None
    tracking: str | None = None
    requests: tuple[OrderRequest, ...] = ()

    @property
    def total(self) -> int:
        """In minor units."""
        return sum(item.quantity * item.price for item in self.items)


@dataclass(frozen=True, slots=True)
class Order:
    """``number`` in its normal form; ``expected`` a local date (ISO 8601) where the carrier named one.

    ``details`` None where who asks knows the number only.
    """

    number: str
    state: OrderState
    expected: str | None = None
    details: OrderDetails | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Who asks; ``verified``: proof says who it is, and this very message is theirs.

    ``emails`` and ``users`` (``inbox:name``, as their site signed them in) are those that are proven to be theirs.
    """

    contact: ContactId
    verified: bool
    emails: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose it is: ``email``, or ``user`` as ``inbox:name``; either opens it only to who proved that it is theirs."""

    email: str | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    """``key``: the same twice does nothing twice and has the same answer. ``conversation``: where its outcome is told.

    ``by``: the agent who asks for the customer; None: the customer, through the bot.
    """

    key: str
    conversation: ConversationId | None = None
    by: AgentId | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """The order shall not be sent."""


@dataclass(frozen=True, slots=True)
class ChangeAddress:
    """It shall go elsewhere; in lines, as on a parcel."""

    address: str


@dataclass(frozen=True, slots=True)
class SendBack:
    """The customer wants to return it; ``reason`` in their words, perhaps empty."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refund:
    """``amount`` in minor units; None: all that was paid and is not given back yet."""

    reason: str
    amount: int | None = None


Wish = Cancel | ChangeAddress | SendBack | Refund


class Refusal(StrEnum):
    """Why a wish is not granted."""

    PACKED_ALREADY = "packed_already"
    SHIPPED_ALREADY = "shipped_already"
    CANCELLED_ALREADY = "cancelled_already"
    RETURNED_ALREADY = "returned_already"
    NOT_DELIVERED = "not_delivered"
    TOO_LATE = "too_late"
    CANCEL_INSTEAD = "cancel_instead"
    ASKED_ALREADY = "asked_already"
    TOO_MUCH = "too_much"
    BAD_ADDRESS = "bad_address"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Done:
    """It is done."""


@dataclass(frozen=True, slots=True)
class AwaitsApproval:
    """It is asked for, and a person decides."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not done."""

    reason: Refusal


@dataclass(frozen=True, slots=True)
class NoSuchOrder:
    """This customer has no order of that number: there is none, it is another's, or nothing proves who asks."""


OrderResult = Done | AwaitsApproval | Refused | NoSuchOrder
