"""Categories and an article's settings over HTTP: who may, what is refused and how, and what is told."""

from typing import Any

import pytest
from sqlalchemy import insert, update

from core.events import article_topic
from core.ids import ArticleId
from core.knowledge_events import ArticleChanged
from core.store.messages import read_events
from core.store.tables.knowledge import brand
from core.store.tables.people import agent
from core.store.tx import Tx
from tests.console.conftest import DEEP, Browser, Office

NEW = {"language": "en", "title": "Returns", "body": "Within 30 days.", "category": "Orders"}


def demote(tx: Tx) -> None:
    """Ada writes, and does not publish; there is a brand."""
    tx.conn.execute(update(agent).where(agent.c.id == "ada").values(roles=("author",)))
    tx.conn.execute(insert(brand).values(id="acme", name="Acme", look={}, hosts=()))


@pytest.fixture
async def eve(office: Office) -> Browser:
    await office.world.db.run(demote)
    return await office.browser("eve")


@pytest.fixture
async def ada(office: Office, eve: Browser) -> Browser:
    return await office.browser("ada")


async def test_categories_are_kept_by_publishers_and_read_by_all(eve: Browser, ada: Browser) -> None:
    lamps = await eve.post("/api/categories", {"names": {"en": "Lamps", "zh": "灯具"}}, status=201)
    bulbs = {"names": {"en": "Bulbs"}, "parent": lamps["id"], "descriptions": {"en": "All of them"}}
    under = await eve.post("/api/categories", bulbs, status=201)
    assert (under["parent"], under["slug"]) == (lamps["id"], "bulbs")
    names = {"version": 1, "names": {"en": "Lights"}}
    assert (await eve.put(f"/api/categories/{lamps['id']}", names))["version"] == 2
    stale = await eve.put(f"/api/categories/{lamps['id']}", names, status=409)
    assert stale["error"]["code"] == "newer_version"
    moved = await eve.put(f"/api/categories/{under['id']}/place", {"version": 1, "before": lamps["id"]})
    assert [each["slug"] for each in moved["items"]] == ["bulbs", "lamps"]
    assert await ada.get("/api/categories") == moved
    await ada.post("/api/categories", bulbs, status=403)
    refused = await eve.post("/api/categories", {"names": {"en": " "}}, status=422)
    assert refused["error"]["field"] == "names"


async def test_removing_a_category_asks_where_its_articles_go(eve: Browser) -> None:
    article = await eve.post("/api/articles", NEW, status=201)
    path = f"/api/categories/{article['category_id']}"
    assert (await eve.get("/api/categories"))["items"][0]["articles"] == 1
    refused = await eve.call("DELETE", path, {"version": 1})
    assert (refused.status, (await refused.json())["error"]["code"]) == (409, "in_use")
    assert (await eve.call("DELETE", path, {"version": 1, "to": None})).status == 204
    assert (await eve.get(f"/api/articles/{article['id']}"))["category_id"] is None


async def filed(browser: Browser, article: str, change: dict[str, Any], status: int = 200) -> Any:
    response = await browser.call("PATCH", f"/api/articles/{article}", change)
    answer = await response.json()
    assert response.status == status, answer
    return answer


async def test_an_article_is_filed_in_one_change_and_everybody_is_told(office: Office, eve: Browser) -> None:
    article = (await eve.post("/api/articles", NEW, status=201))["id"]
    change = {
        "version": 1,
        "category_id": None,
        "tags": ["Bulbs", "smart home"],
        "audience": "agents",
        "brands": ["acme"],
        "owner": "eve",
        "review_by": "2030-01-31",
    }
    answer = await filed(eve, article, change)
    assert answer["owner"] == {"id": "eve", "name": "Eve"}
    assert answer | {"owner": "eve"} == answer | change | {"version": 2, "tags": ["bulbs", "smart home"]}
    assert await eve.get(f"/api/articles/{article}/filing") == answer
    events = await office.world.db.read(read_events, article_topic(ArticleId(article)), 0, 10)
    assert [each.event for each in events][1:] == [ArticleChanged(ArticleId(article))]
    same = await filed(eve, article, {"version": 2, "tags": ["bulbs", "smart home"]})
    assert same["version"] == 2
    assert (await filed(eve, article, {"version": 1, "tags": []}, 409))["error"]["code"] == "newer_version"
    choices = await eve.get("/api/knowledge/choices")
    assert choices["tags"] == [{"tag": "bulbs", "articles": 1}, {"tag": "smart home", "articles": 1}]
    assert choices["brands"] == [{"id": "acme", "name": "Acme"}]
    assert {"eve", "ada"} <= {each["id"] for each in choices["owners"]}


