"""Three processes under load, and everything around them fails: nothing lost, doubled, misplaced or left waiting."""

import asyncio
import os
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.builders import a_world
from tests.chaos.checks import Watch, check, read_clients
from tests.chaos.everywhere import pause
from tests.chaos.farm import Driver, Farm, running_farm
from tests.chaos.faults import FAULTS

pytestmark = pytest.mark.postgres

WAITS_S = 5.0
"""Longer does no conversation wait while an eligible agent is free."""
PATIENCE = 6.0
"""So many times as long on a machine that does much else: there it is not what the test is about."""
STANDSTILL_S = 300.0
"""Generous: it is never waited for unless something is wrong."""


def seeded() -> tuple[Random, int]:
    """By a seed that a failure shows; CHAOS_SEED repeats the choices of a run, though not its timing."""
    seed = int(os.environ.get("CHAOS_SEED") or Random().randrange(10**6))
    print(f"CHAOS_SEED={seed}")
    return Random(seed), seed


@dataclass(frozen=True, slots=True)
class Load:
    """``frames`` arrive before the first fault and after each; a fault and what follows take ``run_s`` at least. ``waits_s`` is what is allowed."""

    visitors: int
    agents: int
    frames: int
    waits_s: float
    run_s: float = 0.0


SMALL = Load(visitors=20, agents=5, frames=40, waits_s=WAITS_S * PATIENCE)
FULL = Load(visitors=300, agents=60, frames=1000, waits_s=WAITS_S, run_s=30.0)


async def survive(folder: Path, load: Load) -> dict[str, int]:
    """Each fault, in an order that is drawn, while visitors write and agents answer; then everything is counted."""
    random, seed = seeded()
    async with running_farm(folder, random, load.agents) as (farm, people):
        driver, watch = Driver(farm, people, load.visitors, seed), Watch(farm.database)
        watching = asyncio.create_task(watch.run())
        driving = asyncio.create_task(driver.run())
        try:
            await _unless_over(driver.advance(load.frames), driving)
            for name in random.sample(tuple(FAULTS), len(FAULTS)):
                watch.during = name
                await _unless_over(_break(farm, driver, name, load, random), driving)
            watch.during = "the end"
            await _unless_over(driver.close(), driving)
            await _unless_over(watch.settled(), driving)
            driver.end()
            await driving
        except AssertionError as error:
            logs = "\n".join(f"{each.folder.name}: {each.log()[-3000:]}" for each in farm.servers)
            state = await watch.told()
            pytest.fail(
                f"{error}\n{driver.visits} visits, {driver.left} of them open\n{driver.told()}\n{state}\n{logs}"
            )
        finally:
            for task in (driving, watching):
                task.cancel()
            await asyncio.gather(driving, watching, return_exceptions=True)
        ended = await asyncio.gather(*(asyncio.to_thread(each.stop) for each in farm.servers))
        assert ended == [0] * len(farm.servers)
        async with a_world(farm.database) as world:
            counts = await world.db.read(check, *read_clients(driver.result))
    waits = ", ".join(f"{name} {longest_s:.1f} s" for name, longest_s in watch.longest_s.items())
    print(counts, f"the longest wait beside a free agent: {waits}", watch.why, sep="\n")
    assert max(watch.longest_s.values()) <= load.waits_s, f"{waits}\n{watch.why}"
    return counts


async def _break(farm: Farm, driver: Driver, fault: str, load: Load, random: Random) -> None:
    ends = asyncio.get_running_loop().time() + load.run_s
    await FAULTS[fault](farm, random)
    await driver.advance(load.frames)
    await pause(max(0.0, ends - asyncio.get_running_loop().time()))
    print(f"{fault}: over after {driver.progress} frames, {driver.visits} visits", flush=True)


async def _unless_over(wanted: Awaitable[None], other: asyncio.Task[None]) -> None:
    """Wait for the first; what the other raises meanwhile is raised here. Fails when nothing comes of it."""
    waiting = asyncio.ensure_future(wanted)
    done, _ = await asyncio.wait({waiting, other}, timeout=STANDSTILL_S, return_when=asyncio.FIRST_COMPLETED)
    if waiting not in done:
        waiting.cancel()
    for task in done:
        task.result()
    assert waiting in done, "nothing moves"


async def test_every_fault_once_loses_doubles_and_strands_nothing(tmp_path: Path) -> None:
    counts = await survive(tmp_path, SMALL)
    assert counts["returns"] > 0
    assert counts["held"] > 0


@pytest.mark.soak
@pytest.mark.parametrize("round_", range(20))
async def test_every_fault_under_full_load(tmp_path: Path, round_: int) -> None:
    """One after the other, in another order each time: about four minutes."""
    _ = round_
    await survive(tmp_path, FULL)
