"""What may happen to an installation, each fault from its beginning until everything runs again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from random import Random

from tests.chaos.everywhere import pause
from tests.chaos.farm import Farm

Fault = Callable[[Farm, Random], Awaitable[None]]

_PAST_THE_LEASE_S = (2.5, 6.0)
_AWAY_S = (0.3, 2.0)
_CUT_S = (1.0, 5.0)


async def kill(farm: Farm, random: Random) -> None:
    """One process dies as by a power cut, and another is started in its place."""
    server = random.choice(farm.servers)
    await asyncio.to_thread(server.kill)
    await pause(random.uniform(*_AWAY_S))
    await asyncio.to_thread(server.start)


async def stand_still(farm: Farm, random: Random) -> None:
    """One process is stopped for longer than any lease of its, and goes on as if nothing had been."""
    server = random.choice(farm.servers)
    farm.pause(server)
    try:
        await pause(random.uniform(*_PAST_THE_LEASE_S))
    finally:
        farm.go_on(server)


async def redis_restarts(farm: Farm, random: Random) -> None:
    """Redis dies, and comes back with what it had written."""
    farm.valkey.kill()
    await pause(random.uniform(*_AWAY_S))
    await asyncio.to_thread(farm.valkey.start)


async def redis_forgets(farm: Farm, random: Random) -> None:
    """Redis dies, and comes back with nothing."""
    farm.valkey.kill()
    farm.valkey.forget()
    await pause(random.uniform(*_AWAY_S))
    await asyncio.to_thread(farm.valkey.start)


async def postgres_restarts(farm: Farm, random: Random) -> None:
    """PostgreSQL is ended at once, and started after a while."""
    await asyncio.to_thread(farm.cluster.stop)
    await pause(random.uniform(*_AWAY_S))
    await asyncio.to_thread(farm.cluster.start)


async def network_cut(farm: Farm, random: Random) -> None:
    """One process reaches neither PostgreSQL nor Redis, and what it had open stays silent for ever."""
    farm.cut()
    await pause(random.uniform(*_CUT_S))
    farm.heal()


async def bot_killed(farm: Farm, random: Random) -> None:
    """The bot dies in the middle of its turns."""
    farm.bot.kill()
    await pause(random.uniform(*_AWAY_S))
    await asyncio.to_thread(farm.bot.start)


FAULTS: Mapping[str, Fault] = {
    each.__name__: each
    for each in (
        kill,
        stand_still,
        redis_restarts,
        redis_forgets,
        postgres_restarts,
        network_cut,
        bot_killed,
    )
}
