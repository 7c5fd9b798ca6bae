"""Orders: beside a conversation, all of them, what agents do for customers, and refunds that wait for a person."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes.orders import act, asked_of, instruction_of, words_in
from console.parts import Parts, Shop
from console.queries import orders as queries
from console.wire import order as wire
from core.agent import Permission
from core.errors import Invalid, NotFound, Unavailable
from core.ids import ConversationId, OrderRequestId
from core.order import (
    AwaitsApproval,
    Cancel,
    ChangeAddress,
    Customer,
    NoSuchOrder,
    Refund,
    Refusal,
    Refused,
    RequestState,
    SendBack,
    Wish,
)
from core.ordering.approving import Verdict, decide
from core.web import client_address, json_response, read_json


class OrderHandlers:
    """``/api/orders``, ``/api/order-requests`` and ``/api/conversations/{id}/orders``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._words = words_in(parts.texts)

    async def beside(self, request: web.Request, session: Signed) -> web.Response:
        conversation = ConversationId(request.match_info["id"])
        shop, settings, read = self._parts.shop, self._parts.orders, self._parts.db.read
        if shop is None:
            return json_response(await read(queries.orders_beside, conversation, settings))
        customer = await read(queries.customer_in, conversation)
        found = await shop.orders_of(customer, settings.listed) if customer.verified else ()
        items = tuple(queries.elsewhere(each) for each in found)
        return json_response(wire.CustomerOrders(customer.verified, items))

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        pages = self._parts.settings.pages
        text = request.query.get("q", "").strip()
        if len(text) > pages.search_characters:
            raise Invalid("q", f"at most {pages.search_characters} characters")
        cursor = request.query.get("cursor") or None
        page = await self._parts.db.read(queries.order_page, text, cursor, pages.orders, self._parts.orders)
        return json_response(page)

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        number, steps = request.match_info["number"], self._parts.settings.pages.order_steps
        return json_response(
            await self._parts.db.read(queries.order_detail, number, self._parts.orders, steps)
        )

    async def cancel(self, request: web.Request, session: Signed) -> web.Response:
        return await self._act(request, session, await read_json(request, wire.OrderWish), Cancel())

    async def address(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.AddressWish)
        return await self._act(request, session, ask, ChangeAddress(ask.address))

    async def send_back(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.ReturnWish)
        return await self._act(request, session, ask, SendBack(ask.reason))

    async def refund(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.RefundWish)
        return await self._act(request, session, ask, Refund(ask.reason, ask.amount))

    async def requests(self, request: web.Request, session: Signed) -> web.Response:
        asked = request.query.get("state") or RequestState.WAITING.value
        if asked not in set(RequestState):
            raise Invalid("state", f"one of {', '.join(RequestState)}")
        who = queries.Asker(session.agent.id, session.may(Permission.ADMINISTER))
        place = request.query.get("cursor") or None, self._parts.settings.pages.orders
        page = await self._parts.db.read(
            queries.request_page, RequestState(asked), place, who, self._parts.orders
        )
        return json_response(page)

    async def accept(self, request: web.Request, session: Signed) -> web.Response:
        return await self._decide(request, session, accepted=True)

    async def decline(self, request: web.Request, session: Signed) -> web.Response:
        return await self._decide(request, session, accepted=False)

    async def _act(
        self, request: web.Request, session: Signed, ask: wire.OrderWish, wish: Wish
    ) -> web.Response:
        number, settings, shop = request.match_info["number"], self._parts.orders, self._parts.shop

        def noted(came: str) -> None:
            what = f"order {type(wish).__name__.lower()} {came}"
            self._audit(what, request, session, order=number, conversation=ask.conversation)

        customer = None if shop is None else await self._customer(ask)
        if shop is None or customer is None:
            result = await self._parts.db.run(act, number, ask, wish, session.agent.id, settings)
        else:
            instruction = instruction_of(ask, session.agent.id)
            try:
                result = await asked_of(shop, number, customer, instruction, wish)
            except Unavailable:
                # It may be done or not.
                noted("unknown")
                raise
            if isinstance(result, NoSuchOrder):
                raise NotFound(f"there is no order {number} of this customer")
        name, refusal = "done", None
        if isinstance(result, Refused):
            name, refusal = "refused", Refusal(result.reason)
        elif isinstance(result, AwaitsApproval):
            name = "awaits"
        noted(name)
        if shop is None or customer is None:
            order: wire.Order | None = await self._parts.db.read(queries.one_order, number, settings)
        else:
            order = await _now(shop, number, customer)
        return json_response(wire.WishAnswer(name, refusal, order))

    async def _customer(self, ask: wire.OrderWish) -> Customer:
        """Of the conversation, which must be named: nobody here knows whose the order is otherwise."""
        if ask.conversation is None:
            raise Invalid("conversation", "the conversation of the order's customer")
        return await self._parts.db.read(queries.customer_in, ConversationId(ask.conversation))

    async def _decide(self, request: web.Request, session: Signed, *, accepted: bool) -> web.Response:
        ask = await read_json(request, wire.RequestVerdict)
        reason = ask.reason.strip()
        if not accepted and not reason:
            raise Invalid("reason", "why, for the customer is told", code="empty")
        verdict = Verdict(accepted, reason, session.agent.id, session.may(Permission.ADMINISTER))
        key = OrderRequestId(request.match_info["id"])
        told = await self._parts.db.run(decide, key, verdict, self._parts.orders, self._words)
        self._audit(f"refund {'accepted' if accepted else 'declined'}", request, session, refund=key)
        return json_response(wire.Decided(told))

    def _audit(self, what: str, request: web.Request, session: Signed, **about: str | None) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), **about)


async def _now(shop: Shop, number: str, customer: Customer) -> wire.Order | None:
    """As somebody else's shop tells it after a wish; None: it does not, which undoes nothing."""
    try:
        order = await shop.look_up(number, customer)
    except Unavailable:
        return None
    return None if order is None or order.details is None else queries.elsewhere(order)
