"""Mail in the console, in a real browser against real mail servers: set up, read, answered to all, split off and undone."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.desk import Desk, a_desk
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.parley import Server, running_parley
from tests.servers.postfix import Postfix

pytestmark = pytest.mark.browser

ANNA = "anna@lumenandleaf.example"
"""Agent and administrator."""
AMELIA, BEN, DAVE = "amelia@example.net", "ben@example.org", "dave@example.org"
"""The customer, her colleague, and somebody whom a mail without proof brings in."""
TRUSTED = "mx.example.com"
"""The receiving server's name in Authentication-Results."""

WRITTEN = "The lamp arrived with a crack. Ben has the invoice."
AGAIN = "By the way, do you sell pots as well?"


def a_mail(to: str, text: str, *, subject: str, message_id: str, copies: str, more: str = "") -> bytes:
    """With a quote below, the same in HTML, and one image that lies elsewhere."""
    quote = "On Mon, 2 Mar 2026 at 10:12, Lumen & Leaf wrote:\n> Your order is on its way."
    html = (
        f'<p><b>{text}</b></p><img src="https://elsewhere.example/pixel.png"><blockquote>{quote}</blockquote>'
    )
    return (
        (
            f"{more}From: Amelia Hart <{AMELIA}>\nTo: {to}\nCc: {copies}\nSubject: {subject}\n"
            f"Date: Mon, 02 Mar 2026 11:00:00 +0000\nMessage-ID: <{message_id}@example.net>\nMIME-Version: 1.0\n"
            "Content-Type: multipart/alternative; boundary=b\n\n"
            f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n{quote}\n"
            f"--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )


def proven(to: str) -> bytes:
    """Amelia writes first, with Ben in copy; the receiving server has checked her."""
    checked = f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=example.net\n"
    copies = f"Ben Okoye <{BEN}>"
    return a_mail(to, WRITTEN, subject="Broken lamp", message_id="first", copies=copies, more=checked)


def unproven(to: str) -> bytes:
    """She goes on in the same thread, this time unchecked and with Dave in copy."""
    thread = "In-Reply-To: <first@example.net>\nReferences: <first@example.net>\n"
    return a_mail(to, AGAIN, subject="Re: Broken lamp", message_id="second", copies=DAVE, more=thread)


@pytest.fixture(scope="module")
def server(
    dovecot_server: Dovecot, postfix_server: Postfix, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    del postfix_server
    environment = {
        "PARLEY_EMAIL_PRIVATE_HOSTS": "yes",
        "PARLEY_EMAIL_CA_FILE": str(dovecot_server.certificates.authority),
        "PARLEY_EMAIL_FETCH_IDLE_S": "1",
        "PARLEY_EMAIL_FETCH_FIRST_PAUSE_S": "0.2",
    }
    with running_parley(tmp_path_factory.mktemp("mail"), **environment) as running:
        yield running


@pytest.fixture
async def desk(browser: Browser, server: Server) -> Desk:
    opened = await a_desk(browser, server)
    await opened.sign_in(ANNA)
    return opened


class MailboxForm:
    """The form of a new mailbox, filled in as an administrator does it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog")

    def field(self, name: str) -> Locator:
        return self.dialog.locator(f"[name='{name}']")

    async def fill(self, address: str, dovecot: Dovecot, postfix: Postfix) -> None:
        await self.page.keyboard.press("c")
        await self.dialog.locator(".kind", has_text="E-mail").click()
        await self.field("bot").select_option("off")
        values = {
            "name": "Support mail",
            "address": address,
            "password": PASSWORD,
            "imap.host": "localhost",
            "imap.port": str(dovecot.ports.imaps),
            "smtp.host": "localhost",
            "smtp.port": str(postfix.ports.submissions),
        }
        for name, value in values.items():
            await self.field(name).fill(value)
        await self.field("imap.take").select_option("all")
        await self.dialog.locator("summary").click()
        await self.field("trusted").fill(TRUSTED)

    async def steps(self, state: str, count: int) -> None:
        await expect(self.dialog.locator(f".step-{state}")).to_have_count(count, timeout=30_000)

    async def save(self) -> None:
        await self.dialog.locator(".dialog-foot button[type=submit]").click()


async def set_up(desk: Desk, address: str, dovecot: Dovecot, postfix: Postfix) -> None:
    """With a wrong password first, which the form names before anything is saved."""
    await desk.go("/admin/inboxes")
    await expect(desk.page.locator(".thing").first).to_be_visible()
    form = MailboxForm(desk.page)
    await form.fill(address, dovecot, postfix)
    await form.field("password").fill("wrong")
    await form.save()
    await form.steps("failed", 2)
    await form.field("password").fill(PASSWORD)
    await form.save()
    await expect(form.dialog).to_have_count(0, timeout=30_000)
    await expect(desk.page.locator(".thing", has_text=address)).to_be_visible()


async def reads(page: Page, number: int, text: str) -> Locator:
    """The customer's mail of this number, from 0, once it is there."""
    mail = page.locator(".mail-in").nth(number)
    await expect(mail).to_contain_text(text, timeout=30_000)
    return mail


async def looks_at(mail: Locator) -> None:
    """Quote folded, formatting in a frame without its image, who sent it and why it is here."""
    quote = mail.locator(".folded-quote")
    await expect(quote).to_be_hidden()
    await mail.get_by_role("button", name="Show the quoted text").click()
    await expect(quote).to_contain_text("Your order is on its way.")
    await mail.get_by_role("button", name="Formatted").click()
    frame = mail.frame_locator("iframe")
    await expect(frame.locator("b").first).to_be_visible()
    await expect(mail.get_by_role("button", name="Show one image")).to_be_visible()
    await mail.get_by_role("button", name="Plain text").click()


async def test_mail_is_set_up_read_answered_to_all_split_off_and_undone(
    desk: Desk, dovecot: Dovecot, postfix: Postfix, mailbox: str
) -> None:
    page = desk.page
    for customer in (AMELIA, BEN, DAVE):
        dovecot.add_user(customer)
    await set_up(desk, mailbox, dovecot, postfix)
    await desk.go("/inbox/mine")
    await desk.be_available()

    dovecot.drop([proven(mailbox)], user=mailbox)
    await expect(desk.offer).to_be_visible(timeout=30_000)
    await desk.accept()
    first = await reads(page, 0, WRITTEN)
    await expect(page.locator(".subject-text")).to_have_text("Broken lamp")
    await expect(first).to_contain_text("Sender proven")
    await looks_at(first)

    dovecot.drop([unproven(mailbox)], user=mailbox)
    second = await reads(page, 1, AGAIN)
    await expect(second).to_contain_text("Sender not proven")
    await second.get_by_role("button", name="Why here").click()
    await expect(page.locator(".evidence")).to_contain_text(
        "Says that it answers a mail of this conversation"
    )
    await page.keyboard.press("Escape")

    await expect(page.locator(".party-outside")).to_contain_text(f"{DAVE} not taking part")
    await desk.reply("We send a new one today.")
    await expect(page.locator(".mail-agent .delivery-sent")).to_be_visible(timeout=30_000)
    for reader in (AMELIA, BEN):
        [uid] = dovecot.wait_for(1, user=reader)
        assert b"We send a new one today." in dovecot.raw(uid, user=reader)
    assert dovecot.uids(user=DAVE) == []

    await page.locator(".mail", has_text=AGAIN).locator(".message-menu button").first.click()
    await page.get_by_role("menuitem", name="Split from here").click()
    await page.locator(".mail-agent .choose").click()
    await page.locator(".split-bar [name=subject]").fill("Pots")
    await page.keyboard.press("Enter")
    await expect(page.locator(".subject-text")).to_have_text("Pots")
    await expect(page.locator(".linked")).to_contain_text("Broken lamp")
    await expect(page.locator(".mail")).to_have_count(1)
    await page.locator(".toast-action").click()
    await expect(page.locator(".subject-text")).to_have_text("Broken lamp")
    await expect(page.locator(".mail")).to_have_count(3)
    # Until it is asked for, the image that lies elsewhere is not fetched, and the browser says so.
    blocked = [each for each in desk.complaints if "elsewhere.example/pixel.png" in each]
    assert blocked
    assert all("blocked" in each for each in blocked)
    assert [each for each in desk.complaints if each not in blocked] == []
