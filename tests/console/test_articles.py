"""Articles over HTTP: written, edited, published, taken back, and found."""

from tests.console.conftest import Office

NEW = {
    "language": "en",
    "title": "Returns",
    "body": "Send it back **within 30 days**.",
    "category": "Orders",
    "questions": ["How do I return something?"],
}


async def test_an_article_is_drafted_published_edited_and_taken_back(office: Office) -> None:
    eve = await office.browser("eve")
    added = await eve.post("/api/articles", NEW, status=201)
    path = f"/api/articles/{added['id']}"
    assert added["languages"]["en"]["draft"]["author"] == "Eve"
    published = await eve.post(f"{path}/en/publish", {"revision": 1})
    assert published["languages"]["en"]["published"]["body"] == NEW["body"]
    edit = {"title": "Returns", "body": "Within 60 days.", "questions": [], "category": "Orders", "base": 1}
    edited = await eve.put(f"{path}/en", edit)
    assert edited["languages"]["en"]["draft"]["number"] == 2
    states = [revision["state"] for revision in edited["languages"]["en"]["revisions"]]
    assert sorted(states) == ["draft", "published"]
    listed = (await eve.get("/api/articles"))["items"]
    assert listed[0]["languages"] == {"en": "both"}
    taken = await eve.post(f"{path}/en/unpublish", {"revision": 1})
    assert taken["languages"]["en"]["published"] is None
    zh = edit | {"title": "退货", "body": "三十天内。", "base": 0}
    assert set((await eve.put(f"{path}/zh", zh))["languages"]) == {"en", "zh"}
    assert await eve.get(path) == await eve.get(path)


async def test_an_edit_of_an_old_revision_is_a_conflict(office: Office) -> None:
    eve = await office.browser("eve")
    path = f"/api/articles/{(await eve.post('/api/articles', NEW, status=201))['id']}/en"
    edit = {"title": "Returns", "body": "Mine", "base": 1}
    await eve.put(path, edit)
    assert (await eve.put(path, edit | {"body": "Theirs"}, status=409))["error"]["code"] == "newer_revision"


async def test_articles_are_listed_by_words_state_and_language(office: Office) -> None:
    eve, ada = await office.browser("eve"), await office.browser("ada")
    await eve.post("/api/articles", NEW, status=201)
    for query, count in (
        ("q=return", 1),
        ("q=nothing", 0),
        ("status=draft", 1),
        ("status=published", 0),
        ("language=zh", 0),
    ):
        assert len((await ada.get(f"/api/articles?{query}"))["items"]) == count, query
    response = await ada.call("GET", "/api/articles?status=lost")
    assert (await response.json())["error"]["field"] == "status"


async def test_an_agent_searches_the_knowledge_base(office: Office) -> None:
    ada = await office.browser("ada")
    found = await ada.get("/api/knowledge/search?q=returns&language=en")
    assert found["items"][0]["article"] == "returns"
    assert (await ada.get("/api/knowledge/search?q="))["items"] == []
