"""Articles and pictures on disk between two processes: written one after another, and read the same way, as often as wanted.

An import is read from somebody's files apart and stored from here; an export is taken from the database to here and
packed apart. Neither ever holds more than a few articles in memory.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from knowledge.transfer.bundle import (
    Bundle,
    BundleArticle,
    BundleBrand,
    BundleCategory,
    BundleImage,
    BundleReusable,
    BundleSynonyms,
)

T = TypeVar("T")
_LENGTH = struct.Struct(">Q")
_ARTICLES, _IMAGES, _REST = "articles", "images", "rest"


@dataclass(frozen=True, slots=True)
class _Rest:
    """Of a bundle, what is known all at once."""

    categories: Sequence[BundleCategory]
    redirects: Mapping[str, str]
    reusables: Sequence[BundleReusable]
    synonyms: Sequence[BundleSynonyms]
    brands: Sequence[BundleBrand]
    left_out: Sequence[str]


class Kept(Generic[T]):
    """What ``keep`` wrote."""

    def __init__(self, path: Path, kind: type[T]) -> None:
        self._path = path
        self._kind = kind

    def __iter__(self) -> Iterator[T]:
        decoder = msgspec.msgpack.Decoder(self._kind)
        with self._path.open("rb") as kept:
            while length := kept.read(_LENGTH.size):
                yield decoder.decode(kept.read(_LENGTH.unpack(length)[0]))


def keep(path: Path, kind: type[T], entries: Iterable[T]) -> Kept[T]:
    """In place of what an attempt that was broken off left there."""
    encoder = msgspec.msgpack.Encoder()
    with path.open("wb") as into:
        for entry in entries:
            data = encoder.encode(entry)
            into.write(_LENGTH.pack(len(data)))
            into.write(data)
    return Kept(path, kind)


def keep_articles(folder: Path, articles: Iterable[BundleArticle]) -> None:
    keep(folder / _ARTICLES, BundleArticle, articles)


def keep_rest(folder: Path, bundle: Bundle) -> None:
    """Everything but the articles."""
    keep(folder / _IMAGES, BundleImage, bundle.images)
    of = {field.name: getattr(bundle, field.name) for field in fields(_Rest)}
    (folder / _REST).write_bytes(msgspec.msgpack.encode(_Rest(**of)))


def kept_bundle(folder: Path) -> Bundle:
    rest = msgspec.msgpack.decode((folder / _REST).read_bytes(), type=_Rest)
    of = {field.name: getattr(rest, field.name) for field in fields(rest)}
    articles = Kept(folder / _ARTICLES, BundleArticle)
    return Bundle(**of, articles=articles, images=Kept(folder / _IMAGES, BundleImage))
