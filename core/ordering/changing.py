"""What a customer, or an agent for them, may have done with an order: one transaction, once for each key."""

from dataclasses import dataclass
from typing import assert_never

from sqlalchemy import insert, select

from core import order_rules
from core.ids import OrderId, OrderRequestId
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
    OrderResult,
    OrderState,
    Refund,
    Refusal,
    Refused,
    RequestKind,
    RequestState,
    SendBack,
    Wish,
)
from core.order_rules import OrderSettings
from core.ordering.reading import find_row, is_theirs, load_orders
from core.ordering.writing import AGENT, CUSTOMER, Step, change
from core.store.forms import StoredOrderResult
from core.store.tables.orders import order_instruction, order_request
from core.store.tx import Tx

_NAMES: dict[type[Wish], str] = {
    Cancel: "cancel",
    ChangeAddress: "address",
    SendBack: "return",
    Refund: "refund",
}


@dataclass(frozen=True, slots=True)
class _Here:
    """The order as it is, locked until the transaction ends."""

    id: OrderId
    version: int
    order: Order
    details: OrderDetails


def carry_out(
    tx: Tx,
    number: str,
    customer: Customer | None,
    instruction: Instruction,
    wish: Wish,
    settings: OrderSettings,
) -> OrderResult:
    """``customer`` None: an agent who looked the order up, and may see each."""
    row = find_row(tx, number, lock=True)
    if row is None or (customer is not None and not is_theirs(tx, row, customer)):
        return NoSuchOrder()
    before = _answered(tx, OrderId(row.id), instruction, wish)
    if before is not None:
        return before
    (order,) = load_orders(tx, [row])
    if order.details is None:
        return NoSuchOrder()
    here = _Here(OrderId(row.id), row.version, order, order.details)
    result = _decide(tx, here, wish, settings)
    if isinstance(result, Done | AwaitsApproval):
        _do(tx, here, instruction, wish, settings)
    _remember(tx, here.id, instruction, wish, result)
    return result


def _decide(tx: Tx, here: _Here, wish: Wish, settings: OrderSettings) -> OrderResult:
    state = here.order.state
    match wish:
        case Cancel():
            return order_rules.cancel(state)
        case ChangeAddress(address):
            return order_rules.change_address(state, address, settings)
        case SendBack():
            return order_rules.request_return(state, here.details, tx.now, settings)
        case Refund(amount=amount):
            return order_rules.request_refund(state, here.details, amount)
        case _:
            assert_never(wish)


def _do(tx: Tx, here: _Here, instruction: Instruction, wish: Wish, settings: OrderSettings) -> None:
    match wish:
        case Cancel():
            values = {"state": OrderState.CANCELLED.value}
            step = _step("cancelled", OrderState.CANCELLED, instruction)
            change(tx, here.id, here.version, values, step)
        case ChangeAddress(address):
            step = _step("address", here.order.state, instruction, detail=here.details.address)
            change(tx, here.id, here.version, {"address": address.strip()}, step)
        case SendBack(reason):
            said = reason.strip()[: settings.reason]
            _ask(tx, here, instruction, RequestKind.RETURN, (said, None))
            step = _step("return_asked", here.order.state, instruction, detail=said or None)
            change(tx, here.id, here.version, {}, step)
        case Refund(reason, amount):
            wanted = order_rules.refundable(here.details) if amount is None else amount
            said = reason.strip()[: settings.reason]
            _ask(tx, here, instruction, RequestKind.REFUND, (said, wanted))
            step = _step("refund_asked", here.order.state, instruction, detail=said or None, amount=wanted)
            change(tx, here.id, here.version, {}, step)
        case _:
            assert_never(wish)


def _step(
    kind: str,
    state: OrderState,
    instruction: Instruction,
    *,
    detail: str | None = None,
    amount: int | None = None,
) -> Step:
    source = CUSTOMER if instruction.by is None else AGENT
    return Step(kind, source, state, instruction.by, instruction.conversation, detail, amount)


def _ask(
    tx: Tx, here: _Here, instruction: Instruction, kind: RequestKind, said: tuple[str, int | None]
) -> None:
    """``said``: the reason and the amount. A return within its time needs nobody's approval."""
    reason, amount = said
    state = RequestState.WAITING if kind is RequestKind.REFUND else RequestState.ACCEPTED
    tx.conn.execute(
        insert(order_request).values(
            id=OrderRequestId(tx.ids.new()),
            order_id=here.id,
            kind=kind.value,
            state=state.value,
            reason=reason,
            amount=amount,
            conversation_id=instruction.conversation,
            asked_by_id=instruction.by,
            asked_at=tx.now,
        )
    )


def _answered(tx: Tx, order: OrderId, instruction: Instruction, wish: Wish) -> OrderResult | None:
    """What was said to this key before."""
    known = select(order_instruction.c.result).where(
        order_instruction.c.order_id == order,
        order_instruction.c.wish == _NAMES[type(wish)],
        order_instruction.c.key == instruction.key,
    )
    found: StoredOrderResult | None = tx.conn.execute(known).scalar_one_or_none()
    match found:
        case None:
            return None
        case StoredOrderResult(kind="done"):
            return Done()
        case StoredOrderResult(kind="awaits"):
            return AwaitsApproval()
        case StoredOrderResult(reason=reason):
            return Refused(Refusal(reason or Refusal.OTHER))


def _remember(tx: Tx, order: OrderId, instruction: Instruction, wish: Wish, result: OrderResult) -> None:
    match result:
        case Done():
            stored = StoredOrderResult("done")
        case AwaitsApproval():
            stored = StoredOrderResult("awaits")
        case Refused(reason):
            stored = StoredOrderResult("refused", reason.value)
        case NoSuchOrder():
            return
        case _:
            assert_never(result)
    tx.conn.execute(
        insert(order_instruction).values(
            order_id=order, key=instruction.key, wish=_NAMES[type(wish)], result=stored, at=tx.now
        )
    )
