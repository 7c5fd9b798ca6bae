"""The hosted chat: a page of ours that runs nothing but our own script, in the visitor's language."""

import re

from sqlalchemy import update

from core.store.tables.people import inbox
from core.store.tx import Tx
from tests.channels.shop import Shop


async def test_the_page_loads_the_widget_as_a_page(shop: Shop) -> None:
    await shop.configure("app", color="#1f6f5c", origins=["https://shop.example"])
    answer = await shop.client.get("/chat/app")
    page = await answer.text()
    assert 'src="/widget.js" data-inbox="app" data-mode="page"' in page
    assert '<html lang="en" dir="ltr">' in page
    assert '<meta name="theme-color" content="#1f6f5c">' in page
    assert "<title>App</title>" in page


async def test_it_runs_nothing_inline_and_only_the_inboxs_sites_may_frame_it(shop: Shop) -> None:
    await shop.configure("app", origins=["https://shop.example"])
    answer = await shop.client.get("/chat/app")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert policy.endswith("frame-ancestors 'self' https://shop.example")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", await answer.text())


async def test_its_language_is_the_one_asked_for_else_the_browsers(shop: Shop) -> None:
    for path, browser, language in (
        ("/chat/app", "zh-CN,zh;q=0.9,en;q=0.8", 'lang="zh" dir="ltr"'),
        ("/chat/app?lang=en", "zh-CN", 'lang="en" dir="ltr"'),
        ("/chat/app?lang=ar-XB", "zh", 'lang="ar-XB" dir="rtl"'),
        ("/chat/app?lang=%22%3E%3Cscript%3E", "", 'lang="en" dir="ltr"'),
    ):
        answer = await shop.client.get(path, headers={"Accept-Language": browser})
        assert language in await answer.text()


async def test_only_an_open_chat_has_a_page(shop: Shop) -> None:
    for name in ("web", "loop", "nowhere"):
        assert (await shop.client.get(f"/chat/{name}")).status == 404
    assert (await shop.client.get("/chat.css")).content_type == "text/css"


async def test_its_icon_is_there_so_that_no_browser_looks_for_one_in_vain(shop: Shop) -> None:
    page = await (await shop.client.get("/chat/app")).text()
    assert '<link rel="icon" href="/chat.svg"' in page
    icon = await shop.client.get("/chat.svg")
    assert (icon.status, icon.content_type) == (200, "image/svg+xml")


async def test_a_name_is_a_name_whatever_it_holds(shop: Shop) -> None:
    def rename(tx: Tx) -> None:
        tx.conn.execute(update(inbox).where(inbox.c.id == "app").values(name="<b>[[inbox]]</b>"))

    await shop.world.db.run(rename)
    page = await (await shop.client.get("/chat/app")).text()
    assert "<title>&lt;b&gt;[[inbox]]&lt;/b&gt;</title>" in page


async def test_a_made_up_host_does_not_reach_the_policy(shop: Shop) -> None:
    answer = await shop.client.get("/chat/app", headers={"Host": "a; script-src *"})
    assert "script-src *" not in answer.headers.get("Content-Security-Policy", "")
