"""Orders: how a number is written, and a small lookup in memory until a real connector is there."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.ids import ContactId


class OrderState(StrEnum):
    """How far an order got."""

    PLACED = "placed"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Order:
    """``number`` in its normal form; ``expected`` a local date (ISO 8601) where the carrier named one."""

    number: str
    state: OrderState
    expected: str | None = None


class OrderLookup(Protocol):
    """Where orders are kept; answers within a second or raises ``core.errors.Unavailable``."""

    async def look_up(self, number: str, contact: ContactId, *, verified: bool) -> Order | None:
        """``number`` in its normal form; None when there is no such order that this contact may know of."""
        ...


@dataclass(frozen=True, slots=True)
class OrderFormat:
    """Orders are ``PREFIX-DIGITS``; customers leave the prefix or the hyphen out."""

    prefix: str = "LL"
    digits: int = 5

    def normal_form(self, written: str) -> str | None:
        """None when it is no order number; full-width characters count as their plain ones.

        A short word before the number, as in "is 10234", is not part of it.
        """
        flat = unicodedata.normalize("NFKC", written).upper().strip()
        prefix, digits = re.escape(self.prefix), rf"(\d{{{self.digits}}})"
        match = re.fullmatch(rf"(?:{prefix}[ \-–]?|[A-Z]{{1,3}} )?{digits}", flat, re.ASCII)
        return None if match is None else f"{self.prefix}-{match[1]}"

    def numbers_in(self, text: str) -> tuple[str, ...]:
        """Everything that could be meant as an order number, as written."""
        pattern = (
            rf"(?<![A-Z0-9])(?:{re.escape(self.prefix)}[ \-–]?|[A-Z]{{1,3}}[\-–]?)?\d{{3,12}}(?![A-Z0-9])"
        )
        flat = unicodedata.normalize("NFKC", text)
        return tuple(re.findall(pattern, flat, re.ASCII | re.IGNORECASE))

    def example(self) -> str:
        """A number as customers may write it."""
        return f"{self.prefix}-{'1234567890'[: self.digits]}"


class SampleOrders:
    """Implements ``OrderLookup`` in memory: what the sample company has sold.

    Tells the state only, never a name or an address, so that knowing the number is enough.
    """

    def __init__(self, orders: Iterable[Order]) -> None:
        self._orders: Mapping[str, Order] = {order.number: order for order in orders}

    async def look_up(self, number: str, contact: ContactId, *, verified: bool) -> Order | None:
        return self._orders.get(number)


def sample_orders() -> SampleOrders:
    """The orders of the sample company, the lamp shop."""
    return SampleOrders(
        [
            Order("LL-10234", OrderState.SHIPPED),
            Order("LL-20871", OrderState.PACKED),
            Order("LL-48213", OrderState.DELIVERED),
            Order("LL-10877", OrderState.PLACED),
            Order("LL-77120", OrderState.CANCELLED),
            Order("LL-55012", OrderState.RETURNED),
            Order("LL-30456", OrderState.SHIPPED),
        ]
    )
