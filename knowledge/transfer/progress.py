"""How far a process that works apart has come: a number in a file beside what it writes."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_EVERY = 100


class Progress:
    """``folder`` is where both processes look."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "progress"

    def counted(self, entries: Iterable[T]) -> Iterator[T]:
        for count, entry in enumerate(entries, 1):
            yield entry
            if count % _EVERY == 0:
                self._path.write_bytes(b"%d" % count)

    def seen(self) -> int:
        """How many there were at the last look; 0 while nobody has counted."""
        with suppress(OSError, ValueError):
            return int(self._path.read_bytes() or 0)
        return 0
