"""Where the bytes of attachments lie: a small Protocol, which a folder and a bucket fulfil."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.errors import NotFound, Unavailable
from core.ids import MediaId

_LONGEST_ID = 64
_TRIED = b"Parley was here."


class Draft(Protocol):
    """A file that is being written and does not count yet."""

    async def write(self, piece: bytes) -> None: ...

    async def keep(self) -> None:
        """It is complete and safe from here on. Raises Unavailable."""
        ...

    async def drop(self) -> None:
        """It never was; dropping what was kept does nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """``size`` is the whole file's in bytes, also where only a part is read; a piece may raise Unavailable."""

    size: int
    pieces: AsyncIterator[bytes]


class MediaStore(Protocol):
    """Bytes by id. Everything raises Unavailable where the store does not answer or does not let us."""

    async def begin(self, media: MediaId) -> Draft: ...

    async def put(self, media: MediaId, content: bytes) -> None:
        """A file whose bytes are all there; putting the same once more changes nothing."""
        ...

    async def open(self, media: MediaId, part: tuple[int, int] | None = None) -> Opened:
        """``part``: from which byte on, and before which one. Raises NotFound."""
        ...

    async def path(self, media: MediaId) -> Path | None:
        """Where it lies on this machine, None where it has to be read with ``open``. Raises NotFound."""
        ...

    async def delete(self, media: MediaId) -> None:
        """Also what was only begun; deleting what is not there does nothing."""
        ...

    def __str__(self) -> str:
        """Where it is, for a person who runs us; no secret."""
        ...


async def read_all(store: MediaStore, media: MediaId) -> bytes:
    """Raises NotFound, Unavailable."""
    opened = await store.open(media)
    return b"".join([piece async for piece in opened.pieces])


async def is_there(store: MediaStore, media: MediaId) -> bool:
    """Raises Unavailable."""
    try:
        await store.open(media, (0, 1))
    except NotFound:
        return False
    return True


async def try_out(store: MediaStore, media: MediaId) -> None:
    """Put, read and delete a file under this id, which nobody has. Raises Unavailable where one of these does not work."""
    await store.put(media, _TRIED)
    try:
        if await read_all(store, media) != _TRIED:
            raise Unavailable("what was stored comes back as something else")
    except NotFound as error:
        raise Unavailable("what was stored is not there") from error
    finally:
        await store.delete(media)


def step_to(media: MediaId) -> str:
    """The same below a folder and a bucket, so that one can be copied into the other. Raises NotFound for what is no id."""
    if not (media.isascii() and media.isalnum() and len(media) <= _LONGEST_ID):
        raise missing()
    return f"{media[-2:]}/{media}"


def missing() -> NotFound:
    return NotFound("there is no such file")
