"""FAQ sets as benches read them: entries, what people asked, and which rows are for choosing, which for measuring."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

SETS = ("stackfaq", "covidfaq", "lcqmc-zh")
QUICK_QUERIES = 300

T = TypeVar("T")


class Entry(msgspec.Struct, frozen=True):
    id: str
    question: str
    answer: str
    lang: str


class Query(msgspec.Struct, frozen=True):
    id: str
    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Faq:
    """One set: its entries, queries, and (where there are any) queries that nothing answers."""

    name: str
    entries: Sequence[Entry]
    queries: Sequence[Query]
    strangers: Sequence[Query]

    @property
    def language(self) -> str:
        return self.entries[0].lang


def read(folder: Path, name: str, *, test: bool = True, most: int | None = None) -> Faq:
    """A set of ``--data`` with its test rows, or its validation rows. Raises RuntimeError when it is not there."""
    folder = folder / "faq"
    others = folder / f"{name}.unanswerable.jsonl"
    strangers = rows(others, Query) if others.exists() else []
    return Faq(
        name,
        rows(folder / f"{name}.corpus.jsonl", Entry),
        _of_half(rows(folder / f"{name}.queries.jsonl", Query), test, most),
        _of_half(strangers, test, most),
    )


def _of_half(queries: Sequence[Query], test: bool, most: int | None) -> Sequence[Query]:  # noqa: FBT001
    return [query for query in queries if is_test(query.id) is test][:most]


def rows(path: Path, row: type[T]) -> list[T]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise RuntimeError(f"{path} cannot be read: {error.strerror}") from error
    return [msgspec.json.decode(line, type=row) for line in lines if line]


def is_test(identifier: str) -> bool:
    return split_key(identifier)[0] in "89abcdef"


def split_key(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def halves(entries: Sequence[Entry], splits: int) -> list[Sequence[Entry]]:
    """Halves of the entries, each time others, always the same ones."""
    return [
        sorted(entries, key=lambda entry: split_key(f"{entry.id}{split or ''}"))[::2]
        for split in range(splits)
    ]
