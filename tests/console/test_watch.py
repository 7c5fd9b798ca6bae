"""Who is at work, written down on either database."""

from pathlib import Path

import pytest
from sqlalchemy import select

from console.attendance import Watch
from core.agent import PresenceState
from core.ids import AgentId
from core.store.tables.people import agent as agent_table
from routing.attendance import AttendanceSettings
from tests.builders import World, a_company, a_world, sqlite_url

ADA, BOB = AgentId("ada"), AgentId("bob")
SETTINGS = AttendanceSettings(idle_s=60, gone_s=30, watch_s=5)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    url: str = request.getfixturevalue("postgres_url")
    return url


async def rows(world: World) -> dict[str, tuple[str, int]]:
    """The presence and the version of each agent."""
    chosen = select(agent_table.c.id, agent_table.c.presence, agent_table.c.version)
    found = await world.db.read(lambda tx: list(tx.conn.execute(chosen)))
    return {row.id: (row.presence, row.version) for row in found}


async def test_being_there_is_written_down_without_a_new_version_and_its_end_with_one(address: str) -> None:
    async with a_world(address) as world:
        await world.db.run(a_company)
        watch = Watch(world.db, world.clock, SETTINGS)
        for _ in range(4):
            watch.acted(ADA)
            world.clock.forward(20)
            await watch.step([ADA, BOB])
        assert await rows(world) == {"ada": ("available", 0), "bob": ("away", 1)}
        world.clock.forward(20)
        await watch.step([BOB])
        world.clock.forward(20)
        await watch.step([BOB])
        assert await rows(world) == {"ada": ("offline", 1), "bob": ("away", 1)}


async def test_processes_see_what_was_done_through_the_others(address: str) -> None:
    async with a_world(address) as world:
        await world.db.run(a_company)
        one, other = (Watch(world.db, world.clock, SETTINGS) for _ in range(2))
        for _ in range(6):
            other.acted(ADA)
            other.acted(BOB)
            world.clock.forward(20)
            await other.step([ADA, BOB])
            await one.step([])
        assert {state for state, _ in (await rows(world)).values()} == {PresenceState.AVAILABLE.value}


async def test_what_could_not_be_written_is_written_the_next_time(address: str) -> None:
    async with a_world(address) as world:
        await world.db.run(a_company)
        watch = Watch(world.db, world.clock, SETTINGS)
        world.clock.forward(50)
        watch.acted(ADA)

        async def broken(*_: object) -> None:
            raise OSError("the database is gone")

        run, world.db.run = world.db.run, broken  # type: ignore[assignment,method-assign]
        with pytest.raises(OSError, match="gone"):
            await watch.step([ADA, BOB])
        world.db.run = run  # type: ignore[method-assign]
        world.clock.forward(10)
        await watch.step([ADA, BOB])
        world.clock.forward(10)
        await watch.step([ADA, BOB])
        assert {each: state for each, (state, _) in (await rows(world)).items()} == {
            "ada": "available",
            "bob": "away",
        }
