"""The text and the HTML of a mail: decoded, made one of many, and each made from the other where it is missing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from channels.email.parsing.body import Sorted
from channels.email.parsing.charsets import decode
from channels.email.parsing.files import content_of
from channels.email.parsing.flowed import unflowed
from channels.email.parsing.markup import too_deep, words_of
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
    pages = _pages(found, reader)
    html, markup = _html(found, pages, reader)
    text = _text(found, pages, reader)
    if html and not text.strip():
        text = plain_text(html)
    ids = frozenset(unescape(each) for each in _CONTENT_ID.findall(html))
    return Texts(_cut(text, reader), html or None, markup or None, remote_images(html), ids)


@dataclass(frozen=True, slots=True)
class _Page:
    """One part's HTML: as received and harmless, or its words alone where it is nested too deep to be shown."""

    received: str
    shown: str | None
    words: str = ""

    def text(self) -> str:
        return self.words if self.shown is None else plain_text(self.shown)


def _pages(found: Sorted, reader: Reader) -> dict[int, _Page]:
    """By part; those past the limit for all of them together are empty."""
    pages: dict[int, _Page] = {}
    left = reader.limits.html_characters
    for part in (*found.html, *found.text):
        if part.media_type != "text/html" or id(part) in pages:
            continue
        if left <= 0:
            reader.note("html_cut")
            pages[id(part)] = _Page("", "")
            continue
        received = _decoded(part, reader, left)
        left -= len(received)
        if too_deep(received, reader.limits.html_nesting):
            reader.note("html_nesting")
            pages[id(part)] = _Page(received, None, words_of(received))
        else:
            pages[id(part)] = _Page(received, sanitized(received)[0])
    return pages


def _text(found: Sorted, pages: Mapping[int, _Page], reader: Reader) -> str:
    pieces = []
    left = reader.limits.text_characters
    for part in found.text:
        if left <= 0:
            reader.note("text_cut")
            break
        page = pages.get(id(part))
        piece = page.text() if page is not None else plain_part(part, reader)
        left -= len(piece)
        if piece.strip():
            pieces.append(piece)
    return "\n\n".join(pieces)


def _html(found: Sorted, pages: Mapping[int, _Page], reader: Reader) -> tuple[str, str]:
    """Sanitised, and as received; empty where no part is HTML, or one cannot be shown."""
    shown = [page.shown for page in pages.values()]
    if not shown or None in shown:
        return "", ""
    pieces, received = [], []
    for part in found.html:
        page = pages.get(id(part))
        if page is None:
            plain = plain_part(part, reader)
            piece = "<div>" + escape(plain).replace("\n", "<br>") + "</div>" if plain.strip() else ""
            page = _Page(piece, piece)
        pieces.append(page.shown or "")
        received.append(page.received)
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
