"""What may be done to an order in which state: decisions only, whoever keeps the order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.order import (
    AwaitsApproval,
    Done,
    OrderDetails,
    OrderRequest,
    OrderResult,
    OrderState,
    Refusal,
    Refused,
    RequestKind,
    RequestState,
)

_ON_ITS_WAY = frozenset({OrderState.SHIPPED, OrderState.DELIVERED})
_OVER = {
    OrderState.CANCELLED: Refusal.CANCELLED_ALREADY,
    OrderState.RETURNED: Refusal.RETURNED_ALREADY,
}


@dataclass(frozen=True, slots=True)
class OrderSettings:
    """``return_days`` from delivery; ``address`` and ``reason`` in characters; ``listed`` orders beside a conversation;
    ``imported`` at a time over HTTP.

    ``approve_up_to``, in minor units for all refunds of an order together: more is for an administrator to grant.
    ``two_persons``: nobody grants what they asked for themselves.
    """

    return_days: int = 30
    approve_up_to: int = 50_000
    two_persons: bool = True
    address: int = 400
    reason: int = 1000
    listed: int = 20
    imported: int = 1000


def cancel(state: OrderState) -> OrderResult:
    """Before it is handed to the carrier."""
    if state in _OVER:
        return Refused(_OVER[state])
    return Refused(Refusal.SHIPPED_ALREADY) if state in _ON_ITS_WAY else Done()


def change_address(state: OrderState, address: str, settings: OrderSettings) -> OrderResult:
    """Before it is packed."""
    if state in _OVER:
        return Refused(_OVER[state])
    if state in _ON_ITS_WAY:
        return Refused(Refusal.SHIPPED_ALREADY)
    if state is OrderState.PACKED:
        return Refused(Refusal.PACKED_ALREADY)
    return Done() if 0 < len(address.strip()) <= settings.address else Refused(Refusal.BAD_ADDRESS)


def request_return(
    state: OrderState, details: OrderDetails, now: datetime, settings: OrderSettings
) -> OrderResult:
    """Within the days after delivery, once."""
    if state in _OVER:
        return Refused(_OVER[state])
    if state is not OrderState.DELIVERED:
        return Refused(Refusal.NOT_DELIVERED)
    if any(each.kind is RequestKind.RETURN for each in _standing(details)):
        return Refused(Refusal.ASKED_ALREADY)
    late = details.delivered_at is None or now - details.delivered_at > timedelta(days=settings.return_days)
    return Refused(Refusal.TOO_LATE) if late else Done()


def request_refund(state: OrderState, details: OrderDetails, amount: int | None) -> OrderResult:
    """Always for a person to grant; ``amount`` None: all that is left."""
    if state in {OrderState.PLACED, OrderState.PACKED}:
        return Refused(Refusal.CANCEL_INSTEAD)
    refunds = [each for each in _standing(details) if each.kind is RequestKind.REFUND]
    if any(each.state is RequestState.WAITING for each in refunds):
        return Refused(Refusal.ASKED_ALREADY)
    left = refundable(details)
    wanted = left if amount is None else amount
    return AwaitsApproval() if 0 < wanted <= left else Refused(Refusal.TOO_MUCH)


def refundable(details: OrderDetails) -> int:
    """What was paid and is neither given back nor asked back, in minor units."""
    return details.total - sum(each.amount or 0 for each in _standing(details))


def _standing(details: OrderDetails) -> tuple[OrderRequest, ...]:
    return tuple(each for each in details.requests if each.state is not RequestState.DECLINED)
