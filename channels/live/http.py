"""What live visitors are served over HTTP: the socket itself, the look of an inbox, uploads, and the protocol in requests."""

from collections.abc import Callable, Sequence

import msgspec
from aiohttp import hdrs, web

from channels.contract import Upload
from channels.live import protocol as wire
from channels.live.door import Door, shared
from channels.live.floods import Floods
from channels.live.inbound import Visitor, upload_owner
from channels.live.polling import LivePolling
from channels.live.requests import LiveRequests
from channels.live.server import LiveParts, LiveVisitors
from channels.live.sockets import LiveSockets
from core.agent import Permission
from core.errors import Invalid, Rejected
from core.inbox import Inbox
from core.web import Route, error_response, json_response


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
        self._upload_of = upload_of
        self._door = Door(parts, kinds)
        self._sockets = LiveSockets(parts, visitors)
        self._polling = LivePolling(parts, visitors, self._door)
        self._requests = LiveRequests(parts, visitors, self._door)
        self._floods = Floods(parts.limits, parts.settings)

    @property
    def sockets(self) -> int:
        """How many are open."""
        return self._sockets.count

    @property
    def waiting(self) -> int:
        """How many requests wait for news."""
        return self._polling.waiting

    def routes(self) -> Sequence[Route]:
        upload = self._door.visitors(self.upload)
        return (
            Route("GET", "/live/{inbox}/socket", self.socket, Permission.VISITOR),
            Route("GET", "/live/{inbox}/config", self.config, Permission.PUBLIC),
            Route("POST", "/live/{inbox}/uploads", upload, Permission.VISITOR),
            Route("OPTIONS", "/live/{inbox}/{what:.+}", self._door.preflight, Permission.PUBLIC),
            *self._requests.routes(),
            *self._polling.routes(),
        )

    def close(self) -> None:
        """The server stops: tell every client to come back."""
        self._visitors.close()
        self._sockets.close()
        self._polling.close()

    async def socket(self, request: web.Request) -> web.StreamResponse:
        inbox = await self._door.admit(request)
        return await self._sockets.serve(request, inbox)

    async def config(self, request: web.Request) -> web.StreamResponse:
        try:
            inbox = await self._door.admit(request)
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
        return shared(request, response)

    async def upload(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        parts = self._parts
        await self._floods.upload(visitor.id, visitor.address, inbox.id)
        if (request.content_length or 0) > parts.upload_bytes:
            raise Invalid("file", f"at most {parts.upload_bytes} bytes", code="too_large")
        stored = await parts.library.store(upload_owner(visitor.session), self._upload_of(request))
        return json_response(UploadOut(stored.media, stored.name, stored.size, stored.media_type), 201)
