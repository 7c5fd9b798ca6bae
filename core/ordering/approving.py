"""A person grants or declines what waits for one, and the customer is told in the conversation where they asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, update

from core.conversation import Closed
from core.errors import Conflict, Forbidden, NotFound
from core.ids import AgentId, ConversationId, OrderId, OrderRequestId
from core.message import BySystem, Text
from core.order import OrderState, RequestKind, RequestState
from core.order_rules import OrderSettings
from core.ordering.reading import customer_of, is_theirs
from core.ordering.writing import AGENT, Step, change
from core.reply import queue_reply
from core.store.conversations import get_conversation
from core.store.tables.orders import order_request, shop_order
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is told to the customer; ``administers``: may grant beyond the limit."""

    accepted: bool
    reason: str
    by: AgentId
    administers: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the customer is told; ``amount`` in minor units."""

    number: str
    accepted: bool
    amount: int
    currency: str
    reason: str


Words = Callable[[Told, str | None], str]
"""Puts it into words of a language, None: of nobody knows which."""


def decide(tx: Tx, request: OrderRequestId, verdict: Verdict, settings: OrderSettings, words: Words) -> bool:
    """Whether the customer is told of it.

    Raises NotFound, Conflict ``decided`` when somebody was faster, Forbidden ``own_request`` or ``above_limit``.
    """
    order, asked = _locked(tx, request)
    _may(tx, asked, verdict, settings)
    state = RequestState.ACCEPTED if verdict.accepted else RequestState.DECLINED
    decided = (
        update(order_request)
        .where(order_request.c.id == request, order_request.c.state == RequestState.WAITING.value)
        .values(state=state.value, decided_by_id=verdict.by, decided_at=tx.now, decision=verdict.reason)
    )
    if tx.conn.execute(decided).rowcount != 1:
        raise Conflict("somebody has decided this already", code="decided")
    conversation = None if asked.conversation_id is None else ConversationId(asked.conversation_id)
    step = Step(
        f"{asked.kind}_{state.value}",
        AGENT,
        OrderState(order.state),
        verdict.by,
        conversation,
        verdict.reason or None,
        asked.amount,
    )
    change(tx, OrderId(order.id), order.version, {}, step)
    told = Told(order.number, verdict.accepted, asked.amount or 0, order.currency, verdict.reason)
    return conversation is not None and _tell(tx, order, conversation, request, lambda to: words(told, to))


def _locked(tx: Tx, request: OrderRequestId) -> tuple[Row[Any], Row[Any]]:
    """The order's row, which nobody else changes until the transaction ends, and the request's as it is then."""
    of = select(order_request).where(order_request.c.id == request)
    found = tx.conn.execute(of).one_or_none()
    if found is None:
        raise NotFound("there is no such request")
    here = select(shop_order).where(shop_order.c.id == found.order_id).with_for_update()
    return tx.conn.execute(here).one(), tx.conn.execute(of).one()


def _may(tx: Tx, asked: Row[Any], verdict: Verdict, settings: OrderSettings) -> None:
    if not verdict.accepted:
        return
    if settings.two_persons and asked.asked_by_id == verdict.by:
        raise Forbidden("another person has to grant what you asked for", code="own_request")
    together = granted(tx, OrderId(asked.order_id)) + (asked.amount or 0)
    if together > settings.approve_up_to and not verdict.administers:
        raise Forbidden("only an administrator may grant so much", code="above_limit")


def granted(tx: Tx, order: OrderId) -> int:
    """What was granted of it before, in minor units: a refund in parts comes to the same limit."""
    before = select(func.coalesce(func.sum(order_request.c.amount), 0)).where(
        order_request.c.order_id == order,
        order_request.c.kind == RequestKind.REFUND.value,
        order_request.c.state == RequestState.ACCEPTED.value,
    )
    return int(tx.conn.execute(before).scalar_one())


def _tell(
    tx: Tx,
    order: Row[Any],
    conversation_id: ConversationId,
    request: OrderRequestId,
    words: Callable[[str | None], str],
) -> bool:
    """Not where nobody may write any more, nor where the conversation is no longer that of the order's own customer."""
    conversation = get_conversation(tx, conversation_id)
    customer = customer_of(tx, conversation.contact, shown=not conversation.public)
    if isinstance(conversation.status, Closed) or not is_theirs(tx, order, customer):
        return False
    said = (Text(words(conversation.language)),)
    queue_reply(tx, conversation_id, BySystem(), said, f"order-request:{request}")
    return True
