"""Each door of a running server: what is refused, with which words, that it is counted, and that the rest goes on."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from sqlalchemy import update

from console.auth.secret import hash_of
from core.store.tables.people import agent_session
from core.store.tx import Tx
from tests.builders import a_world, sqlite_url
from tests.channels.shop import Visitor
from tests.journeys.line import Line
from tests.journeys.people import Person
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.server

AGENT = "sara@lumenandleaf.example"
EDITOR = "mei@lumenandleaf.example"
ELSEWHERE = {"Origin": "https://elsewhere.example"}
TEXT_BYTES = 16_384
UPLOAD_BYTES = 65_536
SESSION_ENDED = 4401
HTML = '<script>alert(1)</script><img src=x onerror="alert(2)"> & <b>bold</b>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all doors; Rasa is on but cannot start, so that its actions are served."""
    folder = tmp_path_factory.mktemp("doors")
    limits = {"PARLEY_MEDIA_UPLOAD_BYTES": str(UPLOAD_BYTES), "PARLEY_LOG_LEVEL": "warning"}
    rasa = {"PARLEY_ENGINE_KIND": "rasa", "PARLEY_ENGINE_PYTHON": str(folder / "no-such-python")}
    with running_parley(folder, **limits, **rasa) as running:
        yield running


@dataclass
class Doors:
    """The server, and who stands before it."""

    line: Line

    @property
    def address(self) -> str:
        return self.line.server.address

    async def sign_in(self, email: str = AGENT) -> Person:
        return await Person(self.line, email).sign_in(self.line.server.sign_ins()[email])

    async def visit(self, **hello: object) -> Visitor:
        """A visitor who has said hello."""
        visitor = Visitor(await self.line.http.ws_connect(f"{self.address}/live/web/socket"))
        await visitor.hello(**hello)
        return visitor

    @asynccontextmanager
    async def counted(self, reason: str, times: int = 1) -> AsyncIterator[None]:
        """So many refusals of this kind, and of no other, are in the metrics afterwards."""
        before = await self.refusals()
        yield
        assert await self.refusals() - before == Counter({reason: times})

    async def refusals(self) -> Counter[str]:
        async with self.line.http.get(f"{self.line.server.internal}/metrics") as response:
            lines = await response.text()
        found = re.findall(r'^parley_refused_total\{reason="(\w+)"\} (\d+)', lines, re.MULTILINE)
        return Counter({reason: int(count) for reason, count in found})


@pytest.fixture
def doors(server: Server, http: aiohttp.ClientSession) -> Doors:
    return Doors(Line(server, http))


async def error_of(response: aiohttp.ClientResponse) -> dict[str, Any]:
    body: dict[str, Any] = await response.json()
    error: dict[str, Any] = body["error"]
    return error


# -- signing in


