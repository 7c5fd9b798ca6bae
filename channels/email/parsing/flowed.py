"""Paragraphs of format=flowed text (RFC 3676) put together again."""

import re
from typing import Final

_QUOTES: Final = re.compile(r">+")
_SIGNATURE = "-- "


def unflowed(text: str, *, delete_space: bool) -> str:
    """Lines that end in a space go on in the next one of the same quoting depth."""
    done: list[str] = []
    paragraph: list[str] = []
    before = -1
    for line in text.split("\n"):
        quotes = _QUOTES.match(line)
        depth = len(quotes[0]) if quotes else 0
        rest = line[depth:].removeprefix(" ")
        if paragraph and (depth != before or rest == _SIGNATURE):
            done.append(_quoted(before, paragraph))
            paragraph = []
        before = depth
        if rest.endswith(" ") and rest != _SIGNATURE:
            paragraph.append(rest[:-1] if delete_space else rest)
        else:
            done.append(_quoted(depth, [*paragraph, rest]))
            paragraph = []
    if paragraph:
        done.append(_quoted(before, paragraph))
    return "\n".join(done)


def _quoted(depth: int, pieces: list[str]) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth and line else ">" * depth + line
