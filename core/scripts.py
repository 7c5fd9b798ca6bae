"""Scripts that Redis runs as a whole, so that nobody is counted in between; what is asked at one time goes there together."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from core.redis import RedisAway, SharedRedis
from core.tasks import Supervisor

NOW_US = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
"""
"""Begins every script that counts time: microseconds of the server's clock, which all machines share."""

_DIGEST_BYTES = 16
_MOST = 200
"""So many in one go: more than that only keeps those at its beginning waiting."""


def digest(text: str) -> str:
    """For a key: of one length, and without the addresses and accounts that it is about."""
    return blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()


@dataclass(slots=True, eq=False)
class _Call:
    keys: Sequence[str]
    args: Sequence[str | int]
    answer: asyncio.Future[int]

    def settle(self, answer: object) -> None:
        """Whoever asked may have gone."""
        if self.answer.done():
            return
        if isinstance(answer, Exception):
            self.answer.set_exception(RedisAway(f"a script could not be run: {answer}"))
        else:
            self.answer.set_result(int(str(answer)))


@dataclass(frozen=True, slots=True)
class Scripts:
    """For whoever brings scripts: where they run, and who carries them there."""

    redis: SharedRedis
    supervisor: Supervisor

    def key(self, *names: str) -> str:
        return self.redis.key(*names)

    def script(self, text: str) -> "Script":
        return Script(self.redis, self.supervisor, text)


class Script:
    """One in Lua that returns a whole number, known to the server by its digest.

    While one round is on its way, further calls wait for the next: a connection each would cost three times the CPU, and
    those who find none free would have to wait in a line of the library's that is not fair.
    """

    def __init__(self, redis: SharedRedis, supervisor: Supervisor, text: str) -> None:
        self.redis = redis
        self._supervisor = supervisor
        self._text = text
        self._sha: str = redis.client.register_script(text).sha
        self._waiting: dict[_Call, None] = {}
        self._goes = False

    async def run(self, keys: Sequence[str], *args: str | int) -> int:
        """What it returns. Raises RedisAway, also when it may not be run there: whoever asks can do without."""
        if self.redis.away:
            raise RedisAway(self.redis.detail)
        call = _Call(keys, args, asyncio.get_running_loop().create_future())
        self._waiting[call] = None
        if not self._goes:
            self._goes = True
            rounds = self._supervisor.start("redis scripts", self._rounds())
            # Also when it is ended before it began.
            rounds.add_done_callback(self._over)
        try:
            return await call.answer
        finally:
            self._waiting.pop(call, None)

    async def _rounds(self) -> None:
        """Until nobody waits any more."""
        while calls := list(islice(self._waiting, _MOST)):
            for call in calls:
                del self._waiting[call]
            await self._round(calls)
        self._goes = False

    def _over(self, rounds: asyncio.Task[None]) -> None:
        if rounds.cancelled() or rounds.exception() is not None:
            self._goes = False
            for call in self._waiting:
                call.settle(RedisAway("the process ends"))

    async def _round(self, calls: Sequence[_Call]) -> None:
        answers: Sequence[object] = [RedisAway("the process ends")] * len(calls)
        try:
            answers = await self.redis.ask(lambda client: self._asked(client, calls))
        except RedisAway as error:
            # Who came meanwhile would wait as long as these did, for nothing.
            calls = [*calls, *self._waiting]
            self._waiting.clear()
            answers = [error] * len(calls)
        except RedisError as error:
            answers = [error] * len(calls)
        finally:
            for call, answer in zip(calls, answers, strict=True):
                call.settle(answer)

    async def _asked(self, client: Redis, calls: Sequence[_Call]) -> Sequence[object]:
        answers = await self._sent(client, calls)
        if any(isinstance(answer, NoScriptError) for answer in answers):
            # A server that began anew knows none: then none of these was run.
            await client.script_load(self._text)
            answers = await self._sent(client, calls)
        return answers

    async def _sent(self, client: Redis, calls: Sequence[_Call]) -> list[object]:
        pipeline = client.pipeline(transaction=False)
        for call in calls:
            _ = pipeline.evalsha(self._sha, len(call.keys), *call.keys, *call.args)
        found: list[object] = await pipeline.execute(raise_on_error=False)
        return found
