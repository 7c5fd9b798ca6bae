"""The live protocol without a socket: each frame as a request, for apps, scripts and bridges; see ``polling`` for what comes."""

from collections.abc import Sequence

import msgspec
from aiohttp import web

from channels.live import protocol as wire
from channels.live.door import Door
from channels.live.floods import Floods
from channels.live.history import Whose
from channels.live.inbound import Visitor
from channels.live.parts import LiveParts
from channels.live.rating import Rated
from channels.live.server import LiveVisitors
from channels.live.sessions import end_session, find_session
from channels.live.theirs import goes_on, named
from core.agent import Permission
from core.errors import Invalid
from core.ids import ConversationId
from core.inbox import Inbox
from core.web import Route, client_address, json_response, read_json


class CodeAsk(msgspec.Struct, frozen=True):
    """The code that came to the address."""

    code: str


class LiveRequests:
    """What a visitor does, one request each."""

    def __init__(self, parts: LiveParts, visitors: LiveVisitors, door: Door) -> None:
        self._parts = parts
        self._visitors = visitors
        self._door = door
        self._floods = Floods(parts.limits, parts.settings)

    def routes(self) -> Sequence[Route]:
        door = self._door
        return (
            Route("POST", "/live/{inbox}/sessions", door.anybody(self.hello), Permission.PUBLIC),
            Route("DELETE", "/live/{inbox}/sessions", door.visitors(self.leave), Permission.VISITOR),
            Route("POST", "/live/{inbox}/messages", door.visitors(self.say), Permission.VISITOR),
            Route("POST", "/live/{inbox}/typing", door.visitors(self.type), Permission.VISITOR),
            Route("POST", "/live/{inbox}/read", door.visitors(self.read), Permission.VISITOR),
            Route("POST", "/live/{inbox}/rate", door.visitors(self.rate), Permission.VISITOR),
            Route("POST", "/live/{inbox}/proofs", door.visitors(self.prove), Permission.VISITOR),
            Route("POST", "/live/{inbox}/proofs/{id}", door.visitors(self.code), Permission.VISITOR),
            Route("GET", "/live/{inbox}/conversations", door.visitors(self.history), Permission.VISITOR),
            Route("GET", "/live/{inbox}/suggest", door.anybody(self.suggest), Permission.PUBLIC),
        )

    async def hello(self, request: web.Request, inbox: Inbox) -> web.Response:
        hello = await read_json(request, wire.Hello)
        lasts = self._parts.settings.session
        given = await self._parts.db.read(find_session, inbox.id, hello.session, lasts)
        if given is not None:
            await self._floods.request(given.id)
        arrived = await self._visitors.arriving.hello(inbox, hello, client_address(request))
        return json_response(arrived.welcome, 200 if arrived.welcome.resumed else 201)

    async def leave(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        await self._parts.db.run(end_session, visitor.session)
        self._visitors.followers.ended(visitor.id, visitor.session)
        return web.Response(status=204)

    async def say(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        said = await read_json(request, wire.Say)
        done = await self._visitors.saying.say(inbox, visitor, said)
        self._visitors.began(done.visitor.id, ConversationId(done.stored.conversation))
        return json_response(done.stored, 201)

    async def type(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        typing = await read_json(request, wire.Typing)
        conversation = await self._conversation(request, inbox, visitor)
        self._visitors.followers.typing(conversation, on=typing.on)
        return web.Response(status=204)

    async def read(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        read = await read_json(request, wire.Read)
        conversation = await self._conversation(request, inbox, visitor)
        await self._visitors.read(visitor, conversation, read.n)
        return web.Response(status=204)

    async def rate(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        frame = await read_json(request, wire.Rate)
        conversation = await self._conversation(request, inbox, visitor)
        rated = Rated(frame.score, frame.comment)
        await self._visitors.offering.rate(inbox, visitor, conversation, rated)
        return web.Response(status=204)

    async def prove(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        asked = await read_json(request, wire.Prove)
        return json_response(await self._visitors.proving.prove(inbox, visitor, asked), 201)

    async def code(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        typed = await read_json(request, CodeAsk)
        frame = wire.Code(request.match_info["id"], typed.code)
        return json_response(await self._visitors.proving.code(inbox, visitor, frame))

    async def history(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        return json_response(
            await self._visitors.offering.history(inbox, visitor, request.query.get("before"))
        )

    async def suggest(self, request: web.Request, inbox: Inbox) -> web.Response:
        q, language = request.query.get("q", ""), request.query.get("language", "en")
        found = await self._visitors.offering.suggest(inbox, q, language, client_address(request))
        return json_response(found)

    async def _conversation(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> ConversationId:
        """The one that the request names, if it is theirs, else the one that goes on. Raises Invalid ``conversation``."""
        name = request.query.get("conversation")
        whose = Whose(inbox.id, visitor.id)
        if name is not None:
            return await self._parts.db.read(named, whose, name)
        found = await self._parts.db.read(goes_on, whose)
        if found is None:
            raise Invalid("conversation", "a conversation that has begun", code="conversation")
        return found
