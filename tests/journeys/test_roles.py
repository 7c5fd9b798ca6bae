"""Two processes that share the roles: neither could do it alone, and neither begins what is the other's."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.channels.shop import Visitor
from tests.journeys.line import Line
from tests.journeys.people import GREETING, staff
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.postgres

PATIENCE_S = 60.0


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def shared_roles(folder: Path, database: str) -> AsyncIterator[tuple[Server, Server]]:
    """Who serves and decides, and who works off what follows; the second one's public port is named and free."""
    settings = {"PARLEY_DATABASE_URL": database}
    with running_parley(folder / "front", **settings, PARLEY_ROLES="web,router") as front:
        back = Server(
            folder / "back",
            {**settings, "PARLEY_PORT": str(a_free_port())},
            arguments=("--roles", "relay,channels,bot"),
        )
        await asyncio.to_thread(back.start)
        try:
            yield front, back
        finally:
            assert await asyncio.to_thread(back.stop) == 0


async def status_of(http: aiohttp.ClientSession, address: str) -> int:
    async with http.get(address) as response:
        return response.status


async def metrics_of(http: aiohttp.ClientSession, server: Server) -> dict[str, str]:
    async with http.get(f"{server.internal}/metrics") as response:
        lines = (await response.text()).splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


async def test_a_conversation_goes_from_the_bot_to_a_person_through_processes_with_other_roles(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str
) -> None:
    async with asyncio.timeout(3 * PATIENCE_S), shared_roles(tmp_path, bare_postgres_url) as (front, back):
        line = Line(front, http)
        line.up.set()
        working = [asyncio.create_task(person.work()) for person in await staff(line, 10)]
        async with http.ws_connect(f"{front.address}/live/web/socket") as ws:
            visitor = Visitor(ws)
            await visitor.hello()
            await visitor.say("Hello")
            await visitor.event("message", 2)
            await visitor.say("I want to talk to a person", "second")
            while GREETING not in visitor.texts:
                await visitor.event("message", len(visitor.texts) + 1)
        for each in working:
            each.cancel()
        for server in (front, back):
            assert await status_of(http, f"{server.internal}/healthz") == 200
            assert await status_of(http, f"{server.internal}/readyz") == 200
        leads = [(await metrics_of(http, server))["parley_routing_leader"] for server in (front, back)]
        assert leads == ["1.0", "0.0"]
        said = (await asyncio.to_thread(front.call, "doctor")).stdout
        assert "ok   processes: 2 run, of one version, with every role among them" in said, said
        with pytest.raises(aiohttp.ClientConnectorError):
            await status_of(http, back.address)
