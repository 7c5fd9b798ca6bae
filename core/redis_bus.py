"""The bus of many processes: signals go through Redis, gathered; while it is away each process hears itself alone."""

import asyncio
import logging
import random
from collections.abc import Callable, Collection
from contextlib import suppress

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from core.bus import BUS, Listeners, OutboxReady, S, Signal, StateChanged, TopicMoved
from core.bus_wire import decode, encode
from core.events import Topic
from core.redis import RedisAway, SharedRedis
from core.tasks import Supervisor

log = logging.getLogger(__name__)

_CHANNEL = "signals"


class RedisBus:
    """One a process. Listeners here are called at once; the other processes get what came together in one piece.

    A process hears its own pieces as well, and by that knows that it hears: silence means a lost connection. When hearing is lost or
    found again, a process has come or gone, or somebody could not tell what they had to, listeners get a ``StateChanged`` and an
    ``OutboxReady``, so that they look for themselves.
    """

    def __init__(self, redis: SharedRedis, process: str, jitter: random.Random) -> None:
        self._redis = redis
        self._process = process
        self._jitter = jitter
        self._settings = redis.settings
        self._listeners = Listeners()
        self._moved: dict[Topic, int] = {}
        self._signals: list[Signal] = []
        self._ready = False
        self._ready_at = 0.0
        """When the others may be told again that there is work."""
        self._something = asyncio.Event()
        self._whole = False
        self._heard: dict[str, float] = {}
        self._lost = False
        """Whether the others were not told something since the last piece that went out."""

    @property
    def whole(self) -> bool:
        return self._whole

    def others(self) -> Collection[str]:
        since = asyncio.get_running_loop().time() - self._settings.silence_s
        return tuple(process for process, at in self._heard.items() if at >= since)

    def start(self, supervisor: Supervisor) -> None:
        """Tell and hear from now on."""
        _ = supervisor.service("signals out", self._tell)
        _ = supervisor.service("signals in", self._hear)

    def publish(self, signal: Signal) -> None:
        self._listeners.call(signal, own=True)
        if self._redis.away:
            self._lost = True
        else:
            self._gather(signal)

    def hear(self, signal: Signal) -> None:
        self._listeners.call(signal, own=False)

    def listen(
        self, kind: type[S], listener: Callable[[S], None], *, own: bool = False
    ) -> Callable[[], None]:
        return self._listeners.add(kind, listener, own=own)

    async def flush(self) -> None:
        """Tell what nobody was told yet; if nobody can be told, forget it."""
        self._ready_at = 0.0
        signals = self._gathered()
        if signals:
            await self._send(signals)

    def _gather(self, signal: Signal) -> None:
        if isinstance(signal, TopicMoved):
            self._moved[signal.topic] = max(signal.n, self._moved.get(signal.topic, 0))
        elif isinstance(signal, OutboxReady):
            if self._ready:
                return
            self._ready = True
        else:
            self._signals.append(signal)
        if len(self._moved) + len(self._signals) > self._settings.waiting:
            self._lost = True
            _ = self._gathered()
        self._something.set()

    def _gathered(self) -> list[Signal]:
        found: list[Signal] = [TopicMoved(topic, n) for topic, n in self._moved.items()]
        found += self._signals
        self._moved, self._signals = {}, []
        now = asyncio.get_running_loop().time()
        if self._ready and now >= self._ready_at:
            self._ready, self._ready_at = False, now + self._settings.ready_every_s
            found.append(OutboxReady())
        self._something.clear()
        return found

    def _pause_s(self) -> float:
        """Until there is something to tell, though nobody published it."""
        if not self._ready:
            return self._settings.health_every_s
        return max(0.001, self._ready_at - asyncio.get_running_loop().time())

    async def _send(self, signals: list[Signal]) -> None:
        data, channel = encode(self._process, signals, lost=self._lost), self._redis.key(_CHANNEL)

        async def tell(client: Redis) -> None:
            _ = await client.publish(channel, data)

        self._lost = False
        try:
            await self._redis.ask(tell)
        except RedisAway:
            self._lost = True

    async def _tell(self) -> None:
        """A service: what is published while a piece is under way goes with the next; at least a sign of life a second."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause_s()):
                    await self._something.wait()
            await self._send(self._gathered())
            self._miss()
            await asyncio.sleep(self._settings.gather_s)

    async def _hear(self) -> None:
        """A service: hear until it breaks, and again after a while."""
        pause = self._settings.first_retry_s
        while True:
            client = self._redis.connection(1)
            pubsub = client.pubsub()
            try:
                async with asyncio.timeout(self._settings.connect_s + self._settings.answer_s):
                    await pubsub.subscribe(self._redis.key(_CHANNEL))
                while True:
                    async with asyncio.timeout(self._settings.silence_s):
                        await self._next(pubsub)
                    pause = self._settings.first_retry_s
            except (RedisError, OSError, TimeoutError) as error:
                log.debug("what is wrong: %s", error)
                self._turned(whole=False)
            except Exception:
                self._turned(whole=False)
                raise
            finally:
                await pubsub.aclose()  # type: ignore[no-untyped-call]
                await client.aclose()
            await asyncio.sleep(pause * (0.5 + self._jitter.random()))
            pause = min(self._settings.longest_retry_s, pause * 2)

    async def _next(self, pubsub: PubSub) -> None:
        message = await pubsub.get_message(timeout=None)
        if message is None:
            return
        if message["type"] == "subscribe":
            # The library connects anew by itself sometimes, and nobody knows what was told meanwhile.
            self._turned(whole=False)
            self._turned(whole=True)
        elif message["type"] == "message":
            self._take(message["data"])

    def _take(self, data: bytes) -> None:
        try:
            heard = decode(data)
        except ValueError as error:
            log.warning("what came as signals is none: %s", error)
            return
        if heard.process == self._process:
            return
        new = heard.process not in self._heard
        self._heard[heard.process] = asyncio.get_running_loop().time()
        for signal in heard.signals:
            self.hear(signal)
        if new or heard.lost:
            self._look()

    def _miss(self) -> None:
        """Whoever has gone silent may have died before it could tell what it did."""
        if len(self.others()) < len(self._heard):
            self._heard = {process: self._heard[process] for process in self.others()}
            self._look()

    def _turned(self, *, whole: bool) -> None:
        if whole == self._whole:
            return
        self._whole = whole
        if not whole:
            self._heard.clear()
        log.log(
            logging.INFO if whole else logging.WARNING,
            "signals of other processes are %s",
            "heard" if whole else "not heard",
        )
        self._look()

    def _look(self) -> None:
        """Let listeners here look for themselves."""
        self.hear(StateChanged(BUS, {"whole": self._whole}))
        self.hear(OutboxReady())
