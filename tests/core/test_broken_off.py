"""What fails when an answer has begun: the connection ends, and no second answer stands in the midst of the first."""

from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestClient

from core.errors import Unavailable
from core.web import errors_as_json

pytestmark = pytest.mark.served

Client = Callable[[web.Application], Awaitable[TestClient[web.Request, web.Application]]]


async def _socket(request: web.Request) -> web.StreamResponse:
    ws = web.WebSocketResponse()
    await ws.prepare(request)
    await ws.send_str("first")
    raise Unavailable("the database is busy")


async def _stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"half of it")
    raise RuntimeError("the other half is gone")


async def _nothing_yet(_request: web.Request) -> web.StreamResponse:
    raise Unavailable(
        "the database refused: no such table: inbox [SQL: SELECT inbox.id FROM inbox]", code="busy"
    )


@pytest.fixture
async def client(aiohttp_client: Client) -> TestClient[web.Request, web.Application]:
    app = web.Application(middlewares=[errors_as_json])
    app.add_routes([web.get("/socket", _socket), web.get("/stream", _stream), web.get("/", _nothing_yet)])
    return await aiohttp_client(app)


async def test_a_socket_whose_handler_fails_is_closed_without_another_word(
    client: TestClient[web.Request, web.Application],
) -> None:
    async with client.ws_connect("/socket") as ws:
        heard = [await ws.receive(timeout=30), await ws.receive(timeout=5)]
    assert [each.type for each in heard] == [WSMsgType.TEXT, WSMsgType.CLOSED]


async def test_an_answer_that_breaks_off_is_never_taken_for_a_whole_one(
    client: TestClient[web.Request, web.Application],
) -> None:
    response = await client.get("/stream")
    with pytest.raises(aiohttp.ClientPayloadError):
        await response.read()


async def test_what_fails_before_its_answer_is_told_by_its_code_and_why_stays_in_the_log(
    client: TestClient[web.Request, web.Application], caplog: pytest.LogCaptureFixture
) -> None:
    response = await client.get("/")
    told = {"code": "busy", "message": "try again later", "field": None, "expected": None}
    assert (response.status, await response.json()) == (503, {"error": told})
    assert "no such table: inbox" in caplog.text
