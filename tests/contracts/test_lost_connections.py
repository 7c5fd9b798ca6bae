"""A server that ends its connections costs nobody a transaction, and none is done twice."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.engine import make_url

from core.errors import Unavailable
from core.store.database import Given
from core.store.postgres import PostgresDatabase, PostgresSettings
from core.store.prepared import Prepared
from core.store.tables.people import skill
from core.store.tx import Tx
from tests.builders import World, a_world
from tests.chaos.everywhere import pause
from tests.servers.cutting import Network, cutting_network

pytestmark = pytest.mark.postgres


_POOLED = 6
_FAR_AWAY_S = 600.0
_LATE_S = 120.0
"""Far less than the time limit of a statement, and never waited for unless something is wrong."""
_LEARN = Prepared(insert(skill).values(id=bindparam("name"), name=bindparam("name")))
_KNOWN = Prepared(select(skill.c.name).order_by(skill.c.name))


@pytest.fixture
async def world(postgres_url: str) -> AsyncIterator[World]:
    async with a_world(postgres_url) as made:
        yield made


def learn(tx: Tx, name: str) -> None:
    tx.conn.execute(insert(skill).values(id=name, name=name))


def known(tx: Tx) -> list[str]:
    return list(tx.conn.execute(select(skill.c.name).order_by(skill.c.name)).scalars())


def own(tx: Tx) -> int:
    found: int = tx.conn.execute(select(func.pg_backend_pid())).scalar_one()
    return found


def learn_at_once(tx: Tx, name: str) -> None:
    _LEARN(tx.conn, {"name": name})


def known_at_once(tx: Tx) -> list[str]:
    return [row.name for row in _KNOWN.rows(tx.conn, {})]


async def end_connections_of(world: World, postgres_url: str, count: int = 1) -> None:
    """As a restart or a proxy does, while they wait in the pool."""
    victims = set(await asyncio.gather(*(world.db.run(own) for _ in range(count))))
    assert len(victims) == count
    async with a_world(postgres_url) as other:
        for victim in victims:
            await other.db.run(end, victim)


def end(tx: Tx, victim: int) -> None:
    assert tx.conn.execute(select(func.pg_terminate_backend(victim))).scalar_one()


async def test_a_connection_that_ended_while_nobody_used_it_is_not_noticed(
    world: World, postgres_url: str
) -> None:
    await end_connections_of(world, postgres_url)
    await world.db.run(learn, "english")
    await end_connections_of(world, postgres_url)
    assert await world.db.read(known) == ["english"]


async def test_a_pool_of_ended_connections_costs_one_attempt_and_not_one_for_each(
    world: World, postgres_url: str
) -> None:
    await end_connections_of(world, postgres_url, _POOLED)
    await world.db.run(learn, "english")
    await end_connections_of(world, postgres_url, _POOLED)
    assert await world.db.read(known) == ["english"]


async def test_neither_does_it_where_a_prepared_statement_comes_first(
    world: World, postgres_url: str
) -> None:
    await end_connections_of(world, postgres_url, _POOLED)
    await world.db.run(learn_at_once, "english")
    await end_connections_of(world, postgres_url, _POOLED)
    assert await world.db.read(known_at_once) == ["english"]


async def test_what_lost_its_connection_before_the_commit_is_done_again_and_once(world: World) -> None:
    attempts: list[int] = []

    def learn_and_lose(tx: Tx) -> None:
        learn(tx, "english")
        attempts.append(own(tx))
        if len(attempts) == 1:
            tx.conn.execute(select(func.pg_terminate_backend(attempts[0])))

    await world.db.run(learn_and_lose)
    assert len(attempts) == 2
    assert await world.db.read(known) == ["english"]


async def test_what_lost_its_connection_while_it_committed_is_not_done_again(world: World) -> None:
    """It may have been committed: nobody knows."""
    await world.db.run(let_commits_be_lost)
    attempts = []

    def try_it(tx: Tx) -> None:
        attempts.append(1)
        learn(tx, "english")

    with pytest.raises(Unavailable):
        await world.db.run(try_it)
    assert len(attempts) == 1


def let_commits_be_lost(tx: Tx) -> None:
    tx.conn.exec_driver_sql(
        "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
    )
    tx.conn.exec_driver_sql(
        "CREATE CONSTRAINT TRIGGER lost AFTER INSERT ON skill DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION lose()"
    )


async def test_a_server_that_does_not_answer_any_more_is_given_up(world: World, postgres_url: str) -> None:
    """As behind a network that lets nothing through: nobody says that the connection is over."""
    frozen: list[int] = []
    limits = PostgresSettings(statement_s=0.5, connect_s=0.5)
    given = Given(world.clock, world.ids, {}, lambda _: None)
    db = PostgresDatabase(postgres_url, given, Random(1), limits)

    def freeze(tx: Tx) -> None:
        frozen.append(own(tx))
        os.kill(frozen[-1], signal.SIGSTOP)
        learn(tx, "english")

    try:
        async with asyncio.timeout(30):
            with pytest.raises(Unavailable, match="does not answer"):
                await db.run(freeze)
        assert len(frozen) == 1
        await db.run(learn, "latin")
    finally:
        for backend in frozen:
            os.kill(backend, signal.SIGCONT)
        await db.close()


async def test_one_that_does_not_answer_is_given_up_for_all_that_are_as_old(
    world: World, postgres_url: str
) -> None:
    limits = PostgresSettings(statement_s=0.5, connect_s=0.5)
    given = Given(world.clock, world.ids, {}, lambda _: None)
    db = PostgresDatabase(postgres_url, given, Random(1), limits)
    backends = await asyncio.gather(*(db.run(own) for _ in range(_POOLED)))
    try:
        for backend in backends:
            os.kill(backend, signal.SIGSTOP)
        async with asyncio.timeout(_LATE_S):
            with pytest.raises(Unavailable, match="does not answer"):
                await db.run(learn, "english")
            await db.run(learn, "latin")
            assert await db.read(known) == ["latin"]
    finally:
        for backend in backends:
            os.kill(backend, signal.SIGCONT)
        await db.close()


@asynccontextmanager
async def reached_by_tcp(world: World, postgres_url: str) -> AsyncIterator[tuple[PostgresDatabase, Network]]:
    """Through a network of the test's own; the time limit of a statement is far away."""
    limits = PostgresSettings(statement_s=_FAR_AWAY_S, silence_s=1)
    url = make_url(postgres_url)
    given = Given(world.clock, world.ids, {}, lambda _: None)
    async with cutting_network(Random(1)) as network:
        network.target = Path(str(url.query["host"])) / ".s.PGSQL.5432"
        there = url.set(host="127.0.0.1", port=network.port, query={})
        address = there.render_as_string(hide_password=False)
        db = PostgresDatabase(address, given, Random(1), limits)
        try:
            yield db, network
        finally:
            await db.close()


