"""Orders kept in our own database, for those who have no shop that could be asked."""

from collections.abc import Sequence

from core.order import (
    Cancel,
    ChangeAddress,
    Customer,
    Instruction,
    Order,
    OrderResult,
    Owner,
    Refund,
    SendBack,
    Wish,
)
from core.order_rules import OrderSettings
from core.ordering.changing import carry_out
from core.ordering.reading import look_up, orders_of, owner_of
from core.store.database import Database


class StoredOrders:
    """Implements ``OrderConnector``; whose an order is, is read from the database, whatever the customer's value says."""

    def __init__(self, db: Database, settings: OrderSettings | None = None) -> None:
        self._db = db
        self._settings = settings or OrderSettings()

    async def look_up(self, number: str, customer: Customer) -> Order | None:
        return await self._db.read(look_up, number, customer)

    async def owner_of(self, number: str) -> Owner | None:
        return await self._db.read(owner_of, number)

    async def orders_of(self, customer: Customer, limit: int) -> Sequence[Order]:
        return await self._db.read(orders_of, customer, limit)

    async def cancel(self, number: str, customer: Customer, instruction: Instruction) -> OrderResult:
        return await self._carry_out(number, customer, instruction, Cancel())

    async def change_address(
        self, number: str, customer: Customer, instruction: Instruction, address: str
    ) -> OrderResult:
        return await self._carry_out(number, customer, instruction, ChangeAddress(address))

    async def request_return(
        self, number: str, customer: Customer, instruction: Instruction, reason: str
    ) -> OrderResult:
        return await self._carry_out(number, customer, instruction, SendBack(reason))

    async def request_refund(
        self, number: str, customer: Customer, instruction: Instruction, reason: str, amount: int | None
    ) -> OrderResult:
        return await self._carry_out(number, customer, instruction, Refund(reason, amount))

    async def _carry_out(
        self, number: str, customer: Customer, instruction: Instruction, wish: Wish
    ) -> OrderResult:
        return await self._db.run(carry_out, number, customer, instruction, wish, self._settings)
