"""Rate limits that all processes of an installation share: the buckets are in Redis, and one script decides on all of a call's."""

import logging
from functools import partial

from core.clock import Clock
from core.limits import SECOND_US, Asked, Buckets, Loan
from core.redis import RedisAway
from core.scripts import NOW_US, Scripts, digest

log = logging.getLogger(__name__)

_TAKE, _LOOK, _GIVE_BACK = "take", "look", "give back"

_BUCKETS = (
    NOW_US
    + """
-- KEYS: buckets. ARGV: what to do, then for each bucket the microseconds of one token, and its burst.
-- A bucket is the time at which it will be full again; one that is full is not there.
local doing, wait, missing = ARGV[1], 0, {}
for i, full_at in ipairs(redis.call('MGET', unpack(KEYS))) do
  local cost, burst = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  missing[i] = math.min(math.max(0, (tonumber(full_at) or now) - now), burst * cost)
  wait = math.max(wait, missing[i] - (burst - 1) * cost)
end
if doing == 'look' or (doing == 'take' and wait > 0) then
  return wait
end
for i, key in ipairs(KEYS) do
  local left = missing[i] + (doing == 'take' and ARGV[2 * i] or -ARGV[2 * i])
  if left > 0 then
    redis.call('SET', key, string.format('%.0f', now + left), 'PX', math.ceil(left / 1000))
  else
    redis.call('DEL', key)
  end
end
return 0
"""
)


class SharedRateLimits:
    """As ``RateLimits``. While Redis is away each process decides for itself, and forgets nothing that it granted before.

    What this process alone has used up is used up for all: such a flood is refused without a word to Redis.
    """

    def __init__(self, scripts: Scripts, clock: Clock) -> None:
        self._scripts = scripts
        self._script = scripts.script(_BUCKETS)
        self._own = Buckets(clock)
        self._alone = False

    async def take(self, *asked: Asked) -> float:
        return (await self.borrow(*asked)).wait_s

    async def borrow(self, *asked: Asked) -> Loan:
        wait_s = self._own.wait_s(*asked)
        if wait_s > 0 or not asked:
            return Loan(wait_s, partial(self._give_back, (), ()))
        try:
            wait_s = await self._ask(_TAKE, asked)
        except RedisAway as error:
            self._is_alone(error)
            # Redis may be back when it is given back, and has never granted it.
            return Loan(self._own.take(*asked), partial(self._give_back, asked, ()))
        if not wait_s:
            self._own.charge(*asked)
        return Loan(wait_s, partial(self._give_back, asked, asked))

    async def wait_s(self, *asked: Asked) -> float:
        wait_s = self._own.wait_s(*asked)
        if wait_s > 0 or not asked:
            return wait_s
        try:
            return await self._ask(_LOOK, asked)
        except RedisAway as error:
            self._is_alone(error)
            return wait_s

    async def _give_back(self, own: tuple[Asked, ...], shared: tuple[Asked, ...]) -> None:
        self._own.give_back(*own)
        if not shared:
            return
        try:
            _ = await self._ask(_GIVE_BACK, shared)
        except RedisAway as error:
            self._is_alone(error)

    async def _ask(self, doing: str, asked: tuple[Asked, ...]) -> float:
        numbers = (each for _, rate in asked for each in (rate.cost_us, rate.burst))
        wait_us = await self._script.run([self._key(key) for key, _ in asked], doing, *numbers)
        self._alone = False
        return wait_us / SECOND_US

    def _key(self, key: str) -> str:
        """All of them in one slot of a cluster, because a call asks for several at once."""
        return self._scripts.key("{limits}", digest(key))

    def _is_alone(self, error: RedisAway) -> None:
        if not self._alone:
            log.warning("limits count in this process only: %s", error)
        self._alone = True
