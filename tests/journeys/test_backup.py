"""What an operator does beside a running server: back up, restore, set up, ask the doctor, mistype a setting."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import insert, select

from core.store.tables.conversation import event, outbox
from core.store.tx import Tx
from tests.builders import a_world, sqlite_url
from tests.channels.shop import Visitor
from tests.journeys.line import Line
from tests.journeys.people import Person, settled
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.server

AGENT = "anna@lumenandleaf.example"
PASSWORD = "a long enough password"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[None]:
    """Until the end of the block."""
    await asyncio.to_thread(server.start)
    try:
        yield
    finally:
        await asyncio.to_thread(server.stop)


async def parley(server: Server, *arguments: str) -> tuple[int, str]:
    """The exit code and everything that the command printed."""
    ended = await asyncio.to_thread(server.call, *arguments)
    return ended.returncode, ended.stdout + ended.stderr


async def a_visitor(line: Line, session: str | None = None) -> Visitor:
    visitor = Visitor(await line.http.ws_connect(f"{line.server.address}/live/web/socket"))
    await visitor.hello(session=session)
    return visitor


async def attach(line: Line, visitor: Visitor) -> str:
    """Upload a picture; its id."""
    headers = {
        "Authorization": f"Bearer {visitor.session}",
        "X-File-Name": "lamp.png",
        "Content-Type": "image/png",
    }
    url = f"{line.server.address}/live/web/uploads"
    async with line.http.post(url, data=PICTURE, headers=headers) as response:
        assert response.status == 201, await response.text()
        return str((await response.json())["id"])


async def contents(person: Person, conversation: str) -> dict[str, Any]:
    """What the console shows of everything, without the addresses, which are the server's own."""
    detail = await person.ask("GET", f"/api/conversations/{conversation}")
    for message in detail["messages"]:
        for part in message["parts"]:
            part.pop("url", None)
    kept = {name: detail[name] for name in ("messages", "events", "contact", "earlier")}
    for noun in ("articles", "queues", "agents", "canned", "skills", "inboxes", "conversations?list=all"):
        kept[noun] = (await person.ask("GET", f"/api/{noun}"))["items"]
    for inbox in kept["inboxes"]:
        del inbox["snippet"]
    return kept


async def picture_of(line: Line, visitor: Visitor) -> bytes:
    """The picture that is shown in the conversation, fetched as a browser would."""
    shown = (await visitor.event("message"))["event"]["message"]["parts"]
    image = next(part for part in shown if part["type"] == "image")
    async with line.http.get(f"{line.server.address}{image['url']}") as response:
        assert response.status == 200
        return await response.read()


