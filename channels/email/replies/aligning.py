"""Carries over what a mail's HTML says of its lines to the lines of its text, which another program may have broken."""

import re
from collections.abc import Sequence
from itertools import groupby

from channels.email.replies.lines import Hint

MOST_PIECES = 200
_ANCHOR = 40
"""Characters by which the beginning of a piece is found again."""
_TRIES = 50

_LEFT_OUT = re.compile(r"[\s>*_|\u200b\ufeff\xad\xa0]+")


def carry_over(texts: Sequence[str], hints: Sequence[Hint], onto: Sequence[str]) -> list[Hint]:
    """A hint for each line of ``onto``: NONE where the HTML says nothing or its words are not found in the same order."""
    result = [Hint.NONE] * len(onto)
    if all(hint is Hint.NONE for hint in hints):
        return result
    stream, starts, owners = _stream(onto)
    cursor, begun = 0, None
    for hint, piece in _pieces(texts, hints)[:MOST_PIECES]:
        found = _find(stream, starts, piece, cursor)
        if found is None:
            continue
        if begun is not None:
            _give(result, owners, begun, found)
        begun = (found, hint)
        cursor = found + 1
    if begun is not None:
        _give(result, owners, begun, len(stream))
    return result


def _pieces(texts: Sequence[str], hints: Sequence[Hint]) -> list[tuple[Hint, str]]:
    """Neighbouring lines of one hint, each as the first characters it says."""
    full = [
        (hint, key) for text, hint in zip(texts, hints, strict=True) if (key := _LEFT_OUT.sub("", text[:400]))
    ]
    pieces = []
    for hint, group in groupby(full, key=lambda each: each[0]):
        key = ""
        for _, more in group:
            key += more if len(key) < _ANCHOR else ""
        pieces.append((hint, key[:_ANCHOR]))
    return pieces


def _stream(onto: Sequence[str]) -> tuple[str, set[int], list[tuple[int, int]]]:
    """All that the text says in one string, where its lines begin there, and (where, line) for each line."""
    keys, owners, length = [], [], 0
    for number, text in enumerate(onto):
        key = _LEFT_OUT.sub("", text)
        if key:
            owners.append((length, number))
            keys.append(key)
            length += len(key)
    return "".join(keys), {start for start, _ in owners}, owners


def _find(stream: str, starts: set[int], piece: str, cursor: int) -> int | None:
    """Where the piece begins at the beginning of a line, at or after the cursor."""
    at = stream.find(piece, cursor)
    for _ in range(_TRIES):
        if at < 0 or at in starts:
            break
        at = stream.find(piece, at + 1)
    return at if at in starts else None


def _give(result: list[Hint], owners: Sequence[tuple[int, int]], begun: tuple[int, Hint], end: int) -> None:
    for start, line in owners:
        if begun[0] <= start < end:
            result[line] = begun[1]
