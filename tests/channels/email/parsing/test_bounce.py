"""A delivery report says which mail of ours failed, for whom, and in whose words, whatever server wrote it."""

import pytest

from channels.email.mail import Bounce, Nature
from channels.email.parsing.parse import parse
from tests.channels.email.parsing.mails import LIMITS, headed

ID = "m1.c1.mac@shop.example"
REPORT = 'Content-Type: multipart/report; report-type=delivery-status; boundary="r"'


def report(
    status: str, *, kind: str = "message/rfc822", original: str = f"Message-ID: <{ID}>"
) -> Bounce | None:
    mail = parse(
        "\r\n".join([
            "From: Mail Delivery System <MAILER-DAEMON@mx.example.com>", "Subject: Undelivered Mail Returned to Sender",
            REPORT, "", "--r", "", "I'm sorry to have to inform you", "--r", "Content-Type: message/delivery-status", "",
            status, "", "--r", f"Content-Type: {kind}", "", original, "Subject: Re: My order", "", "--r--",
        ]).encode(),
        LIMITS,
    )  # fmt: skip
    assert mail.nature is (Nature.BOUNCE if mail.bounce else Nature.AUTO_REPLY)
    return mail.bounce


STATUS = """Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ann@example.com
Original-Recipient: rfc822;Ann@Example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.com>:
    Recipient address rejected: User unknown"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_standard_report_is_read_field_by_field(kind: str) -> None:
    words = "550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown"
    assert report(STATUS, kind=kind) == Bounce("failed", "ann@example.com", "5.1.1", words, ID)


@pytest.mark.parametrize(
    ("action", "outcome"),
    [("failed", "failed"), ("Delayed", "delayed"), ("delivered", "delivered"), ("relayed", "delivered"), ("expanded", "delivered")],
)  # fmt: skip
def test_the_action_is_the_outcome(action: str, outcome: str) -> None:
    found = report(STATUS.replace("Action: failed", f"Action: {action}"))
    assert found is not None
    assert found.outcome == outcome


def test_of_several_recipients_the_failed_one_counts() -> None:
    delivered = "\n\nFinal-Recipient: rfc822; bob@example.com\nAction: delivered\nStatus: 2.0.0"
    head, _, failed = STATUS.partition("\n\n")
    found = report(f"{head}{delivered}\n\n{failed}")
    assert found is not None
    assert (found.outcome, found.recipient) == ("failed", "ann@example.com")


def test_a_report_that_sends_nothing_back_names_no_mail() -> None:
    found = report(STATUS, original="X: y")
    assert found is not None
    assert found.message_id is None


QMAIL = """Hi. This is the qmail-send program at mx.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ann@example.com>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 no such user here

--- Below this line is a copy of the message.

