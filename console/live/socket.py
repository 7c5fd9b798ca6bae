"""Serves ``/api/live``: one connection from its first frame to its last."""

import itertools
import re

import msgspec
from aiohttp import WSMsgType, web

from console.attendance import Watch
from console.auth.sessions import Signed
from console.live.checks import NobodyWatch
from console.live.connection import TOO_SLOW, Connection
from console.live.editors import Editors
from console.live.encode import encode
from console.live.sockets import TYPING, Sockets
from console.parts import Parts
from console.wire import live as wire
from core.agent import Permission
from core.bus import Transient
from core.connection import Care, aborting
from core.errors import Forbidden, Invalid, NotFound, Rejected, TooOften
from core.events import Topic, agent_topic, conversation_topic
from core.ids import ArticleId, ConversationId
from core.limits import Buckets, refused
from core.store.conversations import peek_conversation
from core.web import invalid

_decoder: msgspec.json.Decoder[wire.ClientFrame] = msgspec.json.Decoder(wire.ClientFrame)
_PREFIX = conversation_topic(ConversationId(""))
_ARTICLE = re.compile(r"[\w-]{1,40}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LARGEST_READ = 1_048_576
"""What is larger closes the socket unread; between this and ``frame_bytes`` it is refused and the socket lives on."""


class LiveHandler:
    """The guard has checked session and Origin before this."""

    def __init__(
        self, parts: Parts, sockets: Sockets, watch: Watch, nobody: NobodyWatch, editors: Editors
    ) -> None:
        self._parts = parts
        self._sockets = sockets
        self._watch = watch
        self._nobody = nobody
        self._editors = editors
        self._settings = parts.settings.live
        self._numbers = itertools.count(1)
        self._frames = Buckets(parts.clock)
        self._care = Care(parts.supervisor, self._settings.bounds, TOO_SLOW, lambda: parts.count("slow"))

    async def serve(self, request: web.Request, session: Signed) -> web.StreamResponse:
        position = _position(request)
        ws = web.WebSocketResponse(
            heartbeat=self._settings.heartbeat_s, max_msg_size=_LARGEST_READ, compress=False
        )
        await ws.prepare(request)
        connection = Connection(ws, self._care, session, aborting(request.transport))
        self._sockets.add(connection)
        try:
            self._sockets.follow(connection, agent_topic(session.agent.id), position)
            connection.give(self._sockets.bot_frame())
            for told in (self._sockets.mail_frame, self._nobody.known):
                frame = await told(session)
                if frame is not None:
                    connection.give(frame)
            await self._listen(ws, connection)
        except ConnectionError:
            # They left before they had their answer; they will ask again.
            return ws
        finally:
            connection.gone()
            self._editors.leave(connection)
            self._sockets.remove(connection)
        return ws

    async def _listen(self, ws: web.WebSocketResponse, connection: Connection) -> None:
        key = f"console:{next(self._numbers)}"
        async for message in ws:
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                continue
            try:
                self._not_too_often(key)
                await self._take(connection, _decode(message.data, self._settings.frame_bytes))
            except Rejected as error:
                await connection.answer(encode(_refused(error)))

    def _not_too_often(self, key: str) -> None:
        try:
            refused(self._frames.take((key, self._settings.frames)))
        except TooOften:
            self._parts.count("rate")
            raise

    async def _take(self, connection: Connection, frame: wire.ClientFrame) -> None:
        match frame:
            case wire.Subscribe(topic=topic, n=n):
                await self._subscribe(connection, Topic(topic), n)
            case wire.Unsubscribe(topic=topic):
                self._sockets.unfollow(connection, Topic(topic))
            case wire.Typing(conversation=conversation, on=on):
                self._type(connection, ConversationId(conversation), on=on)
            case wire.Editing():
                self._edit(connection, frame)
            case wire.Active():
                self._watch.acted(connection.session.agent.id)
            case wire.Ping():
                await connection.answer(encode(wire.PongFrame()))

    async def _subscribe(self, connection: Connection, topic: Topic, n: int) -> None:
        if n < 0:
            raise Invalid("n", "the number of the last event that you have, 0 for none")
        own = agent_topic(connection.session.agent.id)
        if topic != own:
            if not topic.startswith(_PREFIX) or not connection.session.may(Permission.ANSWER):
                self._parts.count("forbidden")
                raise Forbidden(f"{topic} is not yours to follow")
            if topic not in connection.followed and len(connection.followed) >= self._settings.topics:
                raise Invalid("topic", f"at most {self._settings.topics} at once", code="too_many")
            conversation = ConversationId(topic.removeprefix(_PREFIX))
            known = await self._parts.db.read(peek_conversation, conversation)
            n = min(n, known.n)
        self._sockets.follow(connection, topic, n)

    def _edit(self, connection: Connection, frame: wire.Editing) -> None:
        if not connection.session.may(Permission.EDIT):
            self._parts.count("forbidden")
            raise Forbidden("articles are not yours to write")
        if not frame.article:
            self._editors.leave(connection)
            return
        if not _ARTICLE.fullmatch(frame.article) or not _LANGUAGE.fullmatch(frame.language):
            raise Invalid("article", "an article's id, and a language")
        article = ArticleId(frame.article)
        self._editors.sit(connection, article, frame.language, changed=frame.changed)

    def _type(self, connection: Connection, conversation: ConversationId, *, on: bool) -> None:
        topic = conversation_topic(conversation)
        if topic not in connection.followed:
            raise NotFound("subscribe to the conversation before you type in it")
        agent = connection.session.agent
        data = {"who": "agent", "id": agent.id, "name": agent.name, "on": on}
        self._parts.bus.publish(Transient(topic, TYPING, data))


def _refused(error: Rejected) -> wire.ErrorFrame:
    field = error.field if isinstance(error, Invalid) else None
    expected = error.expected if isinstance(error, Invalid) else str(error)
    again = error.retry_after_s if isinstance(error, TooOften) else None
    return wire.ErrorFrame(error.code, field, expected, again)


def _position(request: web.Request) -> int:
    text = request.query.get("position", "0")
    if not text.isascii() or not text.isdigit():
        raise Invalid("position", "the number that the session gave")
    return int(text)


def _decode(data: str | bytes, most: int) -> wire.ClientFrame:
    if len(data) > most:
        raise Invalid("frame", f"at most {most} bytes", code="too_large")
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as error:
        raise invalid(error, wire.ClientFrame) from None
    except (msgspec.DecodeError, RecursionError):
        raise Invalid("frame", "JSON", code="malformed") from None
