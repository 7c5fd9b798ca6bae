"""Shelves: the articles of one language for one audience and the same brands; a reader is given whole shelves.

Every token in the index begins with the tag of its shelf, so each shelf has a vocabulary, counts and postings of its
own: what a reader may not read is not filtered out of their results, it is never looked at.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.answer import Audience, Reader

_END = "|"
_BETWEEN = "\t"


@dataclass(frozen=True, slots=True)
class Shelf:
    """``brands`` in order, none: all brands."""

    language: str
    audience: Audience = Audience.PUBLIC
    brands: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """All of it as text; ``shelf_named`` reads it."""
        return _BETWEEN.join((self.language, self.audience, *self.brands))

    @property
    def room(self) -> str:
        """Shelves of one language and audience share an index; how long texts are elsewhere changes nothing in it."""
        return room_of(self.language, self.audience)

    @property
    def tag(self) -> str:
        """What its tokens begin with; no token has a character of its end, so no tag begins another's token."""
        return _tag(self)

    def is_for(self, reader: Reader) -> bool:
        return reader.may_read(self.audience, self.brands)


def room_of(language: str, audience: Audience) -> str:
    return f"{language}.{audience}"


def language_in(room: str) -> str:
    return room.partition(".")[0]


@lru_cache(maxsize=10_000)
def _tag(shelf: Shelf) -> str:
    brands = hashlib.blake2b("\n".join(shelf.brands).encode(), digest_size=8).hexdigest()
    return f"{shelf.language}.{shelf.audience[0]}{f'.{brands}' if shelf.brands else ''}{_END}"


def shelf_named(name: str) -> Shelf:
    language, audience, *brands = name.split(_BETWEEN)
    return Shelf(language, Audience(audience), tuple(brands))


def readable(shelves: Iterable[Shelf], language: str, reader: Reader) -> tuple[Shelf, ...]:
    """Those of the language that the reader may read; of every language when there is none in it."""
    some = [shelf for shelf in shelves if shelf.is_for(reader)]
    own = tuple(shelf for shelf in some if shelf.language == language)
    return own or tuple(some)
