"""Articles beside a conversation in a real browser: suggested, read, inserted, flagged, proposed; by the keys, and narrow."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, expect

from tests.journeys.access import complaints
from tests.journeys.desk import Desk, a_desk
from tests.journeys.line import Line
from tests.journeys.people import Person
from tests.servers.parley import Server, running_parley

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Agent and administrator."""
MEI = "mei@lumenandleaf.example"
"""Agent, of the Chinese line."""
ASKS_FOR_A_PERSON = {
    "en-GB": ("I want to talk to a person", re.compile("passing (this|you) on")),
    "zh-CN": ("转人工", re.compile("同事")),
}
"""What a customer says and what the bot answers, by the language of their browser."""
ROOM = 10
"""How many conversations she may hold: what one test leaves with her must not keep the next one's waiting."""
BOT_MS = 60_000
"""How long the bot may take to answer where many tests share a machine."""
LOOKED_AT = os.environ.get("PARLEY_TEST_PICTURES")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("beside")) as running:
        yield running


@pytest.fixture(autouse=True)
async def with_room(server: Server, http: aiohttp.ClientSession) -> None:
    anna = await Person(Line(server, http), ANNA).sign_in(server.sign_ins()[ANNA])
    await anna.ask("PATCH", f"/api/agents/{anna.session['agent']['id']}", {"capacity": ROOM})


async def look(desk: Desk, name: str) -> None:
    if LOOKED_AT is not None:
        await desk.page.screenshot(path=Path(LOOKED_AT) / f"{name}.png")


async def a_talk(
    browser: Browser,
    server: Server,
    question: str,
    agent: str = ANNA,
    *,
    width: int = 1440,
    language: str = "en-GB",
) -> Desk:
    """In front of a conversation that begins with this question, held by this agent; both sides speak the language."""
    guest = await (await browser.new_context(locale=language)).new_page()
    await guest.goto(f"{server.address}/demo")
    await guest.locator(".launcher").click()
    log = guest.get_by_role("log")
    for text, answer in (ASKS_FOR_A_PERSON[language], (question, question)):
        await guest.locator("textarea").fill(text)
        await guest.locator("textarea").press("Enter")
        await expect(log).to_contain_text(answer, timeout=BOT_MS)
    desk = await a_desk(browser, server, width=width, language=language)
    await desk.sign_in(agent)
    await desk.be_available()
    await desk.accept()
    await expect(composer(desk)).to_be_visible()
    return desk


def composer(desk: Desk) -> Locator:
    return desk.page.locator(".composer-text")


def found(desk: Desk) -> Locator:
    return desk.page.locator(".found > li")


async def in_sight(desk: Desk) -> None:
    """All of what is suggested first, without scrolling."""
    view = desk.page.viewport_size
    last = await found(desk).last.bounding_box()
    assert view is not None
    assert last is not None
    assert last["y"] + last["height"] <= view["height"]


async def test_a_suggested_article_is_read_and_inserted_by_the_keys_beside_what_was_written(
    browser: Browser, server: Server
) -> None:
    desk = await a_talk(browser, server, "What does shipping abroad cost?")
    await expect(found(desk).first).to_contain_text(re.compile("shipping", re.IGNORECASE))
    await in_sight(desk)
    await composer(desk).fill("Dear customer,")
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("s")
    await expect(found(desk).first.locator(".found-title")).to_be_focused()
    await look(desk, "beside-1440")
    await desk.page.keyboard.press("ArrowDown")
    await expect(found(desk).nth(1).locator(".found-title")).to_be_focused()
    await desk.page.keyboard.press("ArrowUp")
    await desk.page.keyboard.press("Enter")
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog.locator(".prose p").first).to_be_visible()
    assert await complaints(desk.page) == []
    await desk.page.keyboard.press("i")
    await expect(dialog).to_have_count(0)
    await expect(composer(desk)).to_have_value(re.compile(r"^Dear customer,\n.{40}", re.DOTALL))
    await expect(composer(desk)).not_to_have_value(re.compile(r"\*\*|\]\("))
    await desk.page.keyboard.press("Control+Enter")
    await expect(desk.entries.locator(".said-agent").last).to_contain_text("Dear customer,")
    href = await found(desk).first.locator(".found-title").get_attribute("lang")
    assert href == "en"
    assert desk.complaints == []