@asynccontextmanager
async def somewhere(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Connections from another address of this machine."""
    connector = aiohttp.TCPConnector(local_addr=(address, 0))
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


async def try_to_sign_in(doors: Doors, http: aiohttp.ClientSession, email: str, password: str) -> int:
    body = {"email": email, "password": password}
    async with http.post(f"{doors.address}/api/session", json=body) as response:
        if response.status == 429:
            assert int(response.headers["Retry-After"]) > 0
        return response.status


async def test_wrong_passwords_from_one_address_do_not_lock_the_owner_out_elsewhere(doors: Doors) -> None:
    email = "jun@lumenandleaf.example"
    right = doors.line.server.sign_ins()[email]
    async with somewhere("127.0.1.1") as http:
        async with doors.counted("wrong_password", 5):
            for _ in range(5):
                assert await try_to_sign_in(doors, http, email, "wrong") == 401
        async with doors.counted("rate"):
            assert await try_to_sign_in(doors, http, email, right) == 429
    async with somewhere("127.0.1.2") as http:
        assert await try_to_sign_in(doors, http, email, right) == 200


async def test_wrong_passwords_for_one_account_are_limited_however_many_addresses_they_come_from(
    doors: Doors,
) -> None:
    email = "ghost@lumenandleaf.example"  # an account that is not there is limited like any other
    told: list[int] = []
    for last in range(12):
        async with somewhere(f"127.0.3.{last + 1}") as http:
            told += [await try_to_sign_in(doors, http, email, "wrong") for _ in range(5)]
    assert told[:50] == [401] * 50
    assert 429 in told[50:]
    async with somewhere("127.0.3.99") as http:
        assert await try_to_sign_in(doors, http, email, "wrong") == 429


async def test_wrong_passwords_from_one_address_are_limited_and_other_addresses_are_not(doors: Doors) -> None:
    async with somewhere("127.0.2.1") as http:
        async with doors.counted("wrong_password", 30):
            for number in range(30):
                assert await try_to_sign_in(doors, http, f"nobody{number}@example.org", "wrong") == 401
        async with doors.counted("rate"):
            assert await try_to_sign_in(doors, http, "nobody@example.org", "wrong") == 429
    await doors.sign_in()


# -- sessions


async def refused_as_signed_out(doors: Doors, person: Person) -> None:
    status, answer = await person.call("GET", "/api/conversations")
    assert (status, answer["error"]["code"]) == (401, "signed_out")
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await person.live()
    assert refused.value.status == 401


async def test_a_session_that_was_signed_out_is_over_and_so_is_its_socket(doors: Doors) -> None:
    person = await doors.sign_in()
    socket = await person.live()
    await person.ask("DELETE", "/api/session")
    assert await closed_with(socket) == SESSION_ENDED
    async with doors.counted("signed_out_revoked", 2):
        await refused_as_signed_out(doors, person)


async def test_an_expired_session_is_over(doors: Doors) -> None:
    person = await doors.sign_in()
    async with a_world(sqlite_url(doors.line.server.folder)) as beside:
        await beside.db.run(expire, person.cookie)
    async with doors.counted("signed_out_expired", 2):
        await refused_as_signed_out(doors, person)


def expire(tx: Tx, secret: str) -> None:
    row = agent_session.c.token_hash == hash_of(secret)
    tx.conn.execute(update(agent_session).where(row).values(expires_at=agent_session.c.created_at))


async def test_a_new_password_revokes_the_sessions_of_other_browsers(doors: Doors) -> None:
    email = "tom@lumenandleaf.example"
    here, there = await doors.sign_in(email), await doors.sign_in(email)
    socket = await there.live()
    password = {"old": doors.line.server.sign_ins()[email], "new": "a quite different one"}
    await here.ask("PUT", "/api/me", {"password": password})
    assert await closed_with(socket) == SESSION_ENDED
    async with doors.counted("signed_out_revoked", 2):
        await refused_as_signed_out(doors, there)
    await here.ask("GET", "/api/session")


async def test_a_made_up_session_is_refused(doors: Doors) -> None:
    person = await doors.sign_in()
    person.cookie = "made-up"
    async with doors.counted("signed_out_unknown", 2):
        await refused_as_signed_out(doors, person)


async def closed_with(socket: aiohttp.ClientWebSocketResponse) -> int | None:
    """The code with which the server ends it."""
    while (last := await socket.receive(timeout=30)).type is aiohttp.WSMsgType.TEXT:
        pass
    return last.data if last.type is aiohttp.WSMsgType.CLOSE else None


# -- requests that another page makes


async def test_a_change_without_the_csrf_token_changes_nothing(doors: Doors) -> None:
    person = await doors.sign_in()
    body = {"state": "busy", "reason": None}
    for headers in (person.proof, {**person.proof, "X-CSRF-Token": "made-up"}):
        async with (
            doors.counted("csrf"),
            doors.line.http.put(f"{doors.address}/api/presence", json=body, headers=headers) as response,
        ):
            assert (response.status, (await error_of(response))["code"]) == (403, "csrf")
    assert (await person.ask("GET", "/api/session"))["agent"]["presence"] != "busy"


async def test_a_console_socket_from_another_origin_is_refused(doors: Doors) -> None:
    person = await doors.sign_in()
    url = f"{doors.address}/api/live?position={person.position}"
    async with doors.counted("origin"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await doors.line.http.ws_connect(url, headers={**person.proof, **ELSEWHERE})
    assert refused.value.status == 403


async def test_a_visitors_socket_from_another_origin_is_refused(doors: Doors) -> None:
    async with doors.counted("live_origin"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await doors.line.http.ws_connect(f"{doors.address}/live/web/socket", headers=ELSEWHERE)
    assert refused.value.status == 403


async def test_a_permission_that_one_does_not_have_is_refused(doors: Doors) -> None:
    person = await doors.sign_in()
    async with doors.counted("forbidden"):
        status, answer = await person.call("GET", "/api/status")
    assert (status, answer["error"]["code"]) == (403, "forbidden")


# -- what visitors send


async def test_another_visitors_conversation_is_neither_shown_nor_written_to(doors: Doors) -> None:
    victim, other = await doors.visit(), await doors.visit()
    stored = await victim.say("My secret is 42")
    async with doors.counted("live_conversation"):
        await other.send(
            "hello", session=other.session, language="en", conversation=stored["conversation"], n=0
        )
        refused = await other.until("error")
    assert (refused["code"], refused["field"]) == ("conversation", "conversation")
    assert await other.silent()


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ("", "malformed", "frame"),
        ("{", "malformed", "frame"),
        ("[]", "malformed", "frame"),
        ('{"type": "shout"}', "unknown_type", "type"),
        ('{"text": "hi"}', "unknown_type", "type"),
        ('{"type": "message", "key": "k", "text": 7}', "malformed", "text"),
        ('{"type": "message", "text": "no key"}', "malformed", "key"),
        ('{"type": "message", "key": "k", "text": ""}', "empty", "text"),
        ('{"type": "message", "key": "k", "text": " \\n "}', "empty", "text"),
        (f'{{"type": "message", "key": "k", "text": "{"x" * (TEXT_BYTES + 1)}"}}', "too_large", "text"),
        (f'{{"type": "message", "key": "k", "text": "{"灯" * (TEXT_BYTES // 3 + 1)}"}}', "too_large", "text"),
        (f'{{"type": "message", "key": "{"k" * 65}", "text": "hi"}}', "malformed", "key"),
        ('{"type": "message", "key": "k", "text": "", "uploads": ["stolen"]}', "upload", "uploads"),
        (
            '{"type": "message", "key": "k", "text": "", "choice": {"message": "a", "option": "b"}}',
            "choice",
            "choice",
        ),
        ('{"type": "read", "n": "all"}', "malformed", "n"),
    ],
    ids=lambda value: value[:60] if value.startswith(("{", "[")) else value or "empty",
)
async def test_a_frame_that_is_wrong_gets_an_error_that_names_the_field_and_the_socket_lives_on(
    doors: Doors, frame: str, code: str, field: str
) -> None:
    visitor = await doors.visit()
    async with doors.counted(f"live_{code}"):
        await visitor.ws.send_str(frame)
        refused = await visitor.until("error")
    assert (refused["code"], refused["field"]) == (code, field)
    assert refused["expected"]
    assert (await visitor.say("Still here", key="after"))["type"] == "stored"


async def test_a_text_of_just_the_allowed_size_is_stored(doors: Doors) -> None:
    visitor = await doors.visit()
    assert (await visitor.say("x" * TEXT_BYTES))["type"] == "stored"


async def test_a_file_over_the_limit_is_refused_with_the_field_and_the_next_one_is_taken(
    doors: Doors,
) -> None:
    visitor = await doors.visit()
    headers = {
        "Authorization": f"Bearer {visitor.session}",
        "X-File-Name": "a.txt",
        "Content-Type": "text/plain",
    }
    url = f"{doors.address}/live/web/uploads"
    async with doors.line.http.post(url, data=b"x" * (UPLOAD_BYTES + 1), headers=headers) as response:
        assert response.status == 413
        assert (await error_of(response))["field"] == "file"
    async with doors.line.http.post(url, data=b"x" * UPLOAD_BYTES, headers=headers) as response:
        assert response.status == 201


async def test_the_same_frame_twice_is_stored_once(doors: Doors) -> None:
    visitor, agent = await doors.visit(), await doors.sign_in()
    first, second = await visitor.say("Hello", key="once"), await visitor.say("Hello", key="once")
    assert first == second
    shown = await agent.ask("GET", f"/api/conversations/{first['conversation']}")
    assert [one["id"] for one in shown["messages"] if one["kind"] == "inbound"] == [first["message"]]


# -- what is shown


async def test_html_is_text_wherever_it_comes_back(doors: Doors) -> None:
    visitor, agent = await doors.visit(), await doors.sign_in()
    stored = await visitor.say(HTML)
    said = (await visitor.event("message"))["event"]["message"]
    assert said["parts"] == [{"type": "text", "text": HTML}]
    path = f"/api/conversations/{stored['conversation']}"
    async with doors.line.http.get(f"{doors.address}{path}", headers=agent.proof) as response:
        assert response.content_type == "application/json"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        shown = await response.json()
    assert shown["messages"][0]["parts"] == [{"type": "text", "text": HTML}]
    listed = (await agent.ask("GET", "/api/conversations?list=all"))["items"]
    ours = next(one for one in listed if one["id"] == stored["conversation"])
    assert HTML.startswith(ours["last"]["text"]) or ours["last"]["author_kind"] != "contact"


async def test_an_uploaded_page_is_saved_and_never_shown(doors: Doors) -> None:
    visitor = await doors.visit()
    headers = {
        "Authorization": f"Bearer {visitor.session}",
        "X-File-Name": "a.html",
        "Content-Type": "text/html",
    }
    async with doors.line.http.post(
        f"{doors.address}/live/web/uploads", data=HTML.encode(), headers=headers
    ) as response:
        upload = (await response.json())["id"]
    await visitor.send("message", key="k1", text="See this", uploads=[upload])
    parts = (await visitor.event("message"))["event"]["message"]["parts"]
    file = next(part for part in parts if part["type"] == "file")
    async with doors.line.http.get(f"{doors.address}{file['url']}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]


# -- the listener that is not for the world


@pytest.mark.parametrize(("method", "path"), [("GET", "/metrics"), ("POST", "/rasa/webhook")])
async def test_internal_routes_are_served_on_the_internal_listener_only(
    doors: Doors, method: str, path: str
) -> None:
    async with doors.line.http.request(method, f"{doors.address}{path}", json={}) as outside:
        assert outside.status == 404
    async with doors.line.http.request(method, f"{doors.line.server.internal}{path}", json={}) as inside:
        assert inside.status != 404


async def test_an_action_without_rasas_secret_is_refused(doors: Doors) -> None:
    async with doors.line.http.post(f"{doors.line.server.internal}/rasa/webhook", json={}) as response:
        assert (response.status, (await error_of(response))["code"]) == (403, "wrong_secret")
