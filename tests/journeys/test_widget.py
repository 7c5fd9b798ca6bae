"""The widget in a real browser: asking, answering, files, keyboard, both languages."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from channels.media.settings import MediaSettings
from core import lifecycle
from core.bus import Transient
from core.conversation import Cause
from core.events import conversation_topic
from core.ids import AgentId, ArticleId, ConversationId
from core.message import ArticleCard, Buttons, ByAgent, Option, Text
from core.store.conversations import get_conversation
from core.store.tx import Tx
from tests.channels.shop import Shop, a_shop
from tests.journeys.guest import PNG, SCRIPT, Guest, a_guest

pytestmark = pytest.mark.browser


def take(tx: Tx, conversation: str) -> None:
    before = get_conversation(tx, ConversationId(conversation))
    lifecycle.assign(tx, before, AgentId("ada"), cause=Cause.TAKEN)


async def test_a_visitor_asks_and_reads_the_answer(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.said("Hello!")
    await guest.say("Where is my parcel?")
    await guest.delivered(1)
    await shop.answer(await guest.conversation(), "On its way.")
    await guest.said("On its way.")
    await guest.said("Where is my parcel?")


async def test_no_socket_is_opened_before_the_visitor_opens_the_panel(guest: Guest, shop: Shop) -> None:
    assert shop.part.http.sockets == 0
    await guest.open()
    await guest.say("Hi")
    await guest.delivered(1)
    assert shop.part.http.sockets == 1


async def test_html_is_shown_as_text_and_addresses_are_links(guest: Guest, shop: Shop) -> None:
    await guest.open()
    hostile = "<img src=x onerror=\"document.title='owned'\"><b>bold</b> javascript:alert(1)"
    await guest.say(hostile)
    await guest.said(hostile)
    await guest.delivered(1)
    await shop.answer(await guest.conversation(), f"{hostile} https://shop.example/a?b=1.")
    link = guest.log.get_by_role("link")
    await expect(link).to_have_attribute("href", "https://shop.example/a?b=1")
    await expect(guest.log.locator("b, img:not([alt])")).to_have_count(0)
    assert await guest.page.title() == "Lumen & Leaf"


async def test_a_button_is_pressed_once_and_then_shown_as_chosen(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.say("Hi")
    await guest.delivered(1)
    card = ArticleCard(ArticleId("a1"), "en", "Returns", "Within 30 days.")
    buttons = Buttons((Option("y", "Yes", "/affirm"), Option("n", "No", "/deny")))
    await shop.answer(await guest.conversation(), Text("Did that help?"), card, buttons)
    await expect(guest.log.get_by_role("heading", name="Returns")).to_be_visible()
    yes, no = (guest.log.get_by_role("button", name=name) for name in ("Yes", "No"))
    await yes.click()
    await expect(yes).to_have_attribute("aria-pressed", "true")
    await expect(no).to_be_disabled()
    await guest.delivered(2)
    await guest.page.reload()
    await expect(yes).to_have_attribute("aria-pressed", "true")
    await expect(yes).to_be_disabled()


async def test_a_person_joins_and_is_seen_to_type(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.say("A person, please")
    await guest.delivered(1)
    conversation = await guest.conversation()
    await shop.world.db.run(take, conversation)
    await guest.said("Ada has joined")
    await expect(guest.dialog.get_by_text("You are talking with Ada")).to_be_visible()
    topic = conversation_topic(ConversationId(conversation))
    shop.world.bus.publish(Transient(topic, "typing", {"who": "agent", "name": "Ada", "on": True}))
    await expect(guest.log.get_by_text("Ada is typing")).to_be_attached()
    await shop.answer(conversation, "Here I am", author=ByAgent(AgentId("ada")))
    await guest.said("Here I am")
    await expect(guest.log.get_by_text("Ada is typing")).to_have_count(0)


async def test_a_long_answer_is_read_from_its_beginning(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.say("Tell me everything")
    await guest.delivered(1)
    await shop.answer(await guest.conversation(), "First. " + "More words.\n" * 60)
    await expect(guest.log.get_by_text("First.")).to_be_in_viewport(ratio=0.1)
    top = await guest.log.evaluate("log => log.querySelector('.theirs').getBoundingClientRect().top")
    assert top >= await guest.log.evaluate("log => log.getBoundingClientRect().top")
    await shop.answer(await guest.conversation(), "And that is all.", key="r2")
    await expect(guest.log.get_by_text("And that is all.")).to_be_in_viewport()


async def test_an_answer_to_a_closed_panel_is_counted_on_the_button(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.say("Hi")
    await guest.delivered(1)
    await guest.page.keyboard.press("Escape")
    await shop.answer(await guest.conversation(), "Are you there?")
    await expect(guest.launcher).to_have_accessible_name("Open chat, 1 unread")
    await guest.open()
    await guest.page.keyboard.press("Escape")
    await expect(guest.launcher).to_have_accessible_name("Open chat")


async def test_two_tabs_show_everything_once(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.say("From one")
    await guest.delivered(1)
    other = await a_guest(guest.page.context, shop)
    await other.open()
    await other.said("From one")
    await other.say("From two")
    await shop.answer(await guest.conversation(), "Answer")
    for tab in (guest, other):
        for text in ("From one", "From two", "Answer"):
            await tab.said(text)
        await tab.delivered(2)


async def test_files_are_attached_sent_and_refused_with_the_reason(browser: Browser, tmp_path: Path) -> None:
    async with a_shop(tmp_path, script=SCRIPT, media=MediaSettings(upload_bytes=100 * 1024)) as shop:
        await _sends_files(await a_guest(browser, shop))


async def _sends_files(guest: Guest) -> None:
    await guest.open()
    await expect(guest.page.get_by_role("button", name="Attach a file")).to_be_enabled()
    picker = guest.page.locator("input[type=file]")
    files: list[FilePayload] = [
        {"name": "photo.png", "mimeType": "image/png", "buffer": PNG},
        {"name": "fake.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"},
        {"name": "huge.bin", "mimeType": "application/octet-stream", "buffer": b"0" * (101 * 1024)},
    ]
    await picker.set_input_files(files)
    chips = guest.page.get_by_role("list", name="Attached files").get_by_role("listitem")
    await expect(chips.nth(1)).to_contain_text("This kind of file cannot be sent")
    await expect(chips.nth(2)).to_contain_text("Too large: at most 100 kB")
    await guest.page.get_by_role("button", name="Send", exact=True).click()
    await guest.delivered(1)
    image = guest.log.get_by_role("img", name="photo.png")
    await expect(image).to_have_js_property("naturalWidth", 1)
    await expect(chips).to_have_count(0)


async def test_a_file_can_be_pasted_and_dropped(guest: Guest) -> None:
    await guest.open()
    await expect(guest.page.get_by_role("button", name="Attach a file")).to_be_enabled()
    for target, kind in (("textarea", "paste"), (".panel", "drop")):
        await guest.page.locator(target).evaluate(
            """(element, kind) => {
                const data = new DataTransfer();
                data.items.add(new File(["hello"], `${kind}.txt`, { type: "text/plain" }));
                const made = kind === "drop"
                    ? new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })
                    : new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true });
                element.dispatchEvent(made);
            }""",
            kind,
        )
    chips = guest.page.get_by_role("list", name="Attached files").get_by_role("listitem")
    await expect(chips).to_have_count(2)
    await expect(guest.page.locator("progress")).to_have_count(0)


async def test_everything_can_be_done_with_the_keyboard(guest: Guest) -> None:
    page = guest.page
    await guest.launcher.focus()
    await page.keyboard.press("Enter")
    await expect(guest.field).to_be_focused()
    await page.keyboard.type("First line")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("second line")
    await page.keyboard.press("Enter")
    await guest.said("First line\nsecond line")
    await guest.delivered(1)
    names = [await focused(page)]
    for _ in range(12):
        await page.keyboard.press("Tab")
        names.append(await focused(page))
    assert set(names) >= {"Write a message", "Send", "Close chat", "Messages", "Attach a file", "More"}
    assert "outside" not in names
    await page.keyboard.press("Shift+Tab")
    assert await focused(page) != "outside"
    await page.keyboard.press("Escape")
    await expect(guest.dialog).to_have_count(0)
    await expect(guest.launcher).to_be_focused()


async def focused(page: Page) -> str:
    """The name of what has the focus; ``outside`` when that is not in the widget."""
    return str(
        await page.evaluate(
            """() => {
                const inner = document.querySelector("parley-widget").shadowRoot.activeElement;
                return inner ? inner.getAttribute("aria-label") ?? inner.textContent : "outside";
            }"""
        )
    )


async def test_the_log_the_panel_and_the_field_say_what_they_are(guest: Guest) -> None:
    await guest.open()
    await expect(guest.dialog).to_have_attribute("aria-modal", "true")
    await expect(guest.dialog).to_have_accessible_name("Web")
    await expect(guest.log).to_have_attribute("aria-live", "polite")
    await expect(guest.page.get_by_role("textbox", name="Write a message")).to_be_visible()
    unnamed = guest.dialog.locator("button:not([aria-label])")
    await expect(unnamed).to_have_count(0)


async def test_a_chinese_visitor_is_spoken_to_in_chinese_and_may_switch(browser: Browser, shop: Shop) -> None:
    guest = await a_guest(browser, shop, locale="zh-CN")
    await guest.open()
    await guest.said("您好！")
    await guest.say("请问怎么退货？")
    await guest.delivered(1)
    await guest.page.get_by_role("button", name="更多").click()
    await guest.page.get_by_role("button", name="English").click()
    await guest.said("Hello!")
    await expect(guest.field).to_have_attribute("placeholder", "Write a message")
    await guest.page.reload()
    await expect(guest.field).to_have_attribute("placeholder", "Write a message")


async def test_enter_that_ends_a_chinese_word_sends_nothing(guest: Guest) -> None:
    await guest.open()
    await guest.field.fill("ni hao")
    await guest.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(guest.field).to_have_value("ni hao")
    await guest.field.press("Enter")
    await guest.said("ni hao")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_follows_the_visitors_light_or_dark(browser: Browser, shop: Shop, scheme: str) -> None:
    guest = await a_guest(browser, shop, color_scheme=scheme)
    await guest.open()
    ground = await guest.dialog.evaluate("panel => getComputedStyle(panel).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 31, 36)"}[scheme]


async def test_on_a_phone_it_fills_the_screen(browser: Browser, shop: Shop) -> None:
    guest = await a_guest(
        browser, shop, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    await guest.open()
    await guest.dialog.evaluate("panel => Promise.all(panel.getAnimations().map((each) => each.finished))")
    assert await guest.dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
