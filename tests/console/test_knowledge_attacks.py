"""Whoever asks the knowledge base for more than their role gives, or for what there is not: refused, by name, and by nothing worse."""

import io
import json
from typing import Any

import pytest
from sqlalchemy import update

from console.knowledge_routes import knowledge_lines
from core.agent import Permission, Role, permissions_of
from core.store.tables.people import agent
from core.store.tx import Tx
from knowledge.filing import categories
from tests.console.conftest import Browser, Office, frame_of

NEW = {"language": "en", "title": "Returns", "body": "Send it back.", "category": "Orders"}
FULL = 2**31 - 1
HUGE = (FULL + 1, 2**63, 10**30)


def _staff(tx: Tx) -> None:
    categories.find_or_make(tx, "Orders", "en")
    for name, role in (("max", "author"), ("sue", "reviewer")):
        tx.conn.execute(update(agent).where(agent.c.id == name).values(roles=(role,)))


@pytest.fixture
async def people(office: Office) -> dict[Role, Browser]:
    await office.world.db.run(_staff)
    names = {Role.AGENT: "ada", Role.AUTHOR: "max", Role.REVIEWER: "sue", Role.PUBLISHER: "eve"}
    return {role: await office.browser(name) for role, name in names.items()}


def filled(path: str) -> str:
    return "/".join("x" if step.startswith("{") else step for step in path.split("/"))


async def test_no_route_does_more_for_somebody_than_their_role_allows(
    office: Office, people: dict[Role, Browser]
) -> None:
    lines = [(method, filled(path), needed) for method, path, needed, _ in knowledge_lines(office.parts)]
    assert len(lines) > 60
    for role, browser in people.items():
        may = permissions_of(frozenset({role}))
        for method, path, needed in lines:
            refused = needed not in may
            if refused:
                assert (await browser.call(method, path, {})).status == 403, (role, method, path)
            elif method == "GET" and needed in {Permission.READ, Permission.ANSWER}:
                assert (await browser.call(method, path)).status < 500, (role, method, path)


async def written(browser: Browser) -> str:
    return f"/api/articles/{(await browser.post('/api/articles', NEW, status=201))['id']}"


@pytest.mark.parametrize("number", HUGE)
async def test_a_number_that_no_database_holds_is_refused_by_name(
    people: dict[Role, Browser], number: int
) -> None:
    eve = people[Role.PUBLISHER]
    path = await written(eve)
    text = {"title": "T", "body": "B"}
    asked: list[tuple[str, str, dict[str, Any], str]] = [
        ("POST", f"{path}/en/publish", {"revision": number}, "revision"),
        ("POST", f"{path}/en/publish", {"revision": 1, "version": number}, "version"),
        ("PUT", f"{path}/en", text | {"base": number}, "base"),
        ("PUT", f"{path}/en", text | {"base": 1, "source": number}, "source"),
        ("PUT", f"{path}/en/working-copy", text | {"base": number}, "base"),
        ("POST", f"{path}/en/review/ask", {"version": number}, "version"),
        ("POST", f"{path}/en/review/comments", {"revision": number, "body": "?"}, "revision"),
        ("POST", f"{path}/en/review/comments", {"revision": 1, "body": "?", "line": number}, "line"),
        ("POST", f"{path}/en/roll-back", {"version": 1, "revision": number}, "revision"),
        ("POST", f"{path}/zh/right", {"source": number}, "source"),
        ("POST", f"{path}/flags", {"language": "en", "number": number, "text": "?"}, "number"),
        ("PATCH", path, {"version": number, "tags": []}, "version"),
        ("POST", f"{path}/archive", {"version": number}, "version"),
    ]
    for method, address, body, field in asked:
        response = await eve.call(method, address, body)
        assert (response.status, (await response.json())["error"]["field"]) == (422, field), address


@pytest.mark.parametrize("body", [b'{"x":' * 20_000, b"[" * 200_000, b"{", b"\xff", b'{"title":"\\ud800"}'])
async def test_what_is_no_json_that_anybody_writes_is_refused(
    people: dict[Role, Browser], body: bytes
) -> None:
    eve = people[Role.PUBLISHER]
    for path in ("/api/articles", "/api/knowledge/preview", "/api/categories"):
        response = await eve.call("POST", path, data=body, headers={"Content-Type": "application/json"})
        assert response.status in {400, 422}, await response.text()


