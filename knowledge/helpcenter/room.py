"""Places for work that takes time: so many at once, in turns by who asks, and a queue with an end."""

import asyncio
from collections import Counter as Tally
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.errors import Unavailable

Turn = asyncio.Future[bool]
"""True once there is a place, False when another took the place in the queue."""


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """``places`` work at once, of one source ``each``; ``waiting`` wait, for ``wait_s`` at most. Who then has none may come
    again after ``retry_s``.

    Of a full queue whoever waits for the source with the most in it gives way to one with fewer.
    """

    places: int = 4
    each: int = 3
    waiting: int = 200
    wait_s: float = 5.0
    retry_s: float = 2.0


class Room:
    """One a process and kind of work."""

    def __init__(self, settings: RoomSettings) -> None:
        self._settings = settings
        self._held: Tally[str] = Tally()
        self._queues: OrderedDict[str, deque[Turn]] = OrderedDict()

    @asynccontextmanager
    async def place(self, source: str) -> AsyncIterator[None]:
        """Raises Unavailable, with when to come again."""
        await self._enter(source)
        try:
            yield
        finally:
            self._leave(source)

    async def _enter(self, source: str) -> None:
        turn = self._line_up(source)
        self._call_next()
        try:
            async with asyncio.timeout(self._settings.wait_s):
                given = await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled() and turn.result():
                # It came in the very moment in which nobody waited any longer.
                self._leave(source)
            else:
                self._forget(source, turn)
            if isinstance(error, TimeoutError):
                raise self._full() from None
            raise
        if not given:
            raise self._full()

    def _line_up(self, source: str) -> Turn:
        if sum(map(len, self._queues.values())) >= self._settings.waiting:
            longest = max(self._queues, key=lambda each: len(self._queues[each]))
            if len(self._queues[longest]) <= len(self._queues.get(source, ())) + 1:
                raise self._full()
            last = self._queues[longest][-1]
            self._forget(longest, last)
            last.set_result(False)
        turn: Turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(source, deque()).append(turn)
        return turn

    def _call_next(self) -> None:
        """Whoever has waited longest of the source whose turn it is; a source that had its turn is last."""
        while self._held.total() < self._settings.places:
            source = next((each for each in self._queues if self._held[each] < self._settings.each), None)
            if source is None:
                return
            turn = self._queues[source][0]
            self._queues.move_to_end(source)
            self._forget(source, turn)
            if not turn.done():
                self._held[source] += 1
                turn.set_result(True)

    def _leave(self, source: str) -> None:
        self._held[source] -= 1
        self._held += Tally()
        self._call_next()

    def _forget(self, source: str, turn: Turn) -> None:
        queue = self._queues.get(source)
        if queue is None or turn not in queue:
            return
        queue.remove(turn)
        if not queue:
            del self._queues[source]

    def _full(self) -> Unavailable:
        return Unavailable("too much is asked at once", retry_after_s=self._settings.retry_s)
