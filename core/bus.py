"""Live fan-out after the commit: hints that something moved, never the thing itself."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from core.events import Topic

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TopicMoved:
    """The newest event of ``topic`` has number ``n``."""

    topic: Topic
    n: int


@dataclass(frozen=True, slots=True)
class OutboxReady:
    """There is work in the outbox, or a timer was set."""


@dataclass(frozen=True, slots=True)
class Transient:
    """Something nobody stores: who types, who looks."""

    topic: Topic
    kind: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The state of a part of the system, for whoever watches: ``what`` names it."""

    what: str
    data: Mapping[str, object]


Signal = TopicMoved | OutboxReady | Transient | StateChanged
S = TypeVar("S", TopicMoved, OutboxReady, Transient, StateChanged)


BUS = "bus"
"""A ``StateChanged`` of the bus itself, ``whole``: whether signals of other processes are heard from now on.

Of what was told before nobody knows: whoever rests on signals looks for themselves.
"""


class Bus(Protocol):
    """Carries signals to every process; one may be lost, so nothing rests on them but speed."""

    @property
    def whole(self) -> bool:
        """Whether what other processes publish is heard here, as far as is known."""
        ...

    def publish(self, signal: Signal) -> None:
        """Returns at once; listeners run on the event loop."""
        ...

    def hear(self, signal: Signal) -> None:
        """As if another process had told it; nobody else hears of it."""
        ...

    def listen(
        self, kind: type[S], listener: Callable[[S], None], *, own: bool = False
    ) -> Callable[[], None]:
        """Calls ``listener`` for each signal of this type, ``own``: only for those of this process; what is returned ends it."""
        ...

    def others(self) -> Collection[str]:
        """The processes beside this one that were heard a moment ago."""
        ...


class Listeners:
    """Who listens in this process."""

    def __init__(self) -> None:
        self._all: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
        self._own: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)

    def add(self, kind: type[S], listener: Callable[[S], None], *, own: bool) -> Callable[[], None]:
        listeners = self._own[kind] if own else self._all[kind]
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    def call(self, signal: Signal, *, own: bool) -> None:
        """Each of them, whatever another does with it."""
        kind = type(signal)
        for listener in (*self._all[kind], *(self._own[kind] if own else ())):
            try:
                listener(signal)
            except Exception:
                log.exception("a listener failed on %s", kind.__name__)


class InProcessBus:
    """For one process: calls the listeners directly, loses nothing."""

    def __init__(self) -> None:
        self._listeners = Listeners()

    @property
    def whole(self) -> bool:
        return False

    def publish(self, signal: Signal) -> None:
        self._listeners.call(signal, own=True)

    def hear(self, signal: Signal) -> None:
        self._listeners.call(signal, own=False)

    def listen(
        self, kind: type[S], listener: Callable[[S], None], *, own: bool = False
    ) -> Callable[[], None]:
        return self._listeners.add(kind, listener, own=own)

    def others(self) -> Collection[str]:
        return ()
