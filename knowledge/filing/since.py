"""What changed in a source since the revision that a translation was made from, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.article import Content
from knowledge.editorial.comparing import Change, Line, Piece, compare, words_of

AROUND = 1
"""So many unchanged lines are kept on either side of a change."""


@dataclass(frozen=True, slots=True)
class Changed:
    """``title``: how it was and how it is, None where it is the same; ``lines``: None stands for lines left out."""

    title: tuple[tuple[Piece, ...], tuple[Piece, ...]] | None
    questions: tuple[Line, ...]
    lines: tuple[Line | None, ...]


def changed(old: Content, new: Content) -> Changed:
    """The time is that of ``comparing.compare``, for a worker thread."""
    asked = compare("\n".join(old.questions), "\n".join(new.questions))
    return Changed(
        None if old.title == new.title else words_of(old.title, new.title),
        tuple(line for line in asked if line.change is not Change.EQUAL),
        tuple(_near(compare(old.body, new.body))),
    )


def _near(lines: tuple[Line, ...]) -> Iterator[Line | None]:
    """The changed lines with their neighbours; one None for each stretch that is left out."""
    at = [number for number, line in enumerate(lines) if line.change is not Change.EQUAL]
    kept = {near for number in at for near in range(number - AROUND, number + AROUND + 1)}
    skipped = False
    for number, line in enumerate(lines):
        if number in kept:
            yield line
            skipped = False
        elif at and not skipped:
            yield None
            skipped = True
