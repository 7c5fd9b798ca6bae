"""Words that mean the same in searches."""

from typing import Annotated

import msgspec

from console.wire.base import Answer, Ask, Count, Language

Word = Annotated[str, msgspec.Meta(max_length=200)]


class Synonyms(Answer, frozen=True):
    """One group: each of ``words`` is looked for where one of the others is asked for."""

    id: str
    language: str
    words: tuple[str, ...]
    version: int


class SynonymsAsk(Ask, frozen=True):
    """``version``: 409 ``newer_version`` when it is not the newest."""

    language: Language
    words: Annotated[tuple[Word, ...], msgspec.Meta(min_length=1, max_length=100)]
    version: Count | None = None


class Piece(Answer, frozen=True):
    """A stretch of plain text; ``marked`` when it is what was asked for."""

    text: str
    marked: bool


class Tried(Answer, frozen=True):
    """An article as a search finds it; ``probability``, from 0 to 1, that it answers."""

    article: str
    title: str
    language: str
    snippet: tuple[Piece, ...]
    probability: float


class Taken(Answer, frozen=True):
    """A word of the question, and what was looked for instead or beside it."""

    word: str
    words: tuple[str, ...]


class SearchTrial(Answer, frozen=True):
    """What a customer who types this finds, which words were taken for misspelt, and which synonyms were used."""

    found: tuple[Tried, ...]
    corrected: tuple[Taken, ...]
    synonyms: tuple[Taken, ...]
