"""Signing in and out, invitations, and what a person changes about themselves."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web
from msgspec import UNSET

from channels.contract import Channel
from console.auth import accounts, audit
from console.auth.attempts import Attempts
from console.auth.errors import WrongPassword
from console.auth.guard import COOKIE, set_cookie
from console.auth.invitations import find_invitation, use_invitation
from console.auth.sessions import Opened, Signed, has_session, open_session, revoke_sessions
from console.changes.people import change_me, set_presence
from console.parts import SESSIONS_ENDED, Parts
from console.queries.agents import me, position_of
from console.queries.wrap_ups import open_wrap_ups
from console.wire import session as wire
from core.agent import PresenceState
from core.bus import StateChanged
from core.errors import Invalid
from core.ids import AgentId
from core.store.tx import Tx
from core.web import client_address, json_response, read_json
from routing import ledger


class SessionHandlers:
    """``/api/session``, ``/api/invitations``, ``/api/me`` and ``/api/presence``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._attempts = Attempts(parts.limits, parts.settings.sign_in)

    async def sign_in(self, request: web.Request) -> web.Response:
        ask = await read_json(request, wire.SignIn)
        address = client_address(request)
        async with self._attempts.attempt(accounts.normal_email(ask.email), address):
            account = await self._parts.db.read(accounts.find_account, ask.email)
            stored = None if account is None else account.password_hash
            if not await self._parts.passwords.matches(stored, ask.password) or account is None:
                known = None if account is None else account.id
                audit.record("sign-in refused", by=None, address=address, agent=known)
                raise WrongPassword
        return await self._open(request, account.id)

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        return json_response(await self._session(session))

    async def sign_out(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.SignOut) if request.can_read_body else wire.SignOut()
        ended = await self._parts.db.run(leave, session, hand_back=ask.hand_back)
        self._end(ended)
        if ended:
            audit.record("signed out", by=session.agent.id, address=client_address(request))
        response = web.Response(status=web.HTTPNoContent.status_code)
        response.del_cookie(COOKIE, path="/")
        return response

    async def show_invitation(self, request: web.Request) -> web.Response:
        invited = await self._parts.db.read(find_invitation, request.match_info["token"])
        return json_response(wire.Invitation(invited.kind, invited.email, invited.name))

    async def accept_invitation(self, request: web.Request) -> web.Response:
        ask = await read_json(request, wire.Join)
        secret = request.match_info["token"]
        await self._parts.db.read(find_invitation, secret)
        password_hash = await self._parts.passwords.hash(ask.password)
        invited, keys = await self._parts.db.run(use_invitation, secret, ask.name.strip(), password_hash)
        self._end(keys)
        audit.record(f"{invited.kind} link used", by=invited.agent, address=client_address(request))
        return await self._open(request, invited.agent)

    async def change_me(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.MeChange)
        if ask.password is not UNSET:
            await self._change_password(request, session, ask.password)
        values: dict[str, Any] = {}
        if ask.language is not UNSET:
            values["language"] = ask.language
        if ask.name is not UNSET:
            values["name"] = ask.name.strip()
        return json_response(me(await self._parts.db.run(change_me, session.agent.id, values)))

    async def set_presence(self, request: web.Request, session: Signed) -> web.Response:
        ask = await read_json(request, wire.PresenceAsk)
        return json_response(me(await self._parts.db.run(set_presence, session.agent.id, ask)))

    async def _change_password(
        self, request: web.Request, session: Signed, change: wire.PasswordChange
    ) -> None:
        """Every other session of this person ends."""
        person = session.agent
        address = client_address(request)
        try:
            async with self._attempts.attempt(accounts.normal_email(person.email), address):
                await self._check_password(person.id, change.old)
        except WrongPassword:
            raise Invalid("password.old", "your present password", code="wrong_password") from None
        new = await self._parts.passwords.hash(change.new)
        await self._parts.db.run(accounts.set_password, person.id, new)
        self._end(await self._parts.db.run(revoke_sessions, agent_id=person.id, but=session.key))
        audit.record("password changed", by=person.id, address=address)

    async def _check_password(self, agent: AgentId, password: str) -> None:
        stored = await self._parts.db.read(accounts.password_hash_of, agent)
        if not await self._parts.passwords.matches(stored, password):
            raise WrongPassword

    async def _open(self, request: web.Request, agent: AgentId) -> web.Response:
        """Always a new secret: what the browser had before, whoever put it there, ends."""
        address = client_address(request)
        settings = self._parts.settings.sessions
        opened: Opened = await self._parts.db.run(
            open_session, agent, address, settings, request.cookies.get(COOKIE)
        )
        audit.record("signed in", by=agent, address=address)
        response = json_response(await self._session(opened.session))
        set_cookie(response, opened.secret, self._parts.settings, secure=request.secure)
        return response

    async def _session(self, session: Signed) -> wire.Session:
        position = await self._parts.db.read(position_of, session.agent)
        return wire.Session(
            me(session.agent),
            session.csrf,
            self._parts.settings.brand,
            tuple(sorted(permission.value for permission in session.permissions)),
            position,
            {kind: _kind(channel) for kind, channel in sorted(self._parts.channels.items())},
            await self._parts.db.read(open_wrap_ups, session.agent.id),
            self._parts.installation.engines,
        )

    def _end(self, keys: Sequence[str]) -> None:
        if keys:
            self._parts.bus.publish(StateChanged(SESSIONS_ENDED, {"keys": tuple(keys)}))


def _kind(channel: Channel) -> wire.ChannelKind:
    can = channel.capabilities
    return wire.ChannelKind(can.anonymous, can.starts, can.threads, can.weight, can.interruptible)


def leave(tx: Tx, session: Signed, *, hand_back: bool) -> list[str]:
    """End the session; whoever is signed in nowhere else any more is offline. The keys of those that ended.

    Of two requests that sign out of one session only the first does anything: the person may be back by the second.
    """
    ended = revoke_sessions(tx, key=session.key)
    if not ended:
        return ended
    if hand_back:
        ledger.hand_back(tx, session.agent.id)
    elif not has_session(tx, session.agent.id):
        set_presence(tx, session.agent.id, wire.PresenceAsk(PresenceState.OFFLINE))
    return ended
