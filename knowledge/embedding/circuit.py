"""Leaves alone what failed: for a while nobody asks it, and then one asks whether it answers again."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from core.clock import Clock

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Since when it has not answered, and what came instead the last time."""

    since: datetime
    why: str


class Circuit:
    """Safe for any number of threads. ``name`` is what the log calls it."""

    def __init__(self, name: str, clock: Clock, pause_s: float) -> None:
        self._name = name
        self._clock = clock
        self._pause = timedelta(seconds=pause_s)
        self._lock = Lock()
        self._until = clock.now()
        self._trying = False
        self._trouble: Trouble | None = None

    @property
    def trouble(self) -> Trouble | None:
        """None while it may be asked."""
        return self._trouble

    def may_try(self) -> bool:
        """True for one caller after each pause, who then says ``answered`` or ``failed``."""
        with self._lock:
            if self._trying or self._clock.now() < self._until:
                return False
            self._trying = True
            return True

    def answered(self) -> None:
        with self._lock:
            before, self._trouble, self._trying = self._trouble, None, False
        if before is not None:
            log.info("%s answers again", self._name)

    def failed(self, why: str) -> None:
        with self._lock:
            now, before = self._clock.now(), self._trouble
            self._until, self._trying = now + self._pause, False
            self._trouble = Trouble(now if before is None else before.since, why)
        if before is None:
            log.warning("%s failed and is left alone for now, words decide: %s", self._name, why)