async def test_an_article_of_ten_megabytes_is_refused_before_it_is_read(people: dict[Role, Browser]) -> None:
    eve = people[Role.PUBLISHER]
    path = await written(eve)
    long = "[" * 10_000_000
    for method, address, body in (
        ("POST", "/api/articles", NEW | {"body": long}),
        ("PUT", f"{path}/en", {"title": "T", "body": long, "base": 1}),
        ("PUT", f"{path}/en/working-copy", {"title": "T", "body": long, "base": 1}),
        ("POST", "/api/knowledge/preview", {"language": "en", "body": long}),
    ):
        sent = io.BytesIO(json.dumps(body).encode())
        response = await eve.call(method, address, data=sent, headers={"Content-Type": "application/json"})
        assert response.status == 413, address


async def test_what_belongs_to_another_article_is_not_there(people: dict[Role, Browser]) -> None:
    eve = people[Role.PUBLISHER]
    mine, other = await written(eve), await written(eve)
    remark = {"revision": 1, "body": "Why?"}
    comment = (await eve.post(f"{mine}/en/review/comments", remark))["comments"][0]["id"]
    settled = await eve.call("PUT", f"{other}/en/review/comments/{comment}", {"resolved": True})
    assert settled.status == 404
    answer = remark | {"parent": comment}
    assert (await eve.call("POST", f"{other}/en/review/comments", answer)).status in {404, 422}
    for language in ("zz", "..", "EN", "中文", "en%0a", "%2e%2e"):
        assert (await eve.call("GET", f"{mine}/{language}/review")).status == 404, language
        edit = {"title": "T", "body": "B", "base": 1}
        assert (await eve.call("PUT", f"{mine}/{language}", edit)).status in {404, 405, 409, 422}, language


@pytest.mark.parametrize("control", ["\x07", "\x1b[31m"])
async def test_control_characters_are_in_no_field(people: dict[Role, Browser], control: str) -> None:
    eve = people[Role.PUBLISHER]
    path = await written(eve)
    bad = f"a{control}b"
    version = (await eve.get(f"{path}/en/review"))["version"]
    for method, address, body in (
        ("POST", "/api/articles", NEW | {"title": bad}),
        ("POST", "/api/articles", NEW | {"body": bad}),
        ("POST", "/api/articles", NEW | {"category": bad}),
        ("POST", "/api/articles", NEW | {"questions": [bad]}),
        ("PUT", f"{path}/en", {"title": "T", "body": "B", "base": 1, "note": bad}),
        ("POST", f"{path}/en/review/ask", {"version": version, "note": bad}),
        ("POST", f"{path}/en/review/comments", {"revision": 1, "body": bad}),
        ("PATCH", path, {"version": 1, "tags": [bad]}),
        ("POST", "/api/categories", {"names": {"en": bad}}),
        ("POST", "/api/categories", {"names": {"en": "Lamps"}, "descriptions": {"en": bad}}),
        ("POST", "/api/knowledge/reusables", {"name": "a", "kind": "variable", "texts": {"en": bad}}),
        ("POST", "/api/knowledge/reusables", {"name": "a", "kind": "snippet", "texts": {"en": bad}}),
        ("POST", "/api/synonyms", {"language": "en", "words": ["lamp", bad]}),
        ("POST", "/api/brands", {"id": "acme", "name": bad}),
    ):
        response = await eve.call(method, address, body)
        assert response.status == 422, (address, body, await response.text())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,<script>", "//evil.example", "x"])
async def test_a_brand_leads_nowhere_but_to_a_web_site(people: dict[Role, Browser], address: str) -> None:
    eve = people[Role.PUBLISHER]
    brand = {"id": "acme", "name": "Acme", "color": "#112233", "home": address}
    refused = await eve.post("/api/brands", brand, status=422)
    assert refused["error"]["field"] == "home"


async def test_authors_and_reviewers_neither_read_nor_hear_conversations(
    office: Office, people: dict[Role, Browser]
) -> None:
    said = await office.visitor_says("My card is 4111 1111 1111 1111")
    path = f"/api/conversations/{said.conversation}"
    for role in (Role.AUTHOR, Role.REVIEWER):
        browser = people[role]
        for address in ("/api/conversations", path, "/api/contacts", f"{path}/articles"):
            assert (await browser.call("GET", address)).status == 403, address
        asked = f"/api/knowledge/search?q=card&conversation={said.conversation}"
        assert (await browser.call("GET", asked)).status == 403
        assert (await browser.call("GET", "/api/knowledge/search?q=card")).status == 200
        hers, theirs = await people[Role.AGENT].live(), await browser.live()
        await office.visitor_says("Hello?", key=f"k-{role}")
        await frame_of(hers, "counts")
        await theirs.send_json({"type": "subscribe", "topic": f"conversation:{said.conversation}", "n": 1})
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1]["type"] != "error":
            heard.append(await theirs.receive_json(timeout=30))
        assert heard[-1]["code"] == "forbidden"
        assert {"changed", "counts", "event"}.isdisjoint(frame["type"] for frame in heard)
        await hers.close()
        await theirs.close()
