"""The router: the one holder of the lease that takes events in, lets the engine decide and commits what it decided."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from core.batching import Batching
from core.bus import Bus, OutboxReady
from core.clock import Clock
from core.errors import Conflict, Unavailable
from core.events import (
    ConversationStarted,
    Event,
    HandlerChanged,
    MessageReceived,
    Recorded,
    ReplyQueued,
    SettingsChanged,
    StatusChanged,
    TimerFired,
)
from core.ids import AgentId
from core.outbox import Exclusive, TxHandler
from core.rearranging_events import MessagesMoved
from core.routing_events import RoutingRuleApplied
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import rounds
from routing import absorb, clocks, intake, lease, measuring
from routing.engine import AgentChanged, Engine, Fact, Offer, StepDue
from routing.settings import RoutingSettings

log = logging.getLogger(__name__)

_ROUNDS = 16
"""How often refused offers are decided anew before everything is read again."""


def routing_handler() -> Exclusive:
    """The router's line in the table of subscriptions."""
    return Exclusive(intake.HANDLER, absorb.LISTENS, absorb.wants)


def sla_handler(settings: RoutingSettings | None = None) -> TxHandler:
    """The line of the clocks of promised times."""
    batch = (settings or RoutingSettings()).measure_batch
    listens = (
        ConversationStarted,
        HandlerChanged,
        MessageReceived,
        MessagesMoved,
        ReplyQueued,
        StatusChanged,
        RoutingRuleApplied,
        TimerFired,
        SettingsChanged,
    )
    return TxHandler("sla", listens, partial(_follow, batch=batch), _moves_clocks)


def _follow(tx: Tx, recorded: Recorded, *, batch: int) -> None:
    match recorded.event:
        case SettingsChanged() as changed:
            measuring.begin(tx, changed)
        case TimerFired(kind=measuring.TIMER) as fired:
            measuring.go_on(tx, fired, batch)
        case _:
            clocks.follow(tx, recorded)


def _moves_clocks(event: Event) -> bool:
    match event:
        case MessageReceived(handler=handler, first=first):
            return first and handler != "bot"
        case ReplyQueued(author=author):
            return author == "agent"
        case TimerFired(kind=kind):
            return kind in clocks.TIMERS or kind == measuring.TIMER
        case SettingsChanged(what=what):
            return what in measuring.SETTINGS
        case _:
            return True


