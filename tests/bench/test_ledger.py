"""The bench of the ledger compares like with like."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.ledger_company import a_company, agent_id, wait_in_line
from bench.ledger_rate import clients
from core.store.tx import Tx
from routing.handlers import routing_handler, sla_handler
from tests.builders import a_world

Rows = Mapping[str, list[str]]
pytestmark = pytest.mark.served
WRITTEN = ("reservation", "timer", "event", "outbox", "queue_item", "conversation", "agent")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def addresses(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Of two databases with nothing in them."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ours.db", f"sqlite:///{tmp_path}/bare.db"
    cluster, migrated = request.getfixturevalue("postgres"), request.getfixturevalue("migrated_postgres")
    return cluster.url(cluster.create_database(migrated)), cluster.url(cluster.create_database(migrated))


async def test_bare_transactions_leave_the_same_rows_as_the_ledger_to_the_byte(
    addresses: tuple[str, str],
) -> None:
    ours, bare = [await _written(address, which) for which, address in enumerate(addresses)]
    assert ours == bare
    assert len(ours["reservation"]) == 3


async def _written(address: str, which: int) -> Rows:
    async with a_world(address, [routing_handler(), sla_handler()]) as world:
        await world.db.run(a_company, 3)
        waiting = await world.db.run(wait_in_line, 3)
        await clients(world.db, world.ids)[which](agent_id(1), waiting)
        return await world.db.read(_rows)


def _rows(tx: Tx) -> Rows:
    """Of each table, as the database keeps them; the thread of a conversation is another each time."""
    return {
        table: sorted(
            str({name: value for name, value in row._mapping.items() if name != "thread_key"})
            for row in tx.conn.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 (names from above)
        )
        for table in WRITTEN
    }
