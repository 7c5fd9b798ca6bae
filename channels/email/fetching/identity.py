"""By what one mail is known again, whichever way it comes a second time; read from its bytes without parsing it."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header

_HEADER_BYTES = 256 * 1024
"""Further in, nothing is looked for."""
_NAMED = (b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to")
_END = re.compile(rb"\r?\n\r?\n")
_LINE = re.compile(rb"\r\n|\n|\r")
_ID_CHARACTERS = 250
_SHOWN_CHARACTERS = 200
_DECODED_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Identity:
    """``message_id`` without angle brackets, empty where the mail has none; ``digest`` in hexadecimal."""

    message_id: str
    digest: str


def identify(raw: bytes, size: int | None = None) -> Identity:
    """Over who, to whom, what about, when, and the body.

    Trace headers are left out: they differ between two deliveries of one mail. ``size`` stands for a body that was
    not fetched.
    """
    found = _END.search(raw, 0, _HEADER_BYTES)
    ends = found.start() if found else min(len(raw), _HEADER_BYTES)
    headers = dict(_fields(raw[:ends]))
    digest = hashlib.sha256()
    for name in _NAMED:
        digest.update(name + b":" + headers.get(name, b"") + b"\n")
    digest.update(raw[found.end() if found else ends :].rstrip(b"\r\n") if size is None else b"%d" % size)
    return Identity(_bare_id(headers.get(b"message-id", b"")), digest.hexdigest())


def described(raw: bytes) -> tuple[str | None, str | None]:
    """Sender and subject for a list, as well as can be told from a mail that nobody could parse."""
    headers = dict(_fields(raw[:_HEADER_BYTES]))
    return _shown(headers.get(b"from")), _shown(headers.get(b"subject"))


def _fields(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Headers with their folding undone, the last first, so that the first of several wins in a dict."""
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in _LINE.split(block):
        if not line:
            break
        if line[:1] in b" \t":
            if fields:
                fields[-1][1].append(line)
            continue
        name, colon, value = line.partition(b":")
        if colon:
            fields.append((name.strip().lower(), [value]))
    for name, values in reversed(fields):
        yield name, b" ".join(b" ".join(values).split())


def _bare_id(value: bytes) -> str:
    text = value.decode("ascii", "replace")
    inside = re.search(r"<([^<>]*)>", text)
    bare = (inside.group(1) if inside else text).strip()
    return "".join(c for c in bare if c.isprintable())[:_ID_CHARACTERS]


def _shown(value: bytes | None) -> str | None:
    if value is None:
        return None
    text = value.decode("utf-8", "replace")[:_DECODED_CHARACTERS]
    with suppress(HeaderParseError, LookupError, ValueError):  # else it is shown as it stands
        text = str(make_header(decode_header(text)))
    return "".join(c for c in text if c.isprintable())[:_SHOWN_CHARACTERS]
