"""Who connects and asks for nothing is hung up on; who asks is served for as long as it takes."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from app.metrics import Metrics
from app.server import application, bind, port_of, serving
from core.agent import Permission
from core.web import Route

HANDSHAKE_S = 0.2
ASK = b"GET /hello HTTP/1.1\r\nHost: here\r\n\r\n"


async def hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    bound = bind("127.0.0.1", 0, 10)
    app = application([Route("GET", "/hello", hello, Permission.PUBLIC)], Metrics(), 1000)
    async with serving(app, bound, backlog=10, handshake_s=HANDSHAKE_S, stop_s=1):
        yield port_of(bound)


@pytest.mark.parametrize("first", [b"", ASK[:-2]])
async def test_who_asks_for_nothing_or_never_comes_to_the_end_is_hung_up_on(port: int, first: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(first)
    async with asyncio.timeout(5):
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()


async def test_who_has_asked_may_ask_again_later(port: int) -> None:
    asked, one = await asyncio.open_connection("127.0.0.1", port)
    one.write(ASK)
    assert b"200 OK" in await asked.readuntil(b"hello")
    silent, other = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(5):
        assert await silent.read() == b""
    one.write(ASK)
    assert b"200 OK" in await asked.readuntil(b"hello")
    for writer in (one, other):
        writer.close()
        await writer.wait_closed()


class Door(socket.socket):
    """``may_wait``: how many it was told to keep until they are let in."""

    may_wait = 0

    def listen(self, backlog: int = 0, /) -> None:
        self.may_wait = backlog
        super().listen(backlog)


async def test_as_many_may_wait_to_be_let_in_as_was_set() -> None:
    door = Door(socket.AF_INET, socket.SOCK_STREAM)
    door.bind(("127.0.0.1", 0))
    async with serving(application([], Metrics(), 1000), door, backlog=77, handshake_s=1, stop_s=1):
        assert door.may_wait == 77
