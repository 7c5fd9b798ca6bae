"""What runs in a worker process: parsing within limits of time and memory, and an end when the parent ends."""

import gc
import math
import os
import resource
import signal
import sys
from collections.abc import Sequence
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from types import FrameType

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits
from channels.email.parsing.parse import parse

_PARENT_GONE = 3
_GRACE_SECONDS = 5
"""Of CPU, for C code that no signal handler can interrupt, before the system ends the worker."""


class _TooLong(BaseException):
    """Past ``ParseLimits.seconds``; no ``except Exception`` of a library may take it for its own."""


def begin() -> None:
    """Once a worker: its alarm, and its eye on the parent."""
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    signal.signal(signal.SIGPROF, _alarm)
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(_PARENT_GONE)


def _alarm(signum: int, frame: FrameType | None) -> None:
    raise _TooLong


def parse_batch(raws: Sequence[bytes], limits: ParseLimits) -> list[ParsedMail | Unparsable]:
    """One answer for each, in order."""
    # Only while it parses: a worker that cannot take its task over breaks the whole pool.
    _limit_memory(limits.memory_bytes)
    try:
        return [_parse_one(raw, limits) for raw in raws]
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _limit_memory(more: int) -> None:
    """``more`` bytes above what the process has now; only Linux tells what that is."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _parse_one(raw: bytes, limits: ParseLimits) -> ParsedMail | Unparsable:
    _let_run(limits.seconds)
    try:
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        try:
            return parse(raw, limits)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except Unparsable as refused:
        return refused
    except _TooLong:
        return Unparsable("time", f"parsing it took longer than {limits.seconds:g} seconds")
    except MemoryError:
        gc.collect()
        return Unparsable("memory", f"parsing it took more memory than {limits.memory_bytes} bytes")
    except Exception as error:  # noqa: BLE001 - one mail that a library stumbles over is set aside, with its words
        return Unparsable("failed", f"{type(error).__name__}: {error}"[:500])


def _let_run(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + _GRACE_SECONDS
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