async def test_connections_over_which_the_server_no_longer_answers_are_given_up_soon(
    world: World, postgres_url: str
) -> None:
    """As behind a cable that is cut, while they wait in the pool."""
    async with reached_by_tcp(world, postgres_url) as (db, network):
        await asyncio.gather(*(db.run(own) for _ in range(_POOLED)))
        network.fall_silent()
        async with asyncio.timeout(_LATE_S):
            await db.run(learn, "english")
            network.fall_silent()
            assert await db.read(known) == ["english"]


async def test_so_is_one_whose_server_went_silent_over_its_answer(world: World, postgres_url: str) -> None:
    """It has what it was asked, so that nothing is sent that it could fail to acknowledge."""
    async with reached_by_tcp(world, postgres_url) as (db, network):
        attempts: list[int] = []

        def ask(tx: Tx) -> None:
            attempts.append(own(tx))
            if len(attempts) == 1:
                tx.conn.execute(select(func.pg_sleep(_FAR_AWAY_S)))
            learn(tx, "english")

        asking = asyncio.create_task(db.run(ask))
        async with asyncio.timeout(_LATE_S):
            while not await world.db.read(sleeping):
                await pause(0.05)
            network.fall_silent()
            await asking
        assert len(set(attempts)) == len(attempts) == 2
        assert await world.db.read(known) == ["english"]


