"""What authors write with, over HTTP and live: previews, images, reusables, unsaved text, and who else is at it."""

import io
from collections.abc import AsyncIterator
from typing import Any

from aiohttp.test_utils import make_mocked_request
from PIL import Image

from console.settings import ConsoleSettings
from knowledge.writing.images import ImageRoutes
from knowledge.writing.settings import ImageSettings, WritingSettings
from tests.console.conftest import Browser, Office, Serve, frame_of

NEW = {"language": "en", "title": "Returns", "body": "Send it back.", "category": "Orders"}


def a_png(size: tuple[int, int] = (8, 6)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (1, 2, 3)).save(out, "PNG")
    return out.getvalue()


async def wrote(browser: Browser, **values: str) -> str:
    return str((await browser.post("/api/articles", NEW | values, status=201))["id"])


async def put_image(browser: Browser, data: bytes, kind: str = "image/png") -> tuple[int, Any]:
    headers = {"Content-Type": kind}
    response = await browser.call("POST", "/api/knowledge/images", data=data, headers=headers)
    return response.status, await response.json()


async def test_a_preview_is_what_readers_see_and_says_what_is_wrong(office: Office) -> None:
    eve = await office.browser("eve")
    await eve.post(
        "/api/knowledge/reusables", {"name": "phone", "kind": "variable", "texts": {"en": "555"}}, status=201
    )
    body = "# Hello\n\nCall {{phone}} {{fax}} <img src=x onerror=alert(1)>\n\n![](image:abc)"
    shown = await eve.post("/api/knowledge/preview", {"language": "en", "body": body})
    assert '<h2 id="s-hello">Hello</h2>' in shown["html"]
    assert "onerror" not in shown["html"]
    assert 'Call 555 <mark class="missing">{{fax}}</mark>' in shown["html"]
    assert shown["headings"] == [{"level": 2, "id": "s-hello", "text": "Hello"}]
    assert [(each["kind"], each["line"]) for each in shown["problems"]] == [
        ("unknown_reusable", 3),
        ("missing_alt", 5),
    ]
    refused = await eve.post("/api/knowledge/preview", {"language": "en", "body": "x" * 60_000}, status=422)
    assert refused["error"]["code"] == "too_large"
    assert refused["error"]["expected"] == "at most 50000 characters, not 60000"


async def test_texts_that_are_not_stored_are_compared_as_revisions_are(office: Office) -> None:
    eve, ada = await office.browser("eve"), await office.browser("ada")
    two = {
        "old": {"title": "Returns", "body": "Within 30 days.\n\nFree."},
        "new": {"title": "Returns", "body": "Within 60 days.\n\nFree."},
    }
    found = await eve.post("/api/knowledge/comparison", two)
    assert [each["change"] for each in found["title"]] == ["equal"]
    assert [each["change"] for each in found["body"]] == ["replaced", "equal", "equal"]
    changed = [each for each in found["body"][0]["new"]["pieces"] if each["changed"]]
    assert changed == [{"text": "60", "changed": True}]
    long = {"old": two["old"], "new": {"title": "", "body": "x" * 50_001}}
    await eve.post("/api/knowledge/comparison", long, status=422)
    await ada.post("/api/knowledge/comparison", two, status=403)


async def test_an_image_is_stored_once_and_named_as_articles_name_it(office: Office) -> None:
    eve = await office.browser("eve")
    status, image = await put_image(eve, a_png(), "text/plain")
    assert status == 201
    assert image["markdown"] == f"image:{image['id']}"
    assert (image["url"], image["media_type"]) == (f"/help/images/{image['id']}", "image/png")
    assert (await put_image(eve, a_png()))[1]["id"] == image["id"]


async def test_what_is_no_image_or_too_large_is_refused(serve: Serve) -> None:
    small = WritingSettings(images=ImageSettings(bytes=500))
    office = await serve(ConsoleSettings(public_url="http://parley.example", writing=small))
    eve = await office.browser("eve")
    status, error = await put_image(eve, b"<svg onload=alert(1)>", "image/png")
    assert (status, error["error"]["code"], error["error"]["field"]) == (415, "media_type", "file")
    status, error = await put_image(eve, bytes(501))
    assert (status, error["error"]["code"]) == (413, "too_large")

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(6):
            yield bytes(100)

    response = await eve.call("POST", "/api/knowledge/images", data=pieces())
    assert response.status == 413
    ada = await office.browser("ada")
    assert (await put_image(ada, a_png()))[0] == 403


async def test_images_are_served_to_everybody_and_can_do_nothing_but_be_shown(office: Office) -> None:
    eve = await office.browser("eve")
    image = (await put_image(eve, a_png()))[1]
    route, _head = ImageRoutes(office.world.db, WritingSettings()).routes()
    assert route.permission == "public"

    request = make_mocked_request("GET", image["url"], match_info={"id": image["id"]})
    response = await route.handler(request)
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


