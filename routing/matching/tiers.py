"""How long a conversation must have waited in a queue before it comes to some of its agents: each such time is a tier."""

from bisect import bisect_right
from collections.abc import Mapping
from math import inf

from core.ids import QueueId


class Tiers:
    """The delays of all agents that are known, present or not, so that coming and going moves nobody."""

    def __init__(self) -> None:
        self._counts: dict[QueueId, dict[float, int]] = {}
        self._sorted: dict[QueueId, list[float]] = {}
        self.any = False

    def change(self, before: Mapping[QueueId, float], after: Mapping[QueueId, float]) -> list[QueueId]:
        """One agent's delays; the queues that have other tiers now."""
        if before == after:
            return []
        changed: dict[QueueId, None] = {}
        for delays, more in ((before, -1), (after, 1)):
            for queue, delay in delays.items():
                if delay > 0:
                    counts = self._counts.setdefault(queue, {})
                    counts[delay] = counts.get(delay, 0) + more
                    if counts[delay] == 0:
                        del counts[delay]
                    changed[queue] = None
        return [queue for queue in changed if self._sort(queue)]

    def of(self, queue: QueueId, waited: float) -> float:
        """The longest delay that is over."""
        delays = self._sorted.get(queue)
        if not delays:
            return 0.0
        at = bisect_right(delays, waited)
        return delays[at - 1] if at else 0.0

    def after(self, queue: QueueId, waited: float) -> float:
        """The next one; infinity after the last."""
        delays = self._sorted.get(queue)
        if not delays:
            return inf
        at = bisect_right(delays, waited)
        return delays[at] if at < len(delays) else inf

    def _sort(self, queue: QueueId) -> bool:
        delays = sorted(self._counts[queue])
        if self._sorted.get(queue, []) == delays:
            return False
        self._sorted[queue] = delays
        self.any = any(self._sorted.values())
        return True
