"""Finished pages in memory: bounded in number and bytes, each good for one generation only, the longest unused go first."""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from core.ids import ArticleId

_OVERHEAD = 400
_COMPRESSION = 5
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Viewed:
    """The revision that a page shows, for the count of views."""

    article: ArticleId
    language: str
    number: int


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it leaves; ``etag`` changes with anything in it. ``packed``: None for what is no text."""

    body: bytes
    packed: bytes | None
    etag: str
    media_type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    viewed: Viewed | None = None

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed or b"") + _OVERHEAD


def made(
    text: str,
    media_type: str = "text/html",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    viewed: Viewed | None = None,
) -> Made:
    """A page from its text; takes a millisecond for a long one."""
    body = text.encode()
    return Made(body, packed(body), _tag(body), media_type, status, headers or {}, viewed)


def drawn(body: bytes, media_type: str, headers: Mapping[str, str]) -> Made:
    """A picture."""
    return Made(body, None, _tag(body), media_type, headers=headers)


def packed(body: bytes) -> bytes:
    return gzip.compress(body, _COMPRESSION, mtime=0)


def takes_gzip(accepts: str) -> bool:
    """Whether the header Accept-Encoding says so."""
    return _GZIP.search(accepts) is not None


def _tag(body: bytes) -> str:
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


class Cache:
    """Used on the event loop only."""

    def __init__(self, most_bytes: int, most_pages: int) -> None:
        self._most = most_bytes
        self._most_pages = most_pages
        self._generation = -1
        self._pages: OrderedDict[Hashable, Made] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable, generation: int) -> Made | None:
        self._turn(generation)
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Hashable, generation: int, page: Made) -> None:
        """Unless the world went on while it was made."""
        self._turn(generation)
        if generation != self._generation or page.size > self._most:
            return
        before = self._pages.pop(key, None)
        self._bytes += page.size - (0 if before is None else before.size)
        self._pages[key] = page
        while self._bytes > self._most or len(self._pages) > self._most_pages:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= oldest.size

    def _turn(self, generation: int) -> None:
        if generation > self._generation:
            self._generation = generation
            self._pages.clear()
            self._bytes = 0


class Few(Generic[T]):
    """Small things that took work to find out, each good for one generation; at most ``most``, the longest unused go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._generation = -1
        self._known: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, generation: int) -> T | None:
        self._turn(generation)
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def put(self, key: Hashable, generation: int, known: T) -> None:
        """Unless the world went on while it was found out."""
        self._turn(generation)
        if generation == self._generation:
            self._known[key] = known
            self._known.move_to_end(key)
            if len(self._known) > self._most:
                self._known.popitem(last=False)

    def _turn(self, generation: int) -> None:
        if generation > self._generation:
            self._generation = generation
            self._known.clear()
