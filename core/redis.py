"""The one Redis that all processes of an installation share: asked with short patience, done without while it is away."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.connection import parse_url
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import (
    MasterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import TimeoutError as RedisTimeoutError

from core.errors import Invalid, Unavailable

T = TypeVar("T")

_AWAY = (
    RedisConnectionError,
    RedisTimeoutError,
    MasterDownError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    OSError,
)
"""What means that it cannot be used now; every other error is a mistake of who asks."""
_NO_WRITES = "MISCONF"
"""How an answer begins that says it could not write to its disk, and so takes nothing more."""
_RESP = 2
"""With 3 the library expects more of a server than every Redis and Valkey has."""

log = logging.getLogger(__name__)


class RedisAway(Unavailable):
    """Redis does not answer, or takes no writes; whoever asks does without."""

    code = "redis"


@dataclass(frozen=True, slots=True)
class RedisSettings:
    """``url``: ``redis://``, ``rediss://`` (TLS) or ``unix://``, with user and password where there are any; none: there is one process.

    Every key and channel begins with ``prefix``: installations that share a server need one each. An answer is waited for ``answer_s``,
    a connection ``connect_s``. It is looked at every ``health_every_s``; while it is away after ``first_retry_s``, then longer, up to ``longest_retry_s``.

    Signals to other processes are gathered for ``gather_s``, at most ``waiting``; that there is work in the outbox they are told every ``ready_every_s``
    at most, because each of them looks; who hears nothing for ``silence_s``, not even itself, connects anew.
    What other processes did is looked for every ``well_sweep_s`` in case a signal was lost, and every ``away_sweep_s`` while none are heard,
    ``sweep_back_s`` further back than one looked before: so far may the clocks of two machines be apart.
    Who is connected to it each process says every ``here_every_s``, and what it said is forgotten after three times that.
    """

    url: str | None = field(default=None, repr=False)
    prefix: str = "parley"
    connections: int = 16
    connect_s: float = 2.0
    answer_s: float = 1.0
    health_every_s: float = 1.0
    first_retry_s: float = 0.1
    longest_retry_s: float = 2.0
    gather_s: float = 0.002
    ready_every_s: float = 0.05
    silence_s: float = 3.0
    waiting: int = 20_000
    away_sweep_s: float = 1.0
    well_sweep_s: float = 10.0
    sweep_back_s: float = 5.0
    here_every_s: float = 5.0


def check_url(url: str) -> None:
    """Raises Invalid, without saying the address: it may hold a password."""
    try:
        _ = parse_url(url)  # type: ignore[no-untyped-call]
    except ValueError:
        raise Invalid("url", "redis://HOST:PORT/NUMBER, rediss://… or unix:///PATH") from None


class SharedRedis:
    """One a process. Nothing waits for it: not the start, and no caller longer than ``answer_s``."""

    def __init__(self, url: str, settings: RedisSettings, process: str, jitter: random.Random) -> None:
        self._url = url
        self.settings = settings
        self._process = process
        self._jitter = jitter
        self._well: bool | None = None
        self._detail = "not looked at yet"
        self._listeners: list[Callable[[bool], None]] = []
        self._look = asyncio.Event()
        self.client = self.connection(settings.connections)
        """For commands; give it to nobody who has not asked through ``ask``."""

    @property
    def well(self) -> bool:
        """Whether it answered when it was last asked."""
        return self._well is True

    @property
    def away(self) -> bool:
        """Whether it is known not to answer; before the first look it is not."""
        return self._well is False

    @property
    def detail(self) -> str:
        """For people: where it is, and what is wrong with it."""
        return f"{self.where}: {self._detail}"

    @property
    def where(self) -> str:
        """Its address without user and password."""
        parts = urlsplit(self._url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}"

    def key(self, *names: str) -> str:
        """Of a key or a channel."""
        return ":".join((self.settings.prefix, *names))

    def on_change(self, listener: Callable[[bool], None]) -> Callable[[], None]:
        """Called with whether it is well, each time that turns; what is returned ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def ask(self, command: Callable[["Redis"], Awaitable[T]]) -> T:
        """What the command gives. Raises RedisAway: at once while it is known to be away, else after ``answer_s``, at first ``connect_s`` more."""
        if self.away:
            raise RedisAway(self.detail)
        try:
            async with asyncio.timeout(self._patience_s()):
                return await command(self.client)
        except TimeoutError as error:
            # It may be we who are slow: that is found out by a look.
            self._look.set()
            raise RedisAway(f"{self.where}: {_said(error)}") from error
        except (*_AWAY, ResponseError) as error:
            if not isinstance(error, _AWAY) and not str(error).startswith(_NO_WRITES):
                raise
            self._turned(False, _said(error))
            raise RedisAway(self.detail) from error

    async def run(self) -> None:
        """A service: looks whether it answers and takes writes, for as long as the process lives."""
        settings, pause = self.settings, self.settings.first_retry_s
        while True:
            await self.look()
            if self.well:
                wait_s, pause = settings.health_every_s, settings.first_retry_s
            else:
                wait_s = pause * (0.5 + self._jitter.random())
                pause = min(settings.longest_retry_s, pause * 2)
            self._look.clear()
            try:
                async with asyncio.timeout(wait_s):
                    await self._look.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Write a key that goes away by itself; no answer counts the second time, because a busy process hears too late as well."""
        for again in (True, False):
            try:
                await self._write()
            except TimeoutError as error:
                if again and self.well:
                    continue
                self._turned(False, _said(error))
            except (RedisError, OSError) as error:
                self._turned(False, _said(error))
            else:
                self._turned(True, "answers")
            return

    async def _write(self) -> None:
        lasts_ms = int(1000 * (self.settings.health_every_s + self.settings.answer_s + 1))
        async with asyncio.timeout(self._patience_s()):
            _ = await self.client.set(self.key("pulse", self._process), 1, px=lasts_ms)

    def connection(self, most: int) -> "Redis":
        """A client of its own, to be closed by whoever asked for it. It repeats nothing, and waits for answers without end:

        the library's own limits rest on ``asyncio.wait_for``, which swallows cancellations. Limit each wait.
        """
        settings = self.settings
        pool = BlockingConnectionPool.from_url(
            self._url,
            max_connections=most,
            timeout=settings.answer_s,
            socket_timeout=None,
            socket_connect_timeout=settings.connect_s,
            retry=Retry(NoBackoff(), 0),
            client_name=f"{settings.prefix}-{self._process}",
            protocol=_RESP,
        )
        return Redis.from_pool(pool)

    async def close(self) -> None:
        await self.client.aclose()

    def _patience_s(self) -> float:
        """Where it was well, connections are there."""
        return self.settings.answer_s + (0 if self.well else self.settings.connect_s)

    def _turned(self, well: bool, detail: str) -> None:  # noqa: FBT001 - it is the state
        before, self._well, self._detail = self._well, well, detail
        if before == well:
            return
        if well:
            log.info("Redis answers: %s", self.where)
        else:
            log.warning("Redis is away, the work goes on more slowly: %s", self.detail)
            self._look.set()
        for listener in tuple(self._listeners):
            listener(well)


def _said(error: BaseException) -> str:
    return str(error) or ("no answer" if isinstance(error, TimeoutError) else type(error).__name__)
