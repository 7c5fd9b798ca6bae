"""How what handlers do is tried: what several do in one transaction together first, each apart where that fails; and when again."""

from collections.abc import Callable
from dataclasses import dataclass

from core.events import Recorded
from core.store.tx import Tx

Attempt = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Retry:
    """Seconds: the first pause, doubled each time up to the longest, until the horizon after the first attempt.

    Jitter takes a pause to between a half and one and a half of itself.
    """

    first_s: float = 0.2
    longest_s: float = 300.0
    horizon_s: float = 86_400.0

    def pause_s(self, attempts: int, jitter: float) -> float:
        """After ``attempts`` failures; ``jitter`` is uniform in [0, 1)."""
        return float(min(self.longest_s, self.first_s * 2 ** min(attempts, 30)) * (0.5 + jitter))


class SpoiltError(Exception):
    """One of several that were to commit together failed, and the transaction with it."""


def together(tx: Tx, work: Callable[..., None], *args: Recorded) -> None:
    """Raises SpoiltError, whatever failed."""
    try:
        work(tx, *args)
    except Exception as error:
        raise SpoiltError from error


def apart(tx: Tx, work: Callable[..., None], *args: Recorded) -> None:
    """What fails is undone by itself and raised."""
    tx.attempt(work, *args)
