"""A visitor in front of a page with the widget, for the journeys."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

from core.store.tx import Tx
from tests.channels.shop import Shop

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "web" / "dist" / "widget" / "widget.js"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Guest:
    """A visitor in front of a page with the widget."""

    def __init__(self, page: Page, shop: Shop) -> None:
        self.page = page
        self.shop = shop
        self.log = page.get_by_role("log")
        self.field = page.locator("textarea")
        self.launcher = page.locator(".launcher")
        self.dialog = page.get_by_role("dialog")

    async def open(self) -> None:
        await self.launcher.click()
        await expect(self.dialog).to_be_visible()

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def said(self, text: str, times: int = 1) -> None:
        await expect(self.log.get_by_text(text, exact=True)).to_have_count(times)

    async def delivered(self, count: int) -> None:
        await expect(self.log.get_by_role("img", name=re.compile("^(Sent|已发送)$"))).to_have_count(count)

    async def conversation(self) -> str:
        return await self.shop.world.db.read(newest_conversation)


def newest_conversation(tx: Tx) -> str:
    row = tx.conn.exec_driver_sql("SELECT id FROM conversation ORDER BY id DESC LIMIT 1").one()
    return str(row.id)


async def a_guest(
    browser: Browser | BrowserContext, shop: Shop, path: str = "/demo", **options: Any
) -> Guest:
    context = (
        await browser.new_context(**({"locale": "en-GB"} | options))
        if isinstance(browser, Browser)
        else browser
    )
    page = await context.new_page()
    await page.goto(str(shop.client.make_url(path)))
    guest = Guest(page, shop)
    await expect(guest.launcher).to_be_visible()
    return guest
