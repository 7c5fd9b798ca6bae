"""From a search that finds nothing to a draft, in a real browser: the pages of unanswered questions and of findings."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.journeys.line import Line
from tests.journeys.people import Person
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
ASKED = (
    "Can you engrave a name on my xylophone?",
    "Do you engrave names on xylophones?",
    "xylophone with an engraved name",
)
LOOKED_AT = os.environ.get("PARLEY_TEST_PICTURES")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    quick = {"PARLEY_KNOWLEDGE_LOOP_CLUSTER_EVERY_S": "0.2", "PARLEY_KNOWLEDGE_LOOP_COMPARE_EVERY_S": "0.2"}
    with running_parley(tmp_path_factory.mktemp("gaps"), **quick) as running:
        yield running


async def search_in_vain(server: Server) -> None:
    async with aiohttp.ClientSession() as http:
        for text in ASKED:
            async with http.get(f"{server.address}/help/en/search", params={"q": text}) as response:
                assert response.status == 200


async def look(desk: Desk, name: str) -> None:
    """A picture in light and dark, where somebody wants to see it."""
    if LOOKED_AT is not None:
        for scheme in ("light", "dark"):
            await desk.page.emulate_media(color_scheme=scheme)
            await desk.page.screenshot(path=Path(LOOKED_AT) / f"{name}-{scheme}.png", full_page=True)
        await desk.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize(("width", "language"), [(1440, "en-GB"), (390, "zh-CN")])
async def test_a_question_nobody_could_find_becomes_a_draft(
    browser: Browser, server: Server, width: int, language: str
) -> None:
    await search_in_vain(server)
    desk = await a_desk(browser, server, width=width, language=language)
    await desk.sign_in(ANNA)
    page = desk.page
    await desk.go("/knowledge/gaps?state=all")
    row = page.locator(".gap-row", has_text="xylophone")
    while not await row.count():
        await page.reload()
        await page.locator(".gap-rows, .empty").first.wait_for()
    assert await complaints(page) == []
    await look(desk, f"gaps-{width}")
    await row.first.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".gap-asked").first).to_be_visible()
    assert await complaints(page) == []
    await look(desk, f"gap-{width}")
    if width > 390:
        await page.locator(".gap-actions .button-primary").click()
        await expect(page).to_have_url(re.compile("/articles/"))
        await expect(page.locator("[name=title]")).to_have_value(re.compile("xylophone"))


FINDINGS = {
    "en-GB": (
        "en",
        (
            "Repair of clocks",
            "We repair kitchen clocks within 12 days. Bring the clock to our workshop in Leipzig.",
        ),
        (
            "Clock repairs",
            "We repair kitchen clocks within 30 days. Bring the clock to our workshop in Leipzig.",
        ),
        (
            "Mending of clocks",
            "We repair kitchen clocks within 12 days. Bring the clock to our workshop in Leipzig.",
        ),
    ),
    "zh-CN": (
        "zh",
        ("挂钟维修", "修好一台挂钟需要十二天。请把它送到莱比锡的工坊。"),
        ("维修挂钟", "修好一台挂钟需要三十天。请把它送到莱比锡的工坊。"),
        ("修理挂钟", "修好一台挂钟需要十二天。请把它送到莱比锡的工坊。"),
    ),
}
"""By the reader's language: an article, one that contradicts it, and one that says the same."""


async def publish(server: Server, language: str, *articles: tuple[str, str]) -> None:
    async with aiohttp.ClientSession() as http:
        anna = await Person(Line(server, http), ANNA).sign_in(server.sign_ins()[ANNA])
        for title, body in articles:
            new = {"language": language, "title": title, "body": body, "category": "Clocks"}
            made = await anna.ask("POST", "/api/articles", new)
            await anna.ask("POST", f"/api/articles/{made['id']}/{language}/publish", {"revision": 1})


@pytest.mark.parametrize(("width", "language"), [(1440, "en-GB"), (390, "zh-CN")])
async def test_findings_between_articles_are_read_and_dismissed(
    browser: Browser, server: Server, width: int, language: str
) -> None:
    tag, one, other, same = FINDINGS[language]
    await publish(server, tag, one, other, same)
    desk = await a_desk(browser, server, width=width, language=language)
    await desk.sign_in(ANNA)
    page = desk.page
    await desk.go("/knowledge/findings")
    contradiction = page.locator(".finding", has_text=one[0]).filter(has_text=other[0])
    double = page.locator(".finding", has_text=one[0]).filter(has_text=same[0])
    await page.locator(".findings, .empty").first.wait_for()
    while not await contradiction.count() or not await double.count():
        await page.reload()
        await page.locator(".findings, .empty").first.wait_for()
    await expect(contradiction.locator(".chip-bad")).to_be_visible()
    marked = await contradiction.locator("mark").all_inner_texts()
    assert any(each in one[1] and each not in other[1] for each in marked)
    assert any(each in other[1] and each not in one[1] for each in marked)
    await expect(double.locator(".chip-warn")).to_be_visible()
    assert await complaints(page) == []
    await look(desk, f"findings-{width}")
    await contradiction.get_by_role("button").click()
    await expect(contradiction).to_have_count(0)
    await expect(double).to_have_count(1)
    await page.locator("select").last.select_option("dismissed")
    await expect(contradiction).to_have_count(1)
    assert desk.complaints == []
