"""Clusters of missed questions and findings, over HTTP: looked at, put right, and written for."""

from typing import Any

from core.tasks import Workers
from knowledge.loop.cluster import State
from knowledge.loop.gathering import Gatherer
from knowledge.loop.recording import AskedIn, Missed, record
from tests.console.conftest import Browser, Office

ENGRAVING = ("Can you engrave a name?", "Do you engrave names?", "Could you engrave our names please?")


async def asked(office: Office, *texts: str) -> None:
    for text in texts:
        await office.world.db.run(record, Missed(AskedIn.HELP, "en", text))
    workers = Workers(1)
    await Gatherer(office.world.db, workers).step()
    workers.close()


async def first(browser: Browser) -> Any:
    (item, *_) = (await browser.get("/api/knowledge/gaps"))["items"]
    return item


async def test_editors_see_clusters_and_what_was_asked(office: Office) -> None:
    eve = await office.browser("eve")
    await asked(office, *ENGRAVING, "Where is my parcel 12345678?")
    page = await eve.get("/api/knowledge/gaps")
    assert [(each["size"], each["state"]) for each in page["items"]] == [(3, "open"), (1, "open")]
    assert page["languages"] == ["en"]
    shown = await eve.get(f"/api/knowledge/gaps/{page['items'][0]['id']}")
    assert {each["text"] for each in shown["gaps"]} == set(ENGRAVING)
    assert sum(page["items"][0]["course"]) == 3


async def test_only_who_may_edit_sees_them(office: Office) -> None:
    ada = await office.browser("ada")
    for path in ("/api/knowledge/gaps", "/api/knowledge/gaps/x", "/api/knowledge/findings"):
        assert (await ada.call("GET", path)).status == 403


async def test_a_draft_is_begun_and_the_cluster_says_so(office: Office) -> None:
    eve = await office.browser("eve")
    await asked(office, *ENGRAVING)
    cluster = await first(eve)
    made = await eve.post(
        f"/api/knowledge/gaps/{cluster['id']}/draft", {"version": cluster["version"]}, status=201
    )
    article = await eve.get(f"/api/articles/{made['article']}")
    draft = article["languages"]["en"]["draft"]
    assert article["languages"]["en"]["published"] is None
    assert draft["title"] in ENGRAVING
    assert set(draft["questions"]) == set(ENGRAVING)
    assert (await first(eve))["state"] == State.DRAFTING
    assert (await eve.get(f"/api/articles/{made['article']}/sources"))["items"] == []
    again = await eve.post(
        f"/api/knowledge/gaps/{cluster['id']}/draft", {"version": cluster["version"]}, status=409
    )
    assert again["error"]["code"] == "newer_version"


async def test_it_may_be_answered_by_an_article_that_exists(office: Office) -> None:
    eve = await office.browser("eve")
    new = {"language": "en", "title": "Engraving", "body": "We do.", "category": "Gifts"}
    article = (await eve.post("/api/articles", new, status=201))["id"]
    await asked(office, *ENGRAVING)
    cluster = await first(eve)
    ask = {"version": cluster["version"], "article": article}
    linked = await eve.post(f"/api/knowledge/gaps/{cluster['id']}/link", ask)
    assert linked["number"] == 2
    draft = (await eve.get(f"/api/articles/{article}"))["languages"]["en"]["draft"]
    assert set(draft["questions"]) == set(ENGRAVING)


async def test_clusters_are_ignored_with_a_reason_and_opened_again(office: Office) -> None:
    eve = await office.browser("eve")
    await asked(office, *ENGRAVING)
    cluster = await first(eve)
    path = f"/api/knowledge/gaps/{cluster['id']}"
    refused = await eve.post(f"{path}/ignore", {"version": cluster["version"], "reason": " "}, status=422)
    assert refused["error"]["field"] == "reason"
    ignored = await eve.post(f"{path}/ignore", {"version": cluster["version"], "reason": "we never will"})
    assert (ignored["cluster"]["state"], ignored["cluster"]["reason"]) == ("ignored", "we never will")
    assert (await eve.get("/api/knowledge/gaps"))["items"] == []
    assert len((await eve.get("/api/knowledge/gaps?state=ignored"))["items"]) == 1
    opened = await eve.post(f"{path}/reopen", {"version": ignored["cluster"]["version"]})
    assert opened["cluster"]["state"] == "open"


async def test_clusters_are_split_and_put_together_again(office: Office) -> None:
    eve = await office.browser("eve")
    await asked(office, *ENGRAVING)
    cluster = await first(eve)
    path = f"/api/knowledge/gaps/{cluster['id']}"
    one = (await eve.get(path))["gaps"][0]["id"]
    made = await eve.post(f"{path}/split", {"version": cluster["version"], "gaps": [one]}, status=201)
    assert len(made["gaps"]) == 1
    whole = await eve.post(
        f"{path}/merge", {"version": cluster["version"] + 1, "other": made["cluster"]["id"]}
    )
    assert len(whole["gaps"]) == 3


async def test_what_does_not_fit_is_named(office: Office) -> None:
    eve = await office.browser("eve")
    for query, field in (
        ("state=odd", "state"),
        ("days=8", "days"),
        ("offset=-1", "offset"),
        ("offset=999999", "offset"),
    ):
        refused = await (await eve.call("GET", f"/api/knowledge/gaps?{query}")).json()
        assert refused["error"]["field"] == field
    assert (await eve.call("GET", "/api/knowledge/gaps/nothing")).status == 404
    assert (await eve.call("GET", "/api/knowledge/findings?state=odd")).status == 422
