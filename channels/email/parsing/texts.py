"""The text and the HTML of a mail: decoded, made one of many, and each made from the other where it is missing."""

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from channels.email.parsing.body import Sorted
from channels.email.parsing.charsets import decode
from channels.email.parsing.files import content_of
from channels.email.parsing.flowed import unflowed
from channels.email.parsing.parts import MimePart, Reader
from channels.email.parsing.plain import plain_text
from channels.email.parsing.sanitize import remote_images, sanitized

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_META: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CONTENT_ID: Final = re.compile(r'="\s*cid:([^"]{1,300})"', re.IGNORECASE)
_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Texts:
    """``content_ids``: what the HTML shows of the mail's own files. ``markup`` is the HTML as received, never shown:
    the names in it, which sanitising takes away, tell what is quoted.
    """

    text: str
    html: str | None
    markup: str | None
    remote_images: int
    content_ids: frozenset[str]


def read_texts(found: Sorted, reader: Reader) -> Texts:
    """Plain text always; HTML where the mail has some."""
    html, markup = None, None
    if any(part.media_type == "text/html" for part in found.html):
        html, markup = _html(found, reader)
    text = _text(found, reader)
    if html is not None and not text.strip():
        text = plain_text(html)
    ids = frozenset(_CONTENT_ID.findall(html)) if html else frozenset()
    return Texts(_cut(text, reader), html or None, markup or None, remote_images(html) if html else 0, ids)


def _text(found: Sorted, reader: Reader) -> str:
    pieces = []
    left = reader.limits.text_characters
    for part in found.text:
        if left <= 0:
            reader.note("text_cut")
            break
        if part.media_type == "text/html":
            piece = plain_text(sanitized(_decoded(part, reader, reader.limits.html_characters))[0])
        else:
            piece = plain_part(part, reader)
        left -= len(piece)
        if piece.strip():
            pieces.append(piece)
    return "\n\n".join(pieces)


def _html(found: Sorted, reader: Reader) -> tuple[str, str]:
    """Sanitised, and as received."""
    pieces, received = [], []
    left = reader.limits.html_characters
    for part in found.html:
        if left <= 0:
            reader.note("html_cut")
            break
        if part.media_type == "text/html":
            raw = _decoded(part, reader, left)
            left -= len(raw)
            pieces.append(sanitized(raw)[0])
            received.append(raw)
        else:
            piece = plain_part(part, reader)[:left]
            left -= len(piece)
            pieces.append("<div>" + escape(piece).replace("\n", "<br>") + "</div>" if piece.strip() else "")
            received.append(pieces[-1])
    return "\n<hr>\n".join(piece for piece in pieces if piece), "\n<hr>\n".join(received)


def plain_part(part: MimePart, reader: Reader) -> str:
    text = _decoded(part, reader, reader.limits.text_characters)
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _decoded(part: MimePart, reader: Reader, most: int) -> str:
    raw = content_of(part, reader)
    charset = part.parameters.get("charset")
    if len(raw) > 4 * most:
        raw = raw[: 4 * most]
    if part.media_type == "text/html" and charset is None and (meta := _META.search(raw, 0, _HEAD)):
        charset = meta[1].decode("ascii")
    text, repaired = decode(raw, charset)
    if repaired:
        reader.note("charset")
    if len(text) > most:
        reader.note("html_cut" if part.media_type == "text/html" else "text_cut")
        text = text[:most]
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _cut(text: str, reader: Reader) -> str:
    if len(text) <= reader.limits.text_characters:
        return text
    reader.note("text_cut")
    return text[: reader.limits.text_characters]
