"""Processes that share the roles: none could do it alone, and none begins what is another's."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.channels.shop import Visitor
from tests.journeys.line import Line
from tests.journeys.people import GREETING, staff
from tests.servers.parley import Server, running_parley
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.postgres

LATE_S = 240.0
"""Generous: it is never waited for unless something is wrong."""


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def shared_roles(
    folder: Path, settings: Mapping[str, str], splits: Sequence[str]
) -> AsyncIterator[list[Server]]:
    """A process for each of these; the first one serves, and the others' public ports are named and free."""
    with running_parley(folder / "0", **settings, PARLEY_ROLES=splits[0]) as front:
        others = [
            Server(
                folder / str(number),
                {**settings, "PARLEY_PORT": str(a_free_port())},
                arguments=("--roles", roles),
            )
            for number, roles in enumerate(splits[1:], 1)
        ]
        try:
            await asyncio.gather(*(asyncio.to_thread(each.start) for each in others))
            yield [front, *others]
        finally:
            running = [each for each in others if each.process is not None and each.process.poll() is None]
            ended = await asyncio.gather(*(asyncio.to_thread(each.stop) for each in running))
            assert ended == [0] * len(others)


async def status_of(http: aiohttp.ClientSession, address: str) -> int:
    async with http.get(address) as response:
        return response.status


async def metrics_of(http: aiohttp.ClientSession, server: Server) -> dict[str, str]:
    async with http.get(f"{server.internal}/metrics") as response:
        lines = (await response.text()).splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


@pytest.mark.parametrize(
    "splits", [("web,router", "relay,channels,bot"), ("web", "relay", "router", "channels", "bot")]
)
async def test_a_conversation_goes_from_the_bot_to_a_person_through_processes_with_other_roles(
    tmp_path: Path,
    http: aiohttp.ClientSession,
    bare_postgres_url: str,
    valkey: Valkey,
    splits: tuple[str, ...],
) -> None:
    settings = {
        "PARLEY_DATABASE_URL": bare_postgres_url,
        "PARLEY_REDIS_URL": valkey.url,
        "PARLEY_REDIS_PREFIX": f"roles{len(splits)}",
    }
    async with shared_roles(tmp_path, settings, splits) as servers, asyncio.timeout(LATE_S):
        front, *others = servers
        line = Line(front, http)
        line.up.set()
        people = await staff(line, 10)
        working = [asyncio.create_task(person.work()) for person in people]
        async with http.ws_connect(f"{front.address}/live/web/socket") as ws:
            visitor = Visitor(ws)
            await visitor.hello()
            conversation = (await visitor.say("Hello"))["conversation"]
            await visitor.event("message", 2)
            await visitor.say("I want to talk to a person", "second")
            while GREETING not in visitor.texts:
                await visitor.event("message", len(visitor.texts) + 1)
        for each in working:
            each.cancel()
        said = (await people[0].ask("GET", f"/api/conversations/{conversation}"))["messages"]
        assert [each["author"]["kind"] for each in said] == ["contact", "bot", "contact", "bot", "agent"]
        assert [each.greeted for each in people if each.greeted] == [[conversation]]
        for server in servers:
            assert await status_of(http, f"{server.internal}/healthz") == 200
            assert await status_of(http, f"{server.internal}/readyz") == 200
        leads = [(await metrics_of(http, server))["parley_routing_leader"] for server in servers]
        assert leads == ["1.0" if "router" in roles else "0.0" for roles in splits]
        looked = (await asyncio.to_thread(front.call, "doctor")).stdout
        wanted = f"ok   processes: {len(splits)} run, of one version, with every role among them"
        assert wanted in looked, looked
        for server in others:
            with pytest.raises(aiohttp.ClientConnectorError):
                await status_of(http, server.address)
