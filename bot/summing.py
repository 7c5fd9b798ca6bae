"""How much a refund asks for, and which sum the customer named; pure."""

import re
from decimal import Decimal

from bot.forms.kinds import AMOUNT, NAMED, SUM, Slots, without
from core.money import major, money
from core.order import OrderDetails
from core.order_rules import refundable

_NUMBER = r"(\d+(?:[.,]\d{1,2})?)"
_SUM = re.compile(
    rf"(?:[€$£¥￥]|\b(?:eur|usd|gbp|rmb|cny)\b)\s?{_NUMBER}|(?<![\d.,-]){_NUMBER}\s?"
    r"(?:[€$£]|(?:euros?|eur|dollars?|usd|pounds?|gbp|yuan|rmb|cny)\b|欧元|欧|美元|元|块|英镑)",
    re.IGNORECASE,
)


def named_sum(text: str) -> str | None:
    """The sum in a text, as it is written there."""
    found = _SUM.search(text)
    return None if found is None else found[0].strip()


def summed(slots: Slots, details: OrderDetails | None, language: str) -> dict[str, str]:
    """With what is asked for, all that is left of the order, where it is known; a named sum stays if it is another."""
    if details is None:
        return without(slots, AMOUNT, SUM)
    whole = refundable(details)
    known = {**slots, AMOUNT: money(whole, details.currency, language), SUM: str(whole)}
    same = _figure(slots.get(NAMED, "")) == major(whole, details.currency)
    return without(known, NAMED) if same else known


def _figure(named: str) -> Decimal | None:
    found = _SUM.search(named)
    return None if found is None else Decimal((found[1] or found[2]).replace(",", "."))
