"""Mails that did not become messages: what they are, why, and how many."""

from datetime import datetime
from typing import Literal

import msgspec

from console.wire.base import Answer
from console.wire.conversation import InboxRef

MailState = Literal["quarantined", "held", "set_aside", "too_large"]
"""Could not be parsed; too many from one sender; written by a machine to nobody; not fetched for its size."""


class MailCounts(Answer, frozen=True):
    quarantined: int
    held: int
    set_aside: int
    too_large: int


class MailItem(Answer, frozen=True):
    """``size`` in bytes; ``reason`` in words, ``reason_code`` for a text of the page's own. After a replay ``state``
    may be stored (and ``conversation`` says where) or done.
    """

    id: str
    inbox: InboxRef
    sender: str = msgspec.field(name="from")
    subject: str
    received_at: datetime
    size: int
    state: str
    reason_code: str | None
    reason: str | None


class MailPage(Answer, frozen=True):
    items: tuple[MailItem, ...]
    next: str | None
    counts: MailCounts


class MailHeader(Answer, frozen=True):
    name: str
    value: str


class MailDetail(MailItem, frozen=True):
    """``headers`` as they came, ``source`` the start of all of it as text; ``complete``: it is no longer than that.

    Both are empty, and not complete, where the source is no longer kept.
    """

    headers: tuple[MailHeader, ...]
    source: str
    complete: bool
    conversation: str | None
