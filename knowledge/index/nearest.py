"""The vectors of one shelf's articles (``Prepared.meant``) by one model: which are nearest to what is asked.

Compared with every one while there are few; with many, faiss finds those worth comparing (an inverted file over
vectors of one byte a number), and these are compared as they are.
"""

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.index.files import link

EXACT_ROWS = 20_000
_CELLS_PROBED = 32
_ROUNDS = 8
_ROWS_A_CELL = 40
_FEWEST_STALE = 500
_STALE_SHARE = 20
_SPARE = 8
_NO_COSINE = -2.0
_SHORTEST = 1e-9

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
Places = NDArray[np.uint64]


@dataclass(frozen=True)
class Rows:
    """Vectors in the order of the places of their articles; ``coarse`` is faiss's index of many."""

    places: Places
    vectors: NDArray[Any]
    coarse: Any = None

    def of(self, place: int) -> Vectors:
        first, end = np.searchsorted(self.places, np.array([place, place + 1], np.uint64))
        found: Vectors = self.vectors[first:end].astype(np.float32)
        return found

    @cached_property
    def all_places(self) -> Places:
        """Each once."""
        return np.unique(self.places)


def no_rows() -> Rows:
    return Rows(np.zeros(0, np.uint64), np.zeros((0, 1), np.float32))


def stacked(vectors: Sequence[Vector]) -> Vectors:
    return np.stack(vectors)


def rows_of(places: Places, vectors: NDArray[Any]) -> Rows:
    """In their order, and with an index where they are many."""
    order = np.argsort(places, kind="stable")
    places, vectors = places[order], vectors[order]
    if len(places) <= EXACT_ROWS:
        return Rows(places, vectors.astype(np.float32))
    return Rows(places, vectors.astype(np.float16), _coarse(places, vectors))


def _faiss() -> Any:
    """Only where there are many vectors: it takes a sixth of a second to import. One thread a question."""
    faiss = importlib.import_module("faiss")
    faiss.omp_set_num_threads(1)
    return faiss


