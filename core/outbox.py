"""The relay: takes the head of each stream and runs its handler until it succeeds or is given up; fires timers."""

import asyncio
import logging
import math
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.attempts import Attempt, Retry, SpoiltError, apart, together
from core.batching import Batching
from core.claiming import Claimed
from core.clock import Clock
from core.errors import Unavailable, Undeliverable
from core.events import Event, Recorded
from core.relay_settings import RelaySettings
from core.store import outbox as store
from core.store.database import Database
from core.store.outbox import Entry
from core.store.shared_time import shared_now
from core.store.tx import Route, Routes, Tx
from core.tasks import Supervisor, rounds

log = logging.getLogger(__name__)

Wants = Callable[[Event], bool]
Last = Callable[[Tx], None]
_Found = tuple[Entry, Recorded | None]
_GRACE_S = 5.0
_GIVE_BACK_S = 2.0


@dataclass(frozen=True, slots=True)
class TxHandler:
    """Runs inside a transaction and commits together with its "done" mark; ``on_dead`` when it is given up."""

    name: str
    on: tuple[type[Event], ...]
    run: Callable[[Tx, Recorded], None]
    wants: Wants | None = None
    retry: Retry = field(default_factory=Retry)
    on_dead: Callable[[Tx, Recorded], None] | None = None


@dataclass(frozen=True, slots=True)
class IoHandler:
    """Talks to the outside in its own time and owns its transactions; it may run again for the same event.

    ``Unavailable`` with ``retry_after_s`` puts it off, which is neither a failure nor an attempt. What ``run`` answers,
    if anything, is the last thing that it has to write: it commits together with its "done" mark, as others' do.

    ``even_late``: that is written as well when another process took the work over meanwhile, because it tells what has
    become of something outside, and does no harm twice.
    """

    name: str
    on: tuple[type[Event], ...]
    run: Callable[[Recorded], Awaitable[Last | None]]
    time_limit_s: float
    wants: Wants | None = None
    retry: Retry = field(default_factory=Retry)
    on_dead: Callable[[Tx, Recorded], None] | None = None
    even_late: bool = False


@dataclass(frozen=True, slots=True)
class Exclusive:
    """Its rows are written here but worked on elsewhere (routing, by the holder of its lease)."""

    name: str
    on: tuple[type[Event], ...]
    wants: Wants | None = None


OutboxHandler = TxHandler | IoHandler | Exclusive


def routes(handlers: Sequence[OutboxHandler]) -> Routes:
    """Which handlers each type of event goes to, in the order of the table."""
    table: dict[type[Event], list[Route]] = {}
    for handler in handlers:
        for kind in handler.on:
            table.setdefault(kind, []).append(Route(handler.name, handler.wants))
    return table


@dataclass(frozen=True, slots=True)
class _Ended:
    """IO that is over, and the last thing that it has to write, or what it failed with."""

    handler: IoHandler
    entry: Entry
    recorded: Recorded
    how: Last | Exception | None


