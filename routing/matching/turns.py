"""Who turns late or guarded next: the first of each ability, so that one look says whether time has changed anything."""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf

from routing.matching.records import Ability, Turn, Waiting

_SLACK = 64
"""So many entries of those that left may stay in a heap beyond the number of those that are there."""


class Turns:
    """``at``: nobody turns before that time. Turns of those that left, and of abilities that have an earlier one, stay until then."""

    def __init__(self) -> None:
        self.at = inf
        self._count = count().__next__
        self._first: list[tuple[float, int, Ability]] = []

    def expect(self, ability: Ability, work: Waiting, when: float) -> None:
        """Its phase changes then, unless it leaves before."""
        turn: Turn = (when, self._count(), work)
        turning = ability.turning
        work.turn = turn
        heappush(turning, turn)
        if len(turning) > 2 * ability.turned + _SLACK:
            turning[:] = [each for each in turning if each[2].turn is each]
            heapify(turning)
            ability.turned = len(turning)
        if when < ability.turns_at:
            self._note(ability, when)

    def come(self, now: float) -> Iterator[tuple[Ability, Waiting]]:
        """Those whose turn it was before now, each once; they may be expected again meanwhile."""
        first = self._first
        while first and first[0][0] < now:
            when, _, ability = heappop(first)
            if when != ability.turns_at:
                continue
            turning = ability.turning
            while turning and turning[0][0] < now:
                turn = heappop(turning)
                if turn[2].turn is turn:
                    yield ability, turn[2]
            ability.turns_at = inf
            if turning:
                self._note(ability, turning[0][0])
        self.at = first[0][0] if first else inf

    def _note(self, ability: Ability, when: float) -> None:
        ability.turns_at = when
        heappush(self._first, (when, self._count(), ability))
        self.at = self._first[0][0]
