"""What became of conversations in which an agent gave an article; pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum


class Then(StrEnum):
    """Resolved and quiet for the whole window, still too early to say, or not resolved by it."""

    HELPED = "helped"
    SETTLING = "settling"
    CAME_BACK = "came_back"


def then(
    given: datetime,
    resolved: Sequence[datetime],
    wrote: Sequence[datetime],
    now: datetime,
    window: timedelta,
) -> Then:
    """Of the first time it was resolved after ``given``; ``wrote``: when the customer said anything, anywhere.

    Somebody who writes between the answer and its resolution is still being helped; who writes within ``window`` of the
    resolution came back, even to say thanks: it counts too little rather than too much.
    """
    end = min((at for at in resolved if at >= given), default=None)
    if end is None:
        return Then.SETTLING
    if any(end < at <= end + window for at in wrote):
        return Then.CAME_BACK
    return Then.HELPED if now >= end + window else Then.SETTLING
