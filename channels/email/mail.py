"""What a mail says once it is parsed; nothing here trusts any of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from channels.addresses import MAIL
from core.message import Folded

KIND = MAIL
"""The name of these inboxes, and of their contact points."""


@dataclass(frozen=True, slots=True)
class Address:
    """``address`` as ``local@domain`` in lower case; ``name`` as the mail shows it."""

    address: str
    name: str | None = None


SEVERAL_SENDERS = "several_senders"
"""Among a mail's problems: it names more than one sender, so that nobody can be said to have proved to be one."""


LEFT_OUT = frozenset(
    {
        "headers_cut",
        "nesting",
        "parts",
        "files",
        "text_cut",
        "html_cut",
        "html_nesting",
        "tnef",
        "encoding",
    }
)
"""Those problems after which a reader may miss something that the source has."""


class Nature(StrEnum):
    """Who or what wrote a mail; only ``PERSON`` and ``LIST`` begin conversations."""

    PERSON = "person"
    LIST = "list"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says: ``failed``, ``delayed`` or ``delivered``, of which mail of ours, and in whose words.

    ``recipient``, ``status`` (such as 5.1.1) and ``message_id`` are None where the report does not tell.
    """

    outcome: str
    recipient: str | None
    status: str | None
    diagnostic: str
    message_id: str | None


@dataclass(frozen=True, slots=True)
class MailFile:
    """An attachment or an inline image; ``content_id`` without its angle brackets."""

    name: str
    media_type: str
    content: bytes
    content_id: str | None
    inline: bool


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One mail. Message-IDs are without angle brackets; lists are in the mail's order.

    ``written`` is what the person wrote this time, ``folded`` the quotes and signatures around it, ``text`` all of it.
    ``html`` is sanitised; its inline images are named ``cid:…``. ``delivered_to`` are the addresses that the receiving
    server says it was delivered to. ``authentication`` holds the Authentication-Results headers, topmost first.
    ``problems`` says what had to be repaired.
    """

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    sent_at: datetime | None
    text: str
    written: str
    folded: tuple[Folded, ...]
    html: str | None
    remote_images: int
    files: tuple[MailFile, ...]
    nature: Nature
    nature_reason: str
    bounce: Bounce | None
    authentication: tuple[str, ...]
    language: str | None
    problems: tuple[str, ...]


class Unparsable(Exception):
    """This mail cannot be taken apart within its limits; ``code`` is a short name, the text says it in words."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code

    def __reduce__(self) -> tuple[type["Unparsable"], tuple[str, str]]:
        return type(self), (self.code, str(self))


@dataclass(frozen=True, slots=True)
class MailThread:
    """What a mail says about where it belongs: the evidence that ``channels.email.threading`` weighs.

    ``ours`` are addresses to which it was sent or delivered that begin like our signed ones.
    """

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: str
    recipients: tuple[str, ...]
    ours: tuple[str, ...]
    sent_at: datetime | None
