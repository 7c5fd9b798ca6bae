"""The shop's own door: it pushes its orders with a key of its own, nobody signs in."""

from aiohttp import hdrs, web

from console.auth import audit
from console.changes.orders import bring, check_key, given_orders
from console.parts import Parts
from console.wire import order as wire
from core.errors import Forbidden, Invalid
from core.limits import of_address, refused, take
from core.web import client_address, json_response, read_json


class ShopHandlers:
    """``/api/shop/orders``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def put(self, request: web.Request) -> web.Response:
        """All of them or none."""
        parts, address = self._parts, client_address(request)
        scheme, _, secret = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        # Wrong keys are counted: a right one costs nothing.
        wrong = of_address("shop-key", address, parts.settings.wrong_keys)
        refused(await parts.limits.wait_s(*wrong))
        try:
            await parts.db.read(check_key, secret if scheme == "Bearer" else "")
        except Forbidden:
            await take(parts.limits, *wrong)
            parts.count("wrong_key")
            raise
        ask = await read_json(request, wire.ShopOrders)
        if len(ask.orders) > parts.orders.imported:
            raise Invalid("orders", f"at most {parts.orders.imported} at a time")
        given = given_orders(ask.orders, parts.order_number)
        done = await parts.db.run(bring, secret, given)
        audit.record("orders brought in", by=None, address=address, count=str(len(given)))
        return json_response(wire.OrdersBrought(done.added, done.changed, done.unchanged))
