"""Topics and resuming: whoever follows a topic gets each of its events once, in order, from the number they had."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.bus import Bus, TopicMoved
from core.events import Recorded, Topic
from core.store.database import Database
from core.store.messages import read_events
from core.store.tx import Tx
from core.tasks import Supervisor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Frame:
    """An event, encoded once for everybody; ``n`` is its number in the count that the hub follows."""

    n: int
    data: bytes


Render = Callable[[Tx, Sequence[Recorded]], Sequence[Frame]]


class Sink(Protocol):
    """One follower of one topic, with a bound of its own."""

    position: int
    """The last number it was given; the hub moves it on."""

    def push(self, frames: Sequence[Frame]) -> None:
        """Must not block; a follower that cannot keep up is dropped by whoever owns it."""
        ...

    def too_old(self) -> None:
        """More is missing than is ever replayed: it must load afresh."""
        ...


@dataclass(slots=True)
class _Followed:
    sinks: set[Sink] = field(default_factory=set)
    pumping: bool = False
    again: bool = False


class Hub:
    """Follows topics for many sinks with one read and one encoding for each new event.

    ``visible_only`` follows the count of what requesters may see. ``replay`` is the longest gap, in events, that
    is filled; behind that a sink is told that it is too old.
    """

    def __init__(
        self,
        db: Database,
        bus: Bus,
        supervisor: Supervisor,
        render: Render,
        *,
        visible_only: bool,
        replay: int = 500,
    ) -> None:
        self._db = db
        self._supervisor = supervisor
        self._render = render
        self._visible_only = visible_only
        self._replay = replay
        self._topics: dict[Topic, _Followed] = {}
        self._unlisten = bus.listen(TopicMoved, self._moved)

    def close(self) -> None:
        """Hear no more signals."""
        self._unlisten()

    def join(self, topic: Topic, sink: Sink) -> None:
        """Give the sink everything after its ``position``, and then what comes."""
        followed = self._topics.setdefault(topic, _Followed())
        followed.sinks.add(sink)
        self._pump_soon(topic, followed)

    def leave(self, topic: Topic, sink: Sink) -> None:
        """It gets nothing more; leaving twice does nothing."""
        followed = self._topics.get(topic)
        if followed is None:
            return
        followed.sinks.discard(sink)
        if not followed.sinks and not followed.pumping:
            del self._topics[topic]

    @property
    def followed(self) -> int:
        """How many topics somebody follows."""
        return len(self._topics)

    def sweep(self) -> None:
        """Look at every followed topic, for a bus that may have lost a signal."""
        for topic, followed in self._topics.items():
            self._pump_soon(topic, followed)

    def _moved(self, signal: TopicMoved) -> None:
        followed = self._topics.get(signal.topic)
        if followed is not None:
            self._pump_soon(signal.topic, followed)

    def _pump_soon(self, topic: Topic, followed: _Followed) -> None:
        if followed.pumping:
            followed.again = True
            return
        followed.pumping = True
        _ = self._supervisor.start("stream", self._pump(topic, followed))

    async def _pump(self, topic: Topic, followed: _Followed) -> None:
        try:
            followed.again = True
            while followed.again and followed.sinks:
                followed.again = False
                low = min(sink.position for sink in followed.sinks)
                batch = await self._db.read(self._next, topic, low)
                followed.again = followed.again or batch.more
                self._give(followed, low, batch)
        finally:
            followed.pumping = False
            if not followed.sinks:
                self._topics.pop(topic, None)

    def _next(self, tx: Tx, topic: Topic, after: int) -> "_Batch":
        events = read_events(tx, topic, after, self._replay + 1, visible_only=self._visible_only)
        more = len(events) > self._replay
        events = events[: self._replay]
        reached = after
        if events:
            last = events[-1]
            reached = (last.visible_n or after) if self._visible_only else last.n
        return _Batch(self._render(tx, events), reached, more)

    def _give(self, followed: _Followed, low: int, batch: "_Batch") -> None:
        for sink in tuple(followed.sinks):
            if sink.position < low:
                # It joined while the batch was read: ``join`` has asked for another round, from where it stands.
                continue
            if batch.more and sink.position == low:
                followed.sinks.discard(sink)
                sink.too_old()
                continue
            missing = [frame for frame in batch.frames if frame.n > sink.position]
            sink.position = max(sink.position, batch.reached)
            if missing:
                sink.push(missing)


@dataclass(frozen=True, slots=True)
class _Batch:
    frames: Sequence[Frame]
    reached: int
    more: bool
