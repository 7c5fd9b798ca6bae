"""Secrets of inboxes: written, tried, kept; never shown, and lent to no other address."""

import logging
from typing import Any

import pytest
from sqlalchemy import select

from core.events import SETTINGS_TOPIC
from core.store.messages import read_events
from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.console.conftest import Browser, Office
from tests.console.letters import code

SECRET = "open sesame"
CONFIG = {"address": "help@example.org", "password": SECRET, "imap": {"host": "imap.example.org"}}


def ask(**config: Any) -> dict[str, Any]:
    whole = {name: value for name, value in (CONFIG | config).items() if value != "left out"}
    return {"kind": "email", "name": "Help", "queue": "general", "config": whole}


async def stored(office: Office, id: str) -> Any:
    def read(tx: Tx) -> Any:
        return tx.conn.execute(select(inbox.c.config).where(inbox.c.id == id)).scalar_one()

    return await office.world.db.read(read)


async def added(office: Office) -> tuple[Browser, str]:
    admin = await office.browser("max")
    made = await admin.post("/api/inboxes", ask(), status=201)
    assert made["config"] == CONFIG | {"password": True}
    return admin, made["id"]


async def test_a_secret_is_shown_to_nobody_and_kept_where_it_is_left_out(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    admin, id = await added(office)
    for password in ("left out", None, True):
        put = await admin.put(f"/api/inboxes/{id}", ask(password=password, address="new@example.org"))
        assert put["config"]["password"] is True
        assert await stored(office, id) == CONFIG | {"address": "new@example.org"}
    for name in ("ada", "sue", "max"):
        browser = await office.browser(name)
        shown = await (await browser.call("GET", "/api/inboxes")).text()
        assert SECRET not in shown
    told = await office.world.db.read(read_events, SETTINGS_TOPIC, 0, 100)
    assert SECRET not in str(told)
    assert SECRET not in caplog.text


async def test_a_new_secret_replaces_the_old_one_and_an_empty_one_is_refused_by_its_channel(
    office: Office,
) -> None:
    admin, id = await added(office)
    await admin.put(f"/api/inboxes/{id}", ask(password="another"))
    assert (await stored(office, id))["password"] == "another"
    assert (await admin.put(f"/api/inboxes/{id}", ask(password=""), status=422))["error"][
        "field"
    ] == "password"
    assert (await admin.post("/api/inboxes", ask(password=True), status=422))["error"]["field"] == "password"


async def test_a_secret_inside_a_group_is_one_too(office: Office) -> None:
    admin = await office.browser("max")
    oauth = {"token_url": "https://login.example.org", "client_id": "us", "refresh_token": "r1"}
    made = await admin.post("/api/inboxes", ask(password="left out", oauth=oauth), status=201)
    assert made["config"]["oauth"] == oauth | {"refresh_token": True}
    put = await admin.put(
        f"/api/inboxes/{made['id']}", ask(password="left out", oauth=made["config"]["oauth"])
    )
    assert put["config"] == made["config"]
    assert (await stored(office, made["id"]))["oauth"] == oauth
    without = await admin.put(f"/api/inboxes/{made['id']}", ask(password="new", oauth="left out"))
    assert "oauth" not in without["config"]
    assert "oauth" not in await stored(office, made["id"])


async def test_a_stored_secret_is_not_sent_to_another_host(office: Office) -> None:
    admin, id = await added(office)
    elsewhere = {"imap": {"host": "imap.attacker.example"}, "password": None}
    refused = await admin.put(f"/api/inboxes/{id}", ask(**elsewhere), status=422)
    assert (refused["error"]["code"], refused["error"]["field"]) == ("secret", "password")
    check = {"kind": "email", "inbox": id, "config": CONFIG | elsewhere}
    assert await code(admin, "POST", "/api/inboxes/check", check) == (422, "secret")
    moved = await admin.put(f"/api/inboxes/{id}", ask(**elsewhere | {"password": "new"}))
    assert moved["config"]["imap"] == elsewhere["imap"]


async def test_a_configuration_is_tried_step_by_step_with_the_stored_secret(office: Office) -> None:
    admin, id = await added(office)
    check: dict[str, Any] = {"kind": "email", "config": CONFIG | {"password": "wrong"}}
    steps = (await admin.post("/api/inboxes/check", check))["steps"]
    assert [(each["name"], each["state"], each["code"]) for each in steps] == [
        ("imap.name", "ok", ""),
        ("imap.password", "failed", "password"),
    ]
    check = {"kind": "email", "inbox": id, "config": CONFIG | {"password": True}}
    steps = (await admin.post("/api/inboxes/check", check))["steps"]
    assert [each["state"] for each in steps] == ["ok", "ok"]
    check["config"] = CONFIG | {"password": None}
    assert await code(admin, "POST", "/api/inboxes/check", check | {"inbox": None}) == (422, "empty")
    for change, field in (({"kind": "fax"}, "kind"), ({"kind": "widget"}, "kind")):
        refused = await admin.post("/api/inboxes/check", check | change, status=422)
        assert refused["error"]["field"] == field
    assert await code(admin, "POST", "/api/inboxes/check", check | {"inbox": "none"}) == (404, "not_found")


async def test_only_administrators_try_and_not_too_often(office: Office) -> None:
    check = {"kind": "email", "config": CONFIG}
    for name in ("ada", "sue"):
        browser = await office.browser(name)
        assert await code(browser, "POST", "/api/inboxes/check", check) == (403, "forbidden")
    admin = await office.browser("max")
    for _ in range(10):
        await admin.post("/api/inboxes/check", check)
    assert await code(admin, "POST", "/api/inboxes/check", check) == (429, "rate")


async def test_of_several_secrets_each_is_kept_by_its_number_or_taken_away(office: Office) -> None:
    admin, id = await added(office)
    put = await admin.put(f"/api/inboxes/{id}", ask(keys=["first", "second"]))
    assert put["config"]["keys"] == [0, 1]
    put = await admin.put(f"/api/inboxes/{id}", ask(keys=["third", 1]))
    assert put["config"]["keys"] == [0, 1]
    assert (await stored(office, id))["keys"] == ["third", "second"]
    await admin.put(f"/api/inboxes/{id}", ask())
    assert (await stored(office, id))["keys"] == ["third", "second"]
    for unknown in ([2], [-1], [True]):
        refused = await admin.put(f"/api/inboxes/{id}", ask(keys=unknown), status=422)
        assert refused["error"]["field"] == "keys"
    put = await admin.put(f"/api/inboxes/{id}", ask(keys=[]))
    assert "keys" not in put["config"]


async def test_a_numbered_secret_is_lent_to_no_other_address(office: Office) -> None:
    admin, id = await added(office)
    await admin.put(f"/api/inboxes/{id}", ask(keys=["first"]))
    elsewhere = {"host": "imap.elsewhere.example"}
    again = ask(keys=[0], imap=elsewhere, password="new")
    refused = await admin.put(f"/api/inboxes/{id}", again, status=422)
    assert (refused["error"]["field"], refused["error"]["code"]) == ("keys", "secret")
