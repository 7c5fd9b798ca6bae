"""Images that carry nothing but what they show, as those that we made: such a one need not be made anew at a loss."""

import hashlib
import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image

from core.errors import Invalid
from knowledge.writing.picture import BROKEN, Picture, checked
from knowledge.writing.settings import ImageSettings

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_WEBP_PARTS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_JFIF = b"JFIF\0"
_JFIF_BYTES = 14
_MARK, _START, _APP0, _SCAN, _END = 0xFF, 0xD8, 0xE0, 0xDA, 0xD9
_RESTARTS = range(0xD0, 0xD8)
_JPEG_PARTS = frozenset({_APP0, 0xC0, 0xC1, 0xC2, 0xC4, _SCAN, 0xDB, 0xDD})
"""Frames, tables, restarts and scans."""


def as_it_is(data: bytes, settings: ImageSettings) -> Picture | None:
    """The picture with these very bytes; None for one that is too large, broken, moves as a GIF or carries anything along."""
    try:
        kind = _bare_kind(data)
        if kind is None:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data), formats=[kind])
        checked(image, getattr(image, "n_frames", 1), settings)
        if max(image.size) > settings.side:
            return None
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            image.load()
    except (Invalid, *BROKEN, Warning, Image.DecompressionBombError, struct.error):
        return None
    return Picture(f"image/{kind.lower()}", *image.size, data, hashlib.sha256(data).hexdigest())


def _bare_kind(data: bytes) -> str | None:
    if data.startswith(_PNG):
        return "PNG" if all(each in _PNG_PARTS for each in _of_png(data)) else None
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP" if all(each in _WEBP_PARTS for each in _of_webp(data)) else None
    if data[:2] == bytes((_MARK, _START)):
        return "JPEG" if all(each in _JPEG_PARTS for each in _of_jpeg(data)) else None
    return None


def _of_png(data: bytes) -> Iterator[bytes]:
    """The names of its parts, and an empty one for whatever stands behind the last."""
    at, name = len(_PNG), b""
    while at < len(data) and name != b"IEND":
        size, name = struct.unpack_from(">I4s", data, at)
        yield name if size == 0 or name != b"IEND" else b""
        at += size + 12
    if at != len(data):
        yield b""


def _of_webp(data: bytes) -> Iterator[bytes]:
    if struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        yield b""
    at = 12
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        yield name
        if name == b"ANMF":
            yield from _within_frame(data[at + 8 + 16 : at + 8 + size])
        at += 8 + size + size % 2


def _within_frame(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        yield name
        at += 8 + size + size % 2


def _of_jpeg(data: bytes) -> Iterator[int]:
    """The markers of its parts; ``_START``, which no part has, where anything is where it should not be."""
    at = 2
    while at + 4 <= len(data):
        fill, marker, size = struct.unpack_from(">BBH", data, at)
        plain = marker == _APP0 and (size != _JFIF_BYTES + 2 or data[at + 4 : at + 9] != _JFIF)
        yield _START if fill != _MARK or plain else marker
        at += 2 + size
        if marker == _SCAN:
            at = _after_scan(data, at)
    if data[at:] != bytes((_MARK, _END)):
        yield _START


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker is that is no restart, and no stuffed byte."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1] if at + 1 < len(data) else 0
        if following and following not in _RESTARTS:
            return at
        at += 2
    return len(data)
