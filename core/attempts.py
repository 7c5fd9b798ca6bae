"""How what several handlers do in one transaction is tried: all of it together first, each apart where that fails."""

from collections.abc import Callable

from core.events import Recorded
from core.store.tx import Tx

Attempt = Callable[..., None]


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