@dataclass(frozen=True, slots=True)
class _Head:
    """What a transaction is about to do."""

    handler: TxHandler
    entry: Entry
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one transaction of the relay did: ``begun`` are claimed ``until`` then; ``took`` without its looking and committing."""

    at: datetime
    until: datetime
    took: timedelta
    done: int
    begun: Sequence[tuple[Entry, Recorded]]


class Relay:
    """One a process; several share an outbox, because each stream's head is claimed by one of them."""

    def __init__(
        self,
        db: Database,
        handlers: Sequence[OutboxHandler],
        supervisor: Supervisor,
        clock: Clock,
        jitter: random.Random,
        settings: RelaySettings | None = None,
    ) -> None:
        self._db = db
        self._handlers = {h.name: h for h in handlers if not isinstance(h, Exclusive)}
        self._supervisor = supervisor
        self._clock = clock
        self._jitter = jitter
        self._settings = settings or RelaySettings()
        self._awake = asyncio.Event()
        self._running: dict[asyncio.Task[None], Entry] = {}
        self._batching = Batching(self._settings.heads, self._settings.within_s)
        self._claims = Claimed(db, clock, self._settings.claim_s, self.wake)
        self._keeping: asyncio.Task[None] | None = None
        self._ended: list[_Ended] = []
        self._stopping = False
        self._looked_at = clock.now()

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    async def run(self) -> None:
        """Work for ever; woken by ``wake``, by the next timer or retry, and every ``poll_s``."""
        try:
            await rounds("the relay", self._round, self._awake)
        finally:
            # Who ends us asks for no more work, but what was done is written down.
            await self._write_down()

    async def stop(self, within_s: float) -> None:
        """Begin nothing more, let what goes on come to its end for so long, and leave the rest to others at once."""
        self._stopping = True
        if self._running:
            await asyncio.wait(self._running, timeout=within_s)
        left = dict(self._running)
        for task in left:
            task.cancel()
        with suppress(TimeoutError, Unavailable):
            async with asyncio.timeout(_GIVE_BACK_S):
                if left:
                    await asyncio.wait(left)
                await self._claims.give_back(left.values())
                await self._write_down()

    async def _write_down(self) -> None:
        ended, self._ended = self._ended, []
        if ended:
            await self._db.run(self._close, ended)

    async def _round(self) -> float:
        return 0.0 if await self.step() else await self._pause_s()

    async def step(self) -> int:
        """Fire timers and run what is due now; how much there was. IO goes on in tasks of its own."""
        running = Counter(entry.handler for entry in self._running.values())
        at_once = 0 if self._stopping else self._settings.at_once
        free = {name: at_once - running[name] for name in self._handlers}
        settled = [each for each in self._ended if not self._claims.is_changing(each.entry)]
        ended, left = settled[: self._batching.size], settled[self._batching.size :]
        self._ended = [each for each in self._ended if self._claims.is_changing(each.entry)] + left
        self._claims.write({each.entry for each in ended})
        began = self._clock.now()
        try:
            looked = await self._look(ended, free)
        except BaseException:
            # Their rows are claimed still; if this process ends, they are worked on once more, as any may be.
            self._ended = ended + self._ended
            self._batching.took(self._batching.size, math.inf)
            raise
        finally:
            self._claims.write(())
        self._claims.drop(each.entry for each in ended)
        self._batching.took(len(ended) + looked.done, looked.took.total_seconds())
        self._looked_at, self._claims.ahead = looked.at, looked.at - began
        await self._begin(looked)
        return looked.done + len(looked.begun) + len(left)

    async def _look(self, ended: Sequence[_Ended], free: Mapping[str, int]) -> _Looked:
        """All in one go; where that fails, once more with each handler on its own, so that only what failed is undone."""
        try:
            return await self._db.run(self._work, ended, free, together)
        except SpoiltError:
            return await self._db.run(self._work, ended, free, apart)

    async def _begin(self, looked: _Looked) -> None:
        entries = [entry for entry, _ in looked.begun]
        self._claims.take(entries, looked.until)
        if self._stopping:
            await self._claims.give_back(entries)
        try:
            # Their time runs since that transaction began: it may have taken long, and others be at it by now.
            await self._claims.renew()
        except BaseException:
            self._claims.drop(entries)
            raise
        for entry, recorded in looked.begun:
            if entry in self._claims:
                task = self._supervisor.start(f"outbox {entry.handler}", self._perform(entry, recorded))
                self._running[task] = entry
                task.add_done_callback(self._finished)
        if self._running and (self._keeping is None or self._keeping.done()):
            self._keeping = self._supervisor.start("outbox claims", self._claims.keep())

    async def drain(self) -> None:
        """Until nothing is due: for tests."""
        while await self.step() or self._running or self._ended:
            if self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

    def _finished(self, task: asyncio.Task[None]) -> None:
        entry = self._running.pop(task)
        if task.cancelled() and not self._stopping:
            self._claims.drop([entry])
        self._awake.set()

    async def _pause_s(self) -> float:
        due = await self._db.read(store.next_due, self._looked_at)
        if due is None:
            return self._settings.poll_s
        return min(
            self._settings.poll_s, max(0.001, (due - self._clock.now() - self._claims.ahead).total_seconds())
        )

    def _work(
        self,
        tx: Tx,
        ended: Sequence[_Ended],
        free: Mapping[str, int],
        attempt: Attempt,
    ) -> _Looked:
        """What IO has ended is finished here, much at once, and its streams go on in the same transaction."""
        now = shared_now(tx)
        until = _later(now, self._settings.claim_s)
        began = self._clock.now()
        self._finish(tx, now, ended, attempt)
        took = self._clock.now() - began
        begun: list[tuple[Entry, Recorded]] = []
        committed: list[Entry] = []
        left = Counter(free)
        # A handler without a free place is not asked for: its waiting heads would hide those of the others.
        able = tuple(name for name in self._handlers if left[name] > 0)
        heads = store.heads(tx, able, now, self._settings.heads)
        began = self._clock.now()
        done = 0
        for entry, recorded in sorted(self._some(heads.found), key=self._turn):
            handler = self._handlers[entry.handler]
            if recorded is None:
                done += 1
                store.retry_at(tx, entry, _later(now, _GRACE_S), "written by a newer version", now)
            elif isinstance(handler, TxHandler):
                done += 1
                if self._tried(tx, now, _Head(handler, entry, recorded), attempt, handler.run, recorded):
                    committed.append(entry)
            elif left[entry.handler] > 0:
                left[entry.handler] -= 1
                begun.append((entry, recorded))
        if heads.timers:  # Last: from here on nothing is waited for but the rows that count.
            done += store.fire_timers(tx, now, self._batching.size)
        store.finish(tx, committed)
        store.claim(tx, [entry for entry, _ in begun], until)
        return _Looked(now, until, took + (self._clock.now() - began), done, begun)

    def _some(self, found: Sequence[_Found]) -> list[_Found]:
        """As they are due; of what runs in the transaction no more than it has time for."""
        some, left = list[_Found](), self._batching.size
        for each in found:
            is_io = isinstance(self._handlers[each[0].handler], IoHandler)
            if is_io or left > 0:
                some.append(each)
            left -= not is_io
        return some

    def _turn(self, found: _Found) -> tuple[bool, str]:
        """What locks rows goes by topic: relays meet on the same ones in the same order. IO goes as it was due: its places are few."""
        is_io = isinstance(self._handlers[found[0].handler], IoHandler)
        return is_io, "" if is_io else found[0].topic

    def _close(self, tx: Tx, ended: Sequence[_Ended]) -> None:
        self._finish(tx, shared_now(tx), ended, apart)

    def _finish(self, tx: Tx, now: datetime, ended: Sequence[_Ended], attempt: Attempt) -> None:
        """Write down how IO ended, of what is this process's own still: whoever took the rest does it once more."""
        held = store.held(tx, self._claims.of(each.entry for each in ended))
        finished = []
        for each in ended:
            if each.entry not in held:
                _too_late(tx, each)
            elif isinstance(each.how, Exception):
                self._not_done(tx, now, each, each.how)
            elif each.how is None or self._tried(tx, now, each, attempt, each.how):
                finished.append(each.entry)
        store.finish(tx, finished)

    def _not_done(self, tx: Tx, now: datetime, ended: _Ended, error: Exception) -> None:
        if isinstance(error, Unavailable) and error.retry_after_s is not None:
            store.postpone(tx, ended.entry, _later(now, error.retry_after_s))
        else:
            self._failed(tx, now, ended, error)

    def _tried(
        self,
        tx: Tx,
        now: datetime,
        ran: "_Ended | _Head",
        attempt: Attempt,
        work: Callable[..., None],
        *args: Recorded,
    ) -> bool:
        """Whether this part of the transaction went well; where not, that is written down."""
        try:
            attempt(tx, work, *args)
        except SpoiltError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is its failure, not the relay's
            entry = ran.entry
            log.warning("handler %s failed on %s %d: %r", entry.handler, entry.topic, entry.n, error)
            self._failed(tx, now, ran, error)
            return False
        return True

    async def _perform(self, entry: Entry, recorded: Recorded) -> None:
        handler = self._handlers[entry.handler]
        assert isinstance(handler, IoHandler)  # noqa: S101 - only these are begun
        how: Last | Exception | None
        try:
            async with asyncio.timeout(handler.time_limit_s):
                how = await handler.run(recorded)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is its failure, not the relay's
            how = error
            if not (isinstance(error, Unavailable) and error.retry_after_s is not None):
                log.warning("handler %s failed on %s %d: %r", entry.handler, entry.topic, entry.n, error)
        self._ended.append(_Ended(handler, entry, recorded, how))

    def _failed(self, tx: Tx, now: datetime, ran: "_Ended | _Head", error: Exception) -> None:
        handler, entry = ran.handler, ran.entry
        reason = f"{type(error).__name__}: {error}"
        due = _later(now, handler.retry.pause_s(entry.attempts, self._jitter.random()))
        since = entry.created_at if entry.attempts else now
        over = due > _later(since, handler.retry.horizon_s)
        if not over and not isinstance(error, Undeliverable):
            store.retry_at(tx, entry, due, reason, now)
            return
        store.bury(tx, entry, reason)
        if handler.on_dead is not None:
            try:
                tx.attempt(handler.on_dead, ran.recorded)
            except Exception:
                log.exception(
                    "handler %s could not clean up after %s %d", entry.handler, entry.topic, entry.n
                )


def _too_late(tx: Tx, ended: _Ended) -> None:
    """Somebody else is at it, or done with it."""
    log.warning("handler %s was too late: its claim had run out", ended.entry.handler)
    if ended.handler.even_late and ended.how is not None and not isinstance(ended.how, Exception):
        try:
            tx.attempt(ended.how)
        except Exception:
            log.exception("handler %s could not write its last", ended.entry.handler)


def _later(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)
