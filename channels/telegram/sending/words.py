"""A text with its formatting, measured and cut as Telegram does: by UTF-16 units, and never through what belongs together."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_ENDS = ("\n\n", "\n", "。", "！", "？", ". ", "! ", "? ", " ")
"""Where a text is best cut, the best first: after a paragraph, a line, a sentence, a word."""

_JOINER = "\u200d"
_LONGEST_CLUSTER = 40


class Style(StrEnum):
    """As the Bot API names them."""

    BOLD = "bold"
    LINK = "text_link"


@dataclass(frozen=True, slots=True)
class Mark:
    """From ``start`` to before ``end``, in characters of the text; ``url`` of a link."""

    start: int
    end: int
    style: Style
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text; whatever in it looks like markup is meant as it stands."""

    text: str
    marks: tuple[Mark, ...] = ()


def units(text: str) -> int:
    """Its length as Telegram counts: what lies beyond U+FFFF counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def clean(text: str) -> str:
    """Without what Telegram refuses or is no text: halves of characters, NUL; without blank ends."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "replace").decode("utf-16-le")
    return text.replace("\0", "").strip()


def joined(several: Sequence[Words], gap: str = "\n\n") -> Words:
    """One below the other."""
    text, marks = "", list[Mark]()
    for words in several:
        if text:
            text += gap
        marks += (_moved(mark, len(text)) for mark in words.marks)
        text += words.text
    return Words(text, tuple(marks))


def split(words: Words, longest: int) -> list[Words]:
    """In pieces of at most ``longest`` units (at least 2); only blanks where they were cut are lost."""
    pieces: list[Words] = []
    rest = _cut_out(words, 0, len(words.text))
    while rest.text:
        end = _end(rest, longest)
        piece = _cut_out(rest, 0, end)
        if piece.text:
            pieces.append(piece)
        rest = _cut_out(rest, end, len(rest.text))
    return pieces


def _end(words: Words, longest: int) -> int:
    """Where the first piece ends."""
    text = words.text
    if units(text) <= longest:
        return len(text)
    most = len(text[:longest].encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore"))
    for ending in _ENDS:
        # The blanks that it ends with stay behind: they need no room.
        blanks = len(ending) - len(ending.rstrip())
        at = text.rfind(ending, most // 2, most + blanks)
        if at >= 0 and not _inside(words.marks, at + len(ending)):
            return at + len(ending)
    start = _start_of_mark(words.marks, most)
    return start if start > most // 2 else _between_clusters(text, most)


def _inside(marks: Sequence[Mark], at: int) -> bool:
    return any(mark.start < at < mark.end for mark in marks)


def _start_of_mark(marks: Sequence[Mark], at: int) -> int:
    """Where the mark begins that a cut here would break; 0 when it breaks none."""
    return min((mark.start for mark in marks if mark.start < at < mark.end), default=0)


def _between_clusters(text: str, most: int) -> int:
    """Not between a letter and its accents, nor through an emoji that is made of several."""
    for at in range(most, max(0, most - _LONGEST_CLUSTER), -1):
        if not _glued(text, at):
            return at
    return most


def _glued(text: str, at: int) -> bool:
    """Whether the character here belongs to the one before."""
    here, before = text[at], text[at - 1]
    if unicodedata.category(here) in {"Mn", "Mc", "Me"} or _JOINER in {here, before}:
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    flags = 0
    while flags < at and _is_flag(text[at - 1 - flags]):
        flags += 1
    return _is_flag(here) and flags % 2 == 1


def _is_flag(character: str) -> bool:
    """Two of these letters are one flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _cut_out(words: Words, start: int, end: int) -> Words:
    """Without blank ends; what of a mark lies outside is cut off."""
    text = words.text[start:end]
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    first, last = start + lead, start + lead + len(text)
    inside = (
        replace(mark, start=max(mark.start, first) - first, end=min(mark.end, last) - first)
        for mark in words.marks
        if mark.start < last and mark.end > first
    )
    return Words(text, tuple(mark for mark in inside if mark.start < mark.end))


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)
