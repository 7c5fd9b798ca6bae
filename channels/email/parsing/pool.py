"""Worker processes that parse mails: a mail that kills, hangs or fills one is named, all others pass."""

import asyncio
import multiprocessing
from collections.abc import Iterator, Sequence

from pebble import ProcessExpired, ProcessPool

from channels.email.mail import ParsedMail, Unparsable
from channels.email.parsing.limits import ParseLimits, PoolLimits
from channels.email.parsing.worker import begin, parse_batch

Parsed = ParsedMail | Unparsable


class ParsePool:
    """Workers start with the first mail; they end with ``close``, and with this process however it ends."""

    def __init__(self, limits: ParseLimits, pool: PoolLimits = PoolLimits()) -> None:  # noqa: B008 - frozen
        self._limits = limits
        self._pool_limits = pool
        # Spawned, not forked: a fork would copy our threads' locks, and open connections.
        self._pool = ProcessPool(
            max_workers=pool.workers,
            max_tasks=pool.worker_batches,
            initializer=begin,
            initargs=(limits,),
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
        except (ProcessExpired, TimeoutError, MemoryError, OSError) as failure:
            if len(raws) == 1:
                return [self._unparsable(failure)]
        return [each for raw in raws for each in await self._batch([raw])]

    async def _run(self, raws: list[bytes]) -> list[Parsed]:
        scheduled = self._pool.schedule(
            parse_batch, args=(raws, self._limits), timeout=self._pool_limits.batch_seconds
        )
        return await asyncio.wrap_future(scheduled)

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
        self._pool.stop()  # type: ignore[no-untyped-call]
        await asyncio.to_thread(self._pool.join)