async def test_what_readers_notice_is_a_publishers_to_change(eve: Browser, ada: Browser) -> None:
    unknown = await ada.post("/api/articles", NEW, status=422)
    assert unknown["error"]["code"] == "category_unknown"
    for name in ("Orders", "Returns"):
        await eve.post("/api/categories", {"names": {"en": name}}, status=201)
    article = (await ada.post("/api/articles", NEW, status=201))["id"]
    await filed(ada, article, {"version": 1, "audience": "agents"})
    refused = await filed(ada, article, {"version": 2, "audience": "public"}, 403)
    assert refused["error"]["code"] == "publish"
    await filed(eve, article, {"version": 2, "audience": "public"})
    await eve.post(f"/api/articles/{article}/en/publish", {"revision": 1})
    for change in ({"audience": "agents"}, {"brands": ["acme"]}, {"category_id": None}):
        await filed(ada, article, {"version": 3, **change}, 403)
    text = {"title": "Returns", "body": "Within 60 days.", "base": 1}
    await ada.put(f"/api/articles/{article}/en", text | {"category": "Returns"}, status=403)
    await ada.put(f"/api/articles/{article}/en", text | {"category": "orders"})
    mine = await filed(ada, article, {"version": 3, "tags": ["x"], "owner": "ada", "review_by": "2030-01-01"})
    assert mine["audience"] == "public"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category_id": "nope"}, "category_id"),
        ({"tags": ["x" * 41]}, "tags"),
        ({"audience": "everybody"}, "audience"),
        ({"brands": ["nope"]}, "brands"),
        ({"owner": "nope"}, "owner"),
        ({"review_by": "2020-01-01"}, "review_by"),
        ({"review_by": "soon"}, "review_by"),
        ({"source_language": "fr"}, "source_language"),
    ],
)
async def test_a_bad_filing_is_refused_by_its_field(eve: Browser, change: dict[str, Any], field: str) -> None:
    article = (await eve.post("/api/articles", NEW, status=201))["id"]
    assert (await filed(eve, article, {"version": 1, **change}, 422))["error"]["field"] == field


async def test_the_list_comes_by_page_narrowed_and_counted(eve: Browser) -> None:
    for title in ("Returns", "Refunds", "Lamps"):
        await eve.post("/api/articles", NEW | {"title": title}, status=201)
    first = await eve.get("/api/articles?sort=address")
    assert [each["slug"] for each in first["items"]] == ["lamps", "refunds", "returns"]
    assert (first["total"], first["next"]) == (3, None)
    assert (
        first["items"][0]
        | {
            "category": "Orders",
            "languages": {"en": "draft"},
            "stages": {"en": "draft"},
            "missing": ["zh"],
            "author": "Eve",
            "audience": "public",
        }
        == first["items"][0]
    )
    for query, found in (
        ("status=draft", 3),
        ("status=published", 0),
        ("stage=in_review", 0),
        ("missing=zh", 3),
        ("category=none", 0),
        ("owner=none", 3),
        ("owner=eve", 0),
        ("tag=x&brand=acme&audience=agents&overdue=1&stale=1&archived=1", 0),
    ):
        assert (await eve.get(f"/api/articles?{query}"))["total"] == found, query
    counts = await eve.get("/api/knowledge/counts")
    assert counts | {"all": 3, "draft": 3, "missing": {"en": 0, "zh": 3}} == counts
    assert counts["stages"]["draft"] == 3


@pytest.mark.parametrize(
    "query",
    [
        "status=lost",
        "stage=lost",
        "audience=all",
        "sort=title",
        "overdue=yes",
        "cursor=x",
        "cursor=WyJ4IiwieSJd",
        f"cursor={DEEP}",
    ],
)
async def test_a_bad_filter_of_the_list_is_refused_by_its_name(eve: Browser, query: str) -> None:
    response = await eve.call("GET", f"/api/articles?{query}")
    assert (response.status, (await response.json())["error"]["field"]) == (422, query.partition("=")[0])


