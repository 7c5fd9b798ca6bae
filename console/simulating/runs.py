"""Runs one simulation at a time in worker processes, says how far it is, and leaves nothing behind when it is stopped."""

import asyncio
import logging
import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from console.changes import simulations as changes
from console.settings import SimulationSettings
from console.simulating.worker import begin, run_one, summary
from core.store.database import Database
from core.tasks import Supervisor
from routing.simulation.measure import Counts
from routing.simulation.scenario import Scenario

log = logging.getLogger(__name__)

_STOP_SECONDS = 5
_ERROR_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Given:
    """``locales``: the folder of texts. ``alone``: no other process serves this installation."""

    db: Database
    supervisor: Supervisor
    settings: SimulationSettings
    locales: Path
    alone: bool


class Runs:
    """``begin`` starts one in the background; a supervisor that stops ends it, and the database says so."""

    def __init__(self, given: Given, new_pool: Callable[[], ProcessPool] | None = None) -> None:
        self._given = given
        self._new_pool = new_pool or self._spawned
        self._newest: asyncio.Task[None] | None = None

    def start(self) -> None:
        """At the start of the server: what its last process did not end is given up."""
        quiet_s = 0.0 if self._given.alone else self._given.settings.quiet_s
        self._newest = self._given.supervisor.start("simulations left over", self._give_up(quiet_s))

    def begin(self, id: str, scenario: Scenario) -> None:
        """Raises nothing: how it ends stands in the database."""
        self._newest = self._given.supervisor.start(f"simulation {id}", self._run(id, scenario))

    async def settled(self) -> None:
        """Until what was begun last has come to its end, whatever that is."""
        if self._newest is not None:
            _ = await asyncio.wait([self._newest])

    async def _give_up(self, quiet_s: float) -> None:
        await self._given.db.run(changes.give_up, quiet_s)

    async def _run(self, id: str, scenario: Scenario) -> None:
        db, settings = self._given.db, self._given.settings
        pool = self._new_pool()
        try:
            async with asyncio.timeout(settings.time_limit_s):
                result = await self._result(pool, id, scenario)
            if result is not None:
                await db.run(changes.finish, id, result, settings.kept)
        except asyncio.CancelledError:
            with suppress(Exception):
                await db.run(changes.fail, id, "stopped")
            raise
        except TimeoutError:
            await db.run(changes.fail, id, "time")
        except (MemoryError, ProcessExpired) as error:
            log.warning("simulation %s was ended: %s", id, error)
            await db.run(changes.fail, id, "memory" if isinstance(error, MemoryError) else "crashed")
        except Exception as error:
            log.exception("simulation %s failed", id)
            await db.run(changes.fail, id, f"failed: {error}"[:_ERROR_CHARACTERS])
        finally:
            await _ended(pool)

    async def _result(self, pool: ProcessPool, id: str, scenario: Scenario) -> dict[str, object] | None:
        """None when it was removed meanwhile."""
        todo: set[asyncio.Future[Counts]] = {
            _scheduled(pool, run_one, scenario, seed, contender)
            for seed in scenario.seeds
            for contender in range(len(scenario.contenders))
        }
        size, counts = len(todo) + 1, list[Counts]()
        while todo:
            done, todo = await asyncio.wait(
                todo, timeout=self._given.settings.beat_s, return_when=asyncio.FIRST_COMPLETED
            )
            counts += [each.result() for each in done]
            if not await self._given.db.run(changes.note, id, len(counts) / size):
                return None
        result: dict[str, object] = await _scheduled(pool, summary, scenario, counts, self._given.locales)
        return result

    def _spawned(self) -> ProcessPool:
        """Spawned, not forked: a fork would copy our threads' locks, and open connections."""
        settings = self._given.settings
        return ProcessPool(
            max_workers=settings.workers,
            initializer=begin,
            initargs=(settings.memory_bytes,),
            context=multiprocessing.get_context("spawn"),
        )


def _scheduled(pool: ProcessPool, work: Callable[..., Any], *given: object) -> "asyncio.Future[Any]":
    return asyncio.wrap_future(pool.schedule(work, args=given))


async def _ended(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    with suppress(TimeoutError):
        await asyncio.to_thread(pool.join, _STOP_SECONDS)
