"""What live visitors are served over HTTP: the socket itself, the look of an inbox, and uploads from any allowed page."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from aiohttp import hdrs, web

from channels.contract import Upload
from channels.live import protocol as wire
from channels.live.config import ANY_ORIGIN, live_config
from channels.live.floods import Floods
from channels.live.inbound import upload_owner
from channels.live.server import LiveParts, LiveVisitors
from channels.live.sessions import find_session
from channels.live.sockets import LiveSockets
from core.agent import Permission
from core.errors import Forbidden, Invalid, NotFound, ParleyError, Rejected
from core.ids import InboxId
from core.inbox import Inbox
from core.store.conversations import get_inbox
from core.web import Route, client_address, error_response, json_response, same_origin

_PREFLIGHT_S = 3600
_STATUS = {"too_large": 413, "media_type": 415, "session": 401, "identity": 401}


class UploadOut(msgspec.Struct, frozen=True):
    """A stored file, to be named in a message."""

    id: str
    name: str
    size: int
    media_type: str


class LiveHttp:
    """The routes below ``/live/{inbox}``; ``kinds`` are the kinds of inbox that live visitors may come to."""

    def __init__(
        self,
        parts: LiveParts,
        visitors: LiveVisitors,
        kinds: frozenset[str],
        upload_of: Callable[[web.Request], Upload],
    ) -> None:
        self._parts = parts
        self._visitors = visitors
        self._kinds = kinds
        self._upload_of = upload_of
        self._sockets = LiveSockets(parts, visitors)
        self._floods = Floods(parts.limits, parts.settings)

    @property
    def sockets(self) -> int:
        """How many are open."""
        return self._sockets.count

    def routes(self) -> Sequence[Route]:
        return (
            Route("GET", "/live/{inbox}/socket", self.socket, Permission.VISITOR),
            Route("GET", "/live/{inbox}/config", self.config, Permission.PUBLIC),
            Route("POST", "/live/{inbox}/uploads", self.upload, Permission.VISITOR),
            Route("OPTIONS", "/live/{inbox}/uploads", self.preflight, Permission.PUBLIC),
        )

    def close(self) -> None:
        """The server stops: tell every client to come back."""
        self._visitors.close()
        self._sockets.close()

    async def socket(self, request: web.Request) -> web.StreamResponse:
        inbox = await self._admit(request)
        return await self._sockets.serve(request, inbox)

    async def config(self, request: web.Request) -> web.StreamResponse:
        try:
            inbox = await self._admit(request)
        except Rejected as error:
            # The script on a page that may not show it, or names no inbox of ours, shall be able to say so.
            refused = error_response(error)
            refused.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
            return refused
        texts = self._parts.texts
        language = texts.pick(request.query.get("language", ""))
        look = self._visitors.look_of(inbox, language)
        response = json_response(wire.Config(look, self._visitors.limits, texts.words(language)))
        response.enable_compression()
        response.headers[hdrs.CACHE_CONTROL] = "public, max-age=60"
        return _shared(request, response)

    async def preflight(self, request: web.Request) -> web.StreamResponse:
        await self._admit(request)
        headers = {
            hdrs.ACCESS_CONTROL_ALLOW_METHODS: "POST",
            hdrs.ACCESS_CONTROL_ALLOW_HEADERS: "Authorization, Content-Type, X-File-Name",
            hdrs.ACCESS_CONTROL_MAX_AGE: str(_PREFLIGHT_S),
        }
        return _shared(request, web.Response(status=204, headers=headers))

    async def upload(self, request: web.Request) -> web.StreamResponse:
        inbox = await self._admit(request)
        # The page may only read the answer, also one that refuses, when it is said to be for it.
        return _shared(request, await _answered(self._upload(request, inbox)))

    async def _upload(self, request: web.Request, inbox: Inbox) -> web.Response:
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        parts = self._parts
        session = await parts.db.read(find_session, inbox.id, token, parts.settings.session)
        if scheme != "Bearer" or session is None:
            parts.count("live_session")
            raise Invalid("Authorization", "Bearer and the session of this visitor", code="session")
        self._floods.upload(session.visitor, client_address(request), inbox.id)
        if (request.content_length or 0) > parts.upload_bytes:
            raise Invalid("file", f"at most {parts.upload_bytes} bytes", code="too_large")
        stored = await parts.library.store(upload_owner(session.id), self._upload_of(request))
        return json_response(UploadOut(stored.media, stored.name, stored.size, stored.media_type), 201)

    async def _admit(self, request: web.Request) -> Inbox:
        """The inbox, for a page that may show it. Raises NotFound or Forbidden ``origin``, which is counted."""
        inbox = await self._parts.db.read(get_inbox, InboxId(request.match_info["inbox"]))
        if inbox.kind not in self._kinds or not inbox.enabled:
            raise NotFound("there is no such inbox")
        origins = live_config(inbox.config).origins
        if ANY_ORIGIN not in origins and not same_origin(request, origins):
            self._parts.count("live_origin")
            raise Forbidden("this page may not show this inbox", code="origin")
        return inbox


async def _answered(work: Awaitable[web.Response]) -> web.Response:
    try:
        return await work
    except Rejected as error:
        response = error_response(error)
        response.set_status(_STATUS.get(error.code, response.status))
        return response
    except ParleyError as error:
        return error_response(error)


def _shared(request: web.Request, response: web.Response) -> web.Response:
    """For the asking page, which ``_admit`` has let in."""
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
        response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = hdrs.RETRY_AFTER
    response.headers[hdrs.VARY] = hdrs.ORIGIN
    return response
