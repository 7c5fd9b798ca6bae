"""Worker processes that parse mails: a mail that kills, hangs or fills one is named, all others pass."""

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from pebble import ProcessExpired, ProcessPool

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits, PoolLimits
from channels.email.parsing.worker import begin, parse_batch

Parsed = ParsedMail | Unparsable
Work = Callable[[Sequence[bytes], ParseLimits], list[Parsed]]

_START_SECONDS = 20
_STOP_SECONDS = 5
_FAILURES = (ProcessExpired, TimeoutError, MemoryError, OSError)


class ParsePool:
    """Workers start with the first mail; they end with ``close``, and with this process however it ends."""

    def __init__(
        self,
        limits: ParseLimits,
        pool: PoolLimits = PoolLimits(),  # noqa: B008 - frozen
        work: Work = parse_batch,
    ) -> None:
        self._limits = limits
        self._pool_limits = pool
        self._work = work
        self._pool = self._new_pool(pool.workers)
        # One more than works, so that none waits for its next task; none waits long in the pool's own queue.
        self._slots = asyncio.Semaphore(pool.workers + 1)
        self._one = asyncio.Lock()
        self._closed = False

    def _new_pool(self, workers: int) -> ProcessPool:
        """Spawned, not forked: a fork would copy our threads' locks, and open connections."""
        return ProcessPool(
            max_workers=workers,
            max_tasks=self._pool_limits.worker_batches,
            initializer=begin,
            context=multiprocessing.get_context("spawn"),
        )

    async def parse(self, raws: Sequence[bytes]) -> list[Parsed]:
        """One answer for each, in order."""
        done = await asyncio.gather(*(self._batch(batch) for batch in self._batches(raws)))
        return [each for batch in done for each in batch]

    def _batches(self, raws: Sequence[bytes]) -> Iterator[list[bytes]]:
        batch: list[bytes] = []
        size = 0
        for raw in raws:
            full = len(batch) >= self._pool_limits.batch_mails
            if batch and (full or size + len(raw) > self._pool_limits.batch_bytes):
                yield batch
                batch, size = [], 0
            batch.append(raw)
            size += len(raw)
        if batch:
            yield batch

    async def _batch(self, raws: list[bytes]) -> list[Parsed]:
        small = [raw for raw in raws if len(raw) <= self._limits.mail_bytes]
        if len(small) < len(raws):
            # What is too large is refused before it is copied to a worker.
            answers = iter(await self._batch(small) if small else [])
            return [
                next(answers) if len(raw) <= self._limits.mail_bytes else self._too_large(raw) for raw in raws
            ]
        try:
            return await self._run(raws)
        except _FAILURES as failure:
            if len(raws) == 1:
                return [self._unparsable(failure)]
        except BrokenProcessPool:
            # Whose fault it was is not known: each by itself, in a pool of its own.
            return [await self._alone(raw) for raw in raws]
        return [each for raw in raws for each in await self._batch([raw])]

    async def _run(self, raws: list[bytes]) -> list[Parsed]:
        """Once more where the pool was broken: a worker that idles or takes its task breaks all of it by its end."""
        for last in (False, True):
            pool = self._pool
            try:
                return await self._answers(pool, raws)
            except RuntimeError as error:
                if self._closed:
                    raise
                if self._pool is pool:
                    self._pool = self._new_pool(self._pool_limits.workers)
                    await _ended(pool)
                if last:
                    raise BrokenProcessPool from error
        raise AssertionError

    async def _answers(self, pool: ProcessPool, raws: list[bytes]) -> list[Parsed]:
        """Raises one of ``_FAILURES`` where these mails are to blame, RuntimeError where the pool is broken."""
        seconds = self._pool_limits.batch_seconds
        async with self._slots:
            scheduled = pool.schedule(self._work, args=(raws, self._limits), timeout=seconds)
            # A worker that is killed while it is handed its task leaves the pool waiting for it for ever.
            clock = asyncio.timeout(2 * seconds + _START_SECONDS)
            try:
                async with clock:
                    return await asyncio.wrap_future(scheduled)
            except TimeoutError:
                if clock.expired():
                    raise BrokenProcessPool("it is stuck") from None
                raise

    async def _alone(self, raw: bytes) -> Parsed:
        async with self._one:
            pool = self._new_pool(1)
            try:
                return (await self._answers(pool, [raw]))[0]
            except (*_FAILURES, RuntimeError) as failure:
                return self._unparsable(failure)
            finally:
                await _ended(pool)

    def _too_large(self, raw: bytes) -> Unparsable:
        return Unparsable("too_large", f"the mail has {len(raw)} bytes, more than {self._limits.mail_bytes}")

    def _unparsable(self, failure: BaseException) -> Unparsable:
        if isinstance(failure, TimeoutError):
            return Unparsable(
                "time", f"parsing it took longer than {self._pool_limits.batch_seconds:g} seconds"
            )
        if isinstance(failure, MemoryError):
            return Unparsable("memory", f"parsing it took more memory than {self._limits.memory_bytes} bytes")
        return Unparsable("crashed", f"the process that parsed it ended: {failure}"[:500])

    async def close(self) -> None:
        """What is being parsed is given up."""
        self._closed = True
        await _ended(self._pool)


async def _ended(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    with suppress(TimeoutError):
        await asyncio.to_thread(pool.join, _STOP_SECONDS)
