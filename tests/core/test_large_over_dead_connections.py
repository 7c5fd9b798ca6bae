"""What may take minutes is not asked over a connection that carries nothing any more."""

import asyncio
from random import Random

import pytest
from sqlalchemy import make_url, text

from core.store.database import Given
from core.store.postgres import PostgresDatabase, PostgresSettings
from core.store.tx import Tx
from tests.builders import CountingIds, ManualClock
from tests.servers.cutting import cutting_network
from tests.servers.postgres import Cluster

pytestmark = pytest.mark.postgres

LATE_S = 60.0


def _one(tx: Tx) -> int:
    return int(tx.conn.execute(text("SELECT 1")).scalar_one())


async def test_a_large_read_finds_its_connection_dead_and_takes_a_new_one(
    postgres: Cluster, bare_postgres_url: str
) -> None:
    url = make_url(bare_postgres_url)
    settings = PostgresSettings(large_answer_s=0.2)
    given = Given(ManualClock(), CountingIds(), {}, lambda _: None, ())
    async with cutting_network(Random(1)) as network:
        network.target = postgres.folder / ".s.PGSQL.5432"
        through = url.set(host="127.0.0.1", port=network.port, query={})
        db = PostgresDatabase(through.render_as_string(hide_password=False), given, Random(1), settings)
        try:
            async with asyncio.timeout(LATE_S):
                assert await db.large.read(_one) == 1
                network.die()
                assert await db.large.read(_one) == 1
                network.die()
                assert await db.large.run(_one) == 1
        finally:
            await db.close()
