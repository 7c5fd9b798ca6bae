"""The index on disk, so that a start need not build it: kept whole under a name of its own, or not at all.

Each process works in a folder of its own, which nobody opens again after it. What it keeps are links to the files of
one committed state (Tantivy never writes into a file again) with a list of their checksums, under a name that appears
when all is there. Whatever breaks off leaves a folder that the next start removes.
"""

import hashlib
import importlib
import logging
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from knowledge import markdown, text, words
from knowledge.index import document, engine, shelf
from knowledge.index.files import File, Lock, link, measured, remove, sync, write
from knowledge.index.holding import Held, Holding
from knowledge.index.shelf import shelf_named
from knowledge.rendering import parsing

_LIST = "manifest.json"
_HELD = "held"
_META = "meta.json"
_LISTED = "vectors.json"
_VECTORS = "vectors"
_LOCK = "in-use"
_BUILDING = "building"
_TRIES = 20

log = logging.getLogger(__name__)


class Manifest(msgspec.Struct, frozen=True):
    """Every file of a kept index but the manifest itself."""

    files: dict[str, File]


class _Vectors(msgspec.Struct, frozen=True):
    """Where the vectors of a shelf by a model are."""

    shelf: str
    model: str
    folder: str


class Damaged(Exception):
    """A kept index that is not what was kept."""


@dataclass(frozen=True, slots=True)
class _Work:
    """The folder of one process."""

    path: Path
    lock: Lock | None

    def end(self) -> None:
        remove(self.path)
        if self.lock is not None:
            self.lock.release()


def fingerprint() -> str:
    """Of all that makes entries of articles: when it is another, what is on disk is of no use."""
    made = hashlib.blake2b(version("tantivy").encode(), digest_size=8)
    for module in (document, engine, markdown, parsing, shelf, text, words):
        made.update(Path(str(module.__file__)).read_bytes())
    return made.hexdigest()


