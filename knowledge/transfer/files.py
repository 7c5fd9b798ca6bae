"""Opens what is imported: a folder, a zip archive or one file, as names and bytes, within limits.

Bytes are read when they are asked for. An archive may claim anything: sizes are counted as it is unpacked, names that
lead outside are refused.
"""

import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from core.errors import Invalid
from knowledge.transfer.settings import TransferSettings

Files = Mapping[str, bytes]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NAME_CHARACTERS, _SHOWN = 1_000, 100
_PIECE = 1 << 16
_ZIP = b"PK\x03\x04"
_OURS_TO_SKIP = frozenset({"__MACOSX", ".git", ".DS_Store", "Thumbs.db"})
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
)
"""What reading an archive raises that is none, or is broken, or asks for a password."""


def read_path(path: Path, settings: TransferSettings) -> Files:
    """A folder, a zip archive or one file. Raises Invalid, which names the file; so does each look at what is in it."""
    try:
        if path.is_dir():
            return _Within({name: _reader(found) for name, found in _of_folder(path)}, settings)
        with path.open("rb") as opened:
            packed = opened.read(len(_ZIP)) == _ZIP
        if path.stat().st_size > (settings.packed_bytes if packed else settings.file_bytes):
            most = settings.packed_bytes if packed else settings.file_bytes
            raise Invalid(path.name, f"at most {most} bytes, not {path.stat().st_size}")
    except OSError as error:
        raise Invalid(str(path), f"a folder, a zip archive or a file ({error.strerror})") from None
    if packed:
        return _Within(_without_top(dict(_of_zip(path))), settings)
    return _Within({path.name: _reader(path)}, settings)


Read = Callable[[int], bytes]
"""At most so many bytes; one more than are allowed, where there are more."""


class _Within(Mapping[str, bytes]):
    """Counts what is read, which is each file once."""

    def __init__(self, readers: Mapping[str, Read], settings: TransferSettings) -> None:
        if len(readers) > settings.files:
            raise Invalid("import", f"at most {settings.files} files, not {len(readers)}")
        self._readers = readers
        self._settings = settings
        self._room = settings.bytes

    def __getitem__(self, name: str) -> bytes:
        most = self._settings.file_bytes
        try:
            data = self._readers[name](most + 1)
        except _BROKEN as error:
            raise Invalid(name, f"a file that can be read ({error})") from None
        if len(data) > most:
            raise Invalid(name, f"at most {most} bytes")
        self._room -= len(data)
        if self._room < 0:
            raise Invalid(name, f"at most {self._settings.bytes} bytes in all")
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)

    def __contains__(self, name: object) -> bool:
        return name in self._readers


def _of_folder(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        # A link could lead anywhere.
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and _counts(name):
            yield _inside(name), path


def _reader(path: Path) -> Read:
    def read(most: int) -> bytes:
        with path.open("rb") as opened:
            return opened.read(most)

    return read


def _of_zip(path: Path) -> Iterator[tuple[str, Read]]:
    seen: set[str] = set()
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise Invalid(path.name, f"a zip archive that can be read ({error})") from None
    for info in sorted(archive.infolist(), key=lambda each: each.filename):
        name = _inside(info.filename)
        if info.is_dir() or not _counts(name):
            continue
        if name in seen:
            raise Invalid(name, "a name that no other file in the archive has")
        if info.compress_type not in _PACKED_AS:
            raise Invalid(name, "a file that is packed by deflate, or not packed")
        seen.add(name)
        yield name, _unpacker(archive, info)


def _unpacker(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Read:
    def unpacked(most: int) -> bytes:
        whole = bytearray()
        with archive.open(info) as packed:
            while len(whole) < most and (piece := packed.read(min(_PIECE, most - len(whole)))):
                whole += piece
        return bytes(whole)

    return unpacked


def _counts(name: str) -> bool:
    return not _OURS_TO_SKIP.intersection(PurePosixPath(name).parts)


def _inside(name: str) -> str:
    if len(name) > _NAME_CHARACTERS:
        raise Invalid(f"{name[:_SHOWN]!a}…", f"a name of at most {_NAME_CHARACTERS} characters")
    if _CONTROL.search(name):
        raise Invalid(ascii(name), "a name without control characters")
    # Some systems write é as two characters, and links to it as one.
    path = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        raise Invalid(name, "a name inside the archive")
    return path.as_posix()


def _without_top(files: Mapping[str, Read]) -> Mapping[str, Read]:
    """Archives often hold one folder with everything in it."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        return files
    (top,) = tops
    inner = {name.removeprefix(f"{top}/"): data for name, data in files.items()}
    # A folder named as a language is one that counts.
    return files if len(top) <= len("zh-hant") and all("/" not in name for name in inner) else inner
