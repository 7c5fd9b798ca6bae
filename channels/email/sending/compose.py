"""Writes a mail: its head, its words as text and as HTML, its pictures and files. Takes CPU: run it in a worker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import format_datetime, quote

from channels.email.sending.letter import Letter, as_html, as_text
from channels.email.sending.references import one_line
from core.errors import Undeliverable
from core.message import Party

_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")
_UNFIT = re.compile(r"[\x00-\x20\x7f<>()\[\],;:\\\"]")
_BINARY = ("application", "octet-stream")
_LINE = 76
_NAME_CHARACTERS = 120
_SUBJECT_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a mail. Message-IDs are without angle brackets; ``reply_to`` None where it is the sender.

    ``automatic``: no person wrote it, which programs that answer by themselves must be able to see.
    """

    sender: Party
    to: Sequence[Party]
    copies: Sequence[Party]
    subject: str
    message_id: str
    date: datetime
    language: str
    in_reply_to: str | None = None
    references: Sequence[str] = ()
    reply_to: Party | None = None
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file; with a ``content_id`` it is an image that the words show."""

    name: str
    media_type: str
    content: bytes
    content_id: str | None = None


class _Policy(EmailPolicy):
    """As the standard library's for SMTP, with three kinds of lines broken otherwise.

    The library writes Message-IDs longer than a line as encoded words, which no mail program puts together again,
    and loses or adds blanks where it breaks names and subjects that are not ASCII.
    """

    def fold(self, name: str, value: str) -> str:
        match name.lower():
            case "message-id" | "in-reply-to" | "references":
                return f"{name}: " + "\r\n ".join(value.split()) + "\r\n"
            case "subject":
                return f"{name}: {_encoded(value, len(name) + 2)}\r\n"
            case "from" | "to" | "cc" | "reply-to" if isinstance(value, AddressHeader):
                return f"{name}: " + ",\r\n ".join(_mailbox(each) for each in value.addresses) + "\r\n"
            case _:
                folded: str = super().fold(name, value)
                return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii", "surrogateescape")


def _mailbox(address: Address) -> str:
    name = address.display_name
    if not name:
        return address.addr_spec
    shown = f'"{quote(name)}"' if name.isascii() else _encoded(name, len(" "))
    return f"{shown} <{address.addr_spec}>"


def _encoded(text: str, indent: int) -> str:
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=_LINE, header_name=" " * indent).encode(linesep="\r\n")


def compose(head: Head, letter: Letter, enclosures: Sequence[Enclosure]) -> bytes:
    """The whole mail with CRLF, in 7-bit ASCII unless an address itself is not ASCII."""
    policy = _Policy(linesep="\r\n", cte_type="7bit", utf8=beyond_ascii(head), max_line_length=_LINE)
    mail = EmailMessage(policy)
    _write_head(mail, head)
    mail.set_content(as_text(letter))
    mail.add_alternative(as_html(letter), subtype="html")
    html = mail.get_body(("html",))
    for each in enclosures:
        if each.content_id is not None and html is not None:
            _enclose(html, each, each.content_id)
    for each in enclosures:
        if each.content_id is None:
            _attach(mail, each)
    mail["Content-Language"] = head.language
    return mail.as_bytes()


def beyond_ascii(head: Head) -> bool:
    """Whether a server has to know SMTPUTF8 (RFC 6531) for this mail: an address has such letters before its @."""
    return not all(on_the_wire(party.address).isascii() for party in (head.sender, *head.to, *head.copies))


def on_the_wire(address: str) -> str:
    """With the domain as servers look it up. Raises Undeliverable when there can be no such domain."""
    local, _, domain = address.rpartition("@")
    if _UNFIT.search(address):
        raise Undeliverable("this address cannot be written to")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Undeliverable(f"there is no domain {domain}") from None


def _write_head(mail: EmailMessage, head: Head) -> None:
    mail["From"] = _address(head.sender)
    mail["To"] = [_address(party) for party in head.to]
    if head.copies:
        mail["Cc"] = [_address(party) for party in head.copies]
    if head.reply_to is not None:
        mail["Reply-To"] = _address(head.reply_to)
    mail["Subject"] = one_line(head.subject)[:_SUBJECT_CHARACTERS]
    mail["Date"] = format_datetime(head.date)
    mail["Message-ID"] = f"<{head.message_id}>"
    if head.in_reply_to is not None:
        mail["In-Reply-To"] = f"<{head.in_reply_to}>"
    if head.references:
        mail["References"] = " ".join(f"<{each}>" for each in head.references)
    if head.automatic:
        # RFC 3834; the second is what Exchange asks for.
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"


def _address(party: Party) -> Address:
    local, _, domain = on_the_wire(party.address).rpartition("@")
    return Address(one_line(party.name or "")[:_NAME_CHARACTERS], local, domain)


def _enclose(html: EmailMessage | MIMEPart, enclosure: Enclosure, content_id: str) -> None:
    main, sub = _media_type(enclosure)
    html.add_related(
        enclosure.content,
        main,
        sub,
        cid=f"<{content_id}>",
        filename=one_line(enclosure.name),
        disposition="inline",
    )


def _attach(mail: EmailMessage, enclosure: Enclosure) -> None:
    main, sub = _media_type(enclosure)
    mail.add_attachment(enclosure.content, main, sub, filename=one_line(enclosure.name))


def _media_type(enclosure: Enclosure) -> tuple[str, str]:
    """What a mail may hold in base64: mails and bundles of parts inside of it would be read as parts of ours."""
    main, _, sub = enclosure.media_type.lower().partition("/")
    if not _TYPE.fullmatch(f"{main}/{sub}") or main in {"message", "multipart"}:
        return _BINARY
    return main, sub
