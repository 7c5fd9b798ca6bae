"""Decides for every line of a mail whether the person wrote it this time, quotes it, or signs with it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from channels.email.replies.heads import Head, Kind, find_head
from channels.email.replies.lines import Hint, Line, Mark, next_full, squeezed
from channels.email.replies.signatures import signature_start
from channels.email.replies.words import FORWARD_SUBJECTS, POINTERS

MOST_SEARCHED = 5_000
"""In so many lines that somebody may have written the beginning of a quote is looked for."""
LONG_LINE = 55
"""A quoted line of so many characters may have been broken by the mailer, its rest without a mark."""
FEW_WORDS = 60
"""Characters of a remark that only points at the mail below it."""
_REMARK_LINES = 6


@dataclass(slots=True)
class Marked:
    """One mark a line; ``heads`` says whether any words introduced a quote."""

    marks: list[Mark]
    heads: bool


def mark(lines: Sequence[Line], *, forwarded: bool = False) -> Marked:
    """``forwarded``: the subject says that a mail is passed on, so the first one below is content."""
    marks = [Mark.WRITTEN] * len(lines)
    walk = _Walk(lines, marks, forwarded=forwarded)
    walk.run()
    said = False
    for start, end in _written_pieces(lines, marks, walk.passed):
        begin = signature_start(lines, start, end, said=said, above_quote=end < len(lines))
        marks[begin:end] = [Mark.SIGNATURE] * (end - begin)
        said = said or begin > start
    for index, line in enumerate(lines):
        if line.hint is Hint.SIGNATURE and marks[index] is Mark.WRITTEN:
            marks[index] = Mark.SIGNATURE
    return Marked(marks, walk.heads)


class _Walk:
    """Goes through the lines once and marks quotes; ``passed`` are the lines where a mail begins that is passed on."""

    def __init__(self, lines: Sequence[Line], marks: list[Mark], *, forwarded: bool) -> None:
        self._lines, self._marks, self._forwarded = lines, marks, forwarded
        self._base = 0
        self._searched = 0
        self._said: list[str] = []
        self.passed: set[int] = set()
        self.heads = False

    def run(self) -> None:
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            if line.blank:
                self._marks[index] = Mark.QUOTE if line.depth > self._base else Mark.WRITTEN
            index = index + 1 if line.blank else self._step(index)

    def _step(self, index: int) -> int:
        """The line to go on with."""
        line = self._lines[index]
        if line.depth > self._base:
            self._marks[index] = Mark.QUOTE
            return index + 1
        self._searched += 1
        head = find_head(self._lines, index) if self._searched <= MOST_SEARCHED else None
        if head is not None:
            self.heads = True
            if self._is_passed_on(head, line):
                self._begin_passed(head)
                return head.end
            end = _end_of_quote(self._lines, head)
            if (
                head.kind is not Kind.ATTRIBUTION
                or end < len(self._lines)
                or self._said
                or line.hint is Hint.QUOTE
            ):
                self._marks[index:end] = [Mark.QUOTE] * (end - index)
                return end
        if line.hint is Hint.QUOTE or _broken_off(self._lines, index, self._marks):
            self._marks[index] = Mark.QUOTE
        elif len(self._said) < _REMARK_LINES:
            self._said.append(line.bare.lower())
        return index + 1

    def _is_passed_on(self, head: Head, line: Line) -> bool:
        """Whether what follows is a mail that the person passes on to be read, and no history."""
        if self.passed:
            return False
        if head.kind is Kind.FORWARD or line.hint is Hint.FORWARD:
            return True
        return head.kind is Kind.HEADER and (self._forwarded or not self._said or self._points_below())

    def _points_below(self) -> bool:
        text = " ".join(self._said)
        return (
            len(self._said) < _REMARK_LINES
            and len(text) <= FEW_WORDS
            and any(word in text for word in POINTERS)
        )

    def _begin_passed(self, head: Head) -> None:
        self.passed.add(head.start)
        first = next_full(self._lines, head.start + 1)
        if first < len(self._lines):
            self._base = max(self._base, self._lines[first].depth)


def _end_of_quote(lines: Sequence[Line], head: Head) -> int:
    """A quote with marks ends where they end; one without, where its HTML ends, or with the mail."""
    first = next_full(lines, head.end)
    if first == len(lines):
        return head.end
    if lines[first].depth > lines[head.start].depth or lines[first].hint is Hint.QUOTE:
        return first
    if lines[head.start].depth:
        return head.end
    return len(lines)


def _broken_off(lines: Sequence[Line], index: int, marks: Sequence[Mark]) -> bool:
    """Whether this is the rest of the quoted line above, which the mailer broke and marked only once."""
    if index == 0 or index + 1 >= len(lines):
        return False
    above, line, below = lines[index - 1], lines[index], lines[index + 1]
    if marks[index - 1] is not Mark.QUOTE or not above.depth or above.blank or below.depth != above.depth:
        return False
    whole = len(above.bare) >= LONG_LINE and above.bare[-1] not in ".?!:;。？！：；"
    return whole and len(line.bare) < LONG_LINE and line.bare[:1].islower()


def _written_pieces(
    lines: Sequence[Line], marks: Sequence[Mark], passed: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Where the person wrote without a quote between; a mail that is passed on is a piece of its own."""
    start: int | None = None
    for index, line in enumerate(lines):
        if line.blank:
            continue
        if start is not None and index in passed:
            yield start, index
            start = None
        if marks[index] is Mark.WRITTEN:
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(lines)


def is_forward(subject: str) -> bool:
    """Whether the subject's first prefix says that a mail is passed on; ``Re: Fwd: …`` answers one."""
    prefix, colon, _ = subject.strip().replace("：", ":").partition(":")
    return bool(colon) and squeezed(prefix) in FORWARD_SUBJECTS
