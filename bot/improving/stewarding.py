"""Gives models to Rasa servers that somebody else runs: one process at a time sees to it that each has what is in use."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.children import StepError
from bot.improving import rollouts
from bot.improving.rolling import Roller
from bot.servers import RasaServer
from bot.sources import Source
from core.errors import ParleyError
from core.ids import Ids
from core.store.database import Database
from core.store.tx import Tx

log = logging.getLogger("bot.rasa")

CLAIM = "models of Rasa servers"


@dataclass(frozen=True, slots=True)
class Claim:
    """What only one process may do: taken or renewed for so many seconds, and given back."""

    hold: Callable[[Tx, str, str, float], bool]
    release: Callable[[Tx, str, str], None]
    seconds: float


class LostError(Exception):
    """Another process has the claim."""


@dataclass(frozen=True, slots=True)
class Tended:
    """A server, and who takes part in roll-outs for it."""

    server: RasaServer
    roller: Roller


class Steward:
    """One a process; the one with the claim works. Roll-outs are those of ``rollouts``, a server being one of theirs."""

    def __init__(
        self, db: Database, tended: Sequence[Tended], source: Source, claim: Claim, ids: Ids, safety: int
    ) -> None:
        """After ``safety`` failures in a row a server that has no model gets the project's own."""
        self._db = db
        self._tended = tended
        self._source = source
        self._claim = claim
        self._me = ids.new()
        self._safety = safety

    def wake(self) -> None:
        """A roll-out has begun."""
        for each in self._tended:
            each.roller.wake()

    async def run(self) -> None:
        """Never returns; cancel it."""
        while True:
            if await self._hold():
                await self._work()
            await asyncio.sleep(self._claim.seconds / 3)

    async def _work(self) -> None:
        for each in self._tended:
            each.server.forget()
        try:
            async with asyncio.TaskGroup() as group:
                _ = group.create_task(self._renew())
                for each in self._tended:
                    _ = group.create_task(self._tend(each))
        except* LostError:
            log.warning("another process gives models to the Rasa servers now")
        finally:
            # Also when we are cancelled: another process begins at once.
            await asyncio.shield(self._db.run(self._claim.release, CLAIM, self._me))

    async def _hold(self) -> bool:
        return await self._db.run(self._claim.hold, CLAIM, self._me, self._claim.seconds)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._claim.seconds / 3)
            if not await self._hold():
                raise LostError

    async def _tend(self, tended: Tended) -> None:
        failures, takes_part = 0, True
        while True:
            if tended.server.there:
                failures = 0 if await self._equip(tended.server, failures) else failures + 1
                await tended.roller.step()
                takes_part = True
            elif takes_part:
                # A roll-out does not wait for who does not answer; it catches up when it is back.
                await self._db.run(rollouts.leave, tended.server.address.url)
                takes_part = False
            await tended.roller.rest()

    async def _equip(self, server: RasaServer, failures: int) -> bool:
        """Give it what is in use, where it has something else or nothing; False when that failed."""
        if server.serving is not None:
            return True
        try:
            choice = await self._source.choose(safe=failures >= self._safety)
            if server.model == choice.fingerprint:
                server.adopt(choice)
            else:
                await server.take(choice)
        except (StepError, ParleyError, OSError) as error:
            server.problem = str(error) or type(error).__name__
            log.warning("%s has no model of ours: %s", server.address.url, server.problem)
            return False
        log.info("%s serves the model %s", server.address.url, choice.fingerprint)
        return True
