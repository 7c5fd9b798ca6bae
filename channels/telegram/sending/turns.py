"""When the next reply of a bot may leave, whichever process sends it: one line for all that share a Redis."""

from collections.abc import Hashable
from functools import partial

from channels.pacing import AskFirst, Granted
from channels.telegram.sending.pace import Pace, Rate, Ticket
from core.clock import Clock
from core.redis import RedisAway
from core.scripts import NOW_US, Scripts, digest

_SECOND_US = 1_000_000
_KEPT_MS = 3_600_000
"""So long after its time is a place kept for who does not come."""

_NUMBER = """
local function number(key)
  return tonumber(redis.call('GET', key)) or 0
end
"""
_WAIT = (
    _NUMBER
    + """
-- As ``Pace.wait_s``. KEYS: of the bot, until when it is used up and until when it rests; of the chat likewise; the place.
-- ARGV: messages; microseconds of one, and burst, of the bot; of the chat; milliseconds that a place is kept.
local count = tonumber(ARGV[1])
local function next_place(full_key, rests, cost, burst)
  local full = number(full_key)
  local at = math.max(now, rests, full - (burst - math.min(count, burst)) * cost)
  full = math.max(full, at) + count * cost
  redis.call('SET', full_key, string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
  return at
end
local bot_rests, chat_rests = number(KEYS[2]), number(KEYS[4])
local line, at = string.match(redis.call('GET', KEYS[5]) or '', '^(%a+) (%d+)$')
at = tonumber(at or nil)
if not at or (line == 'chat' and at < chat_rests) then
  line, at = 'chat', next_place(KEYS[3], chat_rests, tonumber(ARGV[4]), tonumber(ARGV[5]))
end
if at <= now and (line == 'chat' or at < bot_rests) then
  line, at = 'bot', next_place(KEYS[1], bot_rests, tonumber(ARGV[2]), tonumber(ARGV[3]))
end
if at <= now then
  redis.call('DEL', KEYS[5])
  return 0
end
local kept = math.ceil((at - now) / 1000) + ARGV[6]
redis.call('SET', KEYS[5], string.format('%s %.0f', line, at), 'PX', kept)
return at - now
"""
)
_REST = (
    _NUMBER
    + """
-- As ``Pace.rest``. KEYS: until when the bot rests, until when the chat, all chats that rest. ARGV: the chat, microseconds.
local till = now + ARGV[2]
local function rest(key)
  if till > math.max(now, number(key)) then
    redis.call('SET', key, string.format('%.0f', till), 'PX', math.ceil((till - now) / 1000))
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
local others = redis.call('ZCARD', KEYS[3]) - (redis.call('ZSCORE', KEYS[3], ARGV[1]) and 1 or 0)
redis.call('ZADD', KEYS[3], 'GT', string.format('%.0f', till), ARGV[1])
local last = redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')[2]
redis.call('PEXPIRE', KEYS[3], math.max(1, math.ceil((last - now) / 1000)))
rest(KEYS[2])
if others > 0 then
  rest(KEYS[1])
end
return others
"""
)


class Turns:
    """One a process. Without Redis, and while it is away, the process keeps a line of its own; ``now`` is Lua that says the time."""

    def __init__(self, rate: Rate, clock: Clock, scripts: Scripts | None, now: str = NOW_US) -> None:
        self._rate = rate
        self._clock = clock
        self._scripts = scripts
        self._own = Pace(rate)
        self._granted = Granted()
        if scripts is not None:
            self._wait, self._rest = scripts.script(now + _WAIT), scripts.script(now + _REST)

    def wait_s(self, ticket: Ticket) -> float:
        """In a transaction: 0 when it may leave now. Raises AskFirst where others stand in the same line."""
        if self._scripts is None:
            return self._own.wait_s(ticket, self._now())
        if self._granted.use(ticket.reply):
            return 0.0
        raise AskFirst(partial(self._grant, ticket))

    async def ask_s(self, ticket: Ticket) -> float:
        """The same outside a transaction."""
        if self._scripts is None:
            return self._own.wait_s(ticket, self._now())
        bot, chat = (str(each) for each in (ticket.bot, ticket.chat))
        keys = _keys(
            self._scripts, bot, "full", "rests", f"full {chat}", f"rests {chat}", f"place {ticket.reply}"
        )
        rates = (each for rate in (self._rate, ticket.rate) for each in _numbers(rate))
        try:
            return await self._wait.run(keys, ticket.count, *rates, _KEPT_MS) / _SECOND_US
        except RedisAway:
            return self._own.wait_s(ticket, self._now())

    async def rest(self, bot: Hashable, chat: Hashable, seconds: float) -> None:
        """As ``Pace.rest``."""
        self._own.rest(bot, chat, seconds, self._now())
        if self._scripts is None:
            return
        keys = _keys(self._scripts, str(bot), "rests", f"rests {chat}", "resting")
        try:
            _ = await self._rest.run(keys, digest(str(chat)), round(seconds * _SECOND_US))
        except RedisAway:
            return

    async def _grant(self, ticket: Ticket) -> float:
        wait_s = await self.ask_s(ticket)
        if not wait_s:
            self._granted.note(ticket.reply)
        return wait_s

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _keys(scripts: Scripts, bot: str, *names: str) -> list[str]:
    """All of one bot in one slot of a cluster."""
    return [scripts.key(f"{{telegram {bot}}}", digest(name)) for name in names]


def _numbers(rate: Rate) -> tuple[int, int]:
    return round(_SECOND_US / rate.per_s), rate.burst
