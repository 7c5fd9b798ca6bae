"""Stopping what runs in the background."""

import asyncio
from random import Random

from core.tasks import Supervisor


async def test_who_does_not_come_to_an_end_holds_up_a_stop_for_so_long_only() -> None:
    supervisor, gone = Supervisor(Random(1)), asyncio.Event()

    async def cling() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await gone.wait()

    clinging = supervisor.start("clinging", cling())
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await supervisor.stop(0.01)
    assert not clinging.done()
    gone.set()
    await asyncio.wait([clinging])


async def test_a_stop_waits_for_what_is_still_written_down() -> None:
    supervisor, written = Supervisor(Random(1)), []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            written.append("the last")

    _ = supervisor.start("working", work())
    await asyncio.sleep(0)
    await supervisor.stop(30)
    assert written == ["the last"]
