"""Runs something beside a block, for as long as the block takes."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager


@asynccontextmanager
async def meanwhile(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """What ``work`` raises ends the block and is raised; the first error counts, as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            beside = group.create_task(work)
            try:
                yield
            finally:
                beside.cancel()
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors
