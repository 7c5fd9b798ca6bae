"""Somebody else's shop behind an address: asked over HTTP with signed calls, and believed only as far as proof goes."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
import msgspec

from bot.orders import http_wire as wire
from core.clock import Clock
from core.errors import Invalid, Unavailable
from core.ids import ContactId, OrderRequestId
from core.order import (
    AwaitsApproval,
    Customer,
    Done,
    Instruction,
    NoSuchOrder,
    Order,
    OrderDetails,
    OrderItem,
    OrderRequest,
    OrderResult,
    Owner,
    Refused,
)
from core.signing import signed

_decode = msgspec.json.Decoder(wire.Told).decode
_OK = 200


@dataclass(frozen=True, slots=True)
class HttpOrderSettings:
    """``url`` is empty where there is no such shop: then orders are kept here. ``call_s`` for one call, of which a change takes two."""

    url: str = ""
    secret: str = field(default="", repr=False)
    call_s: float = 0.7
    answer_bytes: int = 262_144


class HttpOrders:
    """Implements ``OrderConnector``. Raises Unavailable whenever the shop does not do its part, whatever the reason."""

    def __init__(self, session: aiohttp.ClientSession, clock: Clock, settings: HttpOrderSettings) -> None:
        """``session`` must not connect to addresses inside. Raises Invalid for an address or a secret that cannot be."""
        if not settings.url.startswith(("https://", "http://")):
            raise Invalid("PARLEY_BOT_SHOP_URL", "an address with https:// or http://")
        if not settings.secret:
            raise Invalid("PARLEY_BOT_SHOP_SECRET", "the secret by which the shop knows our calls")
        self._session = session
        self._clock = clock
        self._settings = settings

    async def look_up(self, number: str, customer: Customer) -> Order | None:
        told = await self._told(number, customer)
        return None if told is None else _order(told, customer)

    async def owner_of(self, number: str) -> Owner | None:
        """Only a shop that tells us the details of orders that nobody has proven to be theirs says it."""
        told = await self._told(number, Customer(ContactId(""), verified=False))
        if told is None or told.details is None:
            return None
        return Owner((told.details.email or "").strip().lower() or None, told.details.user)

    async def orders_of(self, customer: Customer, limit: int) -> Sequence[Order]:
        if not customer.verified:
            return ()
        told = await self._ask(_asked("orders_of", customer, limit=limit))
        own = [_order(each, customer) for each in told.orders]
        return [each for each in own if each.details is not None][:limit]

    async def cancel(self, number: str, customer: Customer, instruction: Instruction) -> OrderResult:
        return await self._change(_asked("cancel", customer, number=number, key=instruction.key), customer)

    async def change_address(
        self, number: str, customer: Customer, instruction: Instruction, address: str
    ) -> OrderResult:
        asked = _asked("change_address", customer, number=number, key=instruction.key, address=address)
        return await self._change(asked, customer)

    async def request_return(
        self, number: str, customer: Customer, instruction: Instruction, reason: str
    ) -> OrderResult:
        asked = _asked("return", customer, number=number, key=instruction.key, reason=reason)
        return await self._change(asked, customer)

    async def request_refund(
        self, number: str, customer: Customer, instruction: Instruction, reason: str, amount: int | None
    ) -> OrderResult:
        asked = _asked("refund", customer, number=number, key=instruction.key, reason=reason)
        return await self._change(msgspec.structs.replace(asked, amount=amount), customer)

    async def _told(self, number: str, customer: Customer) -> wire.ToldOrder | None:
        order = (await self._ask(_asked("look_up", customer, number=number))).order
        if order is not None and order.number != number:
            raise Unavailable("the shop told another order than was asked for", code="shop_failed")
        return order

    async def _change(self, asked: wire.AskedOrder, customer: Customer) -> OrderResult:
        """Only what is shown to be the customer's own: a shop that forgets to look changes nobody else's."""
        order = await self.look_up(asked.number or "", customer)
        if order is None or order.details is None:
            return NoSuchOrder()
        told = await self._ask(asked)
        match told.result:
            case "done":
                return Done()
            case "awaits":
                return AwaitsApproval()
            case "refused":
                return Refused(told.reason)
            case "none":
                return NoSuchOrder()
            case None:
                raise Unavailable("the shop did not say what it did", code="shop_failed")

    async def _ask(self, asked: wire.AskedOrder) -> wire.Told:
        body = msgspec.json.encode(asked)
        try:
            async with asyncio.timeout(self._settings.call_s):
                return _decode(await self._send(body))
        except (
            TimeoutError,
            aiohttp.ClientError,
            OSError,
            msgspec.MsgspecError,
            UnicodeDecodeError,
        ) as error:
            why = f"the shop failed: {type(error).__name__}: {error}"
            raise Unavailable(why, code="shop_failed") from error

    async def _send(self, body: bytes) -> bytes:
        settings = self._settings
        # The same for the same call: the shop may know a repeat by it.
        call = hashlib.sha256(body).hexdigest()
        proof = signed(settings.secret.encode(), call, self._clock.now(), body)
        async with self._session.post(
            settings.url,
            data=body,
            headers={**proof, "Content-Type": "application/json"},
            allow_redirects=False,
        ) as response:
            if response.status != _OK:
                raise Unavailable(f"the shop answered {response.status}", code="shop_failed")
            answer = bytearray()
            async for chunk in response.content.iter_any():
                answer += chunk
                if len(answer) > settings.answer_bytes:
                    raise Unavailable(
                        f"the shop answered over {settings.answer_bytes} bytes", code="shop_failed"
                    )
            return bytes(answer)


def _asked(ask: wire.Ask, customer: Customer, **values: str | int) -> wire.AskedOrder:
    proven = customer if customer.verified else Customer(customer.contact, verified=False)
    whom = wire.AskedCustomer(proven.emails, proven.users)
    return msgspec.structs.replace(wire.AskedOrder(wire.VERSION, ask, whom), **values)


def _order(told: wire.ToldOrder, customer: Customer) -> Order:
    details = told.details
    if details is None or not _is_of(details, customer):
        return Order(told.number, told.state, told.expected)
    return Order(told.number, told.state, told.expected, _details(details))


def _is_of(details: wire.ToldDetails, customer: Customer) -> bool:
    if not customer.verified:
        return False
    emails = {each.lower() for each in customer.emails}
    return (details.email or "").strip().lower() in emails or details.user in customer.users


def _details(told: wire.ToldDetails) -> OrderDetails:
    return OrderDetails(
        _aware(told.placed_at),
        told.currency,
        tuple(OrderItem(each.name, each.quantity, each.price) for each in told.items),
        told.address,
        None if told.delivered_at is None else _aware(told.delivered_at),
        told.tracking,
        tuple(
            OrderRequest(
                OrderRequestId(each.id),
                each.kind,
                each.state,
                each.reason,
                each.amount,
                _aware(each.asked_at),
            )
            for each in told.requests
        ),
    )


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Unavailable("the shop told a time without its zone", code="shop_failed")
    return at
