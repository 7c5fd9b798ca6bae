"""Models for Rasa servers: the file under its fingerprint, once, for who knows the secret, and nothing else of the folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.model_files import ModelFiles
from core.web import errors_as_json

pytestmark = pytest.mark.server

SECRET = "a secret of the installation"
KNOWN = {"Authorization": f"Bearer {SECRET}"}
MODEL = "0123456789abcdef"

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / f"{MODEL}.tar.gz").write_bytes(b"a model")
    (tmp_path / "backup.tar.gz").write_bytes(b"everybody's conversations")
    files = ModelFiles(tmp_path / "models", SECRET)
    application = web.Application(middlewares=[errors_as_json])
    for route in files.routes():
        application.router.add_route(route.method, route.path, route.handler)
    async with TestClient(TestServer(application)) as made:
        yield made


async def test_a_model_is_sent_under_the_name_by_which_rasa_tells_it(client: Client) -> None:
    answer = await client.get(f"/rasa/models/{MODEL}", headers=KNOWN)
    assert (answer.status, await answer.read()) == (200, b"a model")
    assert answer.headers["filename"] == f"{MODEL}.tar.gz"


async def test_who_has_it_already_gets_no_second_copy(client: Client) -> None:
    first = await client.get(f"/rasa/models/{MODEL}", headers=KNOWN)
    known = {**KNOWN, "If-None-Match": first.headers["ETag"]}
    again = await client.get(f"/rasa/models/{MODEL}", headers=known)
    assert (again.status, await again.read()) == (304, b"")
    other = await client.get(f"/rasa/models/{MODEL}", headers={**KNOWN, "If-None-Match": '"another"'})
    assert other.status == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer "}, {"Authorization": SECRET}, {"Authorization": "Bearer x"}]
)
async def test_nobody_gets_one_without_the_secret(client: Client, headers: dict[str, str]) -> None:
    answer = await client.get(f"/rasa/models/{MODEL}", headers=headers)
    assert (answer.status, (await answer.json())["error"]["code"]) == (403, "wrong_secret")


@pytest.mark.parametrize("name", ["fedcba9876543210", "..%2Fbackup", "%2e%2e%2fbackup", f"{MODEL}%00", "*"])
async def test_nothing_but_models_is_sent(client: Client, name: str) -> None:
    assert (await client.get(f"/rasa/models/{name}", headers=KNOWN)).status == 404
