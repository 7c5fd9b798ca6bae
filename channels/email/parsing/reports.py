"""Where in a mail's parts a delivery report lies: its status, its words, and the mail that it is about."""

from typing import Final

from channels.email.mail import Bounce
from channels.email.parsing.body import Sorted
from channels.email.parsing.bounce import from_report, from_text
from channels.email.parsing.files import content_of
from channels.email.parsing.nature import may_be_report
from channels.email.parsing.parts import MimePart, Reader

_STATUS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ORIGINAL: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
)
_READ = 64_000
"""Bytes of a report that are looked at."""


def bounce_of(root: MimePart, found: Sorted, text: str, sender: str | None, reader: Reader) -> Bounce | None:
    """What the report says; None where the mail is none."""
    status = _text(found, _STATUS, reader)
    original = _text(found, _ORIGINAL, reader)
    if status:
        told = from_report(status, original)
        if told is not None:
            return told
    if not may_be_report(root.headers.words, sender, root.media_type):
        return None
    failed = root.headers.words("x-failed-recipients").replace(",", " ").split()
    return from_text(text[:_READ], failed, original)


def _text(found: Sorted, types: frozenset[str], reader: Reader) -> str:
    for part in found.files:
        if part.media_type in types:
            return content_of(part, reader)[:_READ].decode("utf-8", "replace").replace("\r", "")
    return ""