def _coarse(places: Places, vectors: NDArray[Any]) -> Any:
    faiss = _faiss()
    count, size = vectors.shape
    cells = int(2 * count**0.5)
    kind = faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(size), size, cells, kind, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter = _ROUNDS
    index.nprobe = _CELLS_PROBED
    index.train(vectors[:: max(1, count // (cells * _ROWS_A_CELL))].astype(np.float32))
    for start in range(0, count, EXACT_ROWS):
        some = slice(start, start + EXACT_ROWS)
        index.add_with_ids(vectors[some].astype(np.float32), places[some].view(np.int64))
    return index


class Nearest:
    """Never changes once made; safe for any number of threads. ``changed`` and ``gone`` take the place of rows."""

    def __init__(
        self, rows: Rows, changed: Mapping[int, Vectors] | None = None, gone: frozenset[int] = frozenset()
    ) -> None:
        self.rows = rows
        self.changed = dict(changed or {})
        self.gone = gone
        self._stale = np.array(sorted({*self.gone, *self.changed}), np.uint64)
        self._owners = np.array([place for place, some in self.changed.items() for _ in some], np.uint64)
        self._late = np.concatenate(list(self.changed.values())) if self.changed else None

    def with_changes(self, changed: Mapping[int, Vectors], gone: Iterable[int]) -> "Nearest":
        """With these vectors for these articles, and none for those that are gone."""
        gone = frozenset(gone)
        late = {place: some for place, some in self.changed.items() if place not in gone}
        new = Nearest(self.rows, {**late, **changed}, (self.gone | gone) - changed.keys())
        limit = max(_FEWEST_STALE, len(self.rows.places) // _STALE_SHARE)
        return new.together() if len(new.changed) + len(new.gone) > limit else new

    def together(self) -> "Nearest":
        """The same, with nothing beside its rows."""
        if not len(self._stale):
            return self
        alive = ~np.isin(self.rows.places, self._stale)
        vectors = self.rows.vectors[alive]
        if self._late is None:
            return Nearest(rows_of(self.rows.places[alive], vectors))
        if not len(vectors):
            return Nearest(rows_of(self._owners, self._late))
        places = np.concatenate([self.rows.places[alive], self._owners])
        return Nearest(rows_of(places, np.concatenate([vectors, self._late.astype(vectors.dtype)])))

    @property
    def places(self) -> set[int]:
        """The articles that have vectors here."""
        known = {int(place) for place in self.rows.all_places}
        return (known - self.gone) | set(self.changed)

    def best(self, asked: Vector, count: int) -> dict[int, float]:
        """The ``count`` nearest articles, and about how near they are."""
        best: dict[int, float] = {}
        for places, cosines in (self._of_rows(asked, count), self._of_late(asked)):
            for place, cosine in zip(places.tolist(), cosines.tolist(), strict=True):
                if cosine > best.get(place, -1.0):
                    best[place] = cosine
        return {place: best[place] for place in sorted(best, key=lambda place: -best[place])[:count]}

    def cosine(self, asked: Vector, place: int) -> float | None:
        """The mean of that of its closest vector and that of the middle of them all; None where it has none.

        The closest alone takes an article for near that has one text like it by chance, the middle alone forgets
        what the article was asked to the letter.
        """
        some = None if place in self.gone else self.changed.get(place, self.rows.of(place))
        if some is None or not len(some):
            return None
        whole = some.sum(axis=0)
        middle = float(whole @ asked) / max(_SHORTEST, float(np.sqrt(whole @ whole)))
        return (float((some @ asked).max()) + middle) / 2

    def _of_rows(self, asked: Vector, count: int) -> tuple[Places, Vector]:
        if not len(self.rows.places):
            return self.rows.places, np.zeros(0, np.float32)
        wanted = min(len(self.rows.places), count * _SPARE + len(self._stale))
        if self.rows.coarse is None:
            cosines = self.rows.vectors @ asked
            if len(self._stale):
                cosines[np.isin(self.rows.places, self._stale)] = -1.0
            first = np.argpartition(-cosines, wanted - 1)[:wanted]
            places, cosines = self.rows.places[first], cosines[first]
        else:
            found, ids = self.rows.coarse.search(asked[None], wanted)
            there = found[0] > _NO_COSINE  # faiss fills up with its lowest number
            places, cosines = ids[0][there].view(np.uint64), found[0][there]
        alive = ~np.isin(places, self._stale) & (cosines > -1.0)
        return places[alive], cosines[alive]

    def _of_late(self, asked: Vector) -> tuple[Places, Vector]:
        if self._late is None:
            return self._owners, np.zeros(0, np.float32)
        cosines: Vector = self._late @ asked
        return self._owners, cosines


_PLACES, _VECTORS, _COARSE, _LATE_PLACES, _LATE, _GONE = (
    "places.npy", "vectors.npy", "coarse.faiss", "late-places.npy", "late.npy", "gone.npy",
)  # fmt: skip


def save(nearest: Nearest, folder: Path, rows_saved: Path | None = None) -> None:
    """As files in a new folder; its rows are links to files in ``rows_saved``, where they are there. Raises OSError."""
    folder.mkdir(parents=True)
    rows = nearest.rows
    if rows_saved is not None and (rows_saved / _VECTORS).exists():
        for name in (_PLACES, _VECTORS, _COARSE):
            if (rows_saved / name).exists():
                link(rows_saved / name, folder / name)
    else:
        np.save(folder / _PLACES, rows.places)
        np.save(folder / _VECTORS, rows.vectors)
        if rows.coarse is not None:
            _faiss().write_index(rows.coarse, str(folder / _COARSE))
    np.save(folder / _GONE, np.array(sorted(nearest.gone), np.uint64))
    if nearest.changed:
        owners = [place for place, some in nearest.changed.items() for _ in some]
        np.save(folder / _LATE_PLACES, np.array(owners, np.uint64))
        np.save(folder / _LATE, np.concatenate(list(nearest.changed.values())))


def load(folder: Path) -> Nearest:
    """What was saved, read from disk as it is needed. Raises OSError and ValueError."""
    coarse = None
    if (folder / _COARSE).exists():
        faiss = _faiss()
        coarse = faiss.read_index(str(folder / _COARSE), faiss.IO_FLAG_MMAP)
        coarse.nprobe = _CELLS_PROBED
    rows = Rows(np.load(folder / _PLACES), np.load(folder / _VECTORS, mmap_mode="r"), coarse)
    changed: dict[int, Vectors] = {}
    if (folder / _LATE).exists():
        owners, late = np.load(folder / _LATE_PLACES), np.load(folder / _LATE)
        changed = {int(place): late[owners == place] for place in np.unique(owners)}
    return Nearest(rows, changed, frozenset(np.load(folder / _GONE).tolist()))
