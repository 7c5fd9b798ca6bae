"""Orders for tests: what a lamp shop sold, and to whom."""

from datetime import timedelta
from typing import Any

from core.ids import ContactId
from core.order import Customer, Instruction, OrderItem, OrderState, Owner, Refund, Wish
from core.order_rules import OrderSettings
from core.ordering.importing import GivenOrder
from tests.builders import MORNING

OLIVE = "olive@example.com"
NUMBER = "LL-10234"
LAMP = OrderItem("Reading lamp", 1, 8900)
BULBS = OrderItem("LED bulb", 4, 650)
TOTAL = 8900 + 4 * 650
SETTINGS = OrderSettings()


def an_order(number: str = NUMBER, state: OrderState = OrderState.PLACED, **values: Any) -> GivenOrder:
    given: dict[str, Any] = {
        "placed_at": MORNING - timedelta(days=3),
        "currency": "EUR",
        "items": (LAMP, BULBS),
        "address": "Olive Grant\n1 Elm Road\n10115 Berlin",
        "owner": Owner(OLIVE),
    } | values
    return GivenOrder(number, state, **given)


def who(contact: ContactId) -> Customer:
    """Somebody of whom the bot takes it that proof says who they are; the store looks for itself."""
    return Customer(contact, verified=True)


def asks(key: str = "k1", **values: Any) -> Instruction:
    return Instruction(key, **values)


REFUND: Wish = Refund("It flickers", None)
