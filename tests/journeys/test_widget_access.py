"""Everybody can use the widget: axe finds nothing, in light and dark, in three languages, in a corner and as a page."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from channels.live import protocol as wire
from channels.live.lists import SuggestedOut, SuggestionsOut
from channels.live.shown import ButtonsPart, Option
from tests.journeys.access import complaints as found_by_axe
from tests.journeys.stage import ADA, CONTACT, NOON, Stage, a_message, a_stage, an_inbox

pytestmark = pytest.mark.browser

ALL = wire.Offers(rating=True, articles=True, mail=True, prove=("email", "telegram"))
QUESTIONS = (
    wire.Question("email", "E-mail", "email", True),
    wire.Question("topic", "Topic", "choice", True, ("An order", "Something else")),
)

Act = Callable[[Page, Stage], Awaitable[None]]


def talking() -> Stage:
    stage = Stage(inbox=an_inbox(offers=ALL), service=wire.ServiceOut(open=True, expected_wait_s=90))
    buttons = ButtonsPart((Option("y", "Yes"), Option("n", "No")))
    stage.before(a_message("Where is my parcel?", CONTACT, key="k1"), a_message("Soon.", parts=(buttons,)))
    return stage


def waiting() -> Stage:
    stage = talking()
    stage.handler = "queue"
    stage.before(wire.HandlerFact("queue"))
    return stage


def over() -> Stage:
    stage = talking()
    stage.status = "resolved"
    stage.before(wire.JoinedFact("Ada"), a_message("Here it is.", ADA), wire.StatusFact("resolved"))
    return stage


def asking() -> Stage:
    return Stage(
        inbox=an_inbox(questions=QUESTIONS),
        service=wire.ServiceOut(open=False, opens_at=NOON + timedelta(days=40_000)),
    )


def looking_up() -> Stage:
    stage = Stage(inbox=an_inbox(offers=ALL))
    stage.answers["suggest"] = SuggestionsOut((SuggestedOut("a1", "Returns", "Within 30 days.", "/help/a1"),))
    return stage


async def nothing(page: Page, stage: Stage) -> None:
    await page.locator(".icon.menu").wait_for()


async def rated(page: Page, stage: Stage) -> None:
    await page.locator(".stars label").nth(3).click()
    await stage.until(wire.Rate)
    await stage.happen(wire.RatedFact(4))
    await page.locator(".rating textarea").wait_for()


async def proving(page: Page, stage: Stage) -> None:
    await page.locator(".icon.menu").click()
    await page.locator(".list button").nth(1).click()
    await page.locator("input[type=email]").wait_for()


async def typing(page: Page, stage: Stage) -> None:
    await page.locator(".icon.menu").wait_for()
    await page.locator("textarea").fill("returns")
    await page.locator(".suggestions a").wait_for()


async def the_menu(page: Page, stage: Stage) -> None:
    await page.locator(".icon.menu").click()
    await page.locator(".languages").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("scene", "act"),
    [
        (talking, nothing),
        (waiting, nothing),
        (over, rated),
        (asking, nothing),
        (looking_up, typing),
        (talking, the_menu),
        (talking, proving),
    ],
    ids=["talking", "waiting", "over", "asking", "looking up", "menu", "proving"],
)
async def test_axe_finds_nothing(browser: Browser, scene: Callable[[], Stage], act: Act, scheme: str) -> None:
    async with a_stage(scene()) as stage:
        page = await opened(browser, stage, color_scheme=scheme)
        await act(page, stage)
        assert await complaints(page) == []


@pytest.mark.parametrize("color", ["#ffd54f", "#e91e63", "#0b1f44"])
async def test_whatever_the_colour_of_the_brand(browser: Browser, color: str) -> None:
    stage = waiting()
    stage.inbox = an_inbox(offers=ALL, brand=wire.Brand(color, "left"))
    async with a_stage(stage):
        page = await opened(browser, stage)
        await nothing(page, stage)
        assert await complaints(page) == []


@pytest.mark.parametrize("language", ["zh", "ar-XB"])
async def test_in_every_language_and_direction(browser: Browser, language: str) -> None:
    stage = waiting()
    stage.script = f'data-inbox="web" data-mode="page" data-lang="{language}"'
    async with a_stage(stage):
        page = await opened(browser, stage, viewport={"width": 390, "height": 844})
        await nothing(page, stage)
        assert await complaints(page) == []
        root = page.locator(".root")
        await expect(root).to_have_attribute("dir", "rtl" if language == "ar-XB" else "ltr")
        mine = await page.locator(".mine .bubble").first.bounding_box()
        theirs = await page.locator(".theirs .bubble").first.bounding_box()
        assert mine is not None
        assert theirs is not None
        assert (mine["x"] < theirs["x"]) == (language == "ar-XB")


async def test_no_text_runs_out_of_a_narrow_phone_however_long_the_words(browser: Browser) -> None:
    stage = over()
    stage.script = 'data-inbox="web" data-lang="ar-XB"'
    async with a_stage(stage):
        page = await opened(browser, stage, viewport={"width": 320, "height": 600})
        await rated(page, stage)
        wide = await page.evaluate(
            """() => [...document.querySelector("parley-widget").shadowRoot.querySelectorAll(".panel *")]
            .filter(each => !each.closest(".hidden") && each.getBoundingClientRect().width > 0)
            .filter(each => each.getBoundingClientRect().right > 321 || each.getBoundingClientRect().left < -1)
            .map(each => each.className || each.tagName)"""
        )
        assert wide == []


async def opened(browser: Browser, stage: Stage, **options: object) -> Page:
    context = await browser.new_context(**({"locale": "en-GB", "reduced_motion": "reduce"} | options))  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(stage.address)
    if "page" not in stage.script:
        await page.locator(".launcher").click()
    await page.locator(".panel").wait_for()
    return page


async def complaints(page: Page) -> list[str]:
    """What axe finds in the widget."""
    return await found_by_axe(page, "parley-widget")
