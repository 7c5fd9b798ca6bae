"""Processes of two versions on one database, and several that bring it to the newest schema at once."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from app.backup import write
from app.health import database_look
from channels.media.folder import FolderStore
from core.errors import Conflict
from core.store.schema import migrate, newer, pending
from core.store.tx import Tx
from core.tasks import Workers
from tests.builders import a_world
from tests.servers.parley import Server

NEWER = "9999_pre_something"


def left_by_a_newer_version(tx: Tx) -> None:
    """As after its first migration; this one works on while processes are brought to it one after another."""
    tx.conn.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": NEWER})


async def test_a_process_starts_and_is_ready_on_the_schema_of_a_newer_version(sqlite_address: str) -> None:
    async with a_world(sqlite_address) as world:
        assert await world.db.read(lambda tx: newer(tx.conn)) is None
        await world.db.run(left_by_a_newer_version)
        assert await migrate(sqlite_address) == []
        assert await world.db.read(lambda tx: (pending(tx.conn), newer(tx.conn))) == ([], NEWER)
        check = await database_look(world.db)()
        assert check.ok
        assert NEWER in check.detail


async def test_a_version_that_does_not_know_all_tables_backs_nothing_up(
    sqlite_address: str, tmp_path: Path
) -> None:
    async with a_world(sqlite_address) as world:
        await world.db.run(left_by_a_newer_version)
        with pytest.raises(Conflict, match="newer"):
            await write(world.db, FolderStore(tmp_path / "media", Workers(1)), tmp_path / "a.tar.gz")


@pytest.mark.postgres
async def test_of_processes_that_start_at_once_one_brings_the_database_to_its_schema(
    bare_postgres_url: str, tmp_path: Path
) -> None:
    settings = {"PARLEY_DATABASE_URL": bare_postgres_url}
    servers = [Server(tmp_path / str(number), settings) for number in range(2)]
    done = await asyncio.gather(*(asyncio.to_thread(server.call, "migrate") for server in servers))
    assert [each.returncode for each in done] == [0, 0], done
    assert sorted("Ran " in each.stdout for each in done) == [False, True]
