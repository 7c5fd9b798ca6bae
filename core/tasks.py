"""The one place where tasks and threads begin: every one has a name, an owner and an end."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from core.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 10.0
_AGAIN_S = 0.5
_TOLD_EVERY = 20

log = logging.getLogger(__name__)


class Supervisor:
    """Owns the background tasks of a process; ``stop`` ends all of them."""

    def __init__(self, jitter: random.Random) -> None:
        self._jitter = jitter
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run it once; an error is logged, so that nobody has to await the task."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def service(self, name: str, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run it for as long as the process lives: after an error again, with back-off and jitter.

        What ran for longer than the longest pause comes back as soon as after a first error.
        """
        return self.start(name, self._forever(name, work))

    async def stop(self, within_s: float | None = None) -> None:
        """Cancel everything and wait for it, at most so long: what writes its last may wait for a database that is away."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            _, left = await asyncio.wait(tasks, timeout=within_s)
            for task in left:
                log.warning("task %s did not end in time", task.get_name())

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task %s failed", task.get_name(), exc_info=error)

    async def _forever(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        loop, pause = asyncio.get_running_loop(), _FIRST_PAUSE_S
        while True:
            began = loop.time()
            try:
                await work()
            except Exception:
                if loop.time() - began > _LONGEST_PAUSE_S:
                    pause = _FIRST_PAUSE_S
                log.exception("service %s failed, it starts again in %.1f s", name, pause)
                await asyncio.sleep(pause * (0.5 + self._jitter.random()))
                pause = min(_LONGEST_PAUSE_S, pause * 2)
            else:
                return


async def rounds(name: str, work: Callable[[], Awaitable[float]], awake: asyncio.Event) -> None:
    """One after the other for ever: ``work`` says how many seconds the next may wait, unless it is awoken.

    While something that it needs does not answer it is tried twice a second, however long that takes: nothing that
    waits for it waits longer than that once it is back.
    """
    failures = 0
    while True:
        awake.clear()
        try:
            pause_s = await work()
        except Unavailable as error:
            if failures % _TOLD_EVERY == 0:
                log.warning("%s cannot go on, it is tried again every %.1f s: %s", name, _AGAIN_S, error)
            failures += 1
            await asyncio.sleep(_AGAIN_S)
            continue
        if failures:
            log.info("%s goes on", name)
            failures = 0
        if pause_s > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await awake.wait()


class Workers:
    """A bounded pool of threads for whatever takes over 5 ms of CPU."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="worker")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """In the order they come; cancelling the caller does not stop what has begun."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(work, *args, **kwargs))

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
