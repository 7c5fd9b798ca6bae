"""Mails written down in tests, and read."""

from channels.email.mail import ParsedMail
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse

LIMITS = ParseLimits()
HEAD = "From: Ann <ann@example.com>\r\nDate: Fri, 21 Nov 2025 10:00:00 +0800\r\nSubject: My order"


def read(*lines: str, body: bytes = b"", limits: ParseLimits = LIMITS) -> ParsedMail:
    """A mail of these lines after the usual ones; ``body`` instead of lines where its bytes matter."""
    raw = "\r\n".join([HEAD, *lines]).encode("utf-8")
    return parse(raw + (b"\r\n\r\n" + body if body else b""), limits)


def headed(*lines: str, limits: ParseLimits = LIMITS) -> ParsedMail:
    """A mail of these headers and a short text."""
    return parse("\r\n".join([*lines, "", "Hello"]).encode("utf-8", "surrogateescape"), limits)


def html(markup: str, limits: ParseLimits = LIMITS) -> ParsedMail:
    return read("Content-Type: text/html; charset=utf-8", body=markup.encode(), limits=limits)
