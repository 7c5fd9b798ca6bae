"""Planning ahead: how many agents a promise needs, and simulations; all that takes CPU runs beside the event loop."""

from aiohttp import hdrs, web

from console.auth import audit
from console.auth.sessions import Signed
from console.changes import simulations as changes
from console.parts import Parts
from console.queries import simulations as queries
from console.simulating import scenarios
from console.simulating.runs import Runs
from console.simulating.samples import SAMPLES
from console.staffing import Plans
from console.wire import planning as wire
from core.limits import take
from core.web import client_address, json_response, read_json

_REPORT_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    hdrs.CACHE_CONTROL: "no-store",
}
"""It holds names that somebody chose, and no script."""


class PlanningHandlers:
    """``/api/routing/staffing`` and ``/api/routing/simulations``."""

    def __init__(self, parts: Parts, runs: Runs) -> None:
        self._parts = parts
        self._runs = runs
        self._settings = parts.settings.planning
        self._plans = Plans(parts.workers, self._settings)

    async def staffing(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.StaffingAsk)
        await take(self._parts.limits, (f"staffing:{session.agent.id}", self._settings.staffing))
        return json_response(await self._plans.staffing(ask, session.agent.id))

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        limits = self._settings.simulation
        choices = wire.SimulationChoices(tuple(SAMPLES), limits.past_days, limits.policies, limits.seeds)
        # One that runs is beside those that are kept.
        items = await self._parts.db.read(queries.list_simulations, limits.kept + 1)
        return json_response(wire.Simulations(items, choices))

    async def begin(self, request: web.Request, session: Signed) -> web.Response:
        """What makes no sense, or is too much, is refused before anything runs."""
        ask = await read_json(request, wire.SimulationAsk)
        db, limits = self._parts.db, self._settings.simulation
        scenarios.check(ask, limits)
        await take(self._parts.limits, (f"simulation:{session.agent.id}", limits.per_person))
        if ask.past_days is not None:
            scenario = await scenarios.from_past(db, self._parts.workers, ask, limits)
        else:
            scenario = await self._parts.workers.run(scenarios.made_up, ask, limits)
        asked = queries.asked_of(ask, scenarios.names_of(ask.policies))
        id = await db.run(changes.begin, ask.name, asked, session.agent.id, limits.quiet_s)
        self._runs.begin(id, scenario)
        return json_response(await db.read(queries.show_simulation, id), status=202)

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._parts.db.read(queries.show_simulation, request.match_info["id"]))

    async def report(self, request: web.Request, session: Signed) -> web.Response:
        """A page of its own, in the person's language or the one that ``?language=`` asks for."""
        language = request.query.get("language", session.agent.language)
        text = await self._parts.db.read(queries.report_of, request.match_info["id"], language)
        return web.Response(text=text, content_type="text/html", headers=_REPORT_HEADERS)

    async def remove(self, request: web.Request, session: Signed) -> web.Response:
        """Stops one that runs."""
        id = request.match_info["id"]
        await self._parts.db.run(changes.remove, id)
        audit.record("simulation removed", by=session.agent.id, address=client_address(request), id=id)
        return web.Response(status=web.HTTPNoContent.status_code)
