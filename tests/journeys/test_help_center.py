"""The help center as customers meet it in a browser: everybody can use it, with and without a script, in both languages."""

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.journeys.access import complaints
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (1440, 390)
ZOOMED = 1280 // 4
PAGES = {
    "front": "",
    "category": "/categories/shipping",
    "article": "/articles/returns",
    "voted": "/articles/returns?voted=no",
    "search": "/search?q=lamp+return",
    "nothing": "/search?q=zzzz",
    "contact": "/contact?article=returns&q=lamp",
    "missing": "/articles/none",
}
QUESTIONS = {"en": "send a lamp back", "zh": "退货"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample company, without Rasa."""
    with running_parley(tmp_path_factory.mktemp("help")) as running:
        yield running


@pytest.fixture
async def page(browser: Browser, server: Server) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=server.address)
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize(("language", "scheme", "width"), list(product(QUESTIONS, SCHEMES, WIDTHS)))
async def test_everybody_can_use_every_page(
    browser: Browser, server: Server, language: str, scheme: Scheme, width: int
) -> None:
    context = await browser.new_context(
        base_url=server.address, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = await context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Refused" in message.text else None)
    for name, path in PAGES.items():
        await page.goto(f"/help/{language}{path}")
        assert await complaints(page) == [], name
        assert await _fits(page), name
    assert refused == []
    await context.close()


async def test_every_page_can_be_read_at_four_times_its_size(browser: Browser, server: Server) -> None:
    context = await browser.new_context(
        base_url=server.address, viewport={"width": ZOOMED, "height": 256}, device_scale_factor=4
    )
    page = await context.new_page()
    for language, path in product(QUESTIONS, PAGES.values()):
        await page.goto(f"/help/{language}{path}")
        assert await _fits(page), path
    await context.close()


async def _fits(page: Page) -> bool:
    """Nothing makes one scroll sideways."""
    found = await page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return bool(found)


async def test_suggestions_come_while_one_types_and_are_chosen_by_keys(page: Page) -> None:
    await page.goto("/help/en")
    field = page.get_by_role("combobox")
    await field.press_sequentially("retu")
    options = page.get_by_role("option")
    await expect(options.first).to_be_visible()
    await expect(field).to_have_attribute("aria-expanded", "true")
    await expect(page.locator(".search [role=status]")).to_contain_text("suggestions")
    assert await complaints(page) == []
    await field.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = await field.get_attribute("aria-activedescendant")
    assert chosen == await options.first.get_attribute("id")
    await field.press("Escape")
    await expect(options).to_have_count(0)
    await field.press_sequentially("r")
    await expect(options.first).to_be_visible()
    title = await options.first.inner_text()
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("language", QUESTIONS)
async def test_without_a_script_one_searches_reads_votes_and_asks_a_person(
    browser: Browser, server: Server, language: str
) -> None:
    context = await browser.new_context(base_url=server.address, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"/help/{language}")
    await page.get_by_role("searchbox").fill(QUESTIONS[language])
    await page.get_by_role("searchbox").press("Enter")
    await page.locator(".result a").first.click()
    await expect(page).to_have_url(re.compile(r"/articles/returns\?q="))
    await page.locator("button[value=no]").click()
    await page.get_by_role("radio").nth(1).check()
    await page.locator("textarea").fill("How long does it take?")
    await page.locator(".why button").click()
    await expect(page).to_have_url(re.compile("voted=done"))
    await page.goto(f"/help/{language}/articles/returns?q=lamp")
    await page.locator(".ask a").click()
    await expect(page.locator("dd")).to_have_count(2)
    await expect(page.locator(".way a").first).to_have_attribute(
        "href", re.compile(r"article=.*returns&q=lamp")
    )
    await context.close()


async def test_the_agent_sees_what_was_read_and_searched_for(page: Page, server: Server) -> None:
    """In the context of the conversation that begins on the page."""
    await page.goto("/help/en/articles/returns?q=send+back")
    await page.locator("parley-widget button").first.click()
    await page.locator("parley-widget textarea").fill("I still have a question")
    await page.locator("parley-widget textarea").press("Enter")
    # What is answered has been stored.
    await expect(page.locator("parley-widget li.theirs").first).to_be_visible(timeout=30_000)
    context = _context(server.folder)
    assert context["page"] == f"{server.address}/help/en/articles/returns?q=send+back"


def _context(folder: Path) -> dict[str, str]:
    """Of the newest conversation, as it is stored."""
    with sqlite3.connect(folder / "parley.db") as db:
        (found,) = db.execute("SELECT context FROM conversation ORDER BY created_at DESC LIMIT 1").fetchone()
    read: dict[str, str] = json.loads(found)
    return read