def sleeping(tx: Tx) -> bool:
    asks = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
    )
    return bool(tx.conn.exec_driver_sql(asks).scalar_one())


async def test_what_waits_for_a_lock_too_long_is_refused(world: World, postgres_url: str) -> None:
    given = Given(world.clock, world.ids, {}, lambda _: None)
    db = PostgresDatabase(postgres_url, given, Random(1), PostgresSettings(statement_s=0.3))
    holding, held = threading.Event(), threading.Event()

    def hold(tx: Tx) -> None:
        tx.alone("a test")
        holding.set()
        assert held.wait(30)

    async with a_world(postgres_url) as other:
        busy = asyncio.create_task(other.db.large.run(hold))
        try:
            assert await asyncio.to_thread(holding.wait, 30)
            with pytest.raises(Unavailable, match="timeout"):
                await db.run(lambda tx: tx.alone("a test"))
        finally:
            held.set()
            await busy
            await db.close()


async def test_a_burst_is_done_over_connections_that_are_kept(world: World, postgres_url: str) -> None:
    """One that is made for a burst, and ended after it, costs the server more than what it is made for."""
    given = Given(world.clock, world.ids, {}, lambda _: None)
    db = PostgresDatabase(postgres_url, given, Random(1), PostgresSettings(pool_size=4))
    try:
        first, second = [set(await asyncio.gather(*(db.run(own) for _ in range(12)))) for _ in range(2)]
    finally:
        await db.close()
    assert len(first) == 4
    assert second == first


async def test_what_comes_one_after_the_other_is_done_by_the_same_server_whose_statements_are_ready(
    world: World, postgres_url: str
) -> None:
    given = Given(world.clock, world.ids, {}, lambda _: None)
    db = PostgresDatabase(postgres_url, given, Random(1), PostgresSettings(pool_size=4))

    def ask(tx: Tx, number: int) -> None:
        _ = tx.conn.exec_driver_sql(f"SELECT {number}").all()

    def ready(tx: Tx) -> int:
        return int(tx.conn.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar_one())

    try:
        _ = await asyncio.gather(*(db.run(own) for _ in range(4)))
        one_by_one = {await db.run(own) for _ in range(8)}
        for number in range(150):
            await db.run(ask, number)
        prepared = await db.run(ready)
    finally:
        await db.close()
    assert len(one_by_one) == 1
    assert prepared > 150


async def test_who_finds_the_server_full_waits_for_a_connection_of_our_own(
    world: World, postgres_url: str
) -> None:
    given = Given(world.clock, world.ids, {}, lambda _: None)
    await world.db.run(lambda tx: tx.conn.exec_driver_sql("CREATE ROLE few LOGIN CONNECTION LIMIT 2"))
    few = make_url(postgres_url).set(username="few").render_as_string()
    db = PostgresDatabase(few, given, Random(1), PostgresSettings(pool_size=8))
    other = PostgresDatabase(few, given, Random(1), PostgresSettings(pool_s=0.1))
    try:
        servers = await asyncio.gather(*(db.run(own) for _ in range(24)))
        with pytest.raises(Unavailable, match="PARLEY_POSTGRES_POOL_SIZE"):
            await other.run(own)
    finally:
        await db.close()
        await other.close()
        await world.db.run(lambda tx: tx.conn.exec_driver_sql("DROP ROLE few"))
    assert len(set(servers)) == 2
