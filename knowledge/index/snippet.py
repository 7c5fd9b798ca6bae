"""The part of a text that answers, with the words that were asked for marked; plain text, so that nothing in it runs."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.markdown import excerpt
from knowledge.text import is_unspaced, pieces, tokens

SNIPPET_CHARACTERS = 240
_BEFORE = 60
_START = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text; ``marked`` when it is what was asked for."""

    text: str
    marked: bool = False


def snippet(text: str, asked: Collection[str], limit: int = SNIPPET_CHARACTERS) -> tuple[Piece, ...]:
    """The stretch of the text around the words that were asked for, on one line; joined, it is at most ``limit`` long."""
    line = " ".join(text.split())
    spans = list(_spans(line, asked))
    start = _start(line, spans, limit)
    shown = excerpt(line[start:], limit - 1 if start else limit)
    if start:
        shown = f"…{shown}"
        start -= 1
    return tuple(_cut(shown, [(a - start, b - start) for a, b in spans]))


def _spans(line: str, asked: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where words stand that were asked for; neighbours of a script without spaces by two, or alone if asked alone."""
    for start, piece in pieces(line):
        if not is_unspaced(piece):
            if any(token in asked for token in tokens(piece)):
                yield start, start + len(piece)
            continue
        for at in range(len(piece)):
            if piece[at : at + 2] in asked and at + 1 < len(piece):
                yield start + at, start + at + 2
            elif piece[at] in asked and not _in_pairs(piece[at], asked):
                yield start + at, start + at + 1


def _in_pairs(character: str, asked: Collection[str]) -> bool:
    return any(len(token) > 1 and character in token for token in asked)


def _start(line: str, spans: list[tuple[int, int]], limit: int) -> int:
    """Where to begin so that most of what was asked for is seen: at the start of the text, or some words before."""
    if len(line) <= limit or not spans:
        return 0
    room = limit - _BEFORE
    begin = max(
        (start for start, _ in spans),
        key=lambda start: (sum(start <= a < start + room for a, _ in spans), -start),
    )
    if begin <= _BEFORE:
        return 0
    space = _START.search(line, begin - _BEFORE, begin)
    return begin if space is None else space.end()


def _cut(shown: str, spans: list[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for first, last in sorted(spans):
        start, end = max(first, done), min(last, len(shown))
        if end <= start:
            continue
        if start > done:
            yield Piece(shown[done:start])
        yield Piece(shown[start:end], marked=True)
        done = end
    if done < len(shown):
        yield Piece(shown[done:])
