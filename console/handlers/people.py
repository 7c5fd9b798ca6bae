"""Agents: listed for everybody, invited, changed and deactivated by who may."""

from collections.abc import Sequence

from aiohttp import web

from console.auth import audit
from console.auth.invitations import invite
from console.auth.sessions import Signed
from console.changes.people import add_agent, change_agent, forget_password
from console.parts import SESSIONS_ENDED, Parts
from console.queries.agents import get_agent, list_agents, show_agent
from console.wire import people as wire
from console.wire.base import Items
from console.wire.session import InvitationKind
from core.agent import Agent
from core.bus import StateChanged
from core.errors import Conflict
from core.ids import AgentId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json


class PeopleHandlers:
    """``/api/agents``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def list(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(Items(await self._parts.db.read(list_agents)))

    async def add(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.NewAgent)
        settings = self._parts.settings
        lasts_s = settings.sessions.invitation_s
        added, secret = await self._parts.db.run(
            _invite_new, ask, session.agent.language, settings.capacity, lasts_s
        )
        self._audit("agent invited", request, session, AgentId(added.id))
        return json_response(wire.Invited(added, self._link(request, secret)), 201)

    async def change(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.AgentChange)
        agent = AgentId(request.match_info["id"])
        changed, keys = await self._parts.db.run(_change, agent, ask, session.agent)
        self._end(keys)
        what = "agent changed" if changed.active else "agent deactivated"
        self._audit(what, request, session, agent)
        return json_response(changed)

    async def reset(self, request: web.Request, session: Signed) -> web.Response:
        """A link for a new password, the old one works no more; for somebody who never had one, another invitation.

        Not for oneself: whoever lost the link would be shut out, and one changes one's own password in the profile.
        """
        agent = AgentId(request.match_info["id"])
        if agent == session.agent.id:
            raise Conflict("change your own password in your profile", code="own_reset")
        lasts_s = self._parts.settings.sessions.reset_s
        secret, keys = await self._parts.db.run(_reset, agent, lasts_s)
        self._end(keys)
        self._audit("reset link made", request, session, agent)
        return json_response(wire.ResetLink(self._link(request, secret)))

    def _end(self, keys: Sequence[str]) -> None:
        if keys:
            self._parts.bus.publish(StateChanged(SESSIONS_ENDED, {"keys": tuple(keys)}))

    def _link(self, request: web.Request, secret: str) -> str:
        start = self._parts.settings.public_url or f"{request.scheme}://{request.host}"
        return f"{start.rstrip('/')}/console/invitation/{secret}"

    def _audit(self, what: str, request: web.Request, session: Signed, agent: AgentId) -> None:
        audit.record(what, by=session.agent.id, address=client_address(request), agent=agent)


def _invite_new(
    tx: Tx, ask: wire.NewAgent, language: str, capacity: int, lasts_s: float
) -> tuple[wire.Agent, str]:
    added = add_agent(tx, ask, language, capacity)
    return show_agent(tx, added), invite(tx, added, "invite", lasts_s)


def _change(tx: Tx, agent: AgentId, ask: wire.AgentChange, by: Agent) -> tuple[wire.Agent, list[str]]:
    keys = change_agent(tx, agent, ask, by)
    return show_agent(tx, agent), keys


def _reset(tx: Tx, agent: AgentId, lasts_s: float) -> tuple[str, list[str]]:
    get_agent(tx, agent)
    kind: InvitationKind = "reset"
    return invite(tx, agent, kind, lasts_s), forget_password(tx, agent)