async def test_a_running_server_is_backed_up_and_comes_back_elsewhere_with_everything(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    file = str(tmp_path / "parley.tar.gz")
    old, new = Server(tmp_path / "old"), Server(tmp_path / "new", arguments=())
    async with serving(old):
        line = Line(old, http)
        agent = await Person(line, AGENT).sign_in(old.sign_ins()[AGENT])
        await agent.ask("PUT", "/api/presence", {"state": "busy"})
        visitor = await a_visitor(line)
        await visitor.send(
            "message", key="k1", text="My lamp is broken", uploads=[await attach(line, visitor)]
        )
        conversation = (await visitor.until("stored"))["conversation"]
        await agent.ask("POST", f"/api/conversations/{conversation}/take")
        note = {"key": "n1", "kind": "note", "text": "Sounds like the switch"}
        await agent.ask("POST", f"/api/conversations/{conversation}/messages", note)
        await settled(agent)
        code, said = await parley(old, "backup", file)
        assert (code, "Wrote" in said) == (0, True), said
        before = await contents(agent, conversation)
        code, said = await parley(old, "backup", file)
        assert (code, "a name that is free" in said) == (1, True), said
    code, said = await parley(new, "restore", file)
    assert (code, "Restored" in said) == (0, True), said
    async with serving(new):
        line = Line(new, http)
        agent = await Person(line, AGENT).sign_in(old.sign_ins()[AGENT])
        assert await contents(agent, conversation) == before
        back = await a_visitor(line, visitor.session)
        assert back.welcome["conversation"]["id"] == conversation
        assert await picture_of(line, back) == PICTURE
        assert (await back.say("Are you still there?", key="k2"))["conversation"] == conversation
        code, said = await parley(new, "restore", file)
        assert (code, "empty" in said) == (1, True), said


async def test_the_first_administrator_chooses_a_password_by_the_link_of_setup_and_signs_in(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    server = Server(tmp_path, arguments=())
    ask = ("setup", "--email", "chief@example.org", "--name", "Chief")
    code, said = await parley(server, *ask)
    assert code == 0, said
    found = re.search(r"/console/invitation/(\S+)", said)
    assert found is not None, said
    code, said = await parley(server, *ask)
    assert (code, "there are people already" in said) == (1, True), said
    async with serving(server):
        line = Line(server, http)
        url = f"{server.address}/api/invitations/{found[1]}"
        async with http.get(url) as response:
            assert (await response.json())["email"] == "chief@example.org"
        body = {"name": "The Chief", "password": PASSWORD}
        async with http.post(url, json=body) as response:
            assert response.status == 200, await response.text()
        async with http.post(url, json=body) as again:
            assert again.status == 404
        chief = await Person(line, "chief@example.org").sign_in(PASSWORD)
        assert "administrator" in chief.session["agent"]["roles"]
        assert (await chief.ask("GET", "/api/status"))["outbox"]["dead"] == []
        visitor = await a_visitor(line)
        assert (await visitor.say("Hello"))["type"] == "stored"
        assert (await visitor.event("message", 2))["event"]["message"]["author"]["kind"] == "bot"


async def test_the_doctor_is_content_with_a_running_server_and_names_what_was_given_up(
    tmp_path: Path, http: aiohttp.ClientSession
) -> None:
    with running_parley(tmp_path) as server:
        visitor = await a_visitor(Line(server, http))
        conversation = (await visitor.say("Hello"))["conversation"]
        await visitor.event("message", 2)
        code, said = await parley(server, "doctor")
        assert code == 0, said
        assert {line[:4] for line in said.splitlines()} == {"ok  "}, said
        assert "attachments: written and read" in said
        async with a_world(sqlite_url(tmp_path)) as beside:
            await beside.db.run(give_up_something, f"conversation:{conversation}")
        code, said = await parley(server, "doctor")
        assert code == 1
        bad = [line for line in said.splitlines() if line.startswith("BAD ")]
        assert len(bad) == 1
        assert f"dispatcher on conversation:{conversation}" in bad[0]
        assert "no such provider" in bad[0]


def give_up_something(tx: Tx, topic: str) -> None:
    """A row as the relay leaves it after the last attempt."""
    n = tx.conn.execute(select(event.c.n).where(event.c.topic == topic, event.c.n == 1)).scalar_one()
    row = {"handler": "dispatcher", "topic": topic, "n": n, "created_at": tx.now, "due_at": tx.now}
    tx.conn.execute(insert(outbox).values(**row, attempts=9, dead_at=tx.now, error="no such provider"))


@pytest.mark.parametrize(
    ("environment", "arguments", "named", "expected"),
    [
        ({"PARLEY_PRT": "1"}, ("doctor",), "PARLEY_PRT", "did you mean PARLEY_PORT"),
        ({"PARLEY_RELAY_POLL_S": "soon"}, ("backup", "x"), "PARLEY_RELAY_POLL_S", "a number"),
        ({"PARLEY_HOST": "0.0.0.0"}, ("serve", "--sample"), "PARLEY_HOST", "loopback"),  # noqa: S104
        ({"PARLEY_LOG_LEVEL": "loud"}, ("serve",), "PARLEY_LOG_LEVEL", "debug, info"),
        ({}, ("restore", "nowhere.tar.gz"), "file", "there is no nowhere.tar.gz"),
    ],
)
def test_what_is_set_wrongly_is_refused_in_one_line_that_names_it(
    tmp_path: Path, environment: dict[str, str], arguments: tuple[str, ...], named: str, expected: str
) -> None:
    ended = Server(tmp_path, environment).call(*arguments)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr
    assert expected in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with running_parley(tmp_path / "one") as first:
        port = first.address.rpartition(":")[2]
        ended = Server(tmp_path / "two", {"PARLEY_PORT": port}).call("serve")
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
