"""The widget where things go wrong: a server that restarts, pages that overrule every style, strict policies."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import Browser, expect

from tests.channels.shop import Shop, a_shop
from tests.journeys.guest import PNG, SCRIPT, Guest, a_guest, newest_conversation

pytestmark = pytest.mark.browser


async def test_what_is_written_without_a_server_is_sent_once_it_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    port = unused_port()
    async with a_shop(tmp_path, script=SCRIPT, port=port) as shop:
        guest = await a_guest(browser, shop)
        await guest.open()
        await guest.say("Before")
        await guest.delivered(1)
    await guest.say("During")
    await guest.say("Also during")
    await expect(guest.log.get_by_role("img", name="Waiting to be sent")).to_have_count(2)
    await expect(guest.dialog.get_by_text(re.compile("Connecting again|No connection"))).to_be_visible()
    async with a_shop(tmp_path, script=SCRIPT, port=port) as again:
        await guest.delivered(3)
        await again.answer(await again.world.db.read(newest_conversation), "After")
        await guest.said("After")
        shown = await guest.log.locator(".bubble").all_text_contents()
        assert shown == ["Before", "During", "Also during", "After"]


async def test_what_is_unsent_outlives_the_page(browser: Browser, tmp_path: Path) -> None:
    port = unused_port()
    async with a_shop(tmp_path, script=SCRIPT, port=port) as shop:
        guest = await a_guest(browser, shop)
        await guest.open()
        await guest.say("Before")
        await guest.delivered(1)
    await guest.say("Kept")
    await expect(guest.log.get_by_role("img", name="Waiting to be sent")).to_have_count(1)
    async with a_shop(tmp_path, script=SCRIPT, port=port) as again:
        page = await a_guest(guest.page.context, again)
        await page.open()
        await page.delivered(2)
        assert await page.log.locator(".bubble").all_text_contents() == ["Before", "Kept"]


HOSTILE = """
* { color: red !important; background: yellow !important; font: 40px serif !important; display: none !important;
    opacity: 0 !important; transform: rotate(3deg) !important; visibility: hidden !important; }
html, body { display: block !important; opacity: 1 !important; visibility: visible !important; transform: none !important; }
button, textarea { border: 9px solid red !important; text-transform: uppercase !important; }
"""


@asynccontextmanager
async def a_site(shop: Shop, style: str, policy: str | None = None) -> AsyncIterator[str]:
    """Somebody's page on another origin with the widget's line in it."""
    ours = str(shop.client.make_url("")).rstrip("/")

    async def page(_request: web.Request) -> web.Response:
        html = (
            f"<!doctype html><html lang=en><title>Site</title><link rel=stylesheet href=/s.css><body><p>Site</p>"
            f'<script src="{ours}/widget.js" data-inbox="web" async></script>'
        )
        headers = (
            {} if policy is None else {"Content-Security-Policy": policy.format(ours=ours, host=ours[7:])}
        )
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def css(_request: web.Request) -> web.Response:
        return web.Response(text=style, content_type="text/css")

    app = web.Application()
    app.router.add_get("/", page)
    app.router.add_get("/s.css", css)
    async with TestServer(app) as server:
        site = str(server.make_url("")).rstrip("/")
        await shop.configure(origins=[site], greeting={"en": "Hello!"})
        yield site


async def test_a_hostile_style_sheet_does_not_reach_in(browser: Browser, shop: Shop) -> None:
    async with a_site(shop, HOSTILE) as site:
        context = await browser.new_context(locale="en-GB")
        page = await context.new_page()
        await page.goto(site)
        guest = Guest(page, shop)
        await guest.open()
        await guest.say("Hi")
        await guest.delivered(1)
        look = await guest.log.locator(".mine .bubble").evaluate(
            """bubble => { const style = getComputedStyle(bubble);
            return [style.color, style.backgroundColor, style.fontSize, style.textTransform, style.opacity]; }"""
        )
        assert look == ["rgb(255, 255, 255)", "rgb(31, 111, 92)", "15px", "none", "1"]
        await context.close()


async def test_a_strict_policy_of_the_page_is_kept(browser: Browser, shop: Shop) -> None:
    policy = (
        "default-src 'none'; style-src 'self'; script-src {ours}; connect-src {ours} ws://{host}; img-src {ours} blob:; "
        "require-trusted-types-for 'script'"
    )
    async with a_site(shop, "", policy) as site:
        context = await browser.new_context(locale="en-GB")
        page = await context.new_page()
        complaints: list[str] = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(site)
        guest = Guest(page, shop)
        await guest.open()
        await expect(page.get_by_role("button", name="Attach a file")).to_be_enabled()
        await page.locator("input[type=file]").set_input_files(
            {"name": "photo.png", "mimeType": "image/png", "buffer": PNG}
        )
        await expect(page.get_by_role("list", name="Attached files")).to_contain_text("0.1 kB")
        await guest.say("Hi")
        await guest.delivered(1)
        await expect(guest.log.get_by_role("img", name="photo.png")).to_have_js_property("naturalWidth", 1)
        assert [each for each in complaints if "favicon" not in each] == []
        await context.close()


async def test_on_a_site_that_the_inbox_does_not_know_nothing_is_shown_and_the_console_says_why(
    browser: Browser, shop: Shop
) -> None:
    async with a_site(shop, "") as site:
        await shop.configure(origins=["https://shop.example"])
        context = await browser.new_context()
        page = await context.new_page()
        async with page.expect_console_message(lambda message: message.type == "warning") as told:
            await page.goto(site)
        assert 'no inbox "web" for this page' in (await told.value).text
        await expect(page.locator(".launcher")).to_have_count(0)
        assert shop.counted["live_origin"] == 1
        await context.close()
