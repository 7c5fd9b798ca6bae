"""Runs one piece of work in a process of its own: what takes too long, too much memory, or crashes, ends it alone."""

import asyncio
import multiprocessing
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from core.errors import TooMuch

P = ParamSpec("P")
T = TypeVar("T")

_PARENT_GONE = 3
_START_S = 20.0
_STOP_S = 5


class Apart:
    """A process for each piece of work, one at a time; it ends with this process, however that ends.

    ``seconds`` and ``memory_bytes`` (above what a process has at its start): what one piece may take.
    """

    def __init__(self, seconds: float, memory_bytes: int) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._one = asyncio.Lock()

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``work``, what it is given and what it returns are pickled. Raises what it raises, and TooMuch."""
        async with self._one:
            pool = ProcessPool(
                max_workers=1,
                max_tasks=1,
                initializer=_begin,
                initargs=[self._memory_bytes],
                # Spawned, not forked: a fork would copy our threads' locks, and open connections.
                context=multiprocessing.get_context("spawn"),
            )
            try:
                return await self._result(pool, work, args, kwargs)
            finally:
                await _ended(pool)

    async def _result(self, pool: ProcessPool, work: Callable[..., T], args: Any, kwargs: Any) -> T:
        try:
            async with asyncio.timeout(self._seconds + _START_S):
                scheduled = pool.schedule(work, args=args, kwargs=kwargs, timeout=self._seconds)
                result: T = await asyncio.wrap_future(scheduled)
                return result
        except TimeoutError:
            raise TooMuch(f"it took longer than {self._seconds:g} seconds") from None
        except MemoryError:
            raise TooMuch(f"it took more memory than {self._memory_bytes} bytes") from None
        except ProcessExpired as error:
            raise TooMuch(f"it ended its process ({error.exitcode})") from None


def _begin(memory_bytes: int) -> None:
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(_PARENT_GONE)


async def _ended(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    with suppress(TimeoutError):
        await asyncio.to_thread(pool.join, _STOP_S)
