"""What `parley doctor` and the status page say of Rasa servers: who does not answer, why, and what to do."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.health import Check
from app.rasa_look import rasa_look
from app.settings import Settings

pytestmark = pytest.mark.server

SECRET = "0123456789abcdef"


@dataclass
class Server:
    """As Rasa's launcher answers; ``model`` empty: it has none."""

    model: str = "abc"
    secret: str = SECRET
    url: str = ""

    async def status(self, request: web.Request) -> web.StreamResponse:
        if request.headers["X-Parley-Secret"] != self.secret:
            return web.Response(status=401)
        if not self.model:
            return web.Response(status=409)
        return web.json_response({"model_file": f"{self.model}.tar.gz", "fingerprint": "x"})


@pytest.fixture
async def servers() -> AsyncIterator[list[Server]]:
    async with AsyncExitStack() as stack:
        made = [Server(), Server()]
        for each in made:
            application = web.Application()
            application.router.add_get("/status", each.status)
            running = await stack.enter_async_context(TestServer(application))
            each.url = str(running.make_url("")).rstrip("/")
        yield made


async def look(*urls: str) -> Check:
    settings = Settings()
    return await rasa_look(replace(settings, rasa=replace(settings.rasa, urls=urls, secret=SECRET)))()


async def test_without_servers_there_is_nothing_to_look_at() -> None:
    assert (await look()).ok


async def test_all_is_well_when_each_answers_with_the_same_model(servers: list[Server]) -> None:
    found = await look(*(each.url for each in servers))
    assert (found.ok, found.detail) == (True, "every server answers with the model abc")


async def test_each_that_does_not_do_its_part_is_named_with_what_to_look_at(servers: list[Server]) -> None:
    servers[0].secret, servers[1].model = "another one of them", ""
    found = await look("http://127.0.0.1:9", *(each.url for each in servers))
    assert not found.ok
    away, refused, empty = found.detail.split("; ")
    assert away.startswith("http://127.0.0.1:9 does not answer")
    assert refused == f"{servers[0].url} has another PARLEY_RASA_SECRET"
    assert "PARLEY_INTERNAL_HOST" in empty


async def test_different_models_are_told(servers: list[Server]) -> None:
    servers[1].model = "def"
    found = await look(*(each.url for each in servers))
    assert not found.ok
    assert "models differ (abc, def)" in found.detail
