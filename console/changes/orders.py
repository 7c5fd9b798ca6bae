"""What agents do with orders, and what the shop brings: from the wire to the use cases of ``core.ordering``."""

from collections.abc import Callable, Sequence

from sqlalchemy import select, update

from console.auth.secret import hash_of
from console.parts import Shop
from console.queries.orders import customer_in
from console.wire import order as wire
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.ids import AgentId, ConversationId
from core.money import money
from core.order import (
    Cancel,
    ChangeAddress,
    Customer,
    Instruction,
    NoSuchOrder,
    OrderItem,
    OrderResult,
    Owner,
    Refund,
    SendBack,
    Wish,
)
from core.order_rules import OrderSettings
from core.ordering.approving import Told, Words
from core.ordering.changing import carry_out
from core.ordering.importing import Brought, GivenOrder, put_orders
from core.store.tables.orders import shop_key
from core.store.tx import Tx
from core.texts import Texts

NormalForm = Callable[[str], str | None]
"""An order number as it is kept; None: it is none."""


def act(
    tx: Tx, number: str, ask: wire.OrderWish, wish: Wish, by: AgentId, settings: OrderSettings
) -> OrderResult:
    """For the customer of a conversation it must be their own order; without one the agent may act on each.

    Raises NotFound.
    """
    instruction = instruction_of(ask, by)
    conversation = instruction.conversation
    customer = None if conversation is None else customer_in(tx, conversation)
    result = carry_out(tx, number, customer, instruction, wish, settings)
    if isinstance(result, NoSuchOrder):
        raise NotFound(f"there is no order {number} of this customer")
    return result


def instruction_of(ask: wire.OrderWish, by: AgentId) -> Instruction:
    """With a key that is no customer's."""
    conversation = None if ask.conversation is None else ConversationId(ask.conversation)
    return Instruction(f"agent:{ask.key}", conversation, by)


async def asked_of(
    shop: Shop, number: str, customer: Customer, instruction: Instruction, wish: Wish
) -> OrderResult:
    """The same of somebody else's shop."""
    match wish:
        case Cancel():
            return await shop.cancel(number, customer, instruction)
        case ChangeAddress(address):
            return await shop.change_address(number, customer, instruction, address)
        case SendBack(reason):
            return await shop.request_return(number, customer, instruction, reason)
        case Refund(reason, amount):
            return await shop.request_refund(number, customer, instruction, reason, amount)


def words_in(texts: Texts) -> Words:
    """What customers are told about their refunds."""

    def words(told: Told, language: str | None) -> str:
        key = "bot-order-refund-accepted" if told.accepted else "bot-order-refund-declined"
        amount = money(told.amount, told.currency, language)
        said = texts.say(key, language, number=told.number, amount=amount)
        return f"{said}\n\n{told.reason}" if told.reason else said

    return words


def given_orders(orders: Sequence[wire.ShopOrder], normal_form: NormalForm) -> list[GivenOrder]:
    """Raises Invalid with the place of the order that is wrong."""
    seen: set[str] = set()
    given = []
    for at, each in enumerate(orders):
        number = normal_form(each.number)
        if number is None:
            raise Invalid(f"orders[{at}].number", f"an order number as customers write it, not {each.number}")
        if number in seen:
            raise Invalid(f"orders[{at}].number", f"each order once; {number} is there before")
        if each.email is not None and "@" not in each.email:
            raise Invalid(f"orders[{at}].email", "an address such as name@example.com")
        seen.add(number)
        given.append(_given(each, number))
    return given


def _given(order: wire.ShopOrder, number: str) -> GivenOrder:
    user = None if order.user is None else f"{order.user.inbox}:{order.user.name}"
    return GivenOrder(
        number,
        order.state,
        order.placed_at,
        order.currency,
        tuple(OrderItem(each.name, each.quantity, each.price) for each in order.items),
        order.address.strip(),
        Owner(order.email, user),
        order.expected,
        order.tracking,
        order.delivered_at,
        order.version,
    )


def bring(tx: Tx, secret: str, orders: Sequence[GivenOrder]) -> Brought:
    """Raises Forbidden ``wrong_key``, and what ``put_orders`` raises."""
    check_key(tx, secret)
    tx.conn.execute(update(shop_key).where(shop_key.c.hash == hash_of(secret)).values(used_at=tx.now))
    return put_orders(tx, orders)


def check_key(tx: Tx, secret: str) -> None:
    """Raises Forbidden ``wrong_key``."""
    known = select(shop_key.c.id).where(shop_key.c.hash == hash_of(secret))
    if not secret or tx.conn.execute(known).first() is None:
        raise Forbidden("the shop's key is not known here", code="wrong_key")


def add_key(tx: Tx, name: str, secret: str) -> None:
    """Raises Conflict when there is one of this name."""
    row = {"id": tx.ids.new(), "name": name, "hash": hash_of(secret), "created_at": tx.now}
    if not tx.insert_new(shop_key, row):
        raise Conflict(f"there is a key called {name}", code="in_use")
