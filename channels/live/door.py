"""Who may ask over HTTP: a page that may show the inbox, a visitor by their session; and how refusals are told."""

from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from channels.live.config import ANY_ORIGIN, live_config
from channels.live.floods import Floods
from channels.live.identity import no_identity
from channels.live.inbound import Visitor
from channels.live.parts import LiveParts
from channels.live.sessions import Session, find_session, renew_session
from core.errors import Forbidden, Invalid, NotFound, ParleyError, Rejected
from core.ids import InboxId
from core.inbox import Inbox
from core.store.conversations import get_inbox
from core.web import client_address, error_response, same_origin

_PREFLIGHT_S = 3600
_STATUS = {
    "too_large": 413,
    "media_type": 415,
    "session": 401,
    "identity": 401,
    "conversation": 403,
    "not_offered": 409,
    "not_over": 409,
}
_METHODS = "GET, POST, DELETE"
_HEADERS = "Authorization, Content-Type, X-File-Name"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ForInbox = Callable[[web.Request, Inbox], Awaitable[web.Response]]
ForVisitor = Callable[[web.Request, Inbox, Visitor], Awaitable[web.Response]]


class Door:
    """``kinds`` are the kinds of inbox that live visitors may come to."""

    def __init__(self, parts: LiveParts, kinds: frozenset[str]) -> None:
        self._parts = parts
        self._kinds = kinds
        self._floods = Floods(parts.limits, parts.settings)

    def anybody(self, handler: ForInbox) -> Handler:
        """Served to every page that may show the inbox, which may also read what is refused."""

        async def served(request: web.Request) -> web.StreamResponse:
            inbox = await self.admit(request)
            return shared(request, await self._answered(handler(request, inbox)))

        return served

    def visitors(self, handler: ForVisitor) -> Handler:
        """The same for who proves to be a visitor: ``Authorization: Bearer <session>``."""

        async def known(request: web.Request, inbox: Inbox) -> web.Response:
            return await handler(request, inbox, await self._visitor(request, inbox))

        return self.anybody(known)

    async def preflight(self, request: web.Request) -> web.StreamResponse:
        """A browser asks before it sends what a page of another site wants to send."""
        await self.admit(request)
        headers = {
            hdrs.ACCESS_CONTROL_ALLOW_METHODS: _METHODS,
            hdrs.ACCESS_CONTROL_ALLOW_HEADERS: _HEADERS,
            hdrs.ACCESS_CONTROL_MAX_AGE: str(_PREFLIGHT_S),
        }
        return shared(request, web.Response(status=204, headers=headers))

    async def admit(self, request: web.Request) -> Inbox:
        """The inbox, for a page that may show it. Raises NotFound or Forbidden ``origin``, which is counted."""
        inbox = await self._parts.db.read(get_inbox, InboxId(request.match_info["inbox"]))
        if inbox.kind not in self._kinds or not inbox.enabled:
            raise NotFound("there is no such inbox")
        origins = live_config(inbox.config).origins
        if ANY_ORIGIN not in origins and not same_origin(request, origins):
            self._parts.count("live_origin")
            raise Forbidden("this page may not show this inbox", code="origin")
        return inbox

    async def session(self, request: web.Request, inbox: Inbox) -> Session:
        """As it is now: who has waited asks again. Raises Invalid ``session`` when it proves nobody, or has ended."""
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        found = await self._parts.db.read(find_session, inbox.id, token, self._parts.settings.session)
        if scheme != "Bearer" or found is None:
            raise Invalid("Authorization", "Bearer and the session of this visitor", code="session")
        return found

    async def _visitor(self, request: web.Request, inbox: Inbox) -> Visitor:
        session = await self.session(request, inbox)
        await self._floods.request(session.id)
        if session.user is None and live_config(inbox.config).identity.required:
            # It is from a time when everybody was let in.
            raise no_identity()
        if session.aging:
            await self._parts.db.run(renew_session, session.id, self._parts.settings.session)
        address = client_address(request)
        return Visitor(session.visitor, session.language, address, session.id, user=session.user)

    async def _answered(self, work: Awaitable[web.Response]) -> web.Response:
        try:
            return await work
        except Rejected as error:
            self._parts.count(f"live_{error.code}")
            response = error_response(error)
            response.set_status(_STATUS.get(error.code, response.status))
            return response
        except ParleyError as error:
            return error_response(error)


def shared(request: web.Request, response: web.Response) -> web.Response:
    """For the asking page, which ``admit`` has let in."""
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
        response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = hdrs.RETRY_AFTER
    response.headers[hdrs.VARY] = hdrs.ORIGIN
    return response
