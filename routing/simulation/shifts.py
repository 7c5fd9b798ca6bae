"""When the agents of a simulated team are at work."""

import math
from collections.abc import Sequence

from routing.simulation.coming import SECOND
from routing.simulation.scenario import Shift

Span = tuple[int, int]
"""From and until, in the world's microseconds."""


def spans(shifts: Sequence[Shift], end: int) -> list[Span]:
    """All times at work up to ``end``, earliest first, none touching the next; no shifts: always."""
    if not shifts:
        return [(0, end)]
    found = sorted(span for shift in shifts for span in _repeated(shift, end))
    merged: list[Span] = []
    for start, until in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((start, until))
    return merged


def within(times: Sequence[Span], start: int, until: int) -> int:
    """How much of the times lies between the two instants."""
    return sum(max(0, min(each[1], until) - max(each[0], start)) for each in times)


def _repeated(shift: Shift, end: int) -> list[Span]:
    """A shift over midnight began the day before, too."""
    if shift.every_s is None:
        starts = [shift.from_s]
    else:
        rounds = math.ceil(end / SECOND / shift.every_s)
        starts = [shift.from_s + number * shift.every_s for number in range(-1, rounds)]
    length = shift.until_s - shift.from_s
    found = [(max(0, round(at * SECOND)), min(end, round((at + length) * SECOND))) for at in starts]
    return [each for each in found if each[0] < each[1]]
