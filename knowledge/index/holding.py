"""What a process holds of the index: an engine for each language and audience, and which state of which article is in it."""

import importlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.index.document import Prepared
from knowledge.index.engine import Engine
from knowledge.index.shelf import Shelf, language_in
from knowledge.index.snapshot import Snapshot

if TYPE_CHECKING:
    from knowledge.index.nearest import Nearest, Vectors

Held = dict[str, dict[int, int]]
"""By room and place the state of what is there."""
HeldVectors = dict[tuple[Shelf, str], "Nearest"]
"""By shelf and fingerprint of the model that made them."""


@dataclass(frozen=True)
class Read:
    """An article's vectors by the model of this fingerprint."""

    shelf: Shelf
    model: str
    place: int
    vectors: "Vectors"


class Holding:
    """Changed by one thread at a time; ``folder`` None: in memory. A folder has one for each room."""

    def __init__(
        self, folder: Path | None = None, held: Held | None = None, nearest: HeldVectors | None = None
    ) -> None:
        self.folder = folder
        self.held: Held = held or {}
        self.nearest: HeldVectors = nearest or {}
        self._vectors: list[Read] = []
        self._engines = {room: self._engine(room) for room in self.held}
        self._staged: Held = {}
        self._gone: dict[str, set[int]] = {}

    def delete(self, room: str, places: Iterable[int]) -> None:
        """From the next commit on, nothing is at these places that was there before."""
        for place in places:
            self._gone.setdefault(room, set()).add(place)
            self._of(room).delete(place)

    def add(self, documents: Iterable[Prepared]) -> None:
        """From the next commit on, they are there. Raises ValueError when the index cannot be written."""
        for prepared in documents:
            room = prepared.shelf.room
            self._staged.setdefault(room, {})[prepared.place] = prepared.state
            self._of(room).add(prepared)

    def read(self, vectors: Iterable["Read"]) -> None:
        """From the next commit on, these articles have these vectors."""
        self._vectors.extend(vectors)

    def commit(self) -> None:
        """All of it, one room after the other. Raises ValueError: then some rooms may have it."""
        for room in sorted({*self._gone, *self._staged}):
            self._engines[room].commit()
            states = self.held.setdefault(room, {})
            gone, staged = self._gone.pop(room, set()), self._staged.pop(room, {})
            for place in gone:
                states.pop(place, None)
            states.update(staged)
            self._forget_vectors(room, {*gone, *staged})
        self._take_vectors()

    def _forget_vectors(self, room: str, places: Collection[int]) -> None:
        for key in [key for key in self.nearest if key[0].room == room]:
            self.nearest[key] = self.nearest[key].with_changes({}, places)

    def _take_vectors(self) -> None:
        """A shelf's vectors by a model are one thing, replaced whole: questions may be at it."""
        by_key: dict[tuple[Shelf, str], dict[int, Vectors]] = {}
        for each in self._vectors:
            by_key.setdefault((each.shelf, each.model), {})[each.place] = each.vectors
        self._vectors = []
        if by_key:
            nearest = importlib.import_module("knowledge.index.nearest")
            for key, changed in by_key.items():
                before = self.nearest.get(key) or nearest.Nearest(nearest.no_rows())
                self.nearest[key] = before.with_changes(changed, ())

    def without_vectors(self, language: str, model: str) -> list[int]:
        """The places that have none by this model."""
        there = [
            nearest.places
            for (shelf, by), nearest in self.nearest.items()
            if (shelf.language, by) == (language, model)
        ]
        all_places = (self.held[room] for room in self.rooms_of(language))
        return list(set[int]().union(*all_places).difference(*there))

    def documents(self, language: str, places: Sequence[int]) -> list[Prepared]:
        """What is at these places."""
        snapshot = self.snapshot()
        found = snapshot.read(places, self.rooms_of(language))
        return [snapshot.whole(each) for each in found.values()]

    def rollback(self) -> None:
        """Forget what is not committed."""
        for room in {*self._gone, *self._staged}:
            self._engines[room].rollback()
        self._gone, self._staged, self._vectors = {}, {}, []

    def settle(self) -> None:
        """Wait until what was committed lies together, after much was added."""
        for engine in self._engines.values():
            engine.settle()

    def snapshot(self) -> Snapshot:
        return Snapshot({room: engine.searcher() for room, engine in self._engines.items()})

    @property
    def rooms(self) -> list[str]:
        return sorted(self._engines)

    @property
    def languages(self) -> list[str]:
        return sorted({language_in(room) for room in self._engines})

    def rooms_of(self, language: str) -> list[str]:
        return [room for room in self.held if language_in(room) == language]

    def _of(self, room: str) -> Engine:
        if room not in self._engines:
            self._engines[room] = self._engine(room)
        return self._engines[room]

    def _engine(self, room: str) -> Engine:
        if self.folder is None:
            return Engine()
        own = self.folder / room
        own.mkdir(exist_ok=True)
        return Engine(own)
