"""How fast a queue moves, from those who left it for an agent while somebody waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_SHORT_S = 120
_STEPS_S = (10, 60)


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody who waited from ``entered`` until an agent had them, at ``left``."""

    entered: datetime
    left: datetime


def seconds_each(
    departures: Sequence[Departure], oldest: datetime | None, since: datetime, now: datetime, *, fewest: int
) -> float | None:
    """Seconds from one departure to the next while somebody waits; None from fewer than ``fewest`` of them.

    It is the time since ``since`` in which at least one waited, over the departures in it: where agents stand idle
    that is how long they take to accept, where they do not it is how often one of them frees. Time with nobody waiting
    says nothing and is not counted. ``oldest`` is when the longest waiting came, None where nobody waits now.
    """
    counted = [each for each in departures if each.left >= since]
    if len(counted) < fewest:
        return None
    spans = [(max(each.entered, since), each.left) for each in counted]
    if oldest is not None:
        spans.append((max(oldest, since), now))
    return _covered(spans).total_seconds() / len(counted)


def rounded_s(seconds: float) -> int:
    """Up to the next ten seconds, above two minutes to the next minute: nobody knows better, and it changes less often."""
    step = _STEPS_S[seconds > _SHORT_S]
    return step * max(1, -int(-seconds // step))


def _covered(spans: Sequence[tuple[datetime, datetime]]) -> timedelta:
    total, until = timedelta(0), None
    for start, end in sorted(spans):
        begins = start if until is None else max(start, until)
        if end > begins:
            total += end - begins
            until = end
    return total