Return-Path: <support@shop.example>
Message-ID: <m1.c1.mac@shop.example>
Subject: Re: My order
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@example.com
    host mx.example.com [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<ann@example.com>:
    550 No such person at this address

------ This is a copy of the message, including all the headers. ------

Message-ID: <m1.c1.mac@shop.example>
"""
EXCHANGE = """Delivery has failed to these recipients or groups:

ann@example.com<mailto:ann@example.com>
The email address you entered couldn't be found. Please check the address.

Diagnostic information for administrators:

Generating server: mx.example.com

ann@example.com
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'

Original message headers:

Received: from a by b
Message-ID: <m1.c1.mac@shop.example>
"""
GMAIL = """** Address not found **

Your message wasn't delivered to ann@example.com because the address couldn't be found.

The response from the remote server was:

550 5.1.1 The email account that you tried to reach does not exist.
"""
QQ = """抱歉，您的邮件被退回来了……

原邮件信息：
时间 2025-11-21 10:00:00
主题 Re: My order
收件人 ann@example.com

退信原因 收件人邮件地址（ann@example.com）不存在，邮件无法送达。
host mx.example.com said: 550 Mailbox not found
"""
NETEASE = """抱歉，您的邮件被退回来了……
收件人 <ann@example.com> 邮件无法送达

退信代码: SMTP error, RCPT TO: 550 User not found: ann@example.com

------------------ Original ------------------
Message-ID: <m1.c1.mac@shop.example>
"""
SENDMAIL = """The original message was received at Fri, 21 Nov 2025 10:00:00 +0800
from localhost

   ----- The following addresses had permanent fatal errors -----
<ann@example.com>

   ----- Transcript of session follows -----
... while talking to mx.example.com.:
>>> RCPT To:<ann@example.com>
<<< 550 5.1.1 User unknown

   ----- Original message follows -----
Message-ID: <m1.c1.mac@shop.example>
"""
DELAYED = """This message has not yet been delivered. Delivery will continue to be attempted.
The following address has been delayed:

  ann@example.com
    Delay reason: 451 4.7.1 Greylisted, try again
"""


@pytest.mark.parametrize(
    ("sender", "subject", "text", "expected"),
    [
        ("MAILER-DAEMON@mx.example.com", "failure notice", QMAIL, ("failed", "5.1.1", "550 5.1.1 no such user here", ID)),
        ("Mailer-Daemon@mx.example.com", "Mail delivery failed: returning message to sender", EXIM, ("failed", None, "550 No such person", ID)),
        ("postmaster@example.com", "Undeliverable: Re: My order", EXCHANGE, ("failed", "5.1.10", "550 5.1.10 RESOLVER.ADR", ID)),
        ("MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com", "未送达: Re: My order", EXCHANGE, ("failed", "5.1.10", "550", ID)),
        ("mailer-daemon@googlemail.com", "Delivery Status Notification (Failure)", GMAIL, ("failed", "5.1.1", "550 5.1.1 The email account", None)),
        ("PostMaster@qq.com", "系统退信", QQ, ("failed", None, "550 Mailbox not found", None)),
        ("Postmaster@163.com", "系统退信/Systems bounce", NETEASE, ("failed", None, "550 User not found", ID)),
        ("MAILER-DAEMON@mx.example.com", "Returned mail: see transcript for details", SENDMAIL, ("failed", "5.1.1", "550 5.1.1 User unknown", ID)),
        ("MAILER-DAEMON@mx.example.com", "Warning: message 1abc delayed 24 hours", DELAYED, ("delayed", "4.7.1", "451 4.7.1 Greylisted", None)),
    ],
    ids=["qmail", "Exim", "Exchange", "Exchange in Chinese", "Gmail", "QQ", "163", "sendmail", "Exim delays"],
)  # fmt: skip
def test_servers_that_follow_no_standard_are_understood(
    sender: str, subject: str, text: str, expected: tuple[str, str | None, str, str | None]
) -> None:
    mail = headed(f"From: {sender}", f"Subject: {subject}", "", text)
    outcome, status, words, original = expected
    assert mail.nature is Nature.BOUNCE, mail.nature_reason
    assert mail.bounce is not None
    assert (mail.bounce.outcome, mail.bounce.recipient) == (outcome, "ann@example.com")
    assert (mail.bounce.status, mail.bounce.message_id) == (status, original)
    assert words in mail.bounce.diagnostic


def test_failed_recipients_in_a_header_are_believed() -> None:
    mail = headed(
        "From: daemon@example.com", "X-Failed-Recipients: ann@example.com, b@example.com", "", "Sorry."
    )
    assert mail.bounce == Bounce("failed", "ann@example.com", None, "Sorry.", None)


def test_a_person_who_forwards_a_report_is_a_person() -> None:
    mail = headed("From: ann@example.com", "Subject: Fwd: failure notice", "", "What does this mean?", QMAIL)
    assert (mail.nature, mail.bounce) == (Nature.PERSON, None)


def test_a_person_cannot_report_with_a_null_sender_in_words_only() -> None:
    mail = headed(
        "From: ann@example.com", "Return-Path: <>", "Subject: hello", "", "my mail could not be delivered"
    )
    assert (mail.nature, mail.bounce) == (Nature.AUTO_REPLY, None)
