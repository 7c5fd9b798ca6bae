"""One mail is known again whichever way it comes, and two mails are never taken for one."""

import pytest

from channels.email.fetching.identity import described, identify
from tests.channels.email.fetching.mailserver import a_mail


def test_trace_headers_make_no_difference() -> None:
    mail = a_mail()
    traced = b"Received: from here by there; now\r\nX-Spam-Score: 3\r\n" + mail
    assert identify(traced) == identify(mail)


@pytest.mark.parametrize(
    "other",
    [
        a_mail("Another subject"),
        a_mail(text="Another text"),
        a_mail(From="bob@example.net"),
        a_mail(Cc="carl@example.net"),
        a_mail(In_Reply_To="<1@example.net>"),
        a_mail(Date="Tue, 03 Mar 2026 08:00:00 +0000"),
    ],
)
def test_what_a_person_would_call_another_mail_is_another_one(other: bytes) -> None:
    assert identify(other).digest != identify(a_mail()).digest


def test_line_ends_folding_and_what_follows_the_end_make_no_difference() -> None:
    plain = b"From: a@b.c\nSubject: one two\nMessage-ID: <x@y>\n\nbody\n"
    folded = b"From: a@b.c\r\nSubject: one\r\n two\r\nMessage-ID:\r\n <x@y>\r\n\r\nbody\r\n\r\n"
    assert identify(folded) == identify(plain)
    assert identify(plain).message_id == "x@y"


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\r\n\r\n", b":", b"x" * 10, b"Message-ID: " + b"<" * 1000, b"\x00\xff"]
)
def test_anything_has_an_identity(raw: bytes) -> None:
    identity = identify(raw)
    assert len(identity.digest) == 64
    assert identity.message_id.isprintable()
    described(raw)


def test_sender_and_subject_can_be_told_of_what_nobody_parses() -> None:
    raw = b"From: =?utf-8?b?5byg5LiJ?= <z@example.cn>\nSubject: =?bogus?q?x?=\n\n"
    assert described(raw) == ("张三 <z@example.cn>", "=?bogus?q?x?=")
