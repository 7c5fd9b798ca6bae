"""One mail, from bytes to what it says; whatever can be read is read, and what had to be repaired is noted."""

from typing import Final

from channels.email.mail import (
    SEVERAL_SENDERS,
    Address,
    Bounce,
    MailFile,
    Nature,
    ParsedMail,
    Unparsable,
)
from channels.email.parsing.addresses import address_of, addresses
from channels.email.parsing.body import sort_parts
from channels.email.parsing.files import read_files
from channels.email.parsing.headers import Headers, value_and_parameters
from channels.email.parsing.ids import message_id, message_ids, sent_at
from channels.email.parsing.language import language_of
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.nature import Facts, nature_of
from channels.email.parsing.parts import MimePart, Reader
from channels.email.parsing.reports import bounce_of
from channels.email.parsing.texts import Texts, read_texts
from channels.email.parsing.words import clean
from channels.email.replies.split import split

_SUBJECT = 1_000
_RECEIPTS: Final = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")


def parse(raw: bytes, limits: ParseLimits) -> ParsedMail:
    """CPU only. Raises Unparsable with the codes `too_large`, `empty` or `no_headers`."""
    if len(raw) > limits.mail_bytes:
        raise Unparsable("too_large", f"the mail has {len(raw)} bytes, more than {limits.mail_bytes}")
    if not raw.strip():
        raise Unparsable("empty", "there is nothing in it")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    reader = Reader(limits)
    root = reader.read(raw)
    if not root.headers.fields:
        raise Unparsable("no_headers", "it begins with no header, so it is no mail")
    found = sort_parts(root)
    texts = read_texts(found, reader)
    files = read_files(found.files, texts.content_ids, reader)
    sender = _sender(root.headers, reader)
    bounce = bounce_of(root, found, texts.text, sender.address if sender else None, reader)
    return _mail(root, texts, files, (sender, bounce), reader)


def _sender(headers: Headers, reader: Reader) -> Address | None:
    senders = addresses(headers, "from", reader.limits) or addresses(headers, "sender", reader.limits)
    if not senders:
        reader.note("sender")
    if len(senders) > 1:
        reader.note(SEVERAL_SENDERS)
    return senders[0] if senders else None


def _nature(root: MimePart, sender: Address | None, bounce: Bounce | None) -> tuple[Nature, str]:
    media_type, parameters = value_and_parameters(root.headers.get("content-type"))
    report = parameters.get("report-type", "").strip().lower()
    address = sender.address if sender else None
    return nature_of(root.headers.words, Facts(address, media_type, report, bounced=bounce is not None))


def _mail(
    root: MimePart,
    texts: Texts,
    files: tuple[MailFile, ...],
    told: tuple[Address | None, Bounce | None],
    reader: Reader,
) -> ParsedMail:
    headers, limits = root.headers, reader.limits
    sender, bounce = told
    date, repaired = sent_at(headers)
    if repaired:
        reader.note("date")
    nature, reason = _nature(root, sender, bounce)
    parted = split(texts.text, texts.markup, subject=headers.words("subject")[:_SUBJECT])
    return ParsedMail(
        message_id=message_id(headers, limits),
        in_reply_to=message_ids(headers.all("in-reply-to"), limits),
        references=message_ids(headers.all("references"), limits),
        subject=headers.words("subject")[:_SUBJECT],
        sender=sender,
        reply_to=addresses(headers, "reply-to", limits),
        to=addresses(headers, "to", limits),
        cc=addresses(headers, "cc", limits),
        delivered_to=_delivered_to(headers),
        sent_at=date,
        text=texts.text,
        written=parted.written,
        folded=parted.folded,
        html=texts.html,
        remote_images=texts.remote_images,
        files=files,
        nature=nature,
        nature_reason=clean(reason),
        bounce=bounce if nature is Nature.BOUNCE else None,
        authentication=tuple(clean(value) for value in headers.all("authentication-results")),
        language=language_of(headers.get("content-language"), parted.written),
        problems=tuple(reader.problems),
    )


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _RECEIPTS:
        for value in headers.all(name):
            address = address_of(value)
            if address is not None:
                found.setdefault(address)
    return tuple(found)
