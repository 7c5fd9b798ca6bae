"""What the widget offers, against the real server: questions, ratings, history and the hosted page as its visitors meet them."""

import re

import jwt
import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import select

from core import lifecycle
from core.ids import ConversationId
from core.store.conversations import get_conversation
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx
from tests.channels.shop import Shop
from tests.journeys.guest import Guest, newest_conversation

pytestmark = pytest.mark.browser

SECRET = "a-secret-of-the-site-that-nobody-guesses"
TOPIC = {
    "key": "topic",
    "label": {"en": "What is it about?"},
    "kind": "choice",
    "required": True,
    "options": ({"en": "An order"}, {"en": "A return"}),
}


def resolve(tx: Tx, conversation: str) -> None:
    lifecycle.resolve(tx, get_conversation(tx, ConversationId(conversation)))


def close(tx: Tx, conversation: str) -> None:
    lifecycle.close(tx, get_conversation(tx, ConversationId(conversation)))


def context(tx: Tx, conversation: str) -> dict[str, str]:
    known = select(table.c.context).where(table.c.id == conversation)
    return dict(tx.conn.execute(known).scalar_one())


def ratings(tx: Tx) -> list[tuple[int, str | None]]:
    rows = tx.conn.exec_driver_sql("SELECT score, comment FROM rating").all()
    return [(row.score, row.comment) for row in rows]


async def test_what_was_answered_before_the_chat_is_in_its_context(guest: Guest, shop: Shop) -> None:
    await shop.configure(questions=(TOPIC,))
    await guest.page.reload()
    await guest.open()
    await guest.page.locator("label", has_text="A return").click()
    await guest.page.get_by_role("button", name="Start the chat").click()
    await guest.say("How do I send it back?")
    await guest.delivered(1)
    known = await shop.world.db.read(context, await guest.conversation())
    assert known["topic"] == "A return"


async def test_a_rating_is_kept_and_shown_on_return(guest: Guest, shop: Shop) -> None:
    await shop.configure(rating=True)
    await guest.page.reload()
    await guest.open()
    await guest.say("Where is my parcel?")
    await guest.delivered(1)
    await shop.answer(await guest.conversation(), "On its way.")
    await guest.said("On its way.")
    await shop.world.db.run(resolve, await guest.conversation())
    await guest.page.locator(".stars label").nth(4).click()
    await expect(guest.page.get_by_text("Very good · Thank you!")).to_be_visible()
    await guest.page.get_by_role("textbox", name="Would you like to add something?").fill("Quick.")
    await guest.page.locator(".rating").get_by_role("button", name="Send").click()
    await expect(guest.page.locator(".rating textarea")).to_have_count(0)
    await guest.page.reload()
    await expect(guest.page.get_by_role("radio", name="Very good")).to_be_checked()
    assert await shop.world.db.read(ratings) == [(5, "Quick.")]


async def test_earlier_conversations_can_be_read_again(guest: Guest, shop: Shop) -> None:
    await guest.open()
    await guest.say("An old question")
    await guest.delivered(1)
    await shop.world.db.run(close, await guest.conversation())
    await guest.said("This conversation is closed. Write again whenever you like.")
    await guest.say("A new question")
    await guest.delivered(2)
    await guest.page.get_by_role("button", name="More").click()
    await guest.page.get_by_role("button", name="Earlier conversations").click()
    await guest.page.get_by_role("button", name=re.compile("An old question")).click()
    await expect(guest.page.locator(".past").get_by_text("An old question", exact=True)).to_be_visible()


async def test_a_signed_in_visitor_has_the_same_conversation_on_the_hosted_page_of_another_device(
    browser: Browser, shop: Shop
) -> None:
    await shop.configure("app", identity={"secrets": [SECRET], "required": True}, greeting={"en": "Welcome!"})
    now = int(shop.world.clock.now().timestamp())
    token = jwt.encode({"sub": "mei", "name": "Mei Lin", "exp": now + 600}, SECRET, "HS256")
    shown = []
    for language in ("en-GB", "en-US"):
        page = await (await browser.new_context(locale=language)).new_page()
        await page.goto(f"{shop.client.make_url('/chat/app')}#identity={token}")
        await expect(page.get_by_text("Welcome!")).to_be_visible()
        shown.append(Guest(page, shop))
    here, there = shown
    await here.say("It is me")
    await here.delivered(1)
    await there.said("It is me")
    await shop.answer(await shop.world.db.read(newest_conversation), "Hello, Mei.")
    for guest in shown:
        await guest.said("Hello, Mei.")


async def test_nobody_else_is_let_in_where_one_must_be_signed_in(browser: Browser, shop: Shop) -> None:
    await shop.configure("app", identity={"secrets": [SECRET], "required": True})
    page = await (await browser.new_context(locale="en-GB")).new_page()
    await page.goto(f"{shop.client.make_url('/chat/app')}#identity=a.b.c")
    await expect(page.get_by_text("Please sign in on this page to write to us.")).to_be_visible()
    assert shop.counted["live_identity"] == 2
