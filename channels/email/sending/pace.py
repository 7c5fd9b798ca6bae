"""When the next mail of an inbox may leave: so many a minute at most, in the order in which they asked."""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

_MINUTE_S = 60.0
_MANY = 10_000


@dataclass(slots=True)
class Pace:
    """One a process; times are seconds of one clock.

    Whoever has to wait has a place from then on and keeps it: asking again neither moves it nor takes another one. In
    no minute there are more places than the rate says.
    """

    _given: dict[Hashable, deque[float]] = field(default_factory=dict)
    _waiting: dict[Hashable, float] = field(default_factory=dict)

    def wait_s(self, inbox: Hashable, message: Hashable, per_minute: int, now: float) -> float:
        """0 when it may leave now; its place is used up then."""
        place = self._waiting.pop(message, None)
        if place is None:
            place = self._next(inbox, per_minute, now)
        if place <= now:
            return 0.0
        if len(self._waiting) >= _MANY:
            # Those who never came back (withdrawn, or taken by another process) and the oldest of all others.
            self._waiting.pop(next(iter(self._waiting)))
        self._waiting[message] = place
        return place - now

    def _next(self, inbox: Hashable, per_minute: int, now: float) -> float:
        given = self._given.get(inbox)
        if given is None or given.maxlen != per_minute:
            given = self._given[inbox] = deque(given or (), maxlen=per_minute)
        place = now
        if given:
            place = max(now, given[-1])
        if len(given) == per_minute:
            place = max(place, given[0] + _MINUTE_S)
        given.append(place)
        return place
