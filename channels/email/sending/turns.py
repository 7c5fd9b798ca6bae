"""When the next mail of an inbox may leave, whichever process sends it: one line for all that share a Redis."""

from functools import partial

from channels.email.sending.pace import Pace
from channels.pacing import AskFirst, Granted
from core.clock import Clock
from core.ids import InboxId, MessageId
from core.redis import RedisAway
from core.scripts import NOW_US, Script, Scripts, digest

_SECOND_US = 1_000_000
_KEPT_MS = 3_600_000
"""So long after its time is a place kept for who does not come."""

_WAIT = """
-- As ``Pace.wait_s``. KEYS: the newest places of the inbox, the place of this mail.
-- ARGV: so many a minute, milliseconds that a place is kept.
local place = tonumber(redis.call('GET', KEYS[2]) or nil)
if not place then
  local newest = tonumber(redis.call('LINDEX', KEYS[1], -1) or nil)
  local before = tonumber(redis.call('LINDEX', KEYS[1], -ARGV[1]) or nil)
  place = math.max(now, newest or now, before and before + 60000000 or now)
  redis.call('RPUSH', KEYS[1], string.format('%.0f', place))
  redis.call('LTRIM', KEYS[1], -ARGV[1], -1)
  redis.call('PEXPIRE', KEYS[1], math.ceil((place - now) / 1000) + 60000)
end
if place <= now then
  redis.call('DEL', KEYS[2])
  return 0
end
redis.call('SET', KEYS[2], string.format('%.0f', place), 'PX', math.ceil((place - now) / 1000) + ARGV[2])
return place - now
"""


class Turns:
    """One a process. Without Redis, and while it is away, the process keeps a line of its own; ``now`` is Lua that says the time."""

    def __init__(self, clock: Clock, scripts: Scripts | None, now: str = NOW_US) -> None:
        self._clock = clock
        self._own = Pace()
        self._granted = Granted()
        self._script = None if scripts is None else scripts.script(now + _WAIT)

    def wait_s(self, inbox: InboxId, message: MessageId, per_minute: int) -> float:
        """In a transaction: 0 when it may leave now. Raises AskFirst where others stand in the same line."""
        if self._script is None:
            return self._own_wait_s(inbox, message, per_minute)
        if self._granted.use(message):
            return 0.0
        raise AskFirst(partial(self._grant, self._script, inbox, message, per_minute))

    async def _grant(self, script: Script, inbox: InboxId, message: MessageId, per_minute: int) -> float:
        line = f"{{mail {inbox}}}"
        keys = [script.redis.key(line, "places"), script.redis.key(line, digest(message))]
        try:
            wait_s = await script.run(keys, per_minute, _KEPT_MS) / _SECOND_US
        except RedisAway:
            wait_s = self._own_wait_s(inbox, message, per_minute)
        if not wait_s:
            self._granted.note(message)
        return wait_s

    def _own_wait_s(self, inbox: InboxId, message: MessageId, per_minute: int) -> float:
        return self._own.wait_s(inbox, message, per_minute, self._clock.now().timestamp())