async def test_an_article_goes_in_as_a_link_and_that_shows_in_its_use(
    browser: Browser, server: Server
) -> None:
    desk = await a_talk(browser, server, "How long does shipping to France take?")
    title = await found(desk).first.locator(".found-title").inner_text()
    await found(desk).first.get_by_role("button", name="Insert link").click()
    await expect(composer(desk)).to_have_value(re.compile(rf"^{re.escape(title)}\nhttp.*/help/en/articles/"))
    await expect(composer(desk)).to_be_focused()
    await desk.page.keyboard.press("Control+Enter")
    await expect(desk.entries).to_contain_text("/help/en/articles/")
    await found(desk).first.locator(".found-title").click()
    await desk.page.get_by_role("link", name="Open article").click()
    await desk.page.get_by_role("button", name="Use and flags").click()
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog.locator(".use-table tbody tr")).to_have_count(1)
    await expect(dialog.locator(".use figcaption")).to_contain_text("1 given by agents")
    assert await complaints(desk.page) == []
    assert desk.complaints == []


async def test_an_agent_flags_an_article_and_an_editor_sees_to_it(browser: Browser, server: Server) -> None:
    desk = await a_talk(browser, server, "How can I pay for my order, by invoice?")
    await found(desk).first.get_by_role("button", name="Something is wrong with it").click()
    await expect(desk.page.locator("dialog textarea")).to_be_focused()
    await desk.page.keyboard.type("It lacks PayPal")
    await desk.page.get_by_role("button", name="Tell the editors").click()
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await desk.go("/articles")
    await expect(desk.page.locator(".article-marks", has_text="1 flag")).to_have_count(1)
    await desk.go("/knowledge/flags")
    await expect(desk.page.locator(".flag")).to_contain_text("It lacks PayPal")
    assert await complaints(desk.page) == []
    await desk.page.get_by_role("button", name="Seen to").click()
    await expect(desk.page.locator(".flag")).to_have_count(0)
    assert desk.complaints == []


async def test_an_answer_is_proposed_as_an_article_in_two_clicks(browser: Browser, server: Server) -> None:
    question = "Do you repair a cracked bamboo pot?"
    desk = await a_talk(browser, server, question)
    await composer(desk).fill("Yes, we glue bamboo pots in our workshop.\nWrite to jo@example.org, Anna")
    await desk.page.keyboard.press("Control+Enter")
    said = desk.entries.locator(".said-agent").last
    await expect(said).to_contain_text("we glue bamboo pots")
    await said.hover()
    await said.get_by_role("button", name="More").click()
    await desk.page.get_by_role("menuitem", name="Propose as an article").click()
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog.locator("[name=question]")).to_have_value(question)
    await expect(dialog.locator("[name=body]")).not_to_have_value(re.compile("jo@example|Anna"))
    assert await complaints(desk.page) == []
    await dialog.get_by_role("button", name="Create draft").click()
    await expect(dialog).to_have_count(0)
    await desk.go("/articles?status=draft")
    await expect(desk.page.locator(".article-row", has_text=question)).to_have_count(1)
    assert desk.complaints == []


async def test_it_works_on_a_narrow_screen_and_in_chinese(browser: Browser, server: Server) -> None:
    desk = await a_talk(browser, server, "怎么退货？我买的台灯坏了", MEI, width=390, language="zh-CN")
    await expect(desk.page.locator(".head-back")).to_be_focused()
    await desk.page.keyboard.press("s")
    await expect(found(desk).first).to_be_visible()
    await expect(found(desk).first.locator(".found-title")).to_have_attribute("lang", "zh")
    assert await complaints(desk.page) == []
    await in_sight(desk)
    await look(desk, "beside-390")
    assert await desk.page.evaluate("document.documentElement.scrollWidth") == 390
    await found(desk).first.get_by_role("button", name="插入正文").click()
    await expect(desk.page.locator(".panel")).to_have_count(0)
    await expect(composer(desk)).to_have_value(re.compile("退"))
    assert desk.complaints == []
