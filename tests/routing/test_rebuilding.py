"""A router that reads everything anew for longer than its lease lasts goes on holding it, and loses it only to somebody else."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from core.errors import Unavailable
from core.store.database import Database
from core.store.tables.routing import lease as lease_table
from core.store.tx import Tx
from routing import intake, lease
from routing.handlers import Router
from tests.routing.center import SETTINGS, Center, a_router

OFTEN = replace(SETTINGS, renew_s=0.01)
PATIENCE_S = 30.0


class SlowToBuild:
    """The database, but that everything is read only when the test lets it; ``held`` counts what holds the lease."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.building, self.go_on, self.held = asyncio.Event(), asyncio.Event(), asyncio.Queue[object]()
        self.broken_off = asyncio.Event()

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        result = await self._db.run(work, *args, **kwargs)
        if work is lease.hold:
            self.held.put_nowait(result)
        return result

    async def read(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if work is intake.build:
            self.building.set()
            try:
                await self.go_on.wait()
            except asyncio.CancelledError:
                self.broken_off.set()
                raise
        return await self._db.read(work, *args, **kwargs)

    @property
    def large(self) -> Database:
        return self

    async def close(self) -> None:
        await self._db.close()

    async def holds_again(self) -> None:
        """Whatever was held before: once more from now on."""
        while not self.held.empty():
            self.held.get_nowait()
        async with asyncio.timeout(PATIENCE_S):
            await self.held.get()


async def building(center: Center) -> tuple[SlowToBuild, Router, "asyncio.Task[bool]"]:
    """A router that holds the lease and is in the middle of reading everything."""
    db = SlowToBuild(center.db)
    router = Router(db, center.world.bus, center.world.clock, "slow", OFTEN)
    step = asyncio.create_task(router.step())
    async with asyncio.timeout(PATIENCE_S):
        await db.building.wait()
    return db, router, step


async def test_the_lease_is_renewed_while_everything_is_read(center: Center) -> None:
    db, router, step = await building(center)
    for _ in range(3):
        center.world.clock.forward(SETTINGS.lease_s * 0.9)
        await db.holds_again()
    other = a_router(center.world, "other")
    assert not await other.step()
    db.go_on.set()
    async with asyncio.timeout(PATIENCE_S):
        assert await step
    assert (router.leading, other.leading) == (True, False)


async def test_who_loses_the_lease_meanwhile_decides_nothing(center: Center) -> None:
    await center.write()
    db, router, step = await building(center)
    await center.db.run(lost)
    center.world.clock.forward(1)
    async with asyncio.timeout(PATIENCE_S):
        assert not await step
    assert db.broken_off.is_set()
    assert not router.leading
    assert await center.offers() == []


def lost(tx: Tx) -> None:
    """Somebody else has it for an hour."""
    later = tx.now.replace(year=tx.now.year + 1)
    tx.conn.execute(
        update(lease_table).values(holder="other", epoch=lease_table.c.epoch + 1, expires_at=later)
    )


async def test_a_lease_that_cannot_be_renewed_breaks_the_reading_off(
    center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, router, step = await building(center)

    async def away(*_args: object) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(db, "run", away)
    center.world.clock.forward(1)
    with pytest.raises(Unavailable):
        async with asyncio.timeout(PATIENCE_S):
            await step
    assert db.broken_off.is_set()
    assert not router.leading
