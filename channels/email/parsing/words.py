"""Encoded words (RFC 2047) in header values, as they really come: broken in two, unescaped, unended."""

import binascii
import re
from typing import Final

from channels.email.parsing.charsets import decode, known

_WORD: Final = re.compile(
    r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,40})?\?(?:[bB]\?([^?]*)|[qQ]\?(.{0,1000}?))(?:\?=|\Z)", re.DOTALL
)
_GAP: Final = re.compile(r"\s*\Z")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """One line: no control characters, nothing that turns the direction of writing, single spaces at folds."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text)).strip()


def decoded(value: str) -> str:
    """A header value in words, on one line."""
    return clean(_decoded(value) if "=?" in value else value)


def _decoded(value: str) -> str:
    """Neighbouring words of one charset are joined as bytes: many a client cuts characters in two."""
    done: list[str] = []
    waiting: list[bytes] = []
    charset, end = "", 0
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        glued = bool(end) and _GAP.match(between) is not None
        name = word[1].lower()
        if waiting and not (glued and name == charset):
            done.append(_text(waiting, charset))
            waiting = []
        if not glued:
            done.append(between)
        waiting.append(_bytes(word))
        charset, end = name, word.end()
    if waiting:
        done.append(_text(waiting, charset))
    done.append(value[end:])
    return "".join(done)


def _text(waiting: list[bytes], charset: str) -> str:
    if (known(charset) or "").startswith("iso2022") and len(waiting) > 1:
        # Each word begins in ASCII again, whether the one before it had switched back or not.
        return "".join(decode(each, charset)[0] for each in waiting)
    return decode(b"".join(waiting), charset)[0]


def _bytes(word: re.Match[str]) -> bytes:
    if word[2] is not None:
        return _base64(word[2])
    raw = word[3].replace("_", " ").encode("utf-8", "replace")
    return binascii.a2b_qp(raw, header=True)


def _base64(text: str) -> bytes:
    raw = re.sub(rb"[^A-Za-z0-9+/]", b"", text.encode("ascii", "replace"))
    if len(raw) % 4 == 1:
        raw = raw[:-1]
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
