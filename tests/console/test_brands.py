"""Brands over HTTP: read by editors, kept by publishers, each wrong field named."""

from sqlalchemy import update

from core.store.tables.knowledge import article
from core.store.tx import Tx
from tests.console.conftest import Office

PATH = "/api/brands"
ACME = {"id": "acme", "name": "Acme", "color": "#AA0000", "hosts": ["help.acme.example"], "inboxes": ["web"]}


async def test_a_publisher_keeps_brands(office: Office) -> None:
    eve = await office.browser("eve")
    added = await eve.post(PATH, ACME, status=201)
    assert (added["color"], added["inboxes"], added["version"]) == ("#aa0000", ["web"], 1)
    change = ACME | {"words": {"en": {"title": "Hello", "lead": ""}}, "inboxes": [], "version": 1}
    changed = await eve.put(f"{PATH}/acme", change)
    assert (changed["words"], changed["inboxes"], changed["version"]) == ({"en": {"title": "Hello"}}, [], 2)
    assert (await eve.put(f"{PATH}/acme", change, status=409))["error"]["code"] == "newer_version"
    assert (await eve.call("DELETE", f"{PATH}/acme")).status == 204
    assert (await eve.get(PATH))["items"] == []


async def test_what_is_wrong_is_named(office: Office) -> None:
    eve = await office.browser("eve")
    await eve.post(PATH, ACME, status=201)
    taken = await eve.post(PATH, ACME | {"id": "bolt"}, status=422)
    assert (taken["error"]["field"], taken["error"]["code"]) == ("hosts", "host_taken")
    assert (await eve.post(PATH, ACME | {"hosts": []}, status=409))["error"]["code"] == "id_taken"
    other = ACME | {"id": "bolt", "hosts": []}
    for field, wrong in (("color", "red"), ("logo", "nowhere"), ("home", "javascript:x"), ("id", "A b")):
        assert (await eve.post(PATH, other | {field: wrong}, status=422))["error"]["field"] == field
    assert (await eve.put(f"{PATH}/nowhere", other, status=404))["error"]["code"] == "not_found"


async def test_a_brand_that_articles_are_for_stays(office: Office) -> None:
    eve = await office.browser("eve")
    await eve.post(PATH, ACME, status=201)
    content = {"language": "en", "title": "A", "body": "B", "questions": [], "category": "C"}
    await eve.post("/api/articles", content, status=201)

    def for_acme(tx: Tx) -> None:
        tx.conn.execute(update(article).values(brands=("acme",)))

    await office.world.db.run(for_acme)
    refused = await eve.call("DELETE", f"{PATH}/acme")
    assert refused.status == 409


async def test_who_does_not_publish_may_not_change_them(office: Office) -> None:
    ada = await office.browser("ada")
    assert (await ada.call("GET", PATH)).status == 403
    assert (await ada.call("POST", PATH, ACME)).status == 403
