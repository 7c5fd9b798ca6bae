"""What is done to an order's row, with its place in the history: the one place that changes orders."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from core.errors import Conflict
from core.events import order_topic
from core.ids import AgentId, ConversationId, OrderId
from core.order import OrderState
from core.order_events import OrderChanged
from core.store.tables.orders import order_step, shop_order
from core.store.tx import Tx

CUSTOMER, AGENT, SHOP = "customer", "agent", "shop"


@dataclass(frozen=True, slots=True)
class Step:
    """``kind`` as the history names it; ``detail`` is what was before or why, in people's words."""

    kind: str
    source: str
    state: OrderState
    by: AgentId | None = None
    conversation: ConversationId | None = None
    detail: str | None = None
    amount: int | None = None


def change(tx: Tx, order: OrderId, version: int, values: Mapping[str, object], step: Step) -> None:
    """Raises Conflict when the order is no longer in the ``version`` from which this was decided."""
    changed = tx.conn.execute(
        update(shop_order)
        .where(shop_order.c.id == order, shop_order.c.version == version)
        .values(version=version + 1, updated_at=tx.now, **values)
    )
    if changed.rowcount != 1:
        raise Conflict("the order was changed in between", code="changed")
    note(tx, order, step)


def note(tx: Tx, order: OrderId, step: Step) -> None:
    """One more line of the history."""
    last = select(func.coalesce(func.max(order_step.c.n), 0)).where(order_step.c.order_id == order)
    tx.conn.execute(
        insert(order_step).values(
            order_id=order,
            n=tx.conn.execute(last).scalar_one() + 1,
            kind=step.kind,
            source=step.source,
            by_id=step.by,
            conversation_id=step.conversation,
            detail=step.detail,
            state=step.state.value,
            amount=step.amount,
            at=tx.now,
        )
    )
    tx.emit(order_topic(order), OrderChanged(order, step.kind, step.by))
