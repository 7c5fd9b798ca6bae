"""Two visitors wait for a person on a real server: each hears where they stand, and again when it changes."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar

from tests.channels.shop import Visitor
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """Nobody is at work, and those who wait are looked at often."""
    with running_parley(tmp_path, PARLEY_LIVE_OFFERS_WAITING_EVERY_S="0.2") as running:
        yield running


async def at(http: ClientSession, server: Server, inbox: str = "web", **hello: object) -> Visitor:
    visitor = Visitor(await http.ws_connect(f"{server.address}/live/{inbox}/socket"))
    await visitor.hello(**hello)
    return visitor


async def place(visitor: Visitor) -> Any:
    return (await visitor.until("waiting"))["position"]


async def taken_by_leah(http: ClientSession, server: Server, conversation: str) -> None:
    email, password = next((e, p) for e, p in server.sign_ins().items() if e.startswith("leah"))
    async with http.post(
        f"{server.address}/api/session", json={"email": email, "password": password}
    ) as answer:
        headers = {"X-CSRF-Token": (await answer.json())["csrf"]}
    for method, path, body in (
        ("PUT", "presence", {"state": "away", "reason": None}),
        ("POST", f"conversations/{conversation}/take", {}),
    ):
        async with http.request(method, f"{server.address}/api/{path}", json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()


async def test_who_waits_hears_where_they_stand_until_a_person_has_them(server: Server) -> None:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        first, second = await at(http, server), await at(http, server)
        known = (await first.say("I want to talk to a person"))["conversation"]
        before = await place(first)
        await second.say("I want to talk to a person")
        assert await place(second) == before + 1
        await taken_by_leah(http, server, known)
        assert await place(first) is None
        assert await place(second) == before


async def test_an_app_is_told_what_is_asked_offered_and_when_people_are_there(server: Server) -> None:
    async with ClientSession() as http:
        welcome = (await at(http, server, "chat")).welcome
        assert [each["key"] for each in welcome["inbox"]["questions"]] == ["order"]
        assert welcome["inbox"]["offers"]["rating"] is True
        service = welcome["service"]
        assert isinstance(service["open"], bool)
        assert (service["opens_at"] is None) is service["open"]
        async with http.get(
            f"{server.address}/live/chat/suggest", params={"q": "how do i ret", "language": "en"}
        ) as answer:
            found = (await answer.json())["items"]
        assert found[0]["title"] == "Return something you ordered"
