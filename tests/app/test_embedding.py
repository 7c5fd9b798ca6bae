"""An embedding service that settings name is asked over the guarded client, within limits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.embedding import models
from app.health import meaning_look
from core.outbound import OutboundSettings
from knowledge.embedding.settings import EmbeddingSettings, ServiceSettings
from tests.builders import ManualClock

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def vectors(request: web.Request) -> web.Response:
    asked = await request.json()
    return web.json_response({"data": [{"embedding": [3.0, 4.0]} for _ in asked["input"]]})


async def redirected(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/elsewhere")


async def refused(_request: web.Request) -> web.Response:
    return web.Response(status=500)


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(100):
        await response.write(b" " * 1000)
    return response


async def silent(_request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    for handler in (vectors, redirected, refused, endless, silent):
        app.router.add_post(f"/{handler.__name__}", handler)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


def settings(url: str) -> EmbeddingSettings:
    service = ServiceSettings(
        url=url, model="m", private=True, limit_s=0.3, question_s=0.3, answer_bytes=10_000
    )
    return EmbeddingSettings(english="service", other="none", service=service)


async def questions(given: EmbeddingSettings) -> list[list[float]] | None:
    chosen = models(given, OutboundSettings(), ManualClock())
    model = await asyncio.to_thread(chosen.of, "en")
    return None if model is None else (await asyncio.to_thread(model.questions, ["a"])).tolist()


async def test_a_service_gives_vectors(address: str) -> None:
    (row,) = await questions(settings(f"{address}vectors")) or []
    assert row == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize("path", ["redirected", "refused", "endless", "silent", "missing"])
async def test_a_service_that_does_not_answer_well_leaves_search_to_words(address: str, path: str) -> None:
    assert await questions(settings(f"{address}{path}")) is None


async def test_a_service_that_is_left_alone_is_told_to_people(address: str) -> None:
    chosen = models(settings(f"{address}refused"), OutboundSettings(), ManualClock())
    assert (await meaning_look(chosen)()).ok
    assert await asyncio.to_thread(chosen.of, "en") is None
    check = await meaning_look(chosen)()
    assert (check.name, check.ok) == ("meaning", False)
    assert "words alone" in check.detail
    assert "answered 500" in check.detail


async def test_a_service_on_this_machine_must_be_allowed_by_a_setting(address: str) -> None:
    given = settings(f"{address}vectors")
    guarded = replace(given, service=replace(given.service, private=False))
    assert await questions(guarded) is None
