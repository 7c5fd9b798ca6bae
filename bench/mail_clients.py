"""What mail clients do to subject, In-Reply-To and References when somebody answers, and mails written in that way.

Each habit says where it is known from. Where nothing is published, the client is given one of the habits that others
have been seen with, and says so: the bench asks whether every habit is understood, not how common it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from typing import Literal

SERVER = "mx.shop.example"


@dataclass(frozen=True, slots=True)
class Client:
    """``names``: which of the former Message-IDs stand in References. ``stacks``: puts its prefix before another one.
    ``encodes``: writes long ids as encoded words, which no header of ids may have.
    """

    name: str
    prefix: str
    names: Literal["all", "ends", "last", "none"]
    in_reply_to: bool
    source: str
    stacks: bool = False
    thread_index: bool = False
    encodes: bool = False


_SHARED = "no description published; a habit that others are known for"
CLIENTS = (
    Client("Outlook", "RE: ", "last", True, "github.com/osTicket/osTicket/issues/1346", thread_index=True),
    Client(
        "Outlook, German",
        "AW: ",
        "all",
        True,
        "its German default prefix; RFC 5322, 3.6.4",
        stacks=True,
        thread_index=True,
    ),
    Client(
        "Outlook, no headers",
        "RE: ",
        "none",
        False,
        "github.com/mnapoli/externals/issues/96",
        thread_index=True,
    ),
    Client(
        "OWA",
        "Re: ",
        "ends",
        True,
        "github.com/mnapoli/externals/issues/116: the first and the last only",
        thread_index=True,
    ),
    Client("Gmail", "Re: ", "all", True, "RFC 5322, 3.6.4"),
    Client("Apple Mail", "Re: ", "all", True, "RFC 5322, 3.6.4"),
    Client("iPhone", "Re: ", "all", True, "RFC 5322, 3.6.4; a signature of its own"),
    Client("Android", "Re: ", "last", True, _SHARED),
    Client("Thunderbird", "Re: ", "all", True, "RFC 5322, 3.6.4"),
    Client("Yahoo", "Re: ", "ends", True, _SHARED),
    Client("Nextcloud Mail", "Re: ", "none", True, "github.com/nextcloud/mail/issues/3298"),
    Client("SnappyMail", "Re: ", "none", False, "github.com/the-djmaze/snappymail/issues/370"),
    Client(
        "ticket system",
        "Re: [Ticket#20264711] ",
        "last",
        True,
        "the form of subject that OTRS made common; encoded ids: github.com/python/cpython/issues/79986",
        encodes=True,
    ),
    Client("QQ", "回复：", "last", True, _SHARED),
    Client("163", "Re:", "none", False, _SHARED),
    Client("Foxmail", "回复: ", "all", True, _SHARED, stacks=True),
)
"""Prefixes of QQ, 163 and Foxmail are those of their Chinese versions."""

_KNOWN_PREFIXES = ("re: ", "re:", "aw: ", "回复：", "回复: ")


@dataclass(frozen=True, slots=True)
class Before:
    """A mail that is answered: its Message-ID, those that it names, its subject, and where answers to it go."""

    message_id: str
    references: tuple[str, ...]
    subject: str
    answers_to: str


@dataclass(frozen=True, slots=True)
class Written:
    """``result`` is what the receiving server finds of its sender: ``pass``, ``fail`` or None."""

    message_id: str
    sender: str
    to: str
    subject: str
    at: datetime
    cc: tuple[str, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    result: str | None = "pass"
    thread_index: bool = False
    encodes: bool = False

    def as_before(self, answers_to: str) -> Before:
        return Before(self.message_id, self.references, self.subject, answers_to)

    def raw(self) -> bytes:
        mail = EmailMessage(default if self.encodes else default.clone(max_line_length=998))
        if self.result is not None:
            domain = self.sender.rpartition("@")[2]
            mail["Authentication-Results"] = f"{SERVER}; dmarc={self.result} header.from={domain}"
        mail["From"], mail["To"], mail["Subject"] = self.sender, self.to, self.subject
        if self.cc:
            mail["Cc"] = ", ".join(self.cc)
        mail["Date"] = format_datetime(self.at)
        mail["Message-ID"] = f"<{self.message_id}>"
        if self.in_reply_to is not None:
            mail["In-Reply-To"] = f"<{self.in_reply_to}>"
        if self.references:
            mail["References"] = " ".join(f"<{each}>" for each in self.references)
        if self.thread_index:
            mail["Thread-Topic"], mail["Thread-Index"] = self.subject, "AdqOqpyqWqLr3U7cTxWaFTrKzjPkGA=="
        mail.set_content(f"Written as {self.message_id}")
        return mail.as_bytes()


def subject_of_answer(client: Client, subject: str) -> str:
    if not client.stacks:
        for known in _KNOWN_PREFIXES:
            subject = subject[len(known) :] if subject.lower().startswith(known) else subject
    return client.prefix + subject


def references_of_answer(client: Client, before: Before) -> tuple[str, ...]:
    chain = (*before.references, before.message_id)
    picked: dict[str, Sequence[str]] = {
        "all": chain,
        "ends": dict.fromkeys((chain[0], chain[-1])).keys(),  # type: ignore[dict-item]
        "last": chain[-1:],
        "none": (),
    }
    return tuple(picked[client.names])


def answer(client: Client, before: Before, message_id: str, sender: str, at: datetime) -> Written:
    """As this client answers ``before``; changed further with ``dataclasses.replace``."""
    return Written(
        message_id,
        sender,
        before.answers_to,
        subject_of_answer(client, before.subject),
        at,
        in_reply_to=before.message_id if client.in_reply_to else None,
        references=references_of_answer(client, before),
        thread_index=client.thread_index,
        encodes=client.encodes,
    )
