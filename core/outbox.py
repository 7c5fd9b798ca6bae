"""The relay: takes the head of each stream and runs its handler until it succeeds or is given up; fires timers."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.clock import Clock
from core.errors import Unavailable, Undeliverable
from core.events import Event, Recorded
from core.store import outbox as store
from core.store.database import Database
from core.store.outbox import Entry
from core.store.tx import Route, Routes, Tx
from core.tasks import Supervisor

log = logging.getLogger(__name__)

Wants = Callable[[Event], bool]
Last = Callable[[Tx], None]
_GRACE_S = 5.0


@dataclass(frozen=True, slots=True)
class Retry:
    """Seconds: the first pause, doubled each time up to the longest, until the horizon after the first attempt.

    Jitter takes a pause to between a half and one and a half of itself.
    """

    first_s: float = 0.2
    longest_s: float = 300.0
    horizon_s: float = 86_400.0

    def pause_s(self, attempts: int, jitter: float) -> float:
        """After ``attempts`` failures; ``jitter`` is uniform in [0, 1)."""
        return float(min(self.longest_s, self.first_s * 2 ** min(attempts, 30)) * (0.5 + jitter))


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
    """

    name: str
    on: tuple[type[Event], ...]
    run: Callable[[Recorded], Awaitable[Last | None]]
    time_limit_s: float
    wants: Wants | None = None
    retry: Retry = field(default_factory=Retry)
    on_dead: Callable[[Tx, Recorded], None] | None = None


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
class RelaySettings:
    """``poll_s`` is the safety net below the signals; ``heads`` bounds a transaction, ``at_once`` the IO of each handler.

    What a process works on is its own for ``claim_s`` and claimed anew while it goes on: if it dies, another takes it then.
    """

    heads: int = 64
    at_once: int = 64
    poll_s: float = 1.0
    claim_s: float = 15.0


@dataclass(frozen=True, slots=True)
class _Claim:
    entry: Entry
    until: datetime


