"""Lets the Rasa of this process serve what was rolled out, when it is its turn; and says meanwhile that it is there."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol

from bot.children import StepError
from bot.contract import BotState
from bot.improving import models, rollouts
from bot.improving.meanwhile import meanwhile
from bot.improving.rollouts import Report, Turn
from bot.improving.settings import ImprovingSettings
from bot.improving.workshop import Workshop
from bot.rasa_files import Choice
from core.errors import ParleyError
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger(__name__)


class Serves(Protocol):
    """What is needed of ``bot.process.RasaProcess``."""

    @property
    def serving(self) -> Choice | None: ...

    @property
    def state(self) -> BotState: ...

    async def take(self, choice: Choice) -> None: ...


class Releases:
    """Which model a process starts with: what was rolled out last, on top of the project as it is installed."""

    def __init__(self, db: Database, workshop: Workshop) -> None:
        self._db = db
        self._workshop = workshop

    async def choose(self, *, safe: bool) -> Choice:
        """As ``bot.sources.Source`` says. Raises StepError."""
        try:
            project = await asyncio.to_thread(self._workshop.project)
            chosen = await self._db.run(_own if safe else _in_use, project)
            return await asyncio.to_thread(self._workshop.prepare, chosen.examples, chosen.id)
        except ParleyError as error:
            raise StepError(f"which model is in use is not known: {error}") from error


def _in_use(tx: Tx, project: str) -> models.Learned:
    return models.learned(tx, models.in_use(tx, project))


def _own(tx: Tx, project: str) -> models.Learned:
    return models.learned(tx, models.own_model(tx, project))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a roller works: ``server`` is this process's name, ``alone``: there is no other one."""

    server: str
    alone: bool


class Roller:
    """One a process that has a Rasa."""

    def __init__(
        self,
        db: Database,
        process: Serves,
        workshop: Workshop,
        settings: ImprovingSettings,
        place: Place,
    ) -> None:
        self._db = db
        self._process = process
        self._workshop = workshop
        self._settings = settings
        self._place = place
        self._woken = asyncio.Event()
        self._problem: str | None = None

    def wake(self) -> None:
        """A roll-out has begun."""
        self._woken.set()

    async def run(self) -> None:
        """Never returns; cancel it."""
        if self._place.alone:
            await self._db.run(rollouts.forget_servers)
            await self._db.run(models.fail_gone, self._settings.gone_s, "server:")
        try:
            while True:
                await self.step()
                await self.rest()
        finally:
            # Also when we are cancelled: else the others would wait until we are taken for dead.
            await asyncio.shield(self._db.run(rollouts.leave, self._place.server))

    async def step(self) -> None:
        """Say that we are there, and take a model where it is our turn."""
        await self._db.run(models.fail_gone, self._settings.gone_s)
        turn = await self._db.run(rollouts.step, self._report(), self._settings.gone_s)
        if turn is not None:
            await self._take(turn)

    async def _take(self, turn: Turn) -> None:
        self._problem = None
        try:
            learned = await self._db.read(models.learned, turn.model)
            choice = await asyncio.to_thread(self._workshop.prepare, learned.examples, learned.id)
            async with asyncio.timeout(self._settings.swap_s), meanwhile(self._beat()):
                await self._process.take(choice)
        except TimeoutError:
            self._problem = f"it took longer than {self._settings.swap_s:.0f} s"
        except (StepError, ParleyError, OSError) as error:
            # Whatever it was, the others wait until it is told.
            self._problem = str(error) or type(error).__name__
        if self._problem is None:
            await self._db.run(rollouts.took, turn, self._report())
        else:
            log.warning("the model %s was not taken: %s", turn.model, self._problem)
            await self._db.run(rollouts.refused, turn, self._report())

    async def _beat(self) -> None:
        """Training may come before the swap, and the others must not take us for dead."""
        while True:
            await asyncio.sleep(self._settings.beat_s)
            await self._db.run(rollouts.seen, self._report())

    async def rest(self) -> None:
        """Until something may have to be done."""
        busy = await self._db.read(rollouts.under_way)
        self._woken.clear()
        seconds = self._settings.step_s if busy else self._settings.beat_s
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    def _report(self) -> Report:
        serving = self._process.serving
        if serving is None:
            return Report(self._place.server, None, None, self._process.state.detail)
        return Report(self._place.server, serving.release, serving.fingerprint, self._problem)
