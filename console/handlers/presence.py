"""Presence set by a supervisor, the reasons for it, what happens by itself, and the end of a wrap-up."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed, has_session
from console.changes import reasons
from console.changes.people import set_presence_of
from console.changes.rows import remove
from console.handlers.setup import Collection
from console.parts import Parts
from console.queries.agents import show_agent
from console.queries.setup import list_reasons
from console.wire import people, presence, setup
from console.wire.session import PresenceAsk
from core.agent import PresenceState
from core.errors import Conflict
from core.ids import AgentId, WrapUpId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from routing import ledger
from routing.plan import POLICIES, Choice, usual_routing


class PresenceHandlers:
    """``/api/agents/{id}/presence``, ``/api/presence-reasons`` ``/api/presence-rules`` and ``/api/routing/policies``, and ``/api/wrap-ups``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.reasons = Collection(
            parts,
            "presence_reason",
            list_reasons,
            presence.PresenceReasonAsk,
            reasons.save_reason,
            lambda tx, id: remove(tx, reasons.REASON, id),
        )

    async def set_of(self, request: web.Request, session: Signed) -> web.Response:
        """They hear of it at once, and from whom."""
        ask = await read_json(request, PresenceAsk)
        agent = AgentId(request.match_info["id"])
        shown = await self._parts.db.run(_set, agent, ask, session.agent.id)
        where = client_address(request)
        audit.record("presence set", by=session.agent.id, address=where, agent=agent, state=ask.state.value)
        return json_response(shown)

    async def policies(self, request: web.Request, session: Signed) -> web.Response:
        """What a queue's routing may name; it is the same for as long as the server runs."""
        usual = {name: usual_routing(name) for name in POLICIES}
        known = tuple(
            setup.Policy(name, dict(make().parameters), usual[name].choice, usual[name].guard)
            for name, make in POLICIES.items()
        )
        return json_response(setup.Policies(known, tuple(choice.value for choice in Choice)))

    async def rules(self, request: web.Request, session: Signed) -> web.Response:
        routing, attendance = self._parts.routing, self._parts.settings.attendance
        return json_response(
            presence.PresenceRules(
                routing.missed_offers, routing.offer_s, attendance.idle_s, attendance.gone_s
            )
        )

    async def end_wrap_up(self, request: web.Request, session: Signed) -> web.Response:
        """One's own; ending it twice is ending it once."""
        wrap_up = WrapUpId(request.match_info["id"])
        await self._parts.db.run(ledger.end_wrap_up, session.agent.id, wrap_up)
        return web.Response(status=web.HTTPNoContent.status_code)


def _set(tx: Tx, agent: AgentId, ask: PresenceAsk, by: AgentId) -> people.Agent:
    if ask.state is PresenceState.AVAILABLE and not has_session(tx, agent):
        raise Conflict(f"agent {agent} is not signed in: nobody would hear an offer", code="signed_out")
    set_presence_of(tx, agent, ask, by)
    return show_agent(tx, agent)
