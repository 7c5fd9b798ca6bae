"""Presence in a real browser: set by a supervisor, wrapping up, and signing out with work in hand."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.desk import Desk, a_desk
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Agent and administrator."""
MEI = "mei@lumenandleaf.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("presence")) as running:
        yield running


@pytest.fixture
async def anna(browser: Browser, server: Server) -> Desk:
    opened = await a_desk(browser, server)
    await opened.sign_in(ANNA)
    return opened


async def a_visitor_asks(browser: Browser, server: Server, text: str) -> None:
    page = await (await browser.new_context(locale="en-GB")).new_page()
    await page.goto(f"{server.address}/demo")
    await page.locator(".launcher").click()
    await page.locator("textarea").fill(text)
    await page.locator("textarea").press("Enter")


async def test_who_is_set_to_away_sees_by_whom_and_comes_back_with_one_press(
    browser: Browser, server: Server, anna: Desk
) -> None:
    mei = await a_desk(browser, server)
    await mei.sign_in(MEI)
    await mei.be_available()
    await anna.go("/admin/people")
    await anna.page.locator(".thing-open", has_text="Mei Lin").click()
    dialog = anna.page.get_by_role("dialog")
    await dialog.locator("select[name=state]").select_option("away")
    await dialog.locator("input[name=reason]").fill("Fire drill")
    await dialog.get_by_role("button", name="Set presence").click()
    told = mei.page.locator(".set-for-you")
    await expect(told).to_contain_text("Anna Weber")
    await expect(told).to_contain_text("Fire drill")
    await told.locator(".button-plain").click()
    await expect(told).to_have_count(0)
    await expect(mei.page.locator(".presence .dot-available").first).to_be_visible()
    assert mei.complaints == []
    await mei.page.locator("#presence-button").click()
    await mei.page.locator(".presence [role=menuitemradio]").last.click()


async def test_what_is_resolved_is_wrapped_up_and_what_is_held_is_handed_back_on_signing_out(
    browser: Browser, server: Server, anna: Desk
) -> None:
    await anna.go("/admin/queues")
    await expect(anna.page.locator(".thing-open").first).to_be_visible()
    for at in range(await anna.page.locator(".thing-open").count()):
        await anna.page.locator(".thing-open").nth(at).click()
        await anna.page.locator("input[name=wrap_up_s]").fill("5")
        await anna.page.get_by_role("dialog").locator("button[type=submit]").click()
        await expect(anna.page.get_by_role("dialog")).to_have_count(0)
    await anna.go("/inbox/mine")
    await anna.be_available()
    await a_visitor_asks(browser, server, "I want to talk to a person about a lamp")
    await anna.accept()
    await anna.resolve()
    wrapping = anna.page.locator(".wrap-up")
    await expect(wrapping).to_have_count(1)
    await wrapping.get_by_role("button", name="Done").click()
    await expect(wrapping).to_have_count(0)
    await a_visitor_asks(browser, server, "I want to talk to a person about a plant")
    await anna.accept()
    await anna.page.locator(".rail-account .menu-button").click()
    await anna.page.get_by_role("menuitem", name="Sign out").click()
    await anna.page.get_by_role("button", name="Hand back and sign out").click()
    await expect(anna.page.locator("input[name=email]")).to_be_visible()
    assert anna.complaints == []
    await anna.sign_in(ANNA)
    await anna.go("/inbox/queue")
    await expect(anna.page.locator(".row")).to_have_count(1)
