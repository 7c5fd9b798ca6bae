"""Which model made a vector: a hash of its files and of how it is used."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_CHARACTERS = 32


def fingerprint(name: str, *parts: str | bytes | Path) -> str:
    """``name`` and a hash of texts and files' contents, in this order; at most 64 characters."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"\0")
        for piece in _pieces(part):
            whole.update(piece)
    return f"{name}-{whole.hexdigest()[:_CHARACTERS]}"


def _pieces(part: str | bytes | Path) -> Iterable[bytes]:
    if isinstance(part, Path):
        with part.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece
    else:
        yield part.encode() if isinstance(part, str) else part
