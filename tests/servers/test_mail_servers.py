"""The real mail servers of the tests do what other tests take for granted."""

import asyncio
import imaplib
import smtplib
import ssl

import pytest

from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.postfix import BOUNCING, BUSY, LATER, REFUSED, REFUSED_SUBJECT, Postfix
from tests.servers.tokens import running_tokens

pytestmark = pytest.mark.server
MAIL = b"From: anna@example.net\r\nSubject: Hello\r\n\r\nHow are you?\r\n"


def submit(postfix: Postfix, user: str, to: str, mail: bytes = MAIL) -> None:
    """As a mail program does: TLS, sign in, send."""
    context = postfix.dovecot.certificates.client()
    with smtplib.SMTP_SSL("localhost", postfix.ports.submissions, context=context) as smtp:
        smtp.login(user, PASSWORD)
        smtp.sendmail(user, [to], mail)


def test_mails_put_into_a_mailbox_are_there_in_their_order(dovecot: Dovecot, mailbox: str) -> None:
    assert dovecot.drop((b"Subject: %d\r\n\r\n" % number for number in range(300)), mailbox) == 300
    uids = dovecot.uids(mailbox)
    assert uids == list(range(1, 301))
    assert b"Subject: 0\r\n" in dovecot.raw(1, mailbox)
    assert b"Subject: 299\r\n" in dovecot.raw(300, mailbox)


def test_a_mailbox_can_be_changed_behind_our_back(dovecot: Dovecot, mailbox: str) -> None:
    dovecot.drop([MAIL] * 5, mailbox)
    dovecot.create_folder("客户 “A”", mailbox)
    dovecot.move([2], "客户 “A”", mailbox)
    dovecot.expunge([1], mailbox)
    dovecot.restart()
    assert dovecot.uids(mailbox) == [3, 4, 5]
    assert dovecot.uids(mailbox, "客户 “A”") == [1]
    dovecot.change_uidvalidity(4711, mailbox)
    assert "4711" in dovecot.admin("mailbox", "status", "-u", mailbox, "uidvalidity", "INBOX")


def test_sign_in_works_plainly_with_starttls_and_with_tls(dovecot: Dovecot, mailbox: str) -> None:
    context = dovecot.certificates.client()
    with imaplib.IMAP4("127.0.0.1", dovecot.ports.imap) as plain:
        plain.login(mailbox, PASSWORD)
    with imaplib.IMAP4("localhost", dovecot.ports.imap) as upgraded:
        upgraded.starttls(context)
        upgraded.login(mailbox, PASSWORD)
    with imaplib.IMAP4_SSL("localhost", dovecot.ports.imaps, ssl_context=context) as tls:
        tls.login(mailbox, PASSWORD)
    refused = imaplib.IMAP4("127.0.0.1", dovecot.ports.imap)
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        refused.login(mailbox, "wrong")
    refused.shutdown()
    with pytest.raises(ssl.SSLCertVerificationError):
        imaplib.IMAP4_SSL("localhost", dovecot.ports.imaps, ssl_context=ssl.create_default_context())


async def test_dovecot_believes_the_tokens_of_the_stand_in(dovecot: Dovecot, mailbox: str) -> None:
    def sign_in(token: str) -> str:
        with imaplib.IMAP4("127.0.0.1", dovecot.ports.imap) as imap:
            said = f"user={mailbox}\1auth=Bearer {token}\1\1".encode()
            return imap.authenticate("XOAUTH2", lambda challenge: b"" if challenge else said)[0]

    async with running_tokens(mailbox, dovecot.ports.tokens) as tokens:
        tokens.good["a-good-one"] = mailbox
        assert await asyncio.to_thread(sign_in, "a-good-one") == "OK"
        with pytest.raises(imaplib.IMAP4.error):
            await asyncio.to_thread(sign_in, "another")


def test_mail_sent_lands_in_the_mailbox_also_with_a_plus_address(
    postfix: Postfix, dovecot: Dovecot, mailbox: str
) -> None:
    submit(postfix, mailbox, mailbox)
    plus = mailbox.replace("@", "+c-1@")
    with smtplib.SMTP("127.0.0.1", postfix.ports.smtp) as smtp:
        smtp.sendmail("anna@example.net", [plus], MAIL)
    uids = dovecot.wait_for(2, mailbox)
    assert f"Delivered-To: {plus}".encode() in b"".join(dovecot.raw(uid, mailbox) for uid in uids)


def test_postfix_refuses_puts_off_and_sends_back_as_asked(
    postfix: Postfix, dovecot: Dovecot, mailbox: str
) -> None:
    for to, code in ((REFUSED, 550), (LATER, 450)):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            submit(postfix, mailbox, f"anna@{to}")
        assert refused.value.recipients[f"anna@{to}"][0] == code
    with pytest.raises(smtplib.SMTPDataError, match="451"):
        submit(postfix, mailbox, f"anna@{BUSY}")
    with pytest.raises(smtplib.SMTPDataError, match="550"):
        submit(postfix, mailbox, mailbox, MAIL.replace(b"Hello", REFUSED_SUBJECT.encode()))
    submit(postfix, mailbox, f"anna@{BOUNCING}")
    bounce = dovecot.raw(dovecot.wait_for(1, mailbox)[0], mailbox)
    assert b"Diagnostic-Code: smtp; 550 5.1.1" in bounce
    postfix.restart()
    submit(postfix, mailbox, mailbox)
    assert len(dovecot.wait_for(2, mailbox)) == 2
