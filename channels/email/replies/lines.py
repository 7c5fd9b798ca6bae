"""A mail's text as lines, with what each of them shows at first sight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

LOOKED_AT = 400
"""Characters of a line that are looked at: what marks a quote is never longer, and so no pattern can take long."""

_QUOTED = re.compile(r"[ \t\u3000\xa0]{0,4}((?:[>\uff1e\u203a][ \t\xa0]?)+)")
_MAY_QUOTE = " \t\u3000\xa0>\uff1e\u203a"
_NOT_A_QUOTE = re.compile(r"[ \t]{0,4}>(?:From |[\d=<])")
_SPACE = re.compile(r"\s+")


class Mark(Enum):
    """What a line is found to be."""

    WRITTEN = "written"
    QUOTE = "quote"
    SIGNATURE = "signature"


class Hint(Enum):
    """What the mail's HTML says of a line; a forwarded mail is among what was written."""

    NONE = "none"
    QUOTE = "quote"
    SIGNATURE = "signature"
    FORWARD = "forward"


@dataclass(slots=True)
class Line:
    """``bare`` is the text without quote marks and outer space, cut to LOOKED_AT; ``depth`` counts the quote marks."""

    text: str
    bare: str
    depth: int
    hint: Hint = Hint.NONE

    @property
    def blank(self) -> bool:
        """Whether nothing but quote marks and space is there."""
        return not self.bare


def read(texts: Sequence[str], hints: Sequence[Hint] | None = None) -> list[Line]:
    lines = [_read(text) for text in texts]
    if hints is not None:
        for line, hint in zip(lines, hints, strict=True):
            line.hint = hint
    return lines


def _read(text: str) -> Line:
    head = text[:LOOKED_AT]
    if not head or head.isspace():
        return Line(text, text[LOOKED_AT:].strip()[:LOOKED_AT], 0)
    if head[0] not in _MAY_QUOTE:
        return Line(text, head.strip(), 0)
    found = _QUOTED.match(head)
    if found is None or (_NOT_A_QUOTE.match(head) and found[1].count(">") == 1):
        return Line(text, head.strip(), 0)
    return Line(text, head[found.end() :].strip(), sum(mark not in " \t\xa0" for mark in found[1]))


def squeezed(text: str) -> str:
    """In lower case and without white space."""
    return _SPACE.sub("", text).lower()


def next_full(lines: Sequence[Line], start: int) -> int:
    """The first line from ``start`` on that says anything, or the number of lines."""
    for index in range(start, len(lines)):
        if not lines[index].blank:
            return index
    return len(lines)
