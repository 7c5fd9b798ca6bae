"""The script and the page that shows it."""

from pathlib import Path

from channels.contract import Channel
from core.ids import InboxId, QueueId
from core.inbox import BotMode, Inbox
from tests.channels.shop import Shop


async def test_the_script_is_served_to_any_page_and_not_sent_twice(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "widget.js").write_text("(function(){})()")
    first = await shop.client.get("/widget.js")
    assert first.content_type == "text/javascript"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = await shop.client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    (tmp_path / "widget.js").write_text("(function(){return 2})()")
    changed = await shop.client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status == 200


async def test_without_a_build_the_script_is_unavailable(shop: Shop) -> None:
    assert (await shop.client.get("/widget.js")).status == 503


async def test_the_demo_page_speaks_the_visitors_language_under_a_strict_policy(shop: Shop) -> None:
    english = await shop.client.get("/demo")
    chinese = await shop.client.get("/demo", headers={"Accept-Language": "fr, zh-CN;q=0.8, en;q=0.5"})
    chosen = await shop.client.get("/demo?lang=zh")
    assert 'lang="en"' in await english.text()
    assert "暖光与绿意" in await chinese.text()
    assert await chosen.text() == await chinese.text()
    policy = english.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "[[" not in await english.text()


async def test_the_demo_page_serves_its_own_files_only(shop: Shop) -> None:
    for name in ("shop.css", "lamp.svg"):
        assert (await shop.client.get(f"/demo/{name}")).status == 200
    assert (await shop.client.get("/demo/page.html")).status == 404
    assert (await shop.client.get("/demo/..%2fpages.py")).status == 404


def test_the_snippet_is_one_line_for_any_page(shop: Shop) -> None:
    widget: Channel = shop.part.channels["widget"]
    inbox = Inbox(InboxId("web"), "widget", "Web", enabled=True, queue=QueueId("general"), bot=BotMode.ANSWER)
    assert widget.snippet(inbox, "https://parley.example") == (
        '<script src="https://parley.example/widget.js" data-inbox="web" async></script>'
    )
