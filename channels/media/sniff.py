"""What a file is, from its first bytes: its name and what its sender claims are only checked against that."""

from core.errors import Invalid

SNIFFED_BYTES = 512

SAFE_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show in place; everything else is only ever saved."""

PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"

_OPENINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_IN_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS = {
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"), "video/mp4"),
    **dict.fromkeys((b"avc1", b"M4V ", b"dash", b"3gp4", b"3gp5"), "video/mp4"),
}
"""Files of ISO 14496-12 by their brand; those of other brands may be anything, pictures too."""
_EXTENSIONS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
}
_PROVEN = frozenset(_EXTENSIONS.values())
_REFUSED = _PROVEN | {"image/svg+xml"}
"""What a sender may say only of what is so; a script in a picture is no picture."""
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}


def content_type(head: bytes, name: str, claimed: str) -> str:
    """The type to store for a file that begins with ``head``.

    Raises Invalid ``media_type`` when it says it is an image or a PDF that we know, by type or by name, and is not that.
    Images of other kinds (a telephone's HEIC) are what their bytes say: files that are only saved.
    """
    found = sniffed(head)
    said = claimed.partition(";")[0].strip().lower()
    named = _EXTENSIONS.get(name.rpartition(".")[2].lower())
    for claim in (said, named):
        if claim is not None and claim != found and claim in _REFUSED:
            raise Invalid("file", f"content that is {claim}", code="media_type")
    return found


def sniffed(head: bytes) -> str:
    """What it is, whatever anybody says that it is."""
    for opening, media_type in _OPENINGS:
        if head.startswith(opening):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] in _IN_RIFF:
        return _IN_RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], UNKNOWN)
    return PLAIN if _reads_as_text(head) else UNKNOWN


def _reads_as_text(head: bytes) -> bool:
    if any(byte in _CONTROL for byte in head):
        return False
    try:
        # The end of the sniffed bytes may cut a character in two.
        head[: max(0, len(head) - 3)].decode()
    except UnicodeDecodeError:
        return False
    return True
