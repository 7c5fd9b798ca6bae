"""Articles over HTTP: written, edited, published, unpublished, and found."""

from tests.console.conftest import Browser, Office

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
        assert len((await eve.get(f"/api/articles?{query}"))["items"]) == count, query
    response = await ada.call("GET", "/api/articles?status=lost")
    assert (await response.json())["error"]["field"] == "status"


async def filed(eve: Browser, path: str, tags: list[str]) -> None:
    version = (await eve.get(f"{path}/filing"))["version"]
    await eve.patch(path, {"version": version, "tags": tags})


async def test_whoever_writes_no_articles_sees_what_is_published_and_no_drafts(office: Office) -> None:
    eve, ada = await office.browser("eve"), await office.browser("ada")
    path = f"/api/articles/{(await eve.post('/api/articles', NEW, status=201))['id']}"
    hidden = [path, *(f"{path}/{part}" for part in ("filing", "use", "votes", "flags"))]
    for address in hidden:
        assert (await ada.call("GET", address)).status == 404, address
    flag = {"language": "en", "number": 1, "text": "It is wrong"}
    await ada.post(f"{path}/flags", flag, status=404)
    await filed(eve, path, ["secret"])
    assert (await ada.get("/api/knowledge/choices"))["tags"] == []
    assert (await ada.get("/api/articles"))["items"] == []
    await eve.post(f"{path}/en/publish", {"revision": 1})
    secret = {"title": "Secret plans", "body": "Within 60 days.", "base": 1}
    await eve.put(f"{path}/en", secret)
    await eve.put(f"{path}/zh", secret | {"base": 0})
    await filed(eve, path, ["returns"])
    assert (await ada.get("/api/knowledge/choices"))["tags"] == [{"tag": "returns", "articles": 1}]
    assert len((await ada.get("/api/articles?missing=zh"))["items"]) == 1
    assert (await ada.get("/api/articles?missing=en"))["items"] == []
    await ada.post(f"{path}/flags", flag, status=201)
    for language, number in (("en", 2), ("zh", 1)):
        unseen = flag | {"language": language, "number": number}
        await ada.post(f"{path}/flags", unseen, status=404)
        await eve.post(f"{path}/flags", unseen, status=201)
    assert [each["title"] for each in (await ada.get(f"{path}/flags"))["items"]] == ["Returns"]
    assert len((await eve.get(f"{path}/flags"))["items"]) == 3
    seen = await ada.get(path)
    assert set(seen["languages"]) == {"en"}
    assert (seen["languages"]["en"]["draft"], seen["languages"]["en"]["stage"]) == (None, None)
    assert [each["number"] for each in seen["languages"]["en"]["revisions"]] == [1]
    (line,) = (await ada.get("/api/articles?q=return"))["items"]
    assert (line["title"], line["languages"], line["stages"]) == ("Returns", {"en": "published"}, {})
    for query in ("q=secret", "language=zh"):
        assert (await ada.get(f"/api/articles?{query}"))["items"] == [], query
    for query in ("status=draft", "status=both", "stage=in_review", "stale=1", "archived=1"):
        assert (await ada.call("GET", f"/api/articles?{query}")).status == 403, query
    for address in (f"{path}/en/review", f"{path}/zh/source-changes", "/api/knowledge/counts"):
        assert (await ada.call("GET", address)).status == 403, address
    version = (await eve.get(f"{path}/en/review"))["article_version"]
    await eve.call("POST", f"{path}/archive", {"version": version})
    assert (await eve.get(path))["archived_at"] is not None
    for address in hidden:
        assert (await ada.call("GET", address)).status == 404, address
    assert (await ada.get("/api/knowledge/choices"))["tags"] == []


async def test_an_agent_searches_the_knowledge_base(office: Office) -> None:
    ada = await office.browser("ada")
    found = await ada.get("/api/knowledge/search?q=returns&language=en")
    assert found["items"][0]["article"] == "returns"
    assert (await ada.get("/api/knowledge/search?q="))["items"] == []
