"""Sending through a real Postfix into real mailboxes, and a conversation that goes from the widget to mail and back."""

import smtplib
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from channels.email.credentials import RefreshedToken, TokenLimits
from channels.email.sending.smtp import Refusal, SmtpServer, SmtpSession, Transfer, stuffed
from channels.email.settings import SendSettings
from channels.email.wire import OAuthConfig
from core import lifecycle
from core.clock import SystemClock
from core.conversation import Cause
from core.errors import Unavailable, Undeliverable
from core.ids import AgentId, ConversationId, InboxId
from core.lifecycle import Opening
from core.message import ByAgent
from core.store.conversations import ensure_point, get_conversation, get_inbox
from core.store.tx import Tx
from tests.channels.email.mailboxes import OTHER_NAME, outbound_to, password
from tests.channels.shop import Shop, Visitor, a_shop
from tests.contracts.mail import body_of, read
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.postfix import BUSY, LATER, MESSAGE_BYTES, REFUSED, REFUSED_SUBJECT, Postfix
from tests.servers.tokens import REFRESH_TOKEN, running_tokens

pytestmark = pytest.mark.server
SETTINGS = SendSettings()
RAW = b"From: support@example.com\r\nSubject: %s\r\n\r\n.A dot\r\n.\r\nand more\r\n"


def server_of(postfix: Postfix, user: str, security: str = "tls") -> SmtpServer:
    ports = postfix.ports
    port = {"tls": ports.submissions, "starttls": ports.submission, "none": ports.smtp}[security]
    signs_in = None if security == "none" else user
    return SmtpServer("localhost", port, security, signs_in, "example.com")  # type: ignore[arg-type]


async def send(
    server: SmtpServer, certificates: Certificates, *to: str, subject: bytes = b"Hello", secret: Any = None
) -> Sequence[Refusal]:
    session = await SmtpSession.open(server, secret or password(), outbound_to(certificates), SETTINGS)
    try:
        mail = Transfer("support@example.com", to[0], to[1:], stuffed(RAW % subject))
        return await session.transfer(mail)
    finally:
        await session.close()


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
async def test_a_mail_arrives_as_it_was_written(
    postfix: Postfix, dovecot: Dovecot, mailbox: str, certificates: Certificates, security: str
) -> None:
    server = server_of(postfix, mailbox, security)
    assert await send(server, dovecot.certificates, mailbox.replace("@", "+c-1@")) == ()
    [uid] = dovecot.wait_for(1, mailbox)
    mail = read(dovecot.raw(uid, mailbox))
    assert mail["Subject"] == "Hello"
    assert body_of(mail, "plain") == ".A dot\n.\nand more"


async def test_what_a_real_server_refuses(postfix: Postfix, dovecot: Dovecot, mailbox: str) -> None:
    server, trusted = server_of(postfix, mailbox), dovecot.certificates
    with pytest.raises(Undeliverable, match=r"550 5\.7\.1 .*you may not write to them"):
        await send(server, trusted, f"ann@{REFUSED}")
    with pytest.raises(Unavailable, match=r"450 4\.3\.2 .*come again later"):
        await send(server, trusted, f"ann@{LATER}")
    with pytest.raises(Unavailable, match=r"451 4\.7\.1 .*busy"):
        await send(server, trusted, f"ann@{BUSY}")
    with pytest.raises(Undeliverable, match=r"550 5\.7\.1 this mail is not wanted here"):
        await send(server, trusted, mailbox, subject=REFUSED_SUBJECT.encode())
    [refusal] = await send(server, trusted, mailbox, f"ann@{REFUSED}")
    assert refusal.address == f"ann@{REFUSED}"
    assert len(dovecot.wait_for(1, mailbox)) == 1
    with pytest.raises(Unavailable, match="sign-in refused: 535"):
        await send(server, trusted, mailbox, secret=password("wrong"))
    with pytest.raises(Unavailable, match="certificate"):
        await send(replace(server, host=OTHER_NAME), trusted, mailbox)
    large = Transfer(mailbox, mailbox, (), b"x" * (MESSAGE_BYTES + 1))
    session = await SmtpSession.open(server, password(), outbound_to(trusted), SETTINGS)
    with pytest.raises(Undeliverable, match=f"the server takes {MESSAGE_BYTES}"):
        await session.transfer(large)
    await session.close()


