"""What the widget offers beside talking, in a real browser: questions, waits, mail, ratings, articles, history, proofs."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from channels.live import protocol as wire
from channels.live.lists import EarlierOut, HistoryOut, SuggestedOut, SuggestionsOut
from tests.journeys.stage import ADA, CONTACT, NOON, Stage, a_message, a_stage, an_inbox

pytestmark = pytest.mark.browser

ALL = wire.Offers(rating=True, articles=True, mail=True, prove=("email", "telegram"))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with a_stage(Stage(inbox=an_inbox(offers=ALL))) as made:
        yield made


async def opened(browser: Browser, stage: Stage) -> Page:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await again(page, stage)
    return page


async def again(page: Page, stage: Stage) -> None:
    """The page is loaded, and the panel is open and complete."""
    await page.goto(stage.address)
    launcher = page.locator(".launcher")
    await expect(launcher.or_(page.locator(".panel"))).to_be_visible()
    if await launcher.is_visible():
        await launcher.click()
    await expect(page.get_by_role("button", name="More")).to_be_visible()


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def talks(stage: Stage, handler: str = "bot") -> None:
    stage.before(a_message("Where is my parcel?", CONTACT, key="k1"), a_message("On its way."))
    stage.handler = handler
    if handler != "bot":
        stage.before(wire.HandlerFact(handler))


async def test_questions_are_answered_before_the_first_message_and_go_with_it(
    browser: Browser, stage: Stage
) -> None:
    topic = wire.Question("topic", "What is it about?", "choice", True, ("An order", "A return"))
    mail = wire.Question("email", "Your e-mail", "email", False)
    stage.inbox = an_inbox(questions=(mail, topic))
    page = await opened(browser, stage)
    start = page.get_by_role("button", name="Start the chat")
    await expect(page.locator("textarea")).to_have_count(0)
    await start.click()
    await expect(start).to_be_visible()
    await page.get_by_role("textbox", name="Your e-mail").fill("mei@example.com")
    await page.locator("label", has_text="A return").click()
    await start.click()
    field = page.get_by_role("textbox", name="Write a message")
    await expect(field).to_be_focused()
    await field.fill("How do I send it back?")
    await field.press("Enter")
    said = await stage.until(wire.Say)
    assert said.details == {"email": "mei@example.com", "topic": "A return"}
    await field.fill("And when?")
    await field.press("Enter")
    assert (await stage.until(wire.Say, 2)).details == {}


async def test_hours_the_wait_and_the_place_in_the_queue_are_shown_as_they_change(
    browser: Browser, stage: Stage
) -> None:
    stage.service = wire.ServiceOut(open=False, opens_at=NOON.replace(year=2099))
    talks(stage, "queue")
    page = await opened(browser, stage)
    status = page.get_by_role("status")
    await expect(status.get_by_text("Our team is back")).to_be_visible()
    await stage.tell(wire.WaitingOut("c1", 3, 200))
    await expect(status.get_by_text("You are number 3 in line · about 4 minutes")).to_be_visible()
    await stage.tell(wire.WaitingOut("c1", 1, None))
    await expect(status.get_by_text("You are next")).to_be_visible()
    await stage.happen(wire.JoinedFact("Ada"))
    await expect(page.get_by_text("You are talking with Ada")).to_be_visible()
    await expect(status.get_by_text(re.compile("next|back"))).to_have_count(0)


async def test_who_has_to_wait_may_leave_an_address_once(browser: Browser, stage: Stage) -> None:
    talks(stage, "queue")
    page = await opened(browser, stage)
    card = page.get_by_role("form", name="Get our answer by e-mail as well")
    await card.get_by_role("textbox", name="E-mail address").fill("mei@example.com")
    await card.get_by_role("button", name="Notify me").click()
    assert (await stage.until(wire.Say)).text == "mei@example.com"
    await expect(card).to_have_count(0)
    await again(page, stage)
    await expect(log(page).get_by_text("mei@example.com")).to_be_visible()
    await expect(card).to_have_count(0)


async def test_what_is_over_is_rated_with_the_keyboard_and_shown_in_every_tab(
    browser: Browser, stage: Stage
) -> None:
    talks(stage)
    stage.before(wire.StatusFact("resolved"))
    stage.status = "resolved"
    page = await opened(browser, stage)
    other = await page.context.new_page()
    await again(other, stage)
    stars = page.get_by_role("group", name="How did we do?")
    await stars.get_by_role("radio", name="Very bad").focus()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    assert (await stage.until(wire.Rate, 3)).score == 4
    await stage.happen(wire.RatedFact(4))
    for tab in (page, other):
        await expect(tab.get_by_role("radio", name="Good", exact=True)).to_be_checked()
        await expect(tab.get_by_text("Good · Thank you!")).to_be_visible()
    await page.get_by_role("textbox", name="Would you like to add something?").fill("Quick and kind.")
    await page.locator(".rating").get_by_role("button", name="Send").click()
    assert await stage.until(wire.Rate, 4) == wire.Rate(4, "Quick and kind.")
    await stage.happen(wire.StatusFact("open"))
    await expect(page.locator(".rating")).to_have_count(0)


async def test_articles_are_suggested_while_one_types_and_not_while_a_person_answers(
    browser: Browser, stage: Stage
) -> None:
    items = (SuggestedOut("a1", "Returns", "Within 30 days.", "/help/a1"),)
    stage.answers["suggest"] = SuggestionsOut(items)
    page = await opened(browser, stage)
    field = page.get_by_role("textbox", name="Write a message")
    await field.press_sequentially("how to return", delay=10)
    link = page.get_by_role("list", name="This may help").get_by_role("link", name=re.compile("Returns"))
    await expect(link).to_have_attribute("href", re.compile("/help/a1$"))
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert [each for each in stage.asked if "suggest" in each] == [
        "GET suggest?q=how%20to%20return&language=en"
    ]
    await field.press("Enter")
    await expect(link).to_have_count(0)
    await stage.happen(wire.JoinedFact("Ada"), a_message("Hi!", ADA))
    await field.fill("how to return")
    await expect(log(page).get_by_text("Hi!")).to_be_visible()
    await expect(link).to_have_count(0)


async def test_earlier_conversations_are_listed_and_read_again(browser: Browser, stage: Stage) -> None:
    earlier = EarlierOut("c0", "closed", NOON, NOON - timedelta(days=9), "It was a lamp.", "agent", 2, 1)
    stage.answers["conversations"] = HistoryOut((earlier,), None)
    told = (
        wire.EventOut("c0", 1, NOON, a_message("A question", CONTACT, key="k0")),
        wire.EventOut("c0", 2, NOON, a_message("It was a lamp.", ADA)),
    )
    stage.answers["conversations/c0/events"] = {"conversation": "c0", "n": 2, "events": told}
    page = await opened(browser, stage)
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Earlier conversations").click()
    item = page.get_by_role("button", name=re.compile("It was a lamp"))
    await expect(item.get_by_role("img", name="Not read yet")).to_be_visible()
    await item.click()
    await expect(page.get_by_text("A question", exact=True)).to_be_visible()
    await page.get_by_role("button", name="All earlier conversations").click()
    await expect(item).to_be_visible()
    await expect(page.get_by_role("button", name="Back to the conversation")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_focused()


async def test_a_code_proves_an_address(browser: Browser, stage: Stage) -> None:
    page = await opened(browser, stage)
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Confirm who you are").click()
    await page.get_by_role("textbox", name="E-mail address").fill("mei@example.com")
    await page.get_by_role("button", name="Send me a code").click()
    assert await stage.until(wire.Prove) == wire.Prove("email", "mei@example.com")
    await stage.tell(wire.ProvingOut("p1", "email", None, 600))
    await page.get_by_role("textbox", name="Code").fill("000000")
    await page.get_by_role("button", name="Confirm", exact=True).click()
    assert await stage.until(wire.Code) == wire.Code("p1", "000000")
    await stage.tell(wire.ErrorOut("wrong_code", "code", "", None))
    await expect(page.get_by_role("alert")).to_have_text("This is not the code. Please try again.")
    await stage.tell(wire.ProvenOut("p1", "email", "mei@example.com"))
    await expect(page.get_by_text("mei@example.com is yours: confirmed.")).to_be_visible()


async def test_telegram_is_opened_by_a_link_to_the_bot_only(browser: Browser, stage: Stage) -> None:
    page = await opened(browser, stage)
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Confirm who you are").click()
    await page.get_by_role("button", name="Confirm with Telegram").click()
    assert await stage.until(wire.Prove) == wire.Prove("telegram", None)
    await stage.tell(wire.ProvingOut("p1", "telegram", "javascript:alert(1)", 600))
    await expect(page.get_by_role("textbox", name="Code")).to_be_visible()
    await expect(page.get_by_role("link", name="Open Telegram")).to_have_count(0)
    await stage.tell(wire.ProvingOut("p1", "telegram", "https://t.me/shop_bot?start=v_1", 600))
    link = page.get_by_role("link", name="Open Telegram")
    await expect(link).to_have_attribute("href", "https://t.me/shop_bot?start=v_1")


async def test_a_site_says_who_signs_in_and_who_signs_out(browser: Browser, stage: Stage) -> None:
    talks(stage)
    stage.script = 'data-inbox="web" data-identity="a.b.c"'
    stage.user = wire.UserOut("Mei Lin", ("user",))
    page = await opened(browser, stage)
    assert stage.hellos[0].identity == "a.b.c"
    await page.get_by_role("button", name="More").click()
    await expect(page.get_by_text("You are signed in as Mei Lin")).to_be_visible()
    stage.user, stage.conversation, stage.events = None, None, []
    await page.evaluate("Parley.forget()")
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(log(page).get_by_role("listitem")).to_have_count(0)
    kept = await page.evaluate("Object.keys(localStorage).map(key => key.split(':').pop())")
    assert not {"conversation", "answers", "mail", "read"} & set(kept)
    assert "DELETE sessions" in stage.asked


async def test_where_one_must_be_signed_in_the_panel_says_so(browser: Browser, stage: Stage) -> None:
    stage.accepts = False
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await page.goto(stage.address)
    await page.locator(".launcher").click()
    await expect(page.get_by_text("Please sign in on this page to write to us.")).to_be_visible()
    await expect(page.locator("textarea")).to_have_count(0)
    stage.accepts = True
    await page.evaluate("Parley.identify('a.b.c')")
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_visible()
    await expect(page.get_by_role("button", name="Attach a file")).to_be_enabled()
    assert stage.hellos[-1].identity == "a.b.c"


async def test_the_chat_may_be_the_whole_page_and_take_the_token_of_an_app(
    browser: Browser, stage: Stage
) -> None:
    stage.script = 'data-inbox="web" data-mode="page"'
    context = await browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = await context.new_page()
    await page.goto(f"{stage.address}#identity=a.b.c")
    panel = page.locator(".panel")
    await expect(panel).to_be_visible()
    assert await panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    await expect(page.get_by_role("button", name="More")).to_be_visible()
    await expect(page.get_by_role("button", name="Close chat")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(panel).to_be_visible()
    assert stage.hellos[0].identity == "a.b.c"
    assert "identity" not in page.url
