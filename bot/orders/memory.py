"""Orders in memory, gone with the process: for tests and benches, and the plainest example of a connector."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from core import order_rules
from core.clock import Clock, SystemClock
from core.ids import OrderRequestId
from core.order import (
    AwaitsApproval,
    Cancel,
    ChangeAddress,
    Customer,
    Done,
    Instruction,
    NoSuchOrder,
    Order,
    OrderDetails,
    OrderRequest,
    OrderResult,
    OrderState,
    Owner,
    Refund,
    RequestKind,
    RequestState,
    SendBack,
    Wish,
)
from core.order_rules import OrderSettings


class MemoryOrders:
    """Implements ``OrderConnector``; ``owners`` has the proven e-mail address of each number's customer."""

    def __init__(
        self,
        orders: Iterable[Order],
        owners: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        settings: OrderSettings | None = None,
    ) -> None:
        self._orders = {order.number: order for order in orders}
        self._owners = owners or {}
        self._clock = clock or SystemClock()
        self._settings = settings or OrderSettings()
        self._answered: dict[tuple[str, type[Wish], str], OrderResult] = {}

    async def look_up(self, number: str, customer: Customer) -> Order | None:
        found = self._orders.get(number)
        if found is None or self._is_of(number, customer):
            return found
        return replace(found, details=None)

    async def owner_of(self, number: str) -> Owner | None:
        return Owner(self._owners[number]) if number in self._owners else None

    async def orders_of(self, customer: Customer, limit: int) -> Sequence[Order]:
        own = [each for each in self._orders.values() if each.details and self._is_of(each.number, customer)]
        return sorted(own, key=_placed, reverse=True)[:limit]

    async def cancel(self, number: str, customer: Customer, instruction: Instruction) -> OrderResult:
        return self._carry_out(number, customer, instruction, Cancel())

    async def change_address(
        self, number: str, customer: Customer, instruction: Instruction, address: str
    ) -> OrderResult:
        return self._carry_out(number, customer, instruction, ChangeAddress(address))

    async def request_return(
        self, number: str, customer: Customer, instruction: Instruction, reason: str
    ) -> OrderResult:
        return self._carry_out(number, customer, instruction, SendBack(reason))

    async def request_refund(
        self, number: str, customer: Customer, instruction: Instruction, reason: str, amount: int | None
    ) -> OrderResult:
        return self._carry_out(number, customer, instruction, Refund(reason, amount))

    def _is_of(self, number: str, customer: Customer) -> bool:
        return customer.verified and self._owners.get(number) in customer.emails

    def _carry_out(
        self, number: str, customer: Customer, instruction: Instruction, wish: Wish
    ) -> OrderResult:
        found = self._orders.get(number)
        if found is None or found.details is None or not self._is_of(number, customer):
            return NoSuchOrder()
        key = number, type(wish), instruction.key
        if key not in self._answered:
            result, changed = self._wished(found, found.details, instruction, wish)
            self._answered[key] = result
            if isinstance(result, Done | AwaitsApproval):
                self._orders[number] = changed
        return self._answered[key]

    def _wished(
        self, order: Order, details: OrderDetails, instruction: Instruction, wish: Wish
    ) -> tuple[OrderResult, Order]:
        """The answer, and the order as it is if it is granted."""
        now = self._clock.now()
        match wish:
            case Cancel():
                return order_rules.cancel(order.state), replace(order, state=OrderState.CANCELLED)
            case ChangeAddress(address):
                result = order_rules.change_address(order.state, address, self._settings)
                return result, replace(order, details=replace(details, address=address.strip()))
            case SendBack(reason):
                result = order_rules.request_return(order.state, details, now, self._settings)
                back, state, wanted = RequestKind.RETURN, RequestState.ACCEPTED, None
            case Refund(reason, amount):
                result = order_rules.request_refund(order.state, details, amount)
                back, state = RequestKind.REFUND, RequestState.WAITING
                wanted = order_rules.refundable(details) if amount is None else amount
            case _:
                assert_never(wish)
        asked = OrderRequest(OrderRequestId(instruction.key), back, state, reason, wanted, now)
        return result, replace(order, details=replace(details, requests=(*details.requests, asked)))


def _placed(order: Order) -> float:
    return 0.0 if order.details is None else order.details.placed_at.timestamp()