@dataclass(frozen=True, slots=True)
class _Done:
    """IO that has ended well, and the last thing that it has to write."""

    handler: IoHandler
    entry: Entry
    recorded: Recorded
    last: Last | None


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
        self._running: dict[asyncio.Task[None], _Claim] = {}
        self._done: list[_Done] = []
        self._looked_at = clock.now()

    def wake(self) -> None:
        """There may be something to do."""
        self._awake.set()

    async def run(self) -> None:
        """Work for ever; woken by ``wake``, by the next timer or retry, and every ``poll_s``."""
        try:
            while True:
                self._awake.clear()
                if await self.step():
                    continue
                pause_s = await self._pause_s()
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause_s):
                        await self._awake.wait()
        finally:
            # Who ends us asks for no more work, but what was done is written down.
            done, self._done = self._done, []
            if done:
                await self._db.run(self._finish, done)

    async def step(self) -> int:
        """Fire timers and run what is due now; how much there was. IO goes on in tasks of its own."""
        running = Counter(claim.entry.handler for claim in self._running.values())
        free = {name: self._settings.at_once - running[name] for name in self._handlers}
        ending, finished = self._ending(), self._done
        self._done = []
        try:
            self._looked_at, done, begun = await self._db.run(self._work, finished, free, ending.values())
        except BaseException:
            # Their rows are claimed still; if this process ends, they are worked on once more, as any may be.
            self._done += finished
            raise
        until = _later(self._looked_at, self._settings.claim_s)
        for task in ending.keys() & self._running.keys():
            self._running[task] = _Claim(ending[task], until)
        for entry, recorded in begun:
            task = self._supervisor.start(f"outbox {entry.handler}", self._perform(entry, recorded))
            self._running[task] = _Claim(entry, until)
            task.add_done_callback(self._finished)
        return done + len(begun)

    def _ending(self) -> dict[asyncio.Task[None], Entry]:
        """What goes on and is this process's own for less than two thirds of ``claim_s`` more."""
        soon = _later(self._clock.now(), self._settings.claim_s * 2 / 3)
        return {task: claim.entry for task, claim in self._running.items() if claim.until < soon}

    async def drain(self) -> None:
        """Until nothing is due: for tests and for a clean stop."""
        while await self.step() or self._running or self._done:
            if self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

    def _finished(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._awake.set()

    async def _pause_s(self) -> float:
        due = await self._db.read(store.next_due, self._looked_at)
        if due is None:
            return self._settings.poll_s
        return min(self._settings.poll_s, max(0.001, (due - self._clock.now()).total_seconds()))

    def _work(
        self, tx: Tx, finished: Sequence[_Done], free: Mapping[str, int], ending: Iterable[Entry]
    ) -> tuple[datetime, int, list[tuple[Entry, Recorded]]]:
        """What IO has ended is finished here, much at once, and its streams go on in the same transaction."""
        self._finish(tx, finished)
        done = store.fire_timers(tx, self._settings.heads)
        until = _later(tx.now, self._settings.claim_s)
        store.claim_anew(tx, list(ending), until)
        begun: list[tuple[Entry, Recorded]] = []
        left = Counter(free)
        # A handler without a free place is not asked for: its waiting heads would hide those of the others.
        able = tuple(name for name in self._handlers if left[name] > 0)
        for entry, recorded in store.heads(tx, able, self._settings.heads):
            handler = self._handlers[entry.handler]
            if recorded is None:
                store.retry_at(tx, entry, _later(tx.now, _GRACE_S), "written by a newer version")
            elif isinstance(handler, TxHandler):
                self._commit_with(tx, handler, entry, recorded)
                done += 1
            elif left[entry.handler] > 0:
                left[entry.handler] -= 1
                begun.append((entry, recorded))
        store.claim(tx, [entry for entry, _ in begun], until)
        return tx.now, done, begun

    def _finish(self, tx: Tx, finished: Sequence[_Done]) -> None:
        ended = []
        for done in finished:
            try:
                if done.last is not None:
                    tx.attempt(done.last)
            except Exception as error:  # noqa: BLE001 - whatever a handler raises is its failure, not the relay's
                log.warning("handler %s failed at its end: %r", done.entry.handler, error)
                self._failed(tx, done.handler, done.entry, done.recorded, error)
            else:
                ended.append(done.entry)
        store.finish(tx, ended)

    def _commit_with(self, tx: Tx, handler: TxHandler, entry: Entry, recorded: Recorded) -> None:
        try:
            tx.attempt(handler.run, recorded)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is its failure, not the relay's
            log.warning("handler %s failed on %s %d: %r", entry.handler, entry.topic, entry.n, error)
            self._failed(tx, handler, entry, recorded, error)
        else:
            store.finish(tx, [entry])

    async def _perform(self, entry: Entry, recorded: Recorded) -> None:
        handler = self._handlers[entry.handler]
        assert isinstance(handler, IoHandler)  # noqa: S101 - only these are begun
        try:
            async with asyncio.timeout(handler.time_limit_s):
                last = await handler.run(recorded)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is its failure, not the relay's
            if isinstance(error, Unavailable) and error.retry_after_s is not None:
                await self._db.run(_not_yet, entry, error.retry_after_s)
                return
            log.warning("handler %s failed on %s %d: %r", entry.handler, entry.topic, entry.n, error)
            await self._db.run(self._failed, handler, entry, recorded, error)
        else:
            self._done.append(_Done(handler, entry, recorded, last))

    def _failed(
        self, tx: Tx, handler: TxHandler | IoHandler, entry: Entry, recorded: Recorded, error: Exception
    ) -> None:
        reason = f"{type(error).__name__}: {error}"
        due = _later(tx.now, handler.retry.pause_s(entry.attempts, self._jitter.random()))
        since = entry.created_at if entry.attempts else tx.now
        over = due > _later(since, handler.retry.horizon_s)
        if not over and not isinstance(error, Undeliverable):
            store.retry_at(tx, entry, due, reason)
            return
        store.bury(tx, entry, reason)
        if handler.on_dead is not None:
            try:
                tx.attempt(handler.on_dead, recorded)
            except Exception:
                log.exception(
                    "handler %s could not clean up after %s %d", entry.handler, entry.topic, entry.n
                )


def _not_yet(tx: Tx, entry: Entry, seconds: float) -> None:
    store.postpone(tx, entry, _later(tx.now, seconds))


def _later(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)
