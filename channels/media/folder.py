"""Attachments as files of a folder, which may be one that several machines share."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from channels.media.store import Opened, missing, step_to
from core.errors import Unavailable
from core.ids import MediaId
from core.tasks import Workers

_DRAFT = ".part"
_PIECE_BYTES = 256 * 1024


class FolderStore:
    """Files in folders of two letters, readable by our own user only; all work is done by ``workers``."""

    def __init__(self, folder: Path, workers: Workers) -> None:
        self._folder = folder
        self._workers = workers

    def __str__(self) -> str:
        return f"the folder {self._folder}"

    async def begin(self, media: MediaId) -> "FolderDraft":
        draft = await self._workers.run(_Draft, self._place(media))
        return FolderDraft(draft, self._workers)

    async def put(self, media: MediaId, content: bytes) -> None:
        await self._workers.run(_put, self._place(media), content)

    async def open(self, media: MediaId, part: tuple[int, int] | None = None) -> Opened:
        place = self._place(media)
        size = await self._workers.run(_size, place)
        start, end = part or (0, size)
        return Opened(size, self._pieces(place, start, min(end, size)))

    async def path(self, media: MediaId) -> Path | None:
        place = self._place(media)
        await self._workers.run(_size, place)
        return place

    async def delete(self, media: MediaId) -> None:
        await self._workers.run(_delete, self._place(media))

    async def _pieces(self, place: Path, start: int, end: int) -> AsyncIterator[bytes]:
        for at in range(start, end, _PIECE_BYTES):
            yield await self._workers.run(_piece, place, at, min(_PIECE_BYTES, end - at))

    def _place(self, media: MediaId) -> Path:
        return self._folder / step_to(media)


class FolderDraft:
    """A draft whose work is done by other threads."""

    def __init__(self, draft: "_Draft", workers: Workers) -> None:
        self._draft = draft
        self._workers = workers

    async def write(self, piece: bytes) -> None:
        await self._workers.run(self._draft.write, piece)

    async def keep(self) -> None:
        await self._workers.run(self._draft.keep)

    async def drop(self) -> None:
        await self._workers.run(self._draft.drop)


class _Draft:
    """Written beside its place and renamed into it, so that half a file is never found."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._draft = place.with_suffix(_DRAFT)
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: BinaryIO = self._draft.open("wb")
        except OSError as error:
            raise _refused(error) from error

    def write(self, piece: bytes) -> None:
        try:
            self._file.write(piece)
        except OSError as error:
            raise _refused(error) from error

    def keep(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.rename(self._place)
            _keep_names(self._place.parent)
        except OSError as error:
            raise _refused(error) from error

    def drop(self) -> None:
        try:
            self._file.close()
        except OSError:
            # What could not be written is not wanted either.
            pass
        finally:
            self._draft.unlink(missing_ok=True)


def _put(place: Path, content: bytes) -> None:
    draft = _Draft(place)
    try:
        draft.write(content)
        draft.keep()
    finally:
        draft.drop()


def _keep_names(folder: Path) -> None:
    """A file's name is in its folder, which is on disk only when that is told to be."""
    known = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(known)
    finally:
        os.close(known)


def _size(place: Path) -> int:
    try:
        if not place.is_file():
            raise missing()
        return place.stat().st_size
    except FileNotFoundError:
        raise missing() from None
    except OSError as error:
        raise _unread(error) from error


def _piece(place: Path, at: int, length: int) -> bytes:
    try:
        with place.open("rb") as file:
            file.seek(at)
            return file.read(length)
    except OSError as error:
        raise _unread(error) from error


def _delete(place: Path) -> None:
    try:
        place.unlink(missing_ok=True)
        place.with_suffix(_DRAFT).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"the attachment cannot be deleted: {error.strerror}") from error


def _refused(error: OSError) -> Unavailable:
    return Unavailable(f"the attachment cannot be stored: {error.strerror}")


def _unread(error: OSError) -> Unavailable:
    return Unavailable(f"the attachment cannot be read: {error.strerror}")
