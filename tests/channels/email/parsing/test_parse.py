"""What a mail says, however it was put together."""

from channels.email.mail import Address, Nature, ParsedMail
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse

LIMITS = ParseLimits()


def read(*lines: str, limits: ParseLimits = LIMITS) -> ParsedMail:
    return parse("\r\n".join(lines).encode(), limits)


def test_a_plain_mail_is_its_headers_and_its_text() -> None:
    mail = read(
        "From: Ann <Ann@Example.com>",
        "To: help@shop.example",
        "Subject: My order",
        "Message-ID: <1@example.com>",
        "Date: Fri, 21 Nov 2025 10:00:00 +0800",
        "",
        "Where is it?",
    )
    assert mail.sender == Address("ann@example.com", "Ann")
    assert mail.to == (Address("help@shop.example"),)
    assert (mail.message_id, mail.subject, mail.text) == ("1@example.com", "My order", "Where is it?")
    assert mail.sent_at is not None
    assert mail.sent_at.isoformat() == "2025-11-21T02:00:00+00:00"
    assert (mail.html, mail.files, mail.nature, mail.problems) == (None, (), Nature.PERSON, ())
