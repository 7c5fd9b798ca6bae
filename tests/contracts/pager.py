"""The driver for the pager: a network that posts what it is given, and keeps what it is posted."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.errors import Invalid, Undeliverable
from tests.channels.pager.adapter import SIGNATURE, signed
from tests.channels.shop import Shop

FIXTURES = Path(__file__).resolve().parents[1] / "channels" / "pager" / "fixtures"
SECRET = "pagers are not dead yet"


class Network:
    """Takes a message id once; ``says`` is its status instead, while it is set."""

    def __init__(self) -> None:
        self.taken: dict[str, dict[str, Any]] = {}
        self.says: int | None = None

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        assert request.headers[SIGNATURE] == signed(SECRET, body)
        if self.says is None:
            page = msgspec.json.decode(body)
            self.taken.setdefault(page["id"], page)
        return web.Response(status=self.says or 204)

    async def open_for(self, shop: Shop) -> str:
        """Its address, for as long as the shop is open."""
        app = web.Application()
        app.router.add_post("/replies", self.take)
        server = TestServer(app)
        await server.start_server()

        async def close_at_the_end() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await server.close()

        _ = shop.world.supervisor.start("pager network", close_at_the_end())
        return str(server.make_url("/replies"))


class PagerDriver:
    """A fixture is what the network posts."""

    kind = "pager"
    inbox = "beep"
    config: Mapping[str, object] = {"secret": SECRET, "url": "https://pager.example/replies"}
    bad_config: tuple[str, Mapping[str, object]] = ("secret", {"secret": "short", "url": "https://x.example"})

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._network: Network | None = None

    async def deliver(self, name: str) -> None:
        if self._network is None:
            self._network = Network()
            url = await self._network.open_for(self._shop)
            await self._shop.configure(self.inbox, secret=SECRET, url=url)
        body = (FIXTURES / f"{name}.json").read_bytes()
        headers = {SIGNATURE: signed(SECRET, body)}
        async with self._shop.client.post(f"/pager/{self.inbox}", data=body, headers=headers) as answer:
            if answer.status >= 400:
                error = (await answer.json())["error"]
                raise Invalid(error["field"], error["expected"], code=error["code"])

    async def seen(self, count: int) -> list[str]:
        assert self._network is not None
        shown = [page["text"] for page in self._network.taken.values()]
        assert len(shown) >= count
        return shown

    def fail_with(self, error: Exception | None) -> bool:
        assert self._network is not None
        never = isinstance(error, Undeliverable)
        self._network.says = None if error is None else 410 if never else 503
        return True