class IndexStore:
    """The folder of one installation's index on this machine; any number of processes may use it at once."""

    def __init__(self, folder: Path, mark: str | None = None) -> None:
        self._folder = folder
        self._name = f"kept-{mark or fingerprint()}"
        self._work: _Work | None = None
        self._building: Lock | None = None
        self._known: dict[str, File] = {}
        self._rows: dict[int, str] = {}
        self._number = 0

    def open(self) -> Holding:
        """What was kept last and is whole, else an empty index; in a new folder of this process's own. Raises OSError."""
        work = self._begin()
        self._sweep()
        for kept in self._kept():
            try:
                return self._taken(kept, work)
            except FileNotFoundError:
                log.info("the search index %s is being replaced by a newer one", kept.name)
            except (Damaged, OSError, ValueError) as error:
                log.warning("the search index %s is damaged, it is built anew: %s", kept.name, error)
                remove(kept)
            work = self._begin()
        return Holding(work)

    def empty(self) -> Holding:
        """An empty index in a new folder of this process's own. Raises OSError."""
        return Holding(self._begin())

    def others_build(self) -> bool:
        """Whether another process of this machine is building, which costs minutes; else it is this one's turn."""
        if self._building is None:
            self._building = Lock.take(self._folder / _BUILDING)
        return self._building is None

    def built(self) -> None:
        """Let the others build."""
        if self._building is not None:
            self._building.release()
            self._building = None

    def has_any(self) -> bool:
        """Whether anything is kept."""
        return bool(self._kept())

    def has_newer(self) -> bool:
        """Whether another process has kept something since this one opened or kept its index."""
        return any(_number(kept) > self._number for kept in self._kept())

    def keep(self, holding: Holding) -> None:
        """Put the committed state where the next start finds it, and remove what was kept before. Raises OSError."""
        if holding.folder is None:
            raise ValueError("an index in memory cannot be kept on disk")
        aside = Path(tempfile.mkdtemp(prefix="keep-", dir=holding.folder))
        files: dict[str, File] = {}
        for room in holding.rooms:
            for path in _linked(holding.folder / room, aside / room):
                name = f"{room}/{path.name}"
                known = None if path.name == _META else self._known.get(name)
                files[name] = known or measured(path)
        write(aside / _HELD, msgspec.msgpack.encode(holding.held))
        files[_HELD] = measured(aside / _HELD)
        rows = self._save_vectors(holding, aside, files)
        write(aside / _LIST, msgspec.json.encode(Manifest(files)))
        before = self._kept()
        self._appear(aside, before)
        self._known, self._rows = files, rows
        for old in before:
            remove(old)

    def _save_vectors(self, holding: Holding, aside: Path, files: dict[str, File]) -> dict[int, str]:
        """Those of each shelf and model; what has not changed since it was kept is linked, as it may be large."""
        listed: list[_Vectors] = []
        rows: dict[int, str] = {}
        for number, ((on, model), held) in enumerate(sorted(holding.nearest.items(), key=str)):
            name = f"{_VECTORS}/{number}"
            known = self._rows.get(id(held.rows))
            saved = self._folder / f"{self._name}-{self._number}" / known if known is not None else None
            _nearest().save(held, aside / name, saved)
            rows[id(held.rows)] = name
            listed.append(_Vectors(on.name, model, name))
        write(aside / _LISTED, msgspec.json.encode(listed))
        added = [path for path in (aside / _VECTORS).rglob("*") if path.is_file()]
        for path in (*added, aside / _LISTED):
            files[str(path.relative_to(aside))] = measured(path)
        return rows

    def close(self) -> None:
        """Remove this process's folder."""
        self.built()
        if self._work is not None:
            self._work.end()
            self._work = None

    def _begin(self) -> Path:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(prefix="work-", dir=self._folder))
        self._work = _Work(path, Lock.take(path / _LOCK))
        return path

    def _sweep(self) -> None:
        """Remove what processes left that are no more, and what other versions kept."""
        for left in self._folder.glob("work-*"):
            with suppress(OSError):
                lock = Lock.take(left / _LOCK)
                if lock is not None:
                    _Work(left, lock).end()
        for other in self._folder.glob("kept-*"):
            if not other.name.startswith(f"{self._name}-"):
                remove(other)

    def _kept(self) -> list[Path]:
        """What was kept, the newest first."""
        return sorted(self._folder.glob(f"{self._name}-*"), key=_number, reverse=True)

    def _taken(self, kept: Path, work: Path) -> Holding:
        """A copy of it to work in, made of links, once every file is what was kept."""
        try:
            listed = msgspec.json.decode((kept / _LIST).read_bytes(), type=Manifest)
            for name, file in listed.files.items():
                target = work / name
                target.parent.mkdir(parents=True, exist_ok=True)
                link(kept / name, target)
                if measured(target) != file:
                    raise Damaged(f"{name} is not what was kept")
        except FileNotFoundError as error:
            if kept.exists():
                raise Damaged(f"{error.filename} is missing") from error
            raise
        held = msgspec.msgpack.decode((work / _HELD).read_bytes(), type=Held)
        vectors = msgspec.json.decode((work / _LISTED).read_bytes(), type=list[_Vectors])
        nearest = {
            (shelf_named(each.shelf), each.model): _nearest().load(work / each.folder) for each in vectors
        }
        self._known, self._number = listed.files, _number(kept)
        self._rows = {id(one.rows): each.folder for one, each in zip(nearest.values(), vectors, strict=True)}
        return Holding(work, held, nearest)

    def _appear(self, aside: Path, before: list[Path]) -> None:
        """Under the next number; another process may take it at the same moment."""
        number = _number(before[0]) + 1 if before else 1
        while True:
            target = self._folder / f"{self._name}-{number}"
            try:
                aside.rename(target)
            except OSError:
                if not target.exists():
                    raise
                number += 1
            else:
                break
        sync(self._folder)
        self._number = number


def _nearest() -> Any:
    """Imported where there are vectors: numpy takes a tenth of a second."""
    return importlib.import_module("knowledge.index.nearest")


def _number(kept: Path) -> int:
    number = kept.name.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


class _Segment(msgspec.Struct):
    segment_id: str


class _Meta(msgspec.Struct):
    """What we read of the list that Tantivy keeps of what is committed."""

    segments: tuple[_Segment, ...]


def _linked(source: Path, target: Path) -> list[Path]:
    """Links to the files of one committed state. Raises OSError."""
    for _ in range(_TRIES):
        remove(target)
        target.mkdir()
        with suppress(FileNotFoundError):  # merging has just ended and taken files away: once more
            meta = (source / _META).read_bytes()
            write(target / _META, meta)
            of_state = _belongs(meta)
            for path in source.iterdir():
                if of_state(path.name):
                    link(path, target / path.name)
            if (source / _META).read_bytes() == meta:
                return list(target.iterdir())
    raise OSError(f"{source} does not come to rest")


def _belongs(meta: bytes) -> Callable[[str], bool]:
    segments = {each.segment_id.replace("-", "") for each in msgspec.json.decode(meta, type=_Meta).segments}
    return lambda name: name.partition(".")[0] in segments
