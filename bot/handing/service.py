"""What a customer who comes to a person may be promised, by who is there and by the queue's hours; pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class There(StrEnum):
    """Who of a queue's people is there: somebody who takes work, only some who take none now, or nobody."""

    FREE = "free"
    BUSY = "busy"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Service:
    """``there`` None and ``open`` None: not known. ``opens_at``: when its hours begin next, told in ``zone`` (IANA)."""

    there: There | None = None
    open: bool | None = None
    opens_at: datetime | None = None
    zone: str | None = None


class Promise(StrEnum):
    """What is told; ``LATER`` names the time."""

    SOON = "soon"
    BUSY = "busy"
    ABSENT = "absent"
    LATER = "later"
    CLOSED = "closed"
    PLAIN = "plain"


WAITS = frozenset({Promise.ABSENT, Promise.LATER, Promise.CLOSED})
"""Nobody is there: the case has a number by which it is found again, and somebody to write to."""


def promised(service: Service) -> Promise:
    """Whoever is there is there, whatever the hours say; whoever is not is not, either."""
    if service.there is There.FREE:
        return Promise.SOON
    if service.open is False:
        return Promise.CLOSED if service.opens_at is None else Promise.LATER
    match service.there:
        case There.BUSY:
            return Promise.BUSY
        case There.NOBODY:
            return Promise.ABSENT
        case None:
            return Promise.SOON if service.open else Promise.PLAIN
