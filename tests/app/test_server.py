"""Who connects and asks for nothing is hung up on; who asks is served for as long as it takes."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from yarl import URL

from app.bodies import Pace
from app.metrics import Metrics
from app.server import application, bind, port_of, serving, side_by_side
from app.settings import Settings
from channels.media.http import upload_of
from core.agent import Permission
from core.errors import Unavailable
from core.network import THIS_MACHINE
from core.web import Route, client_address, read_json

HANDSHAKE_S = 0.2
PACE = Pace(first_s=0.2, bytes_per_s=100_000)
ASK = b"GET /hello HTTP/1.1\r\nHost: here\r\n\r\n"


async def hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


async def told(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await read_json(request, list[int]))))


async def uploaded(request: web.Request) -> web.Response:
    upload, size = upload_of(request), 0
    while piece := await upload.read():
        size += len(piece)
    return web.Response(text=f"{size} bytes")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    bound = bind("127.0.0.1", 0, 10, "PARLEY_PORT")
    routes = [
        Route("GET", "/hello", hello, Permission.PUBLIC),
        Route("POST", "/json", told, Permission.PUBLIC),
        Route("POST", "/upload", uploaded, Permission.PUBLIC),
        Route("GET", "/named/{name}/hello", hello, Permission.SIGNED_IN),
    ]
    app = application(routes, Metrics(), 1_000_000, PACE, THIS_MACHINE)
    async with serving(app, bound, backlog=10, handshake_s=HANDSHAKE_S, stop_s=1):
        yield port_of(bound)


@pytest.mark.parametrize("first", [b"", ASK[:-2]])
async def test_who_asks_for_nothing_or_never_comes_to_the_end_is_hung_up_on(port: int, first: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(first)
    async with asyncio.timeout(30):
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()


async def test_who_has_asked_may_ask_again_later(port: int) -> None:
    asked, one = await asyncio.open_connection("127.0.0.1", port)
    one.write(ASK)
    assert b"200 OK" in await asked.readuntil(b"hello")
    silent, other = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(30):
        assert await silent.read() == b""
    one.write(ASK)
    assert b"200 OK" in await asked.readuntil(b"hello")
    for writer in (one, other):
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("path", ["/json", "/upload"])
@pytest.mark.parametrize(
    "framing", ["Content-Length: 100\r\n\r\n[1,", "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n"]
)
async def test_who_never_comes_to_the_end_of_a_body_is_told_so_and_hung_up_on(
    port: int, path: str, framing: str, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: here\r\n{framing}".encode())
    async with asyncio.timeout(30):
        answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"slow"' in answer
    assert caplog.records == []
    writer.close()
    await writer.wait_closed()


async def test_a_large_body_may_take_longer_while_it_comes_at_the_pace(port: int) -> None:
    """100 kB are given another second: it is late by the first term alone, not by both."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /upload HTTP/1.1\r\nHost: here\r\nContent-Length: 100001\r\n\r\n" + b"x" * 100_000)
    asyncio.get_running_loop().call_later(2 * PACE.first_s, writer.write, b"x")
    async with asyncio.timeout(30):
        assert b"200 OK" in await reader.readuntil(b"100001 bytes")
    writer.close()
    await writer.wait_closed()


class Door(socket.socket):
    """``may_wait``: how many it was told to keep until they are let in."""

    may_wait = 0

    def listen(self, backlog: int = 0, /) -> None:
        self.may_wait = backlog
        super().listen(backlog)


async def test_nobody_is_told_what_serves(port: int) -> None:
    async with ClientSession() as client:
        for path in ("/hello", "/nowhere"):
            async with client.get(f"http://127.0.0.1:{port}{path}") as answer:
                assert "Server" not in answer.headers


def test_a_port_that_is_taken_is_named_with_its_setting() -> None:
    with bind("127.0.0.1", 0, 10, "PARLEY_PORT") as taken:
        port = port_of(taken)
        with pytest.raises(
            Unavailable, match=rf"cannot listen on 127\.0\.0\.1:{port} \(PARLEY_INTERNAL_PORT\)"
        ):
            bind("127.0.0.1", port, 10, "PARLEY_INTERNAL_PORT")


