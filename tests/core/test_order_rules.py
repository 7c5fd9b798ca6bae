"""What may be done to an order in which state, by tables."""

from datetime import timedelta

import pytest

from core import order_rules
from core.ids import OrderRequestId
from core.order import (
    AwaitsApproval,
    Done,
    OrderDetails,
    OrderItem,
    OrderRequest,
    OrderResult,
    OrderState,
    Refusal,
    Refused,
    RequestKind,
    RequestState,
)
from core.order_rules import OrderSettings
from tests.builders import MORNING

S, R = OrderState, Refusal
DETAILS = OrderDetails(MORNING - timedelta(days=9), "EUR", (OrderItem("Lamp", 2, 5000),), "1 Elm Road")


def with_request(kind: RequestKind, state: RequestState, amount: int | None = None) -> OrderDetails:
    asked = OrderRequest(OrderRequestId("r1"), kind, state, "", amount, MORNING)
    return OrderDetails(
        DETAILS.placed_at, "EUR", DETAILS.items, "1 Elm Road", delivered_at=MORNING, requests=(asked,)
    )


@pytest.mark.parametrize(
    ("state", "cancel", "address"),
    [
        (S.PLACED, Done(), Done()),
        (S.PACKED, Done(), Refused(R.PACKED_ALREADY)),
        (S.SHIPPED, Refused(R.SHIPPED_ALREADY), Refused(R.SHIPPED_ALREADY)),
        (S.DELIVERED, Refused(R.SHIPPED_ALREADY), Refused(R.SHIPPED_ALREADY)),
        (S.CANCELLED, Refused(R.CANCELLED_ALREADY), Refused(R.CANCELLED_ALREADY)),
        (S.RETURNED, Refused(R.RETURNED_ALREADY), Refused(R.RETURNED_ALREADY)),
    ],
)
def test_it_is_cancelled_before_it_is_shipped_and_sent_elsewhere_before_it_is_packed(
    state: OrderState, cancel: OrderResult, address: OrderResult
) -> None:
    assert order_rules.cancel(state) == cancel
    assert order_rules.change_address(state, "2 Oak Lane", OrderSettings()) == address


@pytest.mark.parametrize("address", ["", "  \n ", "x" * 401])
def test_an_address_is_neither_empty_nor_a_novel(address: str) -> None:
    assert order_rules.change_address(S.PLACED, address, OrderSettings()) == Refused(R.BAD_ADDRESS)


@pytest.mark.parametrize(
    ("days", "result"), [(0, Done()), (30, Done()), (30.01, Refused(R.TOO_LATE)), (400, Refused(R.TOO_LATE))]
)
def test_it_goes_back_within_thirty_days_of_its_delivery(days: float, result: OrderResult) -> None:
    delivered = OrderDetails(
        DETAILS.placed_at, "EUR", DETAILS.items, "", delivered_at=MORNING - timedelta(days=days)
    )
    assert order_rules.request_return(S.DELIVERED, delivered, MORNING, OrderSettings()) == result


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (S.PLACED, R.NOT_DELIVERED),
        (S.SHIPPED, R.NOT_DELIVERED),
        (S.CANCELLED, R.CANCELLED_ALREADY),
        (S.RETURNED, R.RETURNED_ALREADY),
    ],
)
def test_what_is_not_there_does_not_go_back(state: OrderState, reason: Refusal) -> None:
    assert order_rules.request_return(state, DETAILS, MORNING, OrderSettings()) == Refused(reason)


def test_it_goes_back_once() -> None:
    once = with_request(RequestKind.RETURN, RequestState.ACCEPTED)
    assert order_rules.request_return(S.DELIVERED, once, MORNING, OrderSettings()) == Refused(R.ASKED_ALREADY)


@pytest.mark.parametrize("state", [S.SHIPPED, S.DELIVERED, S.RETURNED, S.CANCELLED])
def test_money_back_is_always_for_a_person_to_grant(state: OrderState) -> None:
    assert order_rules.request_refund(state, DETAILS, None) == AwaitsApproval()
    assert order_rules.request_refund(state, DETAILS, 10000) == AwaitsApproval()


@pytest.mark.parametrize("amount", [0, -5, 10001])
def test_nobody_gets_back_more_than_they_paid(amount: int) -> None:
    assert order_rules.request_refund(S.DELIVERED, DETAILS, amount) == Refused(R.TOO_MUCH)


def test_what_was_granted_before_counts_and_what_was_declined_does_not() -> None:
    granted = with_request(RequestKind.REFUND, RequestState.ACCEPTED, 4000)
    assert order_rules.refundable(granted) == 6000
    assert order_rules.request_refund(S.DELIVERED, granted, 6001) == Refused(R.TOO_MUCH)
    assert order_rules.request_refund(S.DELIVERED, granted, 6000) == AwaitsApproval()
    declined = with_request(RequestKind.REFUND, RequestState.DECLINED, 4000)
    assert order_rules.request_refund(S.DELIVERED, declined, 10000) == AwaitsApproval()


def test_while_one_waits_no_other_is_asked_for() -> None:
    waiting = with_request(RequestKind.REFUND, RequestState.WAITING, 1)
    assert order_rules.request_refund(S.DELIVERED, waiting, 1) == Refused(R.ASKED_ALREADY)


@pytest.mark.parametrize("state", [S.PLACED, S.PACKED])
def test_what_is_not_sent_is_cancelled_instead(state: OrderState) -> None:
    assert order_rules.request_refund(state, DETAILS, 1) == Refused(R.CANCEL_INSTEAD)
