"""A publisher keeps synonyms in a real browser, tries a search with them, and hears of what is wrong; axe looks on."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("synonyms")) as running:
        yield running


async def at_synonyms(browser: Browser, server: Server, width: int, scheme: str) -> Desk:
    desk = await a_desk(browser, server, width=width)
    await desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await desk.sign_in(ANNA)
    await desk.go("/knowledge/synonyms")
    await expect(desk.page.get_by_role("heading", name="Synonyms", level=1)).to_be_visible()
    return desk


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
async def test_a_publisher_keeps_synonyms_and_tries_them(
    browser: Browser, server: Server, width: int, scheme: str
) -> None:
    desk = await at_synonyms(browser, server, width, scheme)
    page = desk.page
    assert await complaints(page) == []
    await page.get_by_role("button", name="Add synonyms").first.click()
    await page.locator("[name=words]").fill("torch")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("2 to 20 words")).to_be_visible()
    await page.locator("[name=words]").fill(f"torch{width}\nlamp\n")
    assert await complaints(page, "dialog") == []
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name=f"torch{width} · lamp")).to_be_visible()
    tried = page.get_by_role("searchbox")
    found = page.locator(".trial .found li")
    await tried.fill(f"return a torch{width}")
    await expect(page.get_by_text(f"torch{width} → lamp")).to_be_visible()
    await expect(found.first).to_be_visible()
    assert await complaints(page) == []
    await page.get_by_role("button", name=f"torch{width} · lamp").click()
    await page.get_by_role("button", name="Remove").click()
    await page.get_by_role("button", name="Really remove?").click()
    await expect(page.get_by_role("button", name=f"torch{width} · lamp")).to_have_count(0)
    assert [each for each in desk.complaints if "422" not in each] == []
