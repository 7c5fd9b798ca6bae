"""What rendering is given and gives: the reusables and addresses of one language, the HTML, what is wrong with a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

NAME: Final = r"[a-z][a-z0-9_-]{0,63}"
"""A reusable's name, as it stands between ``{{`` and ``}}``."""

USE: Final = re.compile(r"\{\{[ \t]*(" + NAME + r")[ \t]*\}\}")


class Kind(StrEnum):
    """A snippet is Markdown of any length, a variable a few words without any markup."""

    SNIPPET = "snippet"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Piece:
    """A reusable in one language."""

    kind: Kind
    text: str


Reusables = Mapping[str, Piece]
NO_REUSABLES: Final[Reusables] = {}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be, and how much it may become by its reusables, in characters; snippets within snippets."""

    characters: int = 50_000
    expanded_characters: int = 200_000
    snippet_depth: int = 8


_NAMES: Final = {"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning"}


@dataclass(frozen=True, slots=True)
class Context:
    """What a text is rendered with.

    ``articles``: the address of each article by the slugs that the text names; one that is missing becomes plain
    words. ``images``: what stands before an image's id in its address. ``callouts``: their names in the language.
    ``editor``: what is missing is marked, so that it can be seen; readers see nothing of it.
    """

    reusables: Reusables = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    images: str = "/help/images/"
    callouts: Mapping[str, str] = field(default_factory=lambda: _NAMES)
    editor: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Heading:
    """For a table of contents: ``id`` is the anchor in the HTML, ``level`` 2 to 6."""

    level: int
    id: str
    text: str


class ProblemKind(StrEnum):
    """What an author should look at."""

    MISSING_ALT = "missing_alt"
    IMAGE_ELSEWHERE = "image_elsewhere"
    BROKEN_LINK = "broken_link"
    UNSAFE_LINK = "unsafe_link"
    HEADING_JUMP = "heading_jump"
    UNKNOWN_REUSABLE = "unknown_reusable"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Problem:
    """``line``, from 1, where the block begins; ``what`` is the name, the address or the heading."""

    kind: ProblemKind
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Html:
    """``body`` is harmless wherever it is put; ``headings`` in order; ``problems`` by line."""

    body: str
    headings: tuple[Heading, ...] = ()
    problems: tuple[Problem, ...] = ()
