"""What is asked of whoever keeps orders, and how a number is written; ``core.order`` has the values."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.order import Customer, Instruction, Order, OrderResult, Owner


class OrderConnector(Protocol):
    """Where orders are kept. Numbers are in their normal form; raises ``core.errors.Unavailable``, within a second or so.

    Everything but ``look_up`` is for the order's own proven customer only. Nothing may be promised that its answer
    does not say.
    """

    async def look_up(self, number: str, customer: Customer) -> Order | None:
        """Whoever knows the number is told the state; the details only who proved that the order is theirs."""
        ...

    async def owner_of(self, number: str) -> Owner | None:
        """Whose it is, for us alone: who could prove it. None where there is no such order, or nobody says."""
        ...

    async def orders_of(self, customer: Customer, limit: int) -> Sequence[Order]:
        """The newest first, with their details; none for who proved nothing."""
        ...

    async def cancel(self, number: str, customer: Customer, instruction: Instruction) -> OrderResult: ...

    async def change_address(
        self, number: str, customer: Customer, instruction: Instruction, address: str
    ) -> OrderResult:
        """``address``: where it shall go instead, in lines as on a parcel."""
        ...

    async def request_return(
        self, number: str, customer: Customer, instruction: Instruction, reason: str
    ) -> OrderResult:
        """``reason`` in the customer's words; empty where they gave none."""
        ...

    async def request_refund(
        self, number: str, customer: Customer, instruction: Instruction, reason: str, amount: int | None
    ) -> OrderResult:
        """``amount`` in minor units; None: all that was paid and is not given back yet."""
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
