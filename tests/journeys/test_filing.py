"""Filing in a real browser: the list's views, an article's settings, translations that are behind, and categories."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
SETTINGS = re.compile("Settings of the article|文章设置")
LOOKS = ((1440, "light", "en"), (1440, "dark", "zh"), (390, "dark", "en"), (390, "light", "zh"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("filing"), PARLEY_ENGINE_KIND="scripted") as running:
        yield running


@pytest.fixture
async def desk(browser: Browser, server: Server) -> Desk:
    opened = await a_desk(browser, server)
    await opened.sign_in(ANNA)
    return opened


async def test_an_article_is_filed_and_found_by_its_tag(desk: Desk) -> None:
    page = desk.page
    await desk.go("/articles")
    await page.get_by_role("link", name="Warranty").click()
    await page.get_by_role("button", name="Settings of the article").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox", name="Tags: Add a tag").fill("Gifts")
    await dialog.get_by_role("combobox", name="Tags: Add a tag").press("Enter")
    await dialog.get_by_label("Who may read it").select_option("agents")
    await dialog.get_by_role("button", name="in 6 months").click()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    await desk.go("/articles?tag=gifts")
    await expect(page.locator(".article-row")).to_have_count(1)
    await expect(page.locator(".article-marks")).to_have_text("Agents only")
    await page.get_by_role("button", name="Remove gifts").click()
    await expect(page).to_have_url(f"{desk.server.address}/console/articles")
    assert desk.complaints == []


async def test_a_translation_says_what_changed_in_its_source_until_it_is_up_to_date(desk: Desk) -> None:
    page = desk.page
    await desk.go("/articles?q=opening")
    await page.locator(".article-row").first.click()
    body = page.locator("textarea[name=body]")
    await expect(body).to_be_editable()
    await body.fill(f"{await body.input_value()}\n\nClosed on the second of May.")
    await page.keyboard.press("Control+Shift+p")
    await expect(page.locator(".article-marks").get_by_text("中文 behind")).to_be_visible()
    await desk.go("/articles?stale=1")
    await expect(page.locator(".article-row")).to_have_count(1)
    await page.locator(".article-row").first.click()
    await page.locator(".article-tabs .tab").get_by_text("中文").click()
    await page.get_by_role("button", name="What changed").click()
    await expect(page.locator(".since ins")).to_have_text("Closed on the second of May.")
    await page.get_by_role("button", name="Mark as up to date").click()
    await expect(page.locator(".behind")).to_have_count(0)
    await expect(page.locator(".article-row")).to_have_count(0)


async def test_a_translation_that_is_brought_up_to_date_is_not_behind_any_more(desk: Desk) -> None:
    page = desk.page
    await desk.go("/articles?q=warranty")
    await page.locator(".article-row").first.click()
    body = page.locator("textarea[name=body]")
    await page.locator(".article-tabs .tab").get_by_text("English").click()
    await expect(body).to_be_editable()
    await body.fill(f"{await body.input_value()}\n\nAlso for vases.")
    await page.keyboard.press("Control+Shift+p")
    await expect(page.locator(".article-marks").get_by_text("中文 behind")).to_be_visible()
    await page.locator(".article-tabs .tab").get_by_text("中文").click()
    source = page.get_by_label("Translated from English")
    await expect(source.locator("option:checked")).to_have_text(re.compile("as before"))
    await expect(body).to_be_editable()
    await body.fill(f"{await body.input_value()}\n\n改正了一个字。")
    await page.keyboard.press("Control+s")
    await expect(page.locator(".behind")).to_be_visible()
    await page.get_by_role("button", name="What changed").click()
    await expect(source.locator("option:checked")).to_have_text(re.compile("which readers see"))
    await body.fill(f"{await body.input_value()}\n\n花瓶也是。")
    await page.keyboard.press("Control+s")
    await expect(page.locator(".behind")).to_have_count(0)
    await expect(page.locator(".article-marks").get_by_text("中文 behind")).to_have_count(0)


async def test_categories_are_put_in_order_by_keys_and_removed_with_a_place_for_their_articles(
    desk: Desk,
) -> None:
    page = desk.page
    await desk.go("/knowledge/categories")
    names = page.locator(".categories > li > .category > .category-line .category-name")
    first = await names.first.inner_text()
    await page.locator(".categories > li > .handle button").first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(names.nth(1)).to_have_text(first)
    await names.nth(1).click()
    await page.locator(".category-removal .button").click()
    await page.get_by_label("Where do its").select_option(index=1)
    count = await names.count()
    await page.locator(".category-removal .button").click()
    await expect(names).to_have_count(count - 1)
    assert desk.complaints == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
async def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, desk: Desk, width: int, scheme: str, language: str
) -> None:
    state = await desk.page.context.storage_state()
    context = await browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
        storage_state=state,
    )
    page = await context.new_page()
    for path, press in (
        ("/articles", ".filters .menu-button"),
        ("/articles?tag=gifts&sort=review", ".filters .button-bare"),
        ("/knowledge/categories", ".category-line"),
    ):
        mark = "&" if "?" in path else "?"
        await page.goto(f"{desk.server.address}/console{path}{mark}lang={language}")
        await page.locator(press).first.click()
        await page.wait_for_load_state("networkidle")
        assert await complaints(page) == [], path
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    await page.goto(f"{desk.server.address}/console/articles?lang={language}")
    await page.locator(".article-row").first.click()
    await page.get_by_role("button", name=SETTINGS).click()
    await page.locator(".article-settings form").first.wait_for()
    assert await complaints(page, ".article-settings") == []
    await context.close()
