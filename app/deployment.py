"""What ``parley doctor`` says of an installation of many processes: each line with what to do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy import text

from app.announcing import Running, running, skew
from app.health import Check
from app.roles import ProcessRole
from app.runtime import Runtime
from core.errors import ParleyError
from core.store.tx import Tx

_FEWEST_OPEN_FILES = 4096
_OLDEST_REDIS = (6, 2)
_KEPT_BACK = 3
"""Connections that PostgreSQL keeps for its superuser, unless it is told otherwise."""


async def deployment_looks(runtime: Runtime) -> list[Check]:
    """Nothing for an installation of one process."""
    if runtime.alone:
        return []
    checks = [await redis_look(runtime)]
    try:
        checks += await runtime.db.read(_of_processes, runtime)
    except ParleyError as error:
        checks.append(Check("processes", False, f"they are in the database: {error}"))
    return checks


def _of_processes(tx: Tx, runtime: Runtime) -> list[Check]:
    settings = runtime.settings.process
    found = running(tx, settings.gone_s)
    most: int = tx.conn.execute(text("SELECT current_setting('max_connections')::int")).scalar_one()
    return [
        processes_check(found),
        clocks_check(skew(tx, runtime.clock), found, settings.skew_s),
        connections_check(found, most),
        open_files_check(found),
    ]


def processes_check(found: Sequence[Running]) -> Check:
    """They are of one version, and every role is served."""
    if not found:
        return Check("processes", False, "none runs now: start one, or look into its log why it ended")
    wrong = [*_of_versions(found), *_without_role(found), *_without_redis(found)]
    if wrong:
        return Check("processes", False, "; ".join(wrong))
    return Check("processes", True, f"{len(found)} run, of one version, with every role among them")


def _of_versions(found: Sequence[Running]) -> list[str]:
    versions = {(each.knows, each.facts.version) for each in found}
    if len(versions) == 1:
        return []
    newest = max(versions)
    old = [
        f"{each.name} ({each.facts.version}, {each.knows})"
        for each in found
        if (each.knows, each.facts.version) != newest
    ]
    return [f"of an older version than {newest[1]}, {newest[0]}: {', '.join(old)}; bring them to it"]


def _without_role(found: Sequence[Running]) -> list[str]:
    served = {role for each in found for role in each.facts.roles.split(",")}
    missing = [role.value for role in ProcessRole if role.value not in served]
    return [f"nobody serves {', '.join(missing)}: start a process with --roles {','.join(missing)}"] * bool(
        missing
    )


def _without_redis(found: Sequence[Running]) -> list[str]:
    cut_off = [f"{each.name} ({each.facts.redis})" for each in found if each.facts.redis is not None]
    return [f"Redis is away for {', '.join(cut_off)}: look at the way there"] * bool(cut_off)


def clocks_check(here_s: float, found: Sequence[Running], most_s: float) -> Check:
    """Timers, deadlines and what a page says of time go by each machine's own clock."""
    clocks = {"here": here_s} | {each.name: each.skew_s for each in found}
    wrong = [f"{name} by {by:+.1f} s" for name, by in clocks.items() if abs(by) > most_s]
    if wrong:
        said = f"not the database's time: {', '.join(wrong)}; let every machine follow one time server"
        return Check("clocks", False, said)
    return Check("clocks", True, f"no machine's clock is further than {most_s:g} s from the database's")


def connections_check(found: Sequence[Running], most: int) -> Check:
    """What all pools together may take of PostgreSQL, with one process beside them."""
    wanted = sum(each.facts.connections for each in found)
    another = max((each.facts.connections for each in found), default=0)
    detail = f"all processes together may open {wanted}, PostgreSQL allows {most}"
    if wanted + another + _KEPT_BACK > most:
        more = wanted + another + _KEPT_BACK
        detail += f": raise max_connections to {more} or more (one process beside them, as in an upgrade), or lower PARLEY_POSTGRES_POOL_SIZE"
        return Check("database connections", False, detail)
    return Check("database connections", True, detail)


def open_files_check(found: Sequence[Running]) -> Check:
    """Each visitor and agent takes one."""
    few = [f"{each.name} ({each.facts.open_files})" for each in found if _is_short(each)]
    if few:
        said = f"too few for many visitors: {', '.join(few)}; raise ulimit -n, or LimitNOFILE of the unit"
        return Check("open files of processes", False, said)
    return Check("open files of processes", True, f"at least {_FEWEST_OPEN_FILES} where sockets are served")


def _is_short(process: Running) -> bool:
    serves = ProcessRole.WEB.value in process.facts.roles.split(",")
    return serves and process.facts.open_files < _FEWEST_OPEN_FILES


async def redis_look(runtime: Runtime) -> Check:
    """It is there, can do what is asked of it, and throws nothing away."""
    redis = runtime.redis
    if redis is None:
        return Check("redis", True, "none is set: several processes hear of each other a second later")
    await redis.look()
    if redis.away:
        return Check("redis", False, f"{redis.detail}; the work goes on, more slowly: look at the server")
    try:
        told: Mapping[str, Any] = await redis.ask(lambda client: client.info())
    except (ParleyError, RedisError) as error:
        return Check("redis", False, f"{redis.where} does not tell of itself (INFO): {error}")
    return redis_check(redis.where, told)


def redis_check(where: str, told: Mapping[str, Any]) -> Check:
    """``told`` is what INFO answers."""
    version, policy = str(told.get("redis_version", "")), str(told.get("maxmemory_policy", "noeviction"))
    numbers = tuple(int(each) for each in re.findall(r"\d+", version)[:2])
    wrong = []
    if policy != "noeviction":
        wrong.append(f"it throws keys away when it is full ({policy}): set maxmemory-policy noeviction")
    if numbers < _OLDEST_REDIS:
        wrong.append(f"version {version or 'unknown'} is too old: 6.2 or newer, or Valkey")
    if told.get("loading"):
        wrong.append("it is still reading its data: wait")
    if wrong:
        return Check("redis", False, f"{where}: {'; '.join(wrong)}")
    return Check("redis", True, f"{where} answers, keeps every key, speaks Redis {version}")
