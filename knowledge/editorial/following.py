"""Where the lines of a text are in a later one: for comments, which stay beside what they are about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.editorial.comparing import Change, Line, compare


@dataclass(frozen=True, slots=True)
class Now:
    """The line's number in the later text; ``changed``: its words are others there."""

    line: int
    changed: bool = False


def follow(old: str, new: str) -> Mapping[int, Now]:
    """By a line's number in the old text; those that are gone are missing."""
    found = compare(old, new)
    places = {
        line.old.number: Now(line.new.number, line.change is Change.REPLACED)
        for line in found
        if line.old is not None and line.new is not None
    }
    return places | _carried_elsewhere(found)


def _carried_elsewhere(found: Sequence[Line]) -> dict[int, Now]:
    """Lines cut out here and put in there, as they were: both texts have them once."""
    went = [line.old for line in found if line.change is Change.DELETED and line.old is not None]
    came = [line.new for line in found if line.change is Change.INSERTED and line.new is not None]
    gone, new = Counter(side.text for side in went), Counter(side.text for side in came)
    targets = {side.text: side.number for side in came}
    return {
        side.number: Now(targets[side.text])
        for side in went
        if side.text.strip() and gone[side.text] == new[side.text] == 1
    }
