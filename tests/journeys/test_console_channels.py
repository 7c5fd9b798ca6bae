"""Telegram and the chat page in the console, in a real browser: set up, shown with all they bring, contacts merged."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.desk import Desk, a_desk
from tests.servers.botapi.people import Person
from tests.servers.parley import Server, running_parley
from tests.servers.telegram import TOKEN, TelegramServer, running_telegram

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Agent and administrator."""
ZOE = Person(70, "Zoe")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_parley(tmp_path_factory.mktemp("channels")) as running:
        yield running


@pytest.fixture
async def desk(browser: Browser, server: Server) -> Desk:
    opened = await a_desk(browser, server)
    await opened.sign_in(ANNA)
    return opened


async def reads(desk: Desk, name: str) -> None:
    """The sample's conversation with this person."""
    await desk.go("/inbox/all?status=any")
    await desk.page.locator(".row", has_text=name).first.click()
    await expect(desk.entries).to_be_visible()


async def test_places_voices_quotes_and_edits_are_shown_and_nobody_else_is_asked(desk: Desk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    await reads(desk, "李伟")
    entries = desk.entries
    await expect(entries.locator(".part-place")).to_contain_text("31.23037, 121.47370")
    await entries.get_by_role("button", name="Choose a map").click()
    await expect(desk.page.get_by_role("menuitemradio", name="Amap")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    await expect(entries.locator(".part-album img")).to_have_count(2)
    await expect(entries.locator(".part-sticker img")).to_be_visible()
    await expect(entries.locator("audio")).to_have_js_property("error", None)
    # Not wait_for_function: from its second look on it needs what the page's policy forbids.
    await entries.locator("audio").evaluate(
        "it => it.readyState > 0 || new Promise(done => it.addEventListener('loadedmetadata', done, {once: true}))"
    )
    quoted = entries.locator(".part-quoted-known")
    await quoted.focus()
    await desk.page.keyboard.press("Enter")
    await expect(entries.locator(".said-found")).to_contain_text("平时怎么浇水")
    await entries.get_by_role("button", name="Show what it said before").click()
    await expect(desk.page.get_by_role("dialog")).to_contain_text("我的龟被竹叶子发黄还破了")
    await desk.page.keyboard.press("Escape")
    assert [url for url in asked if not url.startswith((desk.server.address, "ws://127.0.0.1"))] == []
    assert desk.complaints == []


async def test_contacts_who_may_be_one_are_merged_and_taken_apart_again(desk: Desk) -> None:
    await reads(desk, "Jonas Weber")
    panel = desk.page.locator(".panel")
    await expect(panel.locator(".same")).to_contain_text("Both say jonas.weber@example.com")
    await panel.get_by_role("button", name="Merge…").click()
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("You can undo this at any time.")
    await desk.page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    joined = panel.locator(".joined")
    await expect(joined).to_contain_text("Jonas W.")
    await expect(panel.locator(".earlier")).to_have_count(1)
    await expect(desk.entries).to_contain_text("Anna Weber merged this contact")
    await joined.get_by_role("button", name="Undo").click()
    await expect(joined).to_have_count(0)
    await expect(panel.locator(".earlier")).to_have_count(0)
    await expect(panel.locator(".same")).to_have_count(0)
    assert desk.complaints == []


@pytest.mark.parametrize(("width", "language"), [(390, "zh"), (390, "ar-XB"), (1440, "zh")])
async def test_every_talk_and_every_form_keeps_to_the_width(
    browser: Browser, server: Server, width: int, language: str
) -> None:
    desk = await a_desk(browser, server, width=width)
    await desk.sign_in(ANNA)
    for name in ("李伟", "Jonas Weber", "Priya Shah", "Amara Diallo"):
        await desk.go(f"/inbox/all?status=any&lang={language}")
        await desk.page.locator(".row", has_text=name).first.click()
        await expect(desk.entries).to_be_visible()
        assert await fits(desk), name
    for name in ("Lumen & Leaf", "Lumen & Leaf chat", "Lumen & Leaf on Telegram"):
        await desk.go(f"/admin/inboxes?lang={language}")
        await desk.page.locator(".thing-open", has=desk.page.get_by_text(name, exact=True)).click()
        await expect(desk.page.get_by_role("dialog")).to_be_visible()
        assert await fits(desk), name
    assert desk.complaints == []


async def fits(desk: Desk) -> bool:
    wide = "[...document.querySelectorAll('.thread, .dialog, .dialog-body, html')].some(e => e.scrollWidth > e.clientWidth + 1)"
    return not await desk.page.evaluate(wide)


async def test_a_chat_page_gets_questions_and_a_secret_that_is_shown_once(desk: Desk) -> None:
    await desk.go("/admin/inboxes")
    await expect(desk.page.locator(".thing").first).to_be_visible()
    await desk.page.keyboard.press("c")
    dialog = desk.page.get_by_role("dialog")
    await dialog.locator(".kind", has_text="Chat page").click()
    await dialog.locator("[name=name]").fill("Our orders")
    await dialog.get_by_role("button", name="Add a question").click()
    await dialog.locator("[name='questions.0.kind']").select_option("choice")
    await dialog.locator("[name='questions.0.label']").first.fill("What is it about?")
    await dialog.get_by_role("button", name="Make a secret").click()
    await expect(dialog.locator(".secret-row code")).to_be_visible()
    save = dialog.locator(".dialog-foot button[type=submit]")
    await save.click()
    await expect(dialog.locator(".field-error").first).to_contain_text("At least two choices")
    await dialog.locator("[name='questions.0.options']").first.fill("An order\nSomething else")
    await save.click()
    await expect(dialog).to_have_count(0)
    await desk.page.locator(".thing-open", has_text="Our orders").click()
    await expect(dialog.locator(".secret-row")).to_contain_text("Set")
    await expect(dialog.locator(".secret-row code")).to_have_count(0)
    await expect(dialog.locator(".copy code")).to_contain_text(f"{desk.server.address}/chat/")
    await expect(dialog.locator("[name='questions.0.options']").first).to_have_value(
        "An order\nSomething else"
    )


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with running_telegram() as running:
        yield running


async def test_a_bot_is_set_up_heard_and_blocked(
    browser: Browser, telegram: TelegramServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bot = telegram.bot()
    folder = tmp_path_factory.mktemp("telegram")
    with running_parley(folder, PARLEY_TELEGRAM_API_URL=telegram.url) as server:
        desk = await a_desk(browser, server)
        await desk.sign_in(ANNA)
        await switch_on(desk)
        await desk.go("/inbox/mine")
        await desk.be_available()
        bot.says(ZOE, "I want to talk to a person about my lamp")
        await desk.accept()
        await desk.shows("I want to talk to a person about my lamp")
        await desk.reply("It is on its way, Zoe.")
        await desk.shows("It is on its way, Zoe.")
        await expect(desk.entries.locator(".said-agent .delivery-sent")).to_have_count(1)
        assert "It is on its way, Zoe." in bot.texts()
        bot.blocks(ZOE)
        await expect(desk.page.locator(".reach")).to_contain_text("Zoe has blocked us here.")
        await expect(desk.page.locator(".panel .points").first).to_contain_text("Blocked us")
        bot.blocks(ZOE, unblocks=True)
        await expect(desk.page.locator(".reach")).to_have_count(0)


async def switch_on(desk: Desk) -> None:
    """The sample's bot gets a token: a wrong one first, which the form names."""
    await desk.go("/admin/inboxes")
    await desk.page.locator(".thing-open", has_text="Telegram").click()
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_text("Customers can write here").click()
    save = dialog.locator(".dialog-foot button[type=submit]")
    await dialog.locator("[name=token]").fill("12345")
    await save.click()
    await expect(dialog.locator(".field-error")).to_contain_text("as @BotFather shows it")
    await dialog.locator("[name=token]").fill("1:" + "x" * 30)
    await dialog.get_by_role("button", name="Test the connection").click()
    await expect(dialog.locator(".step-failed")).to_contain_text("does not know this token")
    await dialog.locator("[name=token]").fill(TOKEN)
    await save.click()
    await expect(dialog).to_have_count(0)
    await expect(desk.page.locator(".thing", has_text="Telegram")).not_to_contain_text("Switched off")