class Router:
    """One a process; whichever holds the lease decides, the others stand by.

    ``holder`` names this start of this process and no other. The database is the record: the engine is rebuilt
    from it at every start, after every error and whenever the lease was lost.
    """

    def __init__(
        self,
        db: Database,
        bus: Bus,
        clock: Clock,
        holder: str,
        settings: RoutingSettings | None = None,
    ) -> None:
        self._db = db
        self._bus = bus
        self._clock = clock
        self._holder = holder
        self._settings = settings or RoutingSettings()
        self._batching = Batching(self._settings.batch, self._settings.renew_s)
        self._epoch: int | None = None
        self._held_at: datetime | None = None
        self._swept_at: datetime | None = None
        self._engine: Engine | None = None
        self._awake = asyncio.Event()

    @property
    def leading(self) -> bool:
        """Whether this is the one that decides."""
        return self._epoch is not None

    async def run(self) -> None:
        """Decide for ever; give it to ``Supervisor.service``. The lease is given up at the end."""
        ignore = self._bus.listen(OutboxReady, lambda _: self._awake.set())
        try:
            await rounds("routing", self._round, self._awake)
        finally:
            ignore()
            await self.release()

    async def _round(self) -> float:
        return 0.0 if await self.step() else self._pause_s()

    async def step(self) -> bool:
        """Take in what happened and offer what follows; True when there may be more to do at once."""
        try:
            epoch = await self._hold()
            if epoch is None:
                return False
            return await self._decide(epoch)
        except Conflict as conflict:
            self._forget()
            if conflict.code != "stale_epoch":
                raise
            log.warning("%s", conflict)
            return False
        except Unavailable:
            # Another may decide by the time that the database answers.
            self._epoch = None
            self._forget()
            raise
        except BaseException:
            self._forget()
            raise

    async def release(self) -> None:
        """Let another process decide at once instead of when the lease runs out."""
        epoch, self._epoch = self._epoch, None
        self._forget()
        if epoch is not None:
            with suppress(Unavailable):
                await self._db.run(lease.release, epoch)

    def _forget(self) -> None:
        """What is held in memory may not be what the database holds."""
        self._engine, self._held_at = None, None

    async def _hold(self) -> int | None:
        now = self._clock.now()
        if self._held_at is not None and now < self._held_at + timedelta(seconds=self._settings.renew_s):
            return self._epoch
        epoch = await self._db.run(lease.hold, self._holder, self._settings.lease_s, self._epoch)
        if epoch != self._epoch:
            log.info("routing is %s", "somebody else's" if epoch is None else f"ours, epoch {epoch}")
            self._engine = None
        self._epoch, self._held_at = epoch, now
        return epoch

    async def _decide(self, epoch: int) -> bool:
        if self._engine is None:
            self._engine, offers = await self._rebuilt(epoch)
            await self._commit(self._engine, epoch, offers)
            return True
        facts: list[Fact] = []
        again = False
        if self._is_time_to_sweep() or await self._db.read(intake.anything_waits):
            began = self._clock.now()
            batch = await self._db.run(intake.take_in, epoch, self._settings, self._batching.size)
            self._batching.took(batch.many, (self._clock.now() - began).total_seconds())
            if batch.rebuild:
                self._engine = None
                return True
            facts, again = [*batch.facts], batch.again
        offers = self._engine.feed([*facts, StepDue(self._clock.now())])
        settled = await self._commit(self._engine, epoch, offers)
        return again or (settled and bool(facts or offers))

    async def _rebuilt(self, epoch: int) -> tuple[Engine, list[Offer]]:
        """Beside the event loop; the lease is renewed meanwhile. Raises Conflict ``stale_epoch`` if it was lost."""
        await self._db.run(intake.put_right, epoch)
        built = asyncio.Event()

        async def build() -> tuple[Engine, list[Offer]]:
            try:
                async with asyncio.timeout(self._settings.rebuild_s):
                    return await self._db.large.read(intake.build, self._settings)
            except TimeoutError:
                raise Unavailable("what waits takes too long to be read") from None
            finally:
                built.set()

        try:
            async with asyncio.TaskGroup() as group:
                made = group.create_task(build())
                _ = group.create_task(self._renew_until(built, epoch))
        except ExceptionGroup as failed:
            # The first one to fail, for which the other was ended.
            raise failed.exceptions[0] from None
        return made.result()

    async def _renew_until(self, done: asyncio.Event, epoch: int) -> None:
        while not done.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.renew_s):
                    await done.wait()
            if await self._hold() != epoch:
                raise lease.stale(epoch)

    def _is_time_to_sweep(self) -> bool:
        now = self._clock.now()
        if self._swept_at is not None and now < self._swept_at + timedelta(seconds=self._settings.sweep_s):
            return False
        self._swept_at = now
        return True

    async def _commit(self, engine: Engine, epoch: int, offers: list[Offer]) -> bool:
        """False when the engine and the database do not come to terms."""
        for _ in range(_ROUNDS):
            if not offers:
                return True
            offers = engine.feed(await self._written(epoch, offers))
        log.error("offers were refused %d times in a row; everything is read again", _ROUNDS)
        self._engine = None
        return False

    async def _written(self, epoch: int, offers: list[Offer]) -> list[Fact]:
        """A part at a time, while the lease is ours; what is true of those that were refused."""
        facts: list[Fact] = []
        doubtful: set[AgentId] = set()
        while offers:
            if await self._hold() != epoch:
                raise lease.stale(epoch)
            part, offers = offers[: self._batching.size], offers[self._batching.size :]
            began = self._clock.now()
            refused = await self._db.run(intake.commit, epoch, part, self._settings, doubtful)
            self._batching.took(len(part), (self._clock.now() - began).total_seconds())
            doubtful.update(each.agent.id for each in refused if isinstance(each, AgentChanged))
            facts += refused
        return facts

    def _pause_s(self) -> float:
        """Until the lease, the sweep or a step in a ladder is due."""
        pause = min(self._settings.renew_s, self._settings.sweep_s)
        step = None if self._engine is None else self._engine.next_step()
        if step is None:
            return pause
        return min(pause, max(0.001, (step - self._clock.now()).total_seconds()))
