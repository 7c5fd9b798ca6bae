"""Remembers by a hash of the inputs what has been made already, so that a second run has nothing to do."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def fingerprint(*parts: str | Path) -> str:
    """Hash of texts and of files' contents, in this order; a file that is not there counts as empty."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else _content(part)
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def tree_fingerprint(folder: Path, without: frozenset[str]) -> str:
    """Hash of every file's name and content below a folder, leaving out folders of the given names."""
    parts: list[str | Path] = []
    for path in sorted(_files(folder, without)):
        parts += [str(path.relative_to(folder)), path]
    return fingerprint(*parts)


def is_current(stamp: Path, value: str) -> bool:
    return _content(stamp) == value.encode()


def write_stamp(stamp: Path, value: str) -> None:
    """Written last of all, so that work cut short is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _files(folder: Path, without: frozenset[str]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in without]
        yield from (Path(parent) / name for name in files)
