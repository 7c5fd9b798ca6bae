"""What runs in the background: how it is stopped, and when it comes back after a failure."""

import asyncio
from collections.abc import Iterable, Iterator
from random import Random

import pytest

from core.errors import Unavailable
from core.tasks import Supervisor, rounds


class Time:
    """Of the event loop, moved by hand; whoever sleeps is awake at once, and for how long it would have slept is noted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        really = asyncio.sleep

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            await really(0)

        monkeypatch.setattr(asyncio, "sleep", sleep)
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)


async def slept_by_a_service(time: Time, ran_s: Iterable[float]) -> list[float]:
    """Each time it fails after so many seconds; at last it ends."""
    after: Iterator[float] = iter(ran_s)

    async def work() -> None:
        for seconds in after:
            time.now += seconds
            raise RuntimeError("not today")

    await Supervisor(Random(1)).service("service", work)
    return time.slept


async def test_a_service_that_fails_again_and_again_stays_away_for_longer_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept = await slept_by_a_service(Time(monkeypatch), [1] * 20)
    assert max(slept[:2]) < 1
    assert min(slept[-10:]) >= 5


async def test_a_service_that_worked_for_long_comes_back_soon_after_its_next_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept = await slept_by_a_service(Time(monkeypatch), [*([1] * 20), 60, 1, 60, 1])
    assert max(slept[-4:]) < 1


async def test_what_goes_in_rounds_is_tried_again_soon_however_often_what_it_needs_was_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time, went_well = Time(monkeypatch), 0
    outcomes = iter([*([False] * 60), True, *([False] * 60), True])

    async def work() -> float:
        nonlocal went_well
        for well in outcomes:
            went_well += well
            if not well:
                raise Unavailable("away")
            return 0.0
        raise EOFError

    with pytest.raises(EOFError):
        await rounds("work", work, asyncio.Event())
    assert went_well == 2
    assert max(time.slept) <= 1
    assert len(time.slept) == 120


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
