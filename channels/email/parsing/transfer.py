"""Content-Transfer-Encodings undone, with whatever went wrong in them passed over."""

import binascii
import re
from typing import Final

_FOREIGN: Final = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_UUENCODE: Final = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r*\n", re.MULTILINE)
_PIECES = 1_000
_PLAIN: Final = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"})


def undo(body: bytes, encoding: str) -> tuple[bytes, bool]:
    """The bytes, and whether they had to be repaired."""
    encoding = encoding.partition(";")[0].strip(" \t\"'").lower()
    if encoding == "base64":
        return from_base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), False
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _from_uuencode(body)
    return body, encoding not in _PLAIN


def from_base64(body: bytes) -> tuple[bytes, bool]:
    """What is not of the alphabet is passed over; several ends in one body are several pieces."""
    letters = body.translate(None, _FOREIGN)
    whole = letters.rstrip(b"=")
    if b"=" not in whole:
        return _piece(whole)
    pieces = [_piece(each)[0] for each in re.split(rb"=+", whole, maxsplit=_PIECES)[:_PIECES] if each]
    return b"".join(pieces), True


def _piece(letters: bytes) -> tuple[bytes, bool]:
    left = len(letters) % 4
    if left == 1:
        return binascii.a2b_base64(letters[:-1]), True
    return binascii.a2b_base64(letters + b"=" * (-left % 4)), False


def _from_uuencode(body: bytes) -> tuple[bytes, bool]:
    begin = _UUENCODE.search(body)
    if begin is None:
        return body, True
    done: list[bytes] = []
    for line in body[begin.end() :].split(b"\n"):
        stripped = line.rstrip(b"\r")
        if stripped in {b"end", b"`", b""}:
            break
        try:
            done.append(binascii.a2b_uu(stripped))
        except binascii.Error:
            # Some encoders write more than the length at the line's begin says; take what it says.
            length = (((stripped[0] - 32) & 63) * 4 + 5) // 3
            try:
                done.append(binascii.a2b_uu(stripped[: length + 1]))
            except binascii.Error:
                return b"".join(done), True
    return b"".join(done), False
