"""Machines are told from people by what their mails say of themselves, in English, in Chinese and in headers."""

import pytest

from channels.email.mail import Nature
from tests.channels.email.parsing.mails import headed

PERSON, LIST, AUTO, BOUNCE = Nature.PERSON, Nature.LIST, Nature.AUTO_REPLY, Nature.BOUNCE


@pytest.mark.parametrize(
    ("headers", "nature"),
    [
        ([], PERSON),
        (["Auto-Submitted: no"], PERSON),
        (["Auto-Submitted: auto-replied"], AUTO),
        (["Auto-Submitted: auto-generated"], AUTO),
        (["Auto-Submitted: auto-replied (vacation)"], AUTO),
        (["Auto-Submitted: auto-notified; owner-email=a@example.com"], AUTO),
        (["Precedence: auto_reply"], AUTO),
        (["Precedence: bulk"], LIST),
        (["Precedence: list"], LIST),
        (["List-Id: <users.example.com>"], LIST),
        (["List-Id: <users.example.com>", "Auto-Submitted: auto-generated"], LIST),
        (["List-Unsubscribe: <https://example.com/u>"], LIST),
        (["X-Autoreply: yes"], AUTO),
        (["X-Autorespond: vacation"], AUTO),
        (["X-Autoreply: no"], PERSON),
        (["X-Auto-Response-Suppress: All"], PERSON),
        (["X-Auto-Response-Suppress: All", "Subject: Automatic reply: My order"], AUTO),
        (["X-Auto-Response-Suppress: OOF", "Return-Path: <>"], AUTO),
        (["X-MS-Exchange-Inbox-Rules-Loop: a@example.com"], AUTO),
        (["Return-Path: <>"], AUTO),
        (["Return-Path: <ann@example.com>"], PERSON),
        (["Subject: Automatic reply: My order"], AUTO),
        (["Subject: Auto: My order"], AUTO),
        (["Subject: AutoReply: My order"], AUTO),
        (["Subject: Out of Office: My order"], AUTO),
        (["Subject: Out of the office until Monday"], AUTO),
        (["Subject: On vacation"], AUTO),
        (["Subject: 自动回复：我的订单"], AUTO),
        (["Subject: 自动回复: 我的订单"], AUTO),
        (["Subject: [自动回复] 我的订单"], AUTO),
        (["Subject: 自動回覆: 我的訂單"], AUTO),
        (["Subject: 自动答复: 我的订单"], AUTO),
        (["Subject: =?gb2312?B?19S2r7vYuLQ6ILrD?="], AUTO),
        (["Subject: 外出: 我的订单"], AUTO),
        (["Subject: Abwesenheitsnotiz"], AUTO),
        # People write about such things too.
        (["Subject: Re: Automatic reply: My order"], PERSON),
        (["Subject: How do I set an automatic reply?"], PERSON),
        (["Subject: 如何设置自动回复？"], PERSON),
        (["Subject: Automatic transmission broken"], PERSON),
        (["Subject: Your delivery failed"], PERSON),
        (["Subject: Undelivered parcel"], PERSON),
        (["From: no-reply@example.com"], AUTO),
        (["From: noreply@example.com"], AUTO),
        (["From: noreply@example.com", "Reply-To: customer@example.org"], PERSON),
        (["From: mailer-daemon@example.com"], AUTO),
        (["Content-Type: multipart/report; report-type=disposition-notification"], AUTO),
    ],
)  # fmt: skip
def test_the_headers_tell_who_wrote(headers: list[str], nature: Nature) -> None:
    sender = [] if any(each.startswith("From:") for each in headers) else ["From: Ann <ann@example.com>"]
    mail = headed(*sender, *headers)
    assert mail.nature is nature, mail.nature_reason
    assert bool(mail.nature_reason) is (nature is not PERSON)
