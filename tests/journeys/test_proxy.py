"""Two servers behind the proxy of deploy/: nobody is bound to one of them, files are everywhere, and who was at the one that dies goes on at the other."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from deploy.setup.places import VENV
from tests.channels.shop import Visitor
from tests.house.tree import ROOT
from tests.servers.parley import Server, running_parley
from tests.servers.programs import LOOPBACK, end, free_ports, wait_for_ports
from tests.servers.s3 import KEY_ID, S3, SECRET
from tests.servers.valkey import Valkey

pytestmark = [pytest.mark.postgres, pytest.mark.server]

GO_ON_S = 60.0
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
"""Larger than what the database keeps by itself."""


@contextmanager
def running_proxy(folder: Path, *servers: Server) -> Iterator[str]:
    """In front of these; its address."""
    (port,) = free_ports(1)
    folder.mkdir()
    upstreams = " ".join(each.address.removeprefix("http://") for each in servers)
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "CADDY_ADMIN": f"unix/{folder}/admin",
        "PARLEY_SITE": f"http://{LOOPBACK}:{port}",
        "PARLEY_UPSTREAMS": f"to {upstreams}",
    }
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [VENV / "bin" / "caddy", "run", "--config", ROOT / "deploy" / "Caddyfile"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
    try:
        wait_for_ports(process, [port], log)
        yield environment["PARLEY_SITE"]
    finally:
        end(process)


async def visit(http: aiohttp.ClientSession, address: str, session: str | None = None) -> Visitor:
    visitor = Visitor(await http.ws_connect(f"{address}/live/web/socket"))
    await visitor.hello(session=session)
    return visitor


async def test_sockets_are_shared_out_and_who_was_at_a_server_that_dies_goes_on_at_the_other(
    tmp_path: Path, http: aiohttp.ClientSession, bare_postgres_url: str, valkey: Valkey, s3: S3
) -> None:
    settings = {
        "PARLEY_DATABASE_URL": bare_postgres_url,
        "PARLEY_REDIS_URL": valkey.url,
        "PARLEY_MEDIA_URL": f"s3://{s3.create_bucket()}/files",
        "PARLEY_MEDIA_S3_ENDPOINT": s3.address,
        "PARLEY_MEDIA_S3_KEY_ID": KEY_ID,
        "PARLEY_MEDIA_S3_SECRET": SECRET,
    }
    with running_parley(tmp_path / "one", **settings) as one:
        two = Server(tmp_path / "two", settings, arguments=())
        await asyncio.to_thread(two.start)
        try:
            with running_proxy(tmp_path / "proxy", one, two) as address:
                visitors = [await visit(http, address) for _ in range(4)]
                for n, visitor in enumerate(visitors):
                    assert (await visitor.say(f"Hello {n}"))["type"] == "stored"
                url = await picture(http, one.address, visitors[0])
                for server in (one, two):
                    async with http.get(f"{server.address}{url}") as shown:
                        assert (shown.status, await shown.read()) == (200, PNG)
                await asyncio.to_thread(two.kill)
                # The fewest sockets get the next: each server had some.
                lost = [visitor for visitor in visitors if not await answers(visitor)]
                assert 0 < len(lost) < len(visitors)
                for visitor in lost:
                    again = await visit(http, address, visitor.session)
                    assert (await again.say("Still here?", "k2"))["type"] == "stored"
        finally:
            await asyncio.to_thread(two.stop)


async def picture(http: aiohttp.ClientSession, server: str, visitor: Visitor) -> str:
    """Upload one and send it; the address at which it is shown."""
    headers = {
        "Authorization": f"Bearer {visitor.session}",
        "X-File-Name": "a.png",
        "Content-Type": "image/png",
    }
    async with http.post(f"{server}/live/web/uploads", data=PNG, headers=headers) as stored:
        assert stored.status == 201, await stored.text()
        upload = (await stored.json())["id"]
    await visitor.say("", "picture", uploads=[upload])
    while True:
        for event in visitor.events:
            for part in event["event"].get("message", {}).get("parts", ()):
                if part["type"] == "image":
                    return str(part["url"])
        await visitor.event("message", len(visitor.texts) + 1)


async def answers(visitor: Visitor) -> bool:
    """Whether the other end of this socket is there."""
    try:
        async with asyncio.timeout(GO_ON_S):
            await visitor.send("ping")
            await visitor.until("pong")
    except (TypeError, ConnectionError, aiohttp.ClientError):
        # A socket that was closed gives no text.
        return False
    return True
