"""Topics and resuming: whoever follows a topic gets each of its events once, in order, from the number they had."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.bus import Bus, TopicMoved
from core.events import Recorded, Topic
from core.store.database import Database
from core.store.messages import read_topics
from core.store.tx import Tx
from core.tasks import Supervisor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Frame:
    """An event, encoded once for everybody; ``n`` is its number in the count that the hub follows."""

    n: int
    data: bytes


Render = Callable[[Tx, Sequence[Recorded]], Sequence[Frame]]
"""Exactly one frame for each event, in their order; the events may be of several topics."""

_TOPICS_AT_ONCE = 64


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


class Hub:
    """Follows topics for many sinks with one read and one encoding for each new event.

    Topics that moved while a read was under way share the next one, so that load makes reads larger, not more.
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
        self._topics: dict[Topic, set[Sink]] = {}
        self._asked: dict[Topic, None] = {}
        self._pumping = False
        self._unlisten = bus.listen(TopicMoved, self._moved)

    def close(self) -> None:
        """Hear no more signals."""
        self._unlisten()

    def join(self, topic: Topic, sink: Sink) -> None:
        """Give the sink everything after its ``position``, and then what comes."""
        self._topics.setdefault(topic, set()).add(sink)
        self._ask(topic)

    def leave(self, topic: Topic, sink: Sink) -> None:
        """It gets nothing more; leaving twice does nothing."""
        sinks = self._topics.get(topic)
        if sinks is None:
            return
        sinks.discard(sink)
        if not sinks:
            del self._topics[topic]

    @property
    def followed(self) -> int:
        """How many topics somebody follows."""
        return len(self._topics)

    def sweep(self) -> None:
        """Look at every followed topic, for a bus that may have lost a signal."""
        for topic in self._topics:
            self._ask(topic)

    def _moved(self, signal: TopicMoved) -> None:
        if signal.topic in self._topics:
            self._ask(signal.topic)

    def _ask(self, topic: Topic) -> None:
        self._asked[topic] = None
        if not self._pumping:
            self._pumping = True
            _ = self._supervisor.start("stream", self._pump())

    async def _pump(self) -> None:
        """Until nobody asks. What could not be read stays asked for: the next signal or sweep tries it again."""
        failed: list[Topic] = []
        try:
            while self._asked:
                asked = list(self._asked)[:_TOPICS_AT_ONCE]
                lows = {
                    topic: min(sink.position for sink in self._topics[topic])
                    for topic in asked
                    if topic in self._topics
                }
                for topic in asked:
                    del self._asked[topic]
                if lows:
                    failed += await self._read(lows)
        finally:
            self._asked.update(dict.fromkeys(failed))
            self._pumping = False

    async def _read(self, lows: Mapping[Topic, int]) -> list[Topic]:
        """The topics that could not be read; one of them holds up no others."""
        try:
            batches = await self._db.read(self._next, lows)
        except Exception:
            if len(lows) > 1:
                return [each for topic, low in lows.items() for each in await self._read({topic: low})]
            log.exception("what is new in %s could not be read", next(iter(lows)))
            return [*lows]
        for topic, batch in batches.items():
            self._give(topic, lows[topic], batch)
        return []

    def _next(self, tx: Tx, lows: Mapping[Topic, int]) -> "dict[Topic, _Batch]":
        found = read_topics(tx, lows, self._replay + 1, visible_only=self._visible_only)
        kept = {topic: events[: self._replay] for topic, events in found.items()}
        frames = iter(self._render(tx, [event for events in kept.values() for event in events]))
        return {
            topic: _Batch([next(frames) for _ in events], len(found[topic]) > self._replay)
            for topic, events in kept.items()
        }

    def _give(self, topic: Topic, low: int, batch: "_Batch") -> None:
        if batch.more:
            self._ask(topic)
        for sink in tuple(self._topics.get(topic, ())):
            if sink.position < low:
                # It joined while the batch was read: ``join`` has asked for another round, from where it stands.
                continue
            if batch.more and sink.position == low:
                self.leave(topic, sink)
                sink.too_old()
                continue
            missing = [frame for frame in batch.frames if frame.n > sink.position]
            if missing:
                sink.position = missing[-1].n
                sink.push(missing)


@dataclass(frozen=True, slots=True)
class _Batch:
    frames: Sequence[Frame]
    more: bool
