"""Where the bytes of attachments lie: a small Protocol, and a folder that fulfils it."""

import os
from pathlib import Path
from typing import BinaryIO, Protocol

from core.errors import NotFound, Unavailable
from core.ids import MediaId

_DRAFT = ".part"


class Draft(Protocol):
    """A file that is being written and does not count yet."""

    def write(self, piece: bytes) -> None: ...

    def keep(self) -> None:
        """It is complete and on disk from here on."""
        ...

    def drop(self) -> None:
        """It never was; dropping what was kept does nothing."""
        ...


class MediaStore(Protocol):
    """Bytes by id. Its methods may take a while: call them from a worker thread."""

    def begin(self, media: MediaId) -> Draft: ...

    def path(self, media: MediaId) -> Path:
        """Where to serve it from. Raises NotFound."""
        ...

    def delete(self, media: MediaId) -> None:
        """Also what was only begun; deleting what is not there does nothing."""
        ...


class FolderStore:
    """Files in folders of two letters, readable by our own user only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, media: MediaId) -> "FileDraft":
        """Raises Unavailable when the disk does not take it."""
        return FileDraft(self._place(media))

    def path(self, media: MediaId) -> Path:
        place = self._place(media)
        if not place.is_file():
            raise NotFound("there is no such file")
        return place

    def delete(self, media: MediaId) -> None:
        place = self._place(media)
        place.unlink(missing_ok=True)
        place.with_suffix(_DRAFT).unlink(missing_ok=True)

    def _place(self, media: MediaId) -> Path:
        if not media.isalnum():
            raise NotFound("there is no such file")
        return self._folder / media[-2:] / media


class FileDraft:
    """Written beside its place and renamed into it, so that half a file is never found."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._draft = place.with_suffix(_DRAFT)
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: BinaryIO = self._draft.open("wb")
        except OSError as error:
            raise Unavailable(f"the attachment cannot be stored: {error.strerror}") from error

    def write(self, piece: bytes) -> None:
        try:
            self._file.write(piece)
        except OSError as error:
            raise Unavailable(f"the attachment cannot be stored: {error.strerror}") from error

    def keep(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.rename(self._place)

    def drop(self) -> None:
        self._file.close()
        self._draft.unlink(missing_ok=True)