async def test_a_translation_that_is_behind_is_marked_as_still_right(eve: Browser) -> None:
    path = f"/api/articles/{(await eve.post('/api/articles', NEW, status=201))['id']}"
    text = {"title": "Returns", "body": "Within 60 days."}
    await eve.post(f"{path}/en/publish", {"revision": 1})
    await eve.put(f"{path}/zh", text | {"base": 0})
    await eve.put(f"{path}/en", text | {"base": 1})
    await eve.post(f"{path}/en/publish", {"revision": 2})
    filing = await eve.get(f"{path}/filing")
    assert filing["source"] == 2
    assert filing["translations"] == [{"language": "zh", "number": 1, "followed": 1, "stale": True}]
    assert (await eve.get("/api/articles?stale=1"))["items"][0]["stale"] == ["zh"]
    since = await eve.get(f"{path}/zh/source-changes")
    assert (since["language"], since["followed"], since["source"], since["title"]) == ("en", 1, 2, None)
    said = [[part["text"] for part in side if part["changed"]] for side in since["lines"][0].values()]
    assert said == [["30"], ["60"]]
    assert (await eve.call("GET", f"{path}/en/source-changes")).status == 404
    await eve.post(f"{path}/zh/right", {"source": 1}, status=409)
    right = await eve.post(f"{path}/zh/right", {"source": 2})
    assert right["translations"] == [{"language": "zh", "number": 1, "followed": 2, "stale": False}]
    await eve.put(f"{path}/zh", text | {"base": 1, "source": 9}, status=422)


async def test_a_translation_is_as_new_as_the_source_that_its_translator_read(eve: Browser) -> None:
    path = f"/api/articles/{(await eve.post('/api/articles', NEW, status=201))['id']}"
    text = {"title": "Returns", "body": "Within 60 days."}
    await eve.post(f"{path}/en/publish", {"revision": 1})
    await eve.put(f"{path}/en", text | {"base": 1})
    await eve.post(f"{path}/en/publish", {"revision": 2})

    async def follows() -> tuple[int, bool]:
        (chinese,) = (await eve.get(f"{path}/filing"))["translations"]
        return chinese["followed"], chinese["stale"]

    # Begun before the source was published anew.
    await eve.put(f"{path}/zh", text | {"base": 0, "source": 1})
    assert await follows() == (1, True)
    await eve.put(f"{path}/zh", text | {"base": 1, "body": "A slip of the pen.", "source": 1})
    assert await follows() == (1, True)
    await eve.put(f"{path}/zh", text | {"base": 2, "source": 2})
    assert await follows() == (2, False)


async def test_an_address_is_changed_by_publishers_and_the_old_one_leads_on(
    eve: Browser, ada: Browser
) -> None:
    path = f"/api/articles/{(await eve.post('/api/articles', NEW, status=201))['id']}"
    await eve.post(f"{path}/en/publish", {"revision": 1})
    await ada.put(f"{path}/filing/slug", {"version": 1, "slug": "send-back"}, status=403)
    moved = await eve.put(f"{path}/filing/slug", {"version": 1, "slug": "send-back"})
    assert (moved["slug"], moved["redirects"], moved["version"]) == ("send-back", ["returns"], 2)
    await eve.put(f"{path}/filing/slug", {"version": 1, "slug": "back"}, status=409)
    await ada.post("/api/knowledge/redirects", {"slug": "old", "target": "returns"}, status=403)
    await eve.post("/api/knowledge/redirects", {"slug": "old", "target": "returns"}, status=201)
    assert (await eve.get(f"{path}/filing"))["redirects"] == ["old", "returns"]
    refused = await eve.post("/api/knowledge/redirects", {"slug": "send-back", "target": "old"}, status=422)
    assert (refused["error"]["code"], "send-back → old → send-back" in refused["error"]["expected"]) == (
        "redirect_cycle",
        True,
    )
    await eve.delete("/api/knowledge/redirects/old")
    titled = await eve.put(f"{path}/filing/slug", {"version": 2})
    assert (titled["slug"], titled["redirects"]) == ("returns", ["send-back"])
