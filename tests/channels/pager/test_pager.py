"""A channel that is not part of the product: added by its own two files, proven, and run in a real server."""

import asyncio
from pathlib import Path

import aiohttp
import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.further import further_channels
from channels.registry import adapters
from core.errors import Invalid
from tests.channels.pager.adapter import SIGNATURE, Pager, signed
from tests.channels.shop import Shop
from tests.contracts.pager import FIXTURES, SECRET, Network
from tests.contracts.test_channels import stored
from tests.journeys.line import Line
from tests.journeys.people import Person
from tests.servers.parley import ROOT, running_parley

HERE = Path(__file__).parent
CHIEF = "anna@lumenandleaf.example"


def test_it_took_under_150_lines() -> None:
    lines = [line for name in ("wire.py", "adapter.py") for line in (HERE / name).read_text().splitlines()]
    assert len(lines) < 150


def test_nothing_of_the_product_knows_of_it() -> None:
    product = ("app", "bot", "channels", "console", "core", "knowledge", "routing")
    files = [file for package in product for file in (ROOT / package).rglob("*.py")]
    assert [str(file) for file in files if "pager" in file.read_text(encoding="utf-8").lower()] == []


@pytest.mark.parametrize("signature", ["", "made-up", "✗", signed("another secret", b"{}")])
async def test_a_wrong_signature_is_refused_and_counted_and_nothing_is_stored(
    shop: Shop, signature: str
) -> None:
    await shop.configure("beep", secret=SECRET, url="https://pager.example/replies")
    body = (FIXTURES / "first.json").read_bytes()
    headers = {SIGNATURE: signature}
    async with shop.client.post("/pager/beep", data=body, headers=headers) as answer:
        assert answer.status == 403
    assert shop.counted["pager_signature"] == 1
    assert await stored(shop) == []


async def test_another_kinds_inbox_takes_no_pages(shop: Shop) -> None:
    async with shop.client.post("/pager/web", data=b"{}") as answer:
        assert answer.status == 404


def test_a_name_that_leads_nowhere_is_refused_with_the_setting() -> None:
    for name in ("nowhere", "tests.channels.pager.adapter:Nothing", ":", "no.such.module:thing"):
        with pytest.raises(Invalid) as refused:
            further_channels([name])
        assert refused.value.field == "PARLEY_CHANNELS"


async def test_two_of_one_kind_are_refused(shop: Shop) -> None:
    supplies = shop.part.channels["pager"]._given  # type: ignore[attr-defined]
    with pytest.raises(Invalid):
        adapters(supplies, (Pager, Pager))


@pytest.mark.server
async def test_a_server_that_is_told_of_it_has_it(tmp_path: Path) -> None:
    """An administrator makes an inbox, a page comes in, the bot answers, the network has the answer."""
    network = Network()
    app = web.Application()
    app.router.add_post("/replies", network.take)
    settings = {
        "PARLEY_CHANNELS": "tests.channels.pager.adapter:Pager",
        "PARLEY_EMAIL_PRIVATE_HOSTS": "yes",
    }
    jar = aiohttp.DummyCookieJar()
    with running_parley(tmp_path, **settings) as server:
        async with TestServer(app) as outside, aiohttp.ClientSession(cookie_jar=jar) as http:
            chief = await Person(Line(server, http), CHIEF).sign_in(server.sign_ins()[CHIEF])
            queue = (await chief.ask("GET", "/api/queues"))["items"][0]["id"]
            config = {"secret": SECRET, "url": str(outside.make_url("/replies"))}
            ask = {"kind": "pager", "name": "Pagers", "queue": queue, "config": config}
            inbox = await chief.ask("POST", "/api/inboxes", ask)
            assert SECRET not in msgspec.json.encode(inbox).decode()
            body = (FIXTURES / "first.json").read_bytes()
            where = f"{server.address}/pager/{inbox['id']}"
            for _ in range(2):
                async with http.post(where, data=body, headers={SIGNATURE: signed(SECRET, body)}) as answer:
                    assert answer.status == 200, await answer.text()
            async with asyncio.timeout(60):
                while not network.taken:  # noqa: ASYNC110 - what is waited for has no event
                    await asyncio.sleep(0)
    assert {page["number"] for page in network.taken.values()} == {"+49 170 1234567"}
    assert len(network.taken) == 1