async def test_a_token_that_is_refused_is_fetched_anew(
    postfix: Postfix, dovecot: Dovecot, mailbox: str
) -> None:
    async with running_tokens(mailbox, dovecot.ports.tokens) as tokens, aiohttp.ClientSession() as session:
        config = OAuthConfig(token_url=tokens.url, client_id="c", refresh_token=REFRESH_TOKEN)
        limits = TokenLimits(again_s=0)
        secret = RefreshedToken(config, session, SystemClock(), limits)
        await secret.secret(fresh=False)
        tokens.good.clear()
        await send(server_of(postfix, mailbox), dovecot.certificates, mailbox, secret=secret)
        assert len(tokens.asked) == 2
    assert len(dovecot.wait_for(1, mailbox)) == 1


async def test_a_connection_that_a_restart_ended_is_made_anew(
    postfix: Postfix, dovecot: Dovecot, mailbox: str, tmp_path: Path
) -> None:
    async with a_shop(tmp_path, outbound=outbound_to(dovecot.certificates)) as shop:
        await configure(shop, postfix, dovecot, mailbox)
        email = shop.part.channels["email"]
        ann = dovecot.add_user("ann@example.net")
        for number, restart in enumerate((False, True)):
            if restart:
                postfix.restart()

            def begin(tx: Tx, number: int = number) -> ConversationId:

                point = ensure_point(tx, email.person(ann))
                inbox = get_inbox(tx, InboxId("post"))
                opening = Opening(f"t{number}", "en", f"Hello {number}")
                return lifecycle.write_first(tx, inbox, point, opening, AgentId("ada")).id

            conversation = await shop.world.db.run(begin)
            await shop.answer(conversation, "Hi", author=ByAgent(AgentId("ada")))
        subjects = {read(dovecot.raw(uid, ann))["Subject"] for uid in dovecot.wait_for(2, ann)}
        assert subjects == {"Hello 0", "Hello 1"}


async def configure(shop: Shop, postfix: Postfix, dovecot: Dovecot, mailbox: str) -> None:
    await shop.configure(
        "post",
        address=mailbox,
        password=PASSWORD,
        plus_addresses=True,
        imap={"host": "localhost", "port": dovecot.ports.imaps, "user": mailbox, "take": "all"},
        smtp={"host": "localhost", "port": postfix.ports.submissions, "user": mailbox, "per_minute": 6000},
    )


async def test_a_chat_goes_on_by_mail_and_comes_back(
    postfix: Postfix, dovecot: Dovecot, mailbox: str, tmp_path: Path
) -> None:
    ann = dovecot.add_user(mailbox.replace("support", "ann").replace(".com", ".net"))
    async with a_shop(tmp_path, outbound=outbound_to(dovecot.certificates)) as shop:
        await configure(shop, postfix, dovecot, mailbox)
        await shop.configure("web", mail="post")
        visitor = await shop.visit()
        conversation = ConversationId((await visitor.say("Is the lamp in stock?"))["conversation"])

        def take(tx: Tx) -> None:
            lifecycle.assign(tx, get_conversation(tx, conversation), AgentId("ada"), cause=Cause.TAKEN)

        await shop.world.db.run(take)
        await visitor.say(ann, "k2")
        await shop.world.relay.drain()
        await visitor.ws.close()
        await shop.until(lambda: shop.part.live.connected == 0)
        await shop.answer(conversation, "Yes, ten of them.", author=ByAgent(AgentId("ada")))
        shop.world.clock.forward(301)
        await shop.world.relay.drain()
        [uid] = dovecot.wait_for(1, ann)
        mail = read(dovecot.raw(uid, ann))
        assert "Yes, ten of them." in body_of(mail)
        _ = shop.world.supervisor.service("mail", shop.part.mail.run)
        submit_answer(postfix, ann, mail)
        back = await shop.visit(session=visitor.session, conversation=conversation)
        await said(back, "Put one aside, please.")


async def said(visitor: Visitor, text: str) -> None:
    """Until the visitor's log shows it; the mail takes a moment."""
    while text not in visitor.texts:
        await visitor.event("message", len(visitor.texts) + 1)


def submit_answer(postfix: Postfix, ann: str, to: EmailMessage) -> None:
    """As Ann's mail program does."""
    answer = EmailMessage()
    answer["From"] = ann
    answer["To"] = to["Reply-To"]
    answer["Subject"] = f"Re: {to['Subject']}"
    answer["Message-ID"] = "<answer@example.net>"
    answer["In-Reply-To"] = answer["References"] = str(to["Message-ID"])
    answer.set_content("Put one aside, please.")
    with smtplib.SMTP("127.0.0.1", postfix.ports.smtp) as smtp:
        smtp.send_message(answer)
