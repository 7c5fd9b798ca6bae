"""The first thing Parley does, in two real browsers against a real server: ask, be answered, ask for a person, be helped."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.servers.parley import Server, running_parley

pytestmark = [pytest.mark.browser, pytest.mark.server]

HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("parley")) as running:
        yield running


async def visitor_at(browser: Browser, server: Server, language: str = "en-GB") -> Page:
    context = await browser.new_context(locale=language, viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.goto(f"{server.address}/demo")
    await page.locator(".launcher").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page


async def say(page: Page, text: str) -> None:
    await page.locator("textarea").fill(text)
    await page.locator("textarea").press("Enter")


async def agent_at(browser: Browser, server: Server, name: str) -> Page:
    """Signed in and available."""
    email, password = next((e, p) for e, p in server.sign_ins().items() if e.startswith(name))
    context = await browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.goto(f"{server.address}/console")
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(password)
    await page.locator("input[type=password]").press("Enter")
    await page.locator("#presence-button").click()
    await page.get_by_role("menuitemradio", name=re.compile("^Available")).click()
    await expect(page.locator("#presence-button .dot-available")).to_be_visible()
    return page


async def picture(page: Page, name: str) -> None:
    """Kept where PARLEY_PICTURES says, for whoever wants to look."""
    folder = os.environ.get("TEST_PICTURES")
    if folder:
        await page.screenshot(path=str(Path(folder) / f"{name}.png"))


async def test_a_visitor_is_answered_by_the_bot_and_then_by_a_person(
    browser: Browser, server: Server
) -> None:
    visitor = await visitor_at(browser, server)
    log = visitor.get_by_role("log")
    await say(visitor, "How long does shipping take?")
    await expect(log.get_by_text(re.compile("working days")).first).to_be_visible()
    await picture(visitor, "widget-answer")

    agent = await agent_at(browser, server, "leah")
    await say(visitor, f"I want to talk to a person {HOSTILE}")
    await agent.get_by_role("button", name=re.compile("^Accept")).click(timeout=30_000)
    await expect(agent.get_by_text(HOSTILE).first).to_be_visible()
    await picture(agent, "console-accepted")

    composer = agent.locator("textarea").first
    await composer.fill("Hello, this is Leah. What can I do for you?")
    await composer.press("Control+Enter")
    await expect(log.get_by_text("Hello, this is Leah. What can I do for you?")).to_have_count(1)
    await expect(
        log.get_by_text(re.compile("Leah.*(joined|answers|here)", re.IGNORECASE)).first
    ).to_be_visible()
    assert await visitor.title() != "1"
    await picture(visitor, "widget-person")

    await say(visitor, "Thank you, that is all")
    await expect(agent.get_by_text("Thank you, that is all").first).to_be_visible()
    await picture(agent, "console-conversation")
    await agent.get_by_role("button", name=re.compile("^Resolve")).first.click()
    await expect(log.get_by_text(re.compile("resolved|closed|ended", re.IGNORECASE)).first).to_be_visible()


async def test_what_became_of_the_bots_turns_is_in_the_metrics(browser: Browser, server: Server) -> None:
    visitor = await visitor_at(browser, server)
    await say(visitor, "How long does shipping take?")
    await expect(visitor.get_by_role("log").get_by_text(re.compile("working days")).first).to_be_visible()
    metrics = await (await visitor.context.request.get(f"{server.internal}/metrics")).text()
    assert re.search(r'parley_bot_turns_last_hour\{outcome="answered"\} [1-9]', metrics)


async def test_a_visitor_who_writes_chinese_is_answered_in_chinese(browser: Browser, server: Server) -> None:
    visitor = await visitor_at(browser, server, "zh-CN")
    await say(visitor, "多久能收到货？")
    await expect(visitor.get_by_role("log").get_by_text(re.compile("工作日")).first).to_be_visible()
    await picture(visitor, "widget-chinese")


async def test_an_article_published_in_the_console_changes_what_the_bot_says(
    browser: Browser, server: Server
) -> None:
    email, password = next((e, p) for e, p in server.sign_ins().items() if e.startswith("mei"))
    context = await browser.new_context(base_url=server.address)
    signed_in = await context.request.post("/api/session", data={"email": email, "password": password})
    headers = {"X-CSRF-Token": (await signed_in.json())["csrf"]}
    article = {
        "language": "en",
        "title": "Do you repair old clocks?",
        "body": "We repair clocks in the workshop behind our Hamburg shop, on Thursdays.",
        "category": "services",
        "questions": ["Can you mend my grandfather clock?"],
    }
    made = await (await context.request.post("/api/articles", data=article, headers=headers)).json()
    published = await context.request.post(
        f"/api/articles/{made['id']}/en/publish", data={"revision": 1}, headers=headers
    )
    assert published.ok, await published.text()
    visitor = await visitor_at(browser, server)
    await say(visitor, "Do you repair old clocks?")
    await expect(visitor.get_by_role("log").get_by_text(re.compile("workshop behind")).first).to_be_visible()