async def test_as_many_may_wait_to_be_let_in_as_was_set() -> None:
    door = Door(socket.AF_INET, socket.SOCK_STREAM)
    door.bind(("127.0.0.1", 0))
    async with serving(
        application([], Metrics(), 1000, PACE, THIS_MACHINE), door, backlog=77, handshake_s=1, stop_s=1
    ):
        assert door.may_wait == 77


@pytest.mark.parametrize(
    ("trusted", "counted"),
    [((), "127.0.0.1"), (("127.0.0.0/8",), "10.0.4.1"), (("127.0.0.0/8", "10.0.4.0/24"), "192.0.2.7")],
)
async def test_the_proxies_that_were_named_are_believed_and_no_others(
    trusted: tuple[str, ...], counted: str
) -> None:
    async def who(request: web.Request) -> web.Response:
        return web.Response(text=client_address(request))

    routes = [Route("GET", "/who", who, Permission.PUBLIC)]
    app = application(routes, Metrics(), 1000, PACE, Settings(trusted_proxies=trusted).proxies)
    bound = bind("127.0.0.1", 0, 10, "PARLEY_PORT")
    async with serving(app, bound, backlog=10, handshake_s=1, stop_s=1), ClientSession() as client:
        headers = {"X-Forwarded-For": "198.51.100.1, 192.0.2.7, 10.0.4.1"}
        async with client.get(f"http://127.0.0.1:{port_of(bound)}/who", headers=headers) as answer:
            assert await answer.text() == counted


async def test_two_listeners_end_at_the_same_time_and_none_waits_for_the_other() -> None:
    ending, begun = [asyncio.Event(), asyncio.Event()], [asyncio.Event(), asyncio.Event()]

    def until_the_other_ends(at: int) -> web.Application:
        async def wait(_request: web.Request) -> web.Response:
            begun[at].set()
            await ending[1 - at].wait()
            return web.Response(text="done")

        async def ends(_app: web.Application) -> None:
            ending[at].set()

        app = application([Route("GET", "/", wait, Permission.PUBLIC)], Metrics(), 1000, PACE, THIS_MACHINE)
        app.on_shutdown.append(ends)
        return app

    async def ask(bound: socket.socket) -> str:
        async with client.get(f"http://127.0.0.1:{port_of(bound)}/") as answer:
            return await answer.text()

    bounds = [bind("127.0.0.1", 0, 10, "PARLEY_PORT") for _ in range(2)]
    served = [
        serving(until_the_other_ends(at), bounds[at], backlog=10, handshake_s=240, stop_s=480)
        for at in (0, 1)
    ]
    async with ClientSession() as client, asyncio.timeout(120), asyncio.TaskGroup() as asking:
        async with side_by_side(served):
            answers = [asking.create_task(ask(each)) for each in bounds]
            for each in begun:
                await each.wait()
        assert [await each for each in answers] == ["done", "done"]


@pytest.mark.parametrize("path", ["/named/%00/hello", "/named/a%00b/hello", "/hello%00", "/%00"])
async def test_there_is_nothing_at_an_address_with_a_nul(port: int, path: str) -> None:
    status, error = await _asked_for(port, path)
    assert (status, error["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=%00", "q"),
        ("a=b&language=e%00n", "language"),
        ("q=a&q=%00", "q"),
        ("na%00me=x", "name"),
        ("%00", "query"),
    ],
)
@pytest.mark.parametrize("path", ["/hello", "/named/it/hello"])
async def test_a_query_with_a_nul_is_refused_by_its_name(
    port: int, path: str, query: str, field: str
) -> None:
    status, error = await _asked_for(port, f"{path}?{query}")
    assert (status, error["field"]) == (422, field)


async def test_an_address_that_only_speaks_of_nul_is_served(port: int) -> None:
    async with ClientSession() as session:
        url = URL(f"http://127.0.0.1:{port}/named/%2500/hello?q=%2500", encoded=True)
        assert await (await session.get(url)).text() == "hello"


async def _asked_for(port: int, path: str) -> tuple[int, dict[str, str]]:
    async with ClientSession() as session:
        response = await session.get(URL(f"http://127.0.0.1:{port}{path}", encoded=True))
        return response.status, (await response.json())["error"]
