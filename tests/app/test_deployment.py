"""What the doctor says of many processes: versions, roles, clocks, Redis, limits; each with what to do."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.announcing import ProcessFacts, Running, announce, leave, running, skew
from app.cli.admin import doctor
from app.deployment import (
    clocks_check,
    connections_check,
    deployment_looks,
    open_files_check,
    processes_check,
    redis_check,
)
from app.health import Check
from app.runtime import opened
from app.settings import Settings
from core.redis import RedisSettings
from core.store.schema import newest
from core.store.shared_time import SharedTime
from tests.builders import MORNING, ManualClock, a_world
from tests.servers.valkey import Valkey

FACTS = ProcessFacts("p1", "0.1.0", "bot,channels,relay,router,web", "one", 11, 65_536, 24, None, MORNING)
ONE = Running(FACTS, "0013_pre_many", 0.0)
TWO = replace(ONE, facts=replace(FACTS, id="p2", host="two", pid=22))


def bad(check: Check, *words: str) -> bool:
    return not check.ok and all(word in check.detail for word in words)


def test_processes_of_one_version_with_every_role_are_well() -> None:
    assert processes_check([ONE, TWO]).ok
    assert bad(processes_check([]), "none runs now")


def test_processes_of_the_version_before_are_named() -> None:
    assert bad(processes_check([ONE, replace(TWO, knows="0012_pre_bot")]), "two 22", "0012", "bring them")
    newer = replace(TWO, facts=replace(TWO.facts, version="0.2.0"))
    assert bad(processes_check([ONE, newer]), "one 11", "0.2.0")


def test_a_role_that_nobody_serves_is_named_with_what_to_start() -> None:
    web = replace(ONE, facts=replace(FACTS, roles="web,router"))
    relay = replace(TWO, facts=replace(FACTS, roles="relay,bot"))
    assert bad(processes_check([web, relay]), "--roles channels")


def test_a_process_that_redis_is_away_for_is_named() -> None:
    cut_off = replace(TWO, facts=replace(TWO.facts, redis="redis://cache: timed out"))
    assert bad(processes_check([ONE, cut_off]), "two 22", "timed out")


def test_clocks_that_are_not_the_databases_are_named() -> None:
    assert clocks_check(0.2, [ONE, TWO], 1.0).ok
    assert bad(clocks_check(0.0, [ONE, replace(TWO, skew_s=-7.5)], 1.0), "two 22 by -7.5 s", "time server")
    assert bad(clocks_check(3.0, [], 1.0), "here by +3.0 s")


def test_pools_that_the_database_has_no_room_for_are_told_with_the_number_that_it_takes() -> None:
    assert connections_check([ONE, TWO], 100).ok
    assert bad(connections_check([ONE, TWO], 60), "48", "max_connections to 75")


def test_a_server_of_sockets_with_few_open_files_is_named() -> None:
    few = replace(TWO, facts=replace(TWO.facts, open_files=1024))
    assert bad(open_files_check([ONE, few]), "two 22 (1024)", "ulimit")
    assert open_files_check([replace(few, facts=replace(few.facts, roles="relay"))]).ok


def test_a_redis_that_throws_keys_away_or_is_too_old_is_told() -> None:
    well = {"redis_version": "7.2.4", "maxmemory_policy": "noeviction"}
    assert redis_check("redis://cache", well).ok
    evicting = well | {"maxmemory_policy": "allkeys-lru"}
    assert bad(redis_check("redis://cache", evicting), "allkeys-lru", "set maxmemory-policy noeviction")
    assert bad(redis_check("redis://cache", well | {"redis_version": "5.0.14"}), "5.0.14", "6.2")


async def test_who_says_that_it_runs_is_known_until_it_leaves_or_says_nothing_any_more(
    sqlite_address: str,
) -> None:
    async with a_world(sqlite_address) as world:
        await world.db.run(announce, FACTS, world.clock, 60.0)
        await world.db.run(announce, TWO.facts, world.clock, 60.0)
        assert await world.db.read(running, 20.0) == [replace(each, knows=newest()) for each in (ONE, TWO)]
        world.clock.forward(15)
        await world.db.run(announce, TWO.facts, world.clock, 60.0)
        world.clock.forward(10)
        assert [each.facts.id for each in await world.db.read(running, 20.0)] == ["p2"]
        await world.db.run(leave, "p2")
        assert await world.db.read(running, 20.0) == []
        assert [each.facts.id for each in await world.db.read(running, 60.0)] == ["p1"]
        world.clock.forward(60)
        await world.db.run(announce, TWO.facts, world.clock, 60.0)
        assert [each.facts.id for each in await world.db.read(running, 600.0)] == ["p2"]


@pytest.mark.postgres
async def test_a_clock_that_is_ahead_of_the_databases_is_measured(postgres_url: str) -> None:
    async with a_world(postgres_url, settings=(SharedTime(of_database=True),)) as world:
        there = await world.db.read(lambda tx: skew(tx, ManualClock(MORNING)))
        ahead = await world.db.read(lambda tx: skew(tx, ManualClock(MORNING + timedelta(seconds=90))))
        assert 80 < ahead - there < 91


async def test_the_doctor_looks_at_the_rest_when_the_database_is_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    redis = RedisSettings(url="redis://127.0.0.1:1")
    away = Settings(folder=tmp_path, database_url="postgresql://parley@127.0.0.1:1/parley", redis=redis)
    assert await doctor(away) == 1
    told = capsys.readouterr().out
    assert "BAD  database: the database at 127.0.0.1:1 cannot be reached (PARLEY_DATABASE_URL): " in told
    assert "BAD  redis: redis://127.0.0.1:1" in told
    assert "ok   disk" in told


async def test_an_installation_of_one_process_is_asked_none_of_this(tmp_path: Path) -> None:
    async with opened(Settings(folder=tmp_path)) as runtime:
        assert await deployment_looks(runtime) == []


@pytest.mark.postgres
async def test_the_doctor_asks_the_real_redis_and_the_real_database(
    tmp_path: Path, bare_postgres_url: str, valkey: Valkey
) -> None:
    redis = RedisSettings(url=valkey.url)
    settings = Settings(folder=tmp_path, database_url=bare_postgres_url, redis=redis)
    async with opened(settings) as runtime:
        looks = {each.name: each for each in await deployment_looks(runtime)}
        assert [name for name, each in looks.items() if not each.ok] == ["processes"], looks
        assert set(looks) == {
            "redis",
            "processes",
            "clocks",
            "database connections",
            "open files of processes",
        }
        assert runtime.redis is not None
        await runtime.redis.ask(lambda client: client.config_set("maxmemory-policy", "allkeys-lru"))
        try:
            [redis_now] = [each for each in await deployment_looks(runtime) if each.name == "redis"]
            assert bad(redis_now, "noeviction")
        finally:
            await runtime.redis.ask(lambda client: client.config_set("maxmemory-policy", "noeviction"))


@pytest.mark.postgres
async def test_a_redis_that_is_away_is_told(tmp_path: Path, bare_postgres_url: str) -> None:
    nobody = RedisSettings(url="unix:///nowhere/at/all")
    settings = Settings(folder=tmp_path, database_url=bare_postgres_url, redis=nobody)
    async with opened(settings) as runtime:
        [redis, *_] = await deployment_looks(runtime)
        assert bad(redis, "unix:///nowhere", "goes on")
