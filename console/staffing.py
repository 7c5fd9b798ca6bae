"""Plans of staffing are worked out one at a time, half hour by half hour, so that other work gets its turn in between."""

import asyncio
from dataclasses import dataclass, field

from console.queries.staffing import asked_of, staffing_of
from console.settings import PlanningSettings
from console.wire import planning as wire
from core.errors import Conflict, Invalid
from core.ids import AgentId
from core.tasks import Workers
from routing.staffing import Half, check, half_hour


@dataclass(slots=True)
class Plans:
    """Of one process. Somebody who asks anew, as the page does after each change, no longer waits for what they asked before."""

    workers: Workers
    settings: PlanningSettings
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _newest: dict[AgentId, object] = field(default_factory=dict)

    async def staffing(self, ask: wire.StaffingAsk, by: AgentId) -> wire.Staffing:
        """Raises Invalid with the field, also for what takes longer than ``staffing_s``; Conflict ``planning`` while
        somebody else's plan goes on for longer than ``staffing_wait_s``, ``asked_anew`` when the same person asked again.
        """
        check(ask.arrivals, *asked_of(ask))
        turn = self._newest[by] = object()
        try:
            await self._begin()
            try:
                return staffing_of(ask, await self._halves(ask, by, turn))
            finally:
                self._one.release()
        finally:
            if self._newest.get(by) is turn:
                del self._newest[by]

    async def _begin(self) -> None:
        try:
            async with asyncio.timeout(self.settings.staffing_wait_s):
                await self._one.acquire()
        except TimeoutError:
            raise Conflict(
                "another plan is being worked out: try again in a moment", code="planning"
            ) from None

    async def _halves(self, ask: wire.StaffingAsk, by: AgentId, turn: object) -> list[Half]:
        known: dict[float, Half] = {}
        work, goal = asked_of(ask)
        limit_s = self.settings.staffing_s
        try:
            async with asyncio.timeout(limit_s):
                for each in ask.arrivals:
                    if self._newest.get(by) is not turn:
                        raise Conflict("you asked for another plan in the meantime", code="asked_anew")
                    if each not in known:
                        known[each] = await self.workers.run(half_hour, each, work, goal)
        except TimeoutError:
            expected = (
                f"a plan that is worked out within {limit_s:g} s: fewer half hours, or less work in each"
            )
            raise Invalid("arrivals", expected) from None
        return [known[each] for each in ask.arrivals]
