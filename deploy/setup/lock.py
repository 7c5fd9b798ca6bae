"""Lets one set-up at a time make one thing; a second one waits."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.setup.places import ROOT


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Freed by the system when the process ends, however it ends."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True, mode=0o700)
    with (folder / f"setup-{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
