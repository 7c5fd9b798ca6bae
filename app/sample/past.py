"""Lets something be written down as of a time before."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from core.store.tx import Tx


@contextmanager
def back_then(tx: Tx, ago: timedelta) -> Iterator[None]:
    """What happens in here is written down as of that time."""
    now = tx.now
    tx.now = now - ago
    try:
        yield
    finally:
        tx.now = now
