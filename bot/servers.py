"""Rasa servers that somebody else runs: which of them answer, with which model, and how one is given another."""

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.children import StepError
from bot.contract import BotState, Progress, RasaAddress
from bot.making import Maker
from bot.preferring import preferred
from bot.probe import ServerProbe
from bot.process import RASA, SCRIPTED, Pause, Publish, pause
from bot.rasa_files import Choice, Limits
from core.ids import ConversationId

log = logging.getLogger("bot.rasa")


@dataclass(frozen=True, slots=True)
class Reach:
    """How the servers are reached, and they us: ``actions`` and ``models`` are addresses of this process.

    ``secret`` is asked for on both sides.
    """

    probe: ServerProbe
    secret: str = field(repr=False)
    actions: str
    models: str


class RasaServer:
    """One of them, as this process knows it; what it serves by our record is known only where models are given to it."""

    def __init__(self, url: str, reach: Reach, maker: Maker, limits: Limits) -> None:
        self.address = RasaAddress(url.rstrip("/"), reach.secret, reach.actions)
        self.model: str | None = None
        self.problem: str | None = None
        self._reach = reach
        self._maker = maker
        self._limits = limits
        self._choice: Choice | None = None
        self._failures = limits.health_failures

    @property
    def there(self) -> bool:
        """Whether it answers, with a model or without."""
        return self.model is not None

    @property
    def serving(self) -> Choice | None:
        """What the model that it has was trained from; None where that is not known."""
        known = self._choice is not None and self._choice.fingerprint == self.model
        return self._choice if known else None

    @property
    def state(self) -> BotState:
        ready = Progress.READY if self.model else Progress.FAILED
        return BotState(ready, RASA, detail=self.problem, model=self.model or None)

    def adopt(self, choice: Choice) -> None:
        """It has this model already."""
        self._choice = choice
        self.problem = None

    async def look(self) -> None:
        """Ask it how it is; one answer that is missing is not enough to leave it alone."""
        model = await self._reach.probe.model(self.address, self._limits.health_s)
        self._failures = 0 if model is not None else self._failures + 1
        if model is not None or self._failures >= self._limits.health_failures:
            if self.model is None:
                # What is in use may be another one by now.
                self.forget()
            self.model = model

    def forget(self) -> None:
        """What it serves has to be found out anew."""
        self._choice = None

    async def take(self, choice: Choice) -> None:
        """Have it fetch this model; the one that it had answers until then, and goes on where that fails. Raises StepError."""
        await self._maker.made(choice)
        url = f"{self._reach.models}/{choice.fingerprint}"
        limit = self._limits.start_s
        if not await self._reach.probe.fetch(self.address, url, self._reach.secret, limit):
            raise StepError(f"{self.address.url} did not take the model {choice.fingerprint}")
        # Only what it says itself counts: it may have been given another one meanwhile.
        self.model = await self._reach.probe.model(self.address, self._limits.health_s)
        if self.model != choice.fingerprint:
            raise StepError(f"{self.address.url} answers with the model {self.model or 'of nobody'}")
        self.adopt(choice)


class RasaServers:
    """All of them. Implements ``RasaWhereabouts``; every process that asks them watches them."""

    def __init__(
        self,
        servers: Sequence[RasaServer],
        limits: Limits,
        maker: Maker,
        publish: Publish,
        jitter: random.Random,
        wait: Pause = pause,
    ) -> None:
        self.servers = servers
        self._maker = maker
        self._limits = limits
        self._publish = publish
        self._jitter = jitter
        self._pause = wait
        self._never = asyncio.Event()
        self._state = BotState(Progress.STARTING, SCRIPTED, "looking for Rasa")

    @property
    def state(self) -> BotState:
        return self._state

    @property
    def python(self) -> Path | None:
        """Rasa's own here, for training."""
        return self._maker.python

    def places(self, conversation: ConversationId) -> tuple[RasaAddress, ...]:
        ready = {each.address.url: each.address for each in self.servers if each.model}
        return tuple(ready[url] for url in preferred(ready, conversation))

    async def run(self) -> None:
        """Never returns; cancel it."""
        async with asyncio.TaskGroup() as group:
            for each in self.servers:
                _ = group.create_task(self._watch(each))

    async def _watch(self, server: RasaServer) -> None:
        while True:
            await server.look()
            self._show()
            await self._pause(self._limits.health_every_s * (0.75 + self._jitter.random() / 2), self._never)

    def _show(self) -> None:
        state = state_of(self.servers)
        if state != self._state:
            if state.detail != self._state.detail:
                log.info("Rasa servers: %s", state.detail or "all answer")
            self._state = state
            self._publish(state)


def state_of(servers: Sequence[RasaServer]) -> BotState:
    """What the status page shows of all of them."""
    ready = [each for each in servers if each.model]
    models = {each.model for each in ready}
    away = [
        f"{each.address.url} {'has no model yet' if each.there else 'does not answer'}"
        for each in servers
        if not each.model
    ]
    detail = "; ".join((f"{len(ready)} of {len(servers)} answer", *away)) if away else None
    if len(models) > 1:
        detail = "; ".join(filter(None, (detail, f"models {', '.join(sorted(map(str, models)))}")))
    if ready:
        return BotState(Progress.READY, RASA, "answering", detail=detail, model=next(iter(models)))
    if any(each.there for each in servers):
        return BotState(Progress.STARTING, SCRIPTED, "waiting for a model", detail=detail)
    return BotState(Progress.FAILED, SCRIPTED, detail=detail)
