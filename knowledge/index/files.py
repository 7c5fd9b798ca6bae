"""Small acts on files that keeping an index rests on: links, checksums, writes that last, locks that end with a process."""

import fcntl
import os
import shutil
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec

_BYTES_AT_ONCE = 1 << 20


class File(msgspec.Struct, frozen=True):
    """How large a file is, and its CRC-32."""

    size: int
    checksum: int


def measured(path: Path) -> File:
    size = checksum = 0
    with path.open("rb") as file:
        while some := file.read(_BYTES_AT_ONCE):
            size += len(some)
            checksum = zlib.crc32(some, checksum)
    return File(size, checksum)


def link(source: Path, target: Path) -> None:
    """A hard link; a copy where the file system has none. Raises FileNotFoundError."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def write(path: Path, data: bytes) -> None:
    """On disk when it returns."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """What was renamed in it is on disk when it returns."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def remove(folder: Path) -> None:
    """With all that is in it, as far as it goes."""
    shutil.rmtree(folder, ignore_errors=True)


class Lock:
    """Held by one process at a time, until it is released or the process is no more."""

    def __init__(self, opened: int) -> None:
        self._opened = opened

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """None where another has it."""
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with suppress(OSError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return cls(opened)
        os.close(opened)
        return None

    def release(self) -> None:
        os.close(self._opened)