async def test_reusables_are_kept_by_publishers_and_read_by_authors(office: Office) -> None:
    eve, ada = await office.browser("eve"), await office.browser("ada")
    path = "/api/knowledge/reusables"
    new = {"name": "hours", "kind": "variable", "texts": {"en": "Mon to Fri"}}
    added = await eve.post(path, new, status=201)
    assert (added["version"], added["by"], added["articles"]) == (1, "Eve", [])
    assert (await eve.post(path, new, status=409))["error"]["code"] == "name_taken"
    changed = await eve.put(f"{path}/hours", {"texts": {"en": "Daily", "zh": "每天"}, "version": 1})
    assert (changed["version"], changed["texts"]["zh"]) == (2, "每天")
    stale = await eve.put(f"{path}/hours", {"texts": {"en": "x"}, "version": 1}, status=409)
    assert stale["error"]["code"] == "newer_version"
    article = await wrote(eve, body="Open {{hours}}")
    (listed,) = (await eve.get(path))["items"]
    assert listed["articles"] == [{"id": article, "title": "Returns", "language": "en"}]
    refused = await eve.delete(f"{path}/hours", status=409)
    assert (refused["error"]["code"], refused["error"]["message"]) == ("in_use", "hours is used in Returns")
    await ada.call("GET", path)
    assert (await ada.call("POST", path, new)).status == 403


async def test_articles_to_link_to_are_found_by_words_of_their_titles(office: Office) -> None:
    eve = await office.browser("eve")
    await wrote(eve, title="Send something back")
    await wrote(eve, title="退货", language="zh")
    found = (await eve.get("/api/knowledge/links?q=BACK send&language=en"))["items"]
    assert [(each["slug"], each["title"], each["published"]) for each in found] == [
        ("send-something-back", "Send something back", False)
    ]
    assert [each["language"] for each in (await eve.get("/api/knowledge/links?q=&language=zh"))["items"]] == [
        "zh",
        "en",
    ]
    assert (await eve.get("/api/knowledge/links?q=%25"))["items"] == []


async def test_unsaved_text_is_there_again_elsewhere_and_goes_when_it_is_saved(office: Office) -> None:
    eve = await office.browser("eve")
    path = f"/api/articles/{await wrote(eve)}/en"
    draft = {
        "base": 1,
        "title": "Returns",
        "body": "Send it b",
        "questions": ["why"],
        "note": "wip",
        "source": 3,
    }
    kept = await eve.put(f"{path}/working-copy", draft)
    assert (kept["newest"], kept["others"]) == (1, [])
    elsewhere = await office.browser("eve")
    mine = (await elsewhere.get(f"{path}/working-copy"))["mine"]
    assert {name: mine[name] for name in draft} == draft
    saved = await eve.put(
        path, {"title": "Returns", "body": "Send it back soon", "base": 1, "note": "sooner"}
    )
    assert saved["languages"]["en"]["draft"]["number"] == 2
    assert (await elsewhere.get(f"{path}/working-copy"))["mine"] is None
    await eve.put(f"{path}/working-copy", draft)
    await eve.delete(f"{path}/working-copy")
    assert (await eve.get(f"{path}/working-copy"))["mine"] is None


async def test_two_people_see_each_other_s_unsaved_text_exists_and_lose_none_of_it(office: Office) -> None:
    eve, sue = await office.browser("eve"), await office.browser("sue")
    path = f"/api/articles/{await wrote(eve)}/en"
    await eve.put(f"{path}/working-copy", {"base": 1, "title": "Returns", "body": "Eve's"})
    told = await sue.put(f"{path}/working-copy", {"base": 1, "title": "Returns", "body": "Sue's"})
    assert [(each["name"], each["base"]) for each in told["others"]] == [("Eve", 1)]
    await sue.put(path, {"title": "Returns", "body": "Sue's", "base": 1})
    refused = await eve.put(path, {"title": "Returns", "body": "Eve's", "base": 1}, status=409)
    assert refused["error"]["code"] == "newer_revision"
    mine = await eve.get(f"{path}/working-copy")
    assert (mine["newest"], mine["mine"]["body"], mine["others"]) == (2, "Eve's", [])


async def test_who_has_an_article_open_is_seen_at_once_and_so_is_a_save(office: Office) -> None:
    eve, sue = await office.browser("eve"), await office.browser("sue")
    article = await wrote(eve)
    async with await eve.live() as hers, await sue.live() as his:
        await hers.send_json({"type": "editing", "article": article, "language": "en"})
        await frame_of(hers, "writers", article=article)
        await his.send_json({"type": "editing", "article": article, "language": "zh", "changed": True})
        both = await frame_of(hers, "writers", article=article)
        assert [(each["name"], each["language"], each["changed"]) for each in both["people"]] == [
            ("Eve", "en", False),
            ("Sue", "zh", True),
        ]
        await eve.put(f"/api/articles/{article}/en", {"title": "Returns", "body": "New", "base": 1})
        assert (await frame_of(his, "articles"))["ids"] == [article]
        await his.send_json({"type": "editing", "article": ""})
        assert [each["name"] for each in (await frame_of(hers, "writers"))["people"]] == ["Eve"]
        await his.send_json({"type": "editing", "article": article, "language": "en"})
        await frame_of(his, "writers")
        await hers.close()
        alone = await frame_of(his, "writers")
        assert [each["name"] for each in alone["people"]] == ["Sue"]


async def test_only_authors_say_that_they_are_at_an_article(office: Office) -> None:
    ada = await office.browser("ada")
    async with await ada.live() as socket:
        await socket.send_json({"type": "editing", "article": "x", "language": "en"})
        assert (await frame_of(socket, "error"))["code"] == "forbidden"
    eve = await office.browser("eve")
    async with await eve.live() as socket:
        await socket.send_json({"type": "editing", "article": "a b", "language": "en"})
        assert (await frame_of(socket, "error"))["field"] == "article"
