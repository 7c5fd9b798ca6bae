"""Live fan-out after the commit: hints that something moved, never the thing itself."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
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


class Bus(Protocol):
    """Carries signals to every process; one may be lost, so nothing rests on them but speed."""

    def publish(self, signal: Signal) -> None:
        """Returns at once; listeners run on the event loop."""
        ...

    def listen(self, kind: type[S], listener: Callable[[S], None]) -> Callable[[], None]:
        """Calls ``listener`` for each signal of this type; what is returned ends it."""
        ...


class InProcessBus:
    """For one process: calls the listeners directly, loses nothing."""

    def __init__(self) -> None:
        self._listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)

    def publish(self, signal: Signal) -> None:
        for listener in tuple(self._listeners[type(signal)]):
            try:
                listener(signal)
            except Exception:
                log.exception("a listener failed on %s", type(signal).__name__)

    def listen(self, kind: type[S], listener: Callable[[S], None]) -> Callable[[], None]:
        self._listeners[kind].append(listener)
        return lambda: self._listeners[kind].remove(listener)
