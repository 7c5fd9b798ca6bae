"""Two buses of two processes in one test: what one publishes the other hears, as bytes, unless the way between is cut."""

from core.bus import BUS, InProcessBus, OutboxReady, Signal, StateChanged
from core.bus_wire import decode, encode


class LinkedBus(InProcessBus):
    """``process`` is its name; make a pair with ``linked``."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self.process = process
        self.cut = False
        self._links: list[LinkedBus] = []

    @property
    def whole(self) -> bool:
        return not self.cut

    def others(self) -> tuple[str, ...]:
        return () if self.cut else tuple(each.process for each in self._links if not each.cut)

    def publish(self, signal: Signal) -> None:
        super().publish(signal)
        for each in self._links:
            if not self.cut and not each.cut:
                for heard in decode(encode(self.process, [signal])).signals:
                    each.hear(heard)

    def link(self, other: "LinkedBus") -> None:
        self._links.append(other)

    def turn(self, *, cut: bool) -> None:
        """As when Redis goes, or is back."""
        self.cut = cut
        self.hear(StateChanged(BUS, {"whole": not cut}))
        self.hear(OutboxReady())


def linked() -> tuple[LinkedBus, LinkedBus]:
    one, other = LinkedBus("one"), LinkedBus("other")
    one.link(other)
    other.link(one)
    return one, other
