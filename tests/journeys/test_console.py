"""The console in a real browser against a real server: offers, answers, lost connections, every page."""

import socket
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Agent and administrator."""
MEI = "mei@lumenandleaf.example"
"""Agent and editor, who works in Chinese."""
PAGES = (
    "/inbox/all",
    "/articles",
    "/articles/new",
    "/knowledge/reusables",
    "/admin/people",
    "/admin/queues",
    "/admin/rules",
    "/admin/rules/new",
    "/admin/skills",
    "/admin/inboxes",
    "/admin/sla",
    "/admin/hours",
    "/admin/presence",
    "/admin/simulation",
    "/admin/staffing",
    "/admin/canned",
    "/knowledge/synonyms",
    "/mail",
    "/status",
    "/bot/outcomes",
    "/bot/measuring",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """On a port that stays its own when it is started again."""
    with running_parley(tmp_path_factory.mktemp("console"), PARLEY_PORT=str(free_port())) as running:
        yield running


@pytest.fixture
async def desk(browser: Browser, server: Server) -> Desk:
    opened = await a_desk(browser, server)
    await opened.sign_in(ANNA)
    return opened


async def a_visitor(browser: Browser, server: Server, text: str) -> Page:
    """In front of the sample shop, having asked something."""
    page = await (await browser.new_context(locale="en-GB")).new_page()
    await page.goto(f"{server.address}/demo")
    await page.locator(".launcher").click()
    await say(page, text)
    return page


async def say(page: Page, text: str) -> None:
    await page.locator("textarea").fill(text)
    await page.locator("textarea").press("Enter")


async def reads(page: Page, text: str) -> None:
    await expect(page.get_by_role("log").get_by_text(text, exact=True)).to_have_count(1)


async def test_a_customer_asks_for_a_person_and_is_answered(
    browser: Browser, server: Server, desk: Desk
) -> None:
    await desk.be_available()
    visitor = await a_visitor(browser, server, "My lamp is broken, I want to talk to a person")
    await desk.accept()
    await expect(desk.page.locator(".handoff")).to_be_visible()
    await desk.reply("Hello, this is Anna.")
    await reads(visitor, "Hello, this is Anna.")
    await say(visitor, "<b>Thank you</b>, Anna")
    await desk.shows("<b>Thank you</b>, Anna")
    await desk.resolve()
    assert desk.complaints == []


async def test_a_reply_written_while_the_server_is_away_arrives_once(
    browser: Browser, server: Server, desk: Desk
) -> None:
    await desk.be_available()
    visitor = await a_visitor(browser, server, "I want to talk to a person about my order")
    await desk.accept()
    await desk.reply("One moment, please.")
    await reads(visitor, "One moment, please.")
    server.kill()
    await desk.reply("I am back with good news.")
    await expect(desk.page.locator(".said-pending")).to_have_count(1)
    server.start()
    await expect(desk.page.locator(".said-pending")).to_have_count(0, timeout=30_000)
    await desk.shows("I am back with good news.")
    await reads(visitor, "I am back with good news.")
    await say(visitor, "Wonderful!")
    await desk.shows("Wonderful!")
    await desk.resolve()


async def test_a_draft_and_an_open_offer_outlive_a_reload(
    browser: Browser, server: Server, desk: Desk
) -> None:
    await desk.be_available()
    await a_visitor(browser, server, "I want to talk to a person about my plant")
    await expect(desk.offer).to_be_visible()
    await desk.page.reload()
    await desk.accept()
    await desk.page.keyboard.press("r")
    await expect(desk.page.locator(".composer-text")).to_be_focused()
    await desk.page.keyboard.type("Dear customer")
    await desk.page.reload()
    await expect(desk.page.locator(".composer-text")).to_have_value("Dear customer")
    await desk.resolve()


async def test_a_reply_on_its_way_outlives_a_reload(browser: Browser, server: Server, desk: Desk) -> None:
    await desk.be_available()
    visitor = await a_visitor(browser, server, "I want to talk to a person about a refund")
    await desk.accept()
    await desk.page.route("**/messages", lambda route: route.abort())
    await desk.reply("It is on its way.")
    await expect(desk.page.locator(".said-pending")).to_have_count(1)
    await desk.page.unroute_all()
    await desk.page.reload()
    await desk.shows("It is on its way.")
    await expect(desk.page.locator(".said-pending")).to_have_count(0)
    await reads(visitor, "It is on its way.")
    await desk.resolve()


async def test_html_in_an_article_never_runs(browser: Browser, server: Server) -> None:
    desk = await a_desk(browser, server)
    await desk.sign_in(MEI)
    await desk.go("/articles/new")
    await desk.page.locator("[name=title]").fill("Lamps")
    await desk.page.locator("[name=category]").fill("Products")
    await desk.page.locator("[name=body]").fill('**bold** <img src=x onerror="document.title=1">')
    await desk.page.locator("button[type=submit]").click()
    preview = desk.page.locator(".prose")
    await expect(preview.locator("strong")).to_have_text("bold")
    await expect(preview.locator("img")).to_have_count(0)
    assert desk.complaints == []


@pytest.mark.parametrize(
    ("width", "language"), [(1440, "en-GB"), (390, "en-GB"), (1440, "zh-CN"), (390, "ar-XB")]
)
async def test_every_page_keeps_to_its_policy_and_its_width(
    browser: Browser, server: Server, width: int, language: str
) -> None:
    desk = await a_desk(browser, server, width=width)
    await desk.sign_in(ANNA)
    for path in PAGES:
        await desk.go(f"{path}?lang={language.removesuffix('-GB').removesuffix('-CN')}")
        await expect(desk.page.locator("h1:visible").first).to_be_visible()
        assert await desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert desk.complaints == []


async def test_the_overview_of_keys_opens_and_gives_the_focus_back(desk: Desk) -> None:
    await desk.page.locator("#list-search").focus()
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("?")
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await desk.page.keyboard.press("Control+k")
    await expect(desk.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    await desk.page.keyboard.type("articles")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page).to_have_url(f"{desk.server.address}/console/articles")
