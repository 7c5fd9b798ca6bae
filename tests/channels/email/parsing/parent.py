"""A process with a pool, to be killed: one of its two workers says at the path given that it is busy."""

import asyncio
import multiprocessing
import sys

from channels.email.parsing.limits import ParseLimits, PoolLimits
from channels.email.parsing.pool import ParsePool
from tests.channels.email.parsing.evil_work import misbehave


async def main() -> None:
    pool = ParsePool(ParseLimits(), PoolLimits(workers=2, batch_seconds=600), misbehave)
    await asyncio.gather(*(pool.parse([b"From: a@example.com\n\nHello"]) for _ in range(2)))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(pool.parse([b"hang " + sys.argv[1].encode()]))
        sys.stdout.write(" ".join(str(child.pid) for child in multiprocessing.active_children()) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
