"""Places for work: in turns by who asks, and never all of them or all of the queue for one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from core.errors import Unavailable
from knowledge.helpcenter.room import Room, RoomSettings

LONG_S = 60.0


@dataclass
class Crowd:
    """Work that ends when told; ``began`` in order, ``refused`` who got no place."""

    room: Room
    began: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ends: dict[str, asyncio.Event] = field(default_factory=dict)
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def comes(self, *names: str) -> None:
        """``a1`` is of the source ``a``."""
        for name in names:
            self.ends[name] = asyncio.Event()
            self.tasks[name] = asyncio.ensure_future(self._work(name))
            await settled()

    async def ends_of(self, *names: str) -> None:
        for name in names:
            self.ends[name].set()
            await settled()

    async def _work(self, name: str) -> None:
        try:
            async with self.room.place(name[0]):
                self.began.append(name)
                await self.ends[name].wait()
        except Unavailable:
            self.refused.append(name)


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@asynccontextmanager
async def a_crowd(**limits: float) -> AsyncIterator[Crowd]:
    known = {"places": 2, "each": 2, "waiting": 4, "wait_s": LONG_S} | limits
    crowd = Crowd(Room(RoomSettings(**known)))  # type: ignore[arg-type]
    yield crowd
    for task in crowd.tasks.values():
        task.cancel()
    await asyncio.gather(*crowd.tasks.values(), return_exceptions=True)


async def test_so_many_work_at_once_and_the_next_when_one_has_ended() -> None:
    async with a_crowd() as crowd:
        await crowd.comes("a1", "b1", "c1")
        assert crowd.began == ["a1", "b1"]
        await crowd.ends_of("b1")
        assert crowd.began == ["a1", "b1", "c1"]


async def test_one_source_holds_only_a_part_of_the_places() -> None:
    async with a_crowd(each=1) as crowd:
        await crowd.comes("a1", "a2", "a3", "b1")
        assert crowd.began == ["a1", "b1"]
        await crowd.ends_of("a1")
        assert crowd.began == ["a1", "b1", "a2"]


async def test_who_has_many_waiting_is_not_served_before_who_has_one() -> None:
    async with a_crowd(places=1) as crowd:
        await crowd.comes("a1", "a2", "a3", "b1", "c1")
        await crowd.ends_of("a1", "a2", "b1", "c1")
        assert crowd.began == ["a1", "a2", "b1", "c1", "a3"]


async def test_of_a_full_queue_the_greediest_give_way_to_who_comes_new() -> None:
    async with a_crowd(places=1) as crowd:
        await crowd.comes("a1", "a2", "a3", "a4", "b1")
        await crowd.comes("c1")
        assert crowd.refused == ["a4"]
        await crowd.comes("a5")
        assert crowd.refused == ["a4", "a5"]
        await crowd.comes("d1")
        assert crowd.refused == ["a4", "a5", "a3"]
        # Nobody waits with more than one now: who comes last has to come again.
        await crowd.comes("e1")
        assert crowd.refused == ["a4", "a5", "a3", "e1"]
        await crowd.ends_of("a1", "a2", "b1", "c1", "d1")
        assert crowd.began == ["a1", "a2", "b1", "c1", "d1"]


async def test_nobody_waits_without_end() -> None:
    async with a_crowd(places=1, wait_s=0.0) as crowd:
        await crowd.comes("a1")
        crowd.began.clear()
        await crowd.comes("b1")
        assert (crowd.began, crowd.refused) == ([], ["b1"])


@pytest.mark.parametrize("at_work", [False, True])
async def test_who_goes_away_keeps_no_place(*, at_work: bool) -> None:
    async with a_crowd(places=1, waiting=2) as crowd:
        await crowd.comes("a1", "b1", "c1")
        if at_work:
            await crowd.ends_of("a1")
        crowd.tasks["b1"].cancel()
        await settled()
        # Nor one in the queue.
        await crowd.comes("d1")
        await crowd.ends_of("a1", "c1")
        assert crowd.refused == []
        assert crowd.began[-1] == "d1"


async def test_who_goes_away_in_the_moment_in_which_it_is_their_turn_hands_it_on() -> None:
    async with a_crowd(places=1) as crowd:
        async with crowd.room.place("a"):
            await crowd.comes("b1", "c1")
        crowd.tasks["b1"].cancel()
        await settled()
        assert crowd.began == ["c1"]
