"""Looking for the heads of the streams, and statements on many rows of the outbox; on both databases."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from core.events import Recorded, TimerFired, Topic, conversation_topic
from core.ids import ConversationId
from core.outbox import Exclusive, OutboxHandler, TxHandler
from core.store import outbox as store
from core.store.outbox import Entry
from core.store.tx import Tx
from tests.builders import MORNING, World, a_company, a_world

UNTIL = MORNING + timedelta(seconds=5)
STREAMS = 8


def topic(stream: int) -> Topic:
    return conversation_topic(ConversationId(f"c{stream}"))


def emit(tx: Tx, numbers: Sequence[int]) -> None:
    for n in numbers:
        for stream in range(STREAMS):
            tx.emit_as(n, topic(stream), TimerFired("told", f"{stream}", MORNING))


def waiting(tx: Tx, handler: str = "io") -> list[tuple[Entry, Recorded | None]]:
    return list(store.heads(tx, (handler,), tx.now, 64).found)


@pytest.fixture
async def world(address: str) -> AsyncIterator[World]:
    handlers: list[OutboxHandler] = [
        Exclusive("io", (TimerFired,)),
        TxHandler("timers", (TimerFired,), lambda *_: None),
    ]
    async with a_world(address, handlers) as made:
        await made.db.run(a_company)
        yield made


async def test_the_head_of_each_stream_comes_with_its_event_until_it_is_claimed_or_finished(
    world: World,
) -> None:
    await world.db.run(emit, (1, 2))
    found = await world.db.run(waiting)
    assert sorted((entry.topic, entry.n) for entry, _ in found) == [(topic(at), 1) for at in range(STREAMS)]
    for entry, recorded in found:
        assert recorded is not None
        assert (recorded.topic, recorded.n, recorded.at) == (entry.topic, 1, MORNING)
        assert isinstance(recorded.event, TimerFired)
    entries = [entry for entry, _ in found]
    await world.db.run(store.claim, entries[:3], UNTIL)
    await world.db.run(store.finish, entries[3:5])
    again = {(entry.topic, entry.n) for entry, _ in await world.db.run(waiting)}
    assert again == {(entry.topic, 2 if entry in entries[3:5] else 1) for entry in entries[3:]}


async def test_of_many_claims_those_that_are_as_they_were_are_held_and_claimed_anew(world: World) -> None:
    await world.db.run(emit, (1,))
    entries = [entry for entry, _ in await world.db.run(waiting)]
    later = UNTIL + timedelta(microseconds=1)
    await world.db.run(store.claim, entries, UNTIL)
    await world.db.run(store.claim, entries[:2], later)
    claims = dict.fromkeys(entries, UNTIL)
    assert await world.db.run(store.held, claims) == set(entries[2:])
    assert await world.db.run(store.claim_anew, claims, later) == set(entries[2:])
    assert await world.db.run(store.held, claims) == set()
    assert await world.db.run(store.held, dict.fromkeys(entries, later)) == set(entries)


async def test_a_timer_fires_in_the_same_step_as_other_work_is_done(world: World) -> None:
    await world.db.run(emit, (1,))
    await world.db.run(Tx.set_timer, Topic("agents"), "rang", MORNING)
    await world.relay.step()
    named = await world.db.run(store.take_exclusive, "io", 64)
    events = [recorded.event for _, recorded in named if recorded is not None]
    assert {each.kind for each in events if isinstance(each, TimerFired)} == {"told", "rang"}


@pytest.mark.parametrize(
    "at", [MORNING, datetime(2026, 3, 2, 10, 0, 0, 7, timezone(timedelta(hours=1)))], ids=["whole", "offset"]
)
async def test_an_instant_comes_back_as_it_was_and_is_compared_as_one(world: World, at: datetime) -> None:
    await world.db.run(Tx.set_timer, Topic("agents"), "rang", at)
    early = at - timedelta(microseconds=1)
    assert await world.db.read(store.next_due, early) == at.astimezone(UTC)
    assert await world.db.read(store.next_due, at) is None


async def test_sqlite_keeps_instants_as_every_version_before_did(address: str, world: World) -> None:
    await world.db.run(Tx.set_timer, Topic("agents"), "rang", MORNING)
    kept = await world.db.read(lambda tx: tx.conn.exec_driver_sql("SELECT due_at FROM timer").scalar_one())
    assert kept == ("2026-03-02 09:00:00.000000" if address.startswith("sqlite") else MORNING)


@pytest.mark.postgres
async def test_rows_that_are_gone_are_not_read_again_for_each_batch(postgres_url: str) -> None:
    """Statistics are made when the outbox is empty, and what is worked on until they are made anew leaves dead rows."""
    async with a_world(postgres_url, [Exclusive("io", (TimerFired,))]) as world:
        await world.db.run(_work_through, 1)
        await world.db.run(emit, (20_001,))
        await _vacuum(postgres_url)
        await world.db.run(_work_through, 30_000)
        await world.db.run(emit, (50_001,))
        assert len(await world.db.run(waiting)) == STREAMS
        assert await world.db.run(_pages) < 100 * STREAMS


async def _vacuum(url: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as conn:
        await conn.execute(text("VACUUM ANALYZE outbox"))
    await engine.dispose()


def _work_through(tx: Tx, first: int) -> None:
    tx.conn.exec_driver_sql(
        "INSERT INTO outbox (handler, topic, n, created_at, due_at)"
        " SELECT 'io', 'conversation:c' || i % $2, i, at, at"
        " FROM generate_series($1, $1 + 20000) AS i, (SELECT '2026-01-01'::timestamptz AS at) AS it",
        (first, STREAMS),
    )
    tx.conn.exec_driver_sql("DELETE FROM outbox")


def _pages(tx: Tx) -> int:
    """How many are read for one batch."""
    plan = tx.conn.exec_driver_sql(
        "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM outbox_heads('{io}', now(), 64)"
    ).scalar_one()
    read: int = plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]
    return read
