"""What a text wants of an order just by naming it; pure."""

from bot.contract import Intent
from bot.forms import words
from bot.forms.reading import order_numbers, written_numbers
from bot.orders.contract import OrderFormat

_SHORT = 40
_ALONE = 1


def named_intent(text: str, numbers: OrderFormat) -> Intent | None:
    """Of a text that names an order and where to, or that says hardly more than which order, or asks where it is."""
    named = words.names_order(text, numbers.prefix)
    if not order_numbers(text, numbers):
        return None
    if (named or words.sends(text)) and words.address_beside(text) is not None:
        return Intent.ORDER_CHANGE_ADDRESS
    return Intent.ORDER_STATUS if (named or words.asks_where(text)) and len(text) <= _SHORT else None


def number_spoken_of(text: str, numbers: OrderFormat) -> str | None:
    """The first number that a text gives for an order, or the only one that can be one; a postcode in an address is none."""
    written = written_numbers(text, numbers)
    if words.names_order(text, numbers.prefix):
        return next(iter(written), None)
    return written[0] if len(written) == _ALONE and not words.names_place(text) else None
