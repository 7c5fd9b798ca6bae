"""Who is connected, whichever process to: each process keeps the set of its own in Redis, where it goes with the process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from itertools import islice

from redis.asyncio import Redis

from core.bus import Bus
from core.redis import RedisAway, SharedRedis

log = logging.getLogger(__name__)

_AT_ONCE = 1000
"""So many are named in one command."""


class Whereabouts:
    """One a process and ``kind`` of people. What others see is as old as ``here_every_s`` at most."""

    def __init__(self, redis: SharedRedis, bus: Bus, process: str, kind: str) -> None:
        self._redis = redis
        self._bus = bus
        self._kind = kind
        self._own = self._key(process)
        self._every_s = redis.settings.here_every_s
        self._told: frozenset[str] | None = None
        """Who is in our set; None: nobody knows."""

    async def run(self, here: Callable[[], Collection[str]]) -> None:
        """A service; ``here`` names those of this process. At its end nobody is here."""
        try:
            while True:
                await self.step(here())
                await asyncio.sleep(self._every_s)
        finally:
            await self._forget()

    async def step(self, here: Collection[str]) -> None:
        """Tell who is here now. While Redis is away nobody is told, and all of it once it is back."""
        now = frozenset(here)
        try:
            if self._told is None or not await self._redis.ask(self._lasts):
                await self._redis.ask(lambda client: self._change(client, now, frozenset(), anew=True))
            elif now != self._told:
                came, left = now - self._told, self._told - now
                await self._redis.ask(lambda client: self._change(client, came, left, anew=False))
            self._told = now
        except RedisAway:
            self._told = None

    async def elsewhere(self, one: str) -> bool:
        """Whether they are connected to another process; False while nobody can tell."""
        keys = [self._key(process) for process in self._bus.others()]
        if not keys:
            return False

        def asking(client: Redis) -> Awaitable[Sequence[object]]:
            with_all = client.pipeline(transaction=False)
            for key in keys:
                _ = with_all.sismember(key, one)
            return with_all.execute()

        try:
            return any(await self._redis.ask(asking))
        except RedisAway:
            return False

    def _key(self, process: str) -> str:
        return self._redis.key("here", self._kind, process)

    @property
    def _lasts_ms(self) -> int:
        return int(3000 * self._every_s)

    async def _lasts(self, client: Redis) -> bool:
        """Whether our set is there still; nobody's set is none, and made again each time."""
        return bool(await client.pexpire(self._own, self._lasts_ms))

    async def _change(
        self, client: Redis, came: Collection[str], left: Collection[str], *, anew: bool
    ) -> None:
        steps = client.pipeline(transaction=True)
        if anew:
            _ = steps.delete(self._own)
        for some in _in_pieces(came):
            _ = steps.sadd(self._own, *some)
        for some in _in_pieces(left):
            _ = steps.srem(self._own, *some)
        _ = steps.pexpire(self._own, self._lasts_ms)
        _ = await steps.execute()

    async def _forget(self) -> None:
        async def delete(client: Redis) -> None:
            _ = await client.delete(self._own)

        try:
            await self._redis.ask(delete)
        except RedisAway as error:
            log.debug("who was here is forgotten in a while: %s", error)


def _in_pieces(names: Collection[str]) -> Iterator[list[str]]:
    left = iter(names)
    while some := list(islice(left, _AT_ONCE)):
        yield some
