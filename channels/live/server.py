"""Live visitors of all inboxes: who is connected, what they follow, and what their frames do."""

import logging
import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select, update

from channels.contract import Library
from channels.live import protocol as wire
from channels.live.config import live_config
from channels.live.connection import Connection, Following, is_loopback
from channels.live.frames import VisitorFrames
from channels.live.greeting import Found, look
from channels.live.inbound import Visitor, check, receive
from channels.live.sessions import Session, begin_session, renew_session
from channels.live.settings import LiveSettings
from channels.live.texts import WidgetTexts
from core.bus import Bus, Transient
from core.clock import Clock
from core.errors import Invalid, ParleyError, Unavailable
from core.events import ContactRead, DeliveryChanged, Topic, conversation_topic
from core.ids import ConversationId, MessageId
from core.inbox import Inbox
from core.limits import RateLimits
from core.message import Delivery, DeliveryState
from core.receive import Received
from core.reply import set_delivery
from core.store.database import Database
from core.store.messages import read_events
from core.store.tables.conversation import conversation as table
from core.store.tx import Tx
from core.stream import Hub
from core.tasks import Supervisor
from core.web import Counter

log = logging.getLogger(__name__)

K = TypeVar("K", str, Topic)

Heard = Callable[[Tx, Inbox, ConversationId, MessageId, str], None]
"""What else happens when a visitor has written a message with this text."""

TYPING = "typing"
"""A ``Transient`` on a conversation's topic: ``who`` (contact, bot, agent), ``name`` and ``on``."""

_BEGAN = "began"
_SHOWN = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED})
_PONG = wire.encode(wire.Pong())


@dataclass(frozen=True, slots=True)
class LiveParts:
    """What the live visitors are built from; ``count`` counts refusals by name.

    ``heard`` is told what a visitor wrote, in the transaction that stores it.
    """

    db: Database
    bus: Bus
    supervisor: Supervisor
    clock: Clock
    limits: RateLimits
    library: Library
    frames: VisitorFrames
    count: Counter
    settings: LiveSettings
    upload_bytes: int
    texts: WidgetTexts
    secret: Callable[[], str] = lambda: secrets.token_urlsafe(24)
    heard: Heard = lambda _tx, _inbox, _conversation, _message, _text: None


class LiveVisitors:
    """One a process. Every frame either has its effect or is answered with an error; the socket lives on."""

    def __init__(self, parts: LiveParts) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._frame_rate, self._message_rate = parts.settings.frame_rate, parts.settings.message_rate
        self._by_visitor: dict[str, set[Connection]] = defaultdict(set)
        self._by_topic: dict[Topic, set[Connection]] = defaultdict(set)
        self._hub = Hub(
            parts.db,
            parts.bus,
            parts.supervisor,
            parts.frames.render,
            visible_only=True,
            replay=self._settings.replay,
        )
        self._unlisten = parts.bus.listen(Transient, self._heard)

    @property
    def hub(self) -> Hub:
        """To sweep, where the bus may lose signals."""
        return self._hub

    @property
    def connected(self) -> int:
        """Visitors who are there now."""
        return len(self._by_visitor)

    def present(self, visitor: str) -> bool:
        """Whether a socket of theirs is open in this process."""
        return visitor in self._by_visitor

    def close(self) -> None:
        """Hear nothing more from the bus."""
        self._unlisten()
        self._hub.close()

    def began(self, visitor: str, conversation: ConversationId) -> None:
        """Let every tab of this visitor, on whatever process, follow the conversation."""
        self._parts.bus.publish(Transient(_visitor_topic(visitor), _BEGAN, {"conversation": conversation}))

    def left(self, connection: Connection) -> None:
        """The socket is closed."""
        connection.gone()
        self._forget(connection)

    async def frame(self, connection: Connection, data: bytes) -> None:
        """Do what the frame asks for, or answer with what is wrong with it."""
        if not self._parts.limits.allow(connection.serial, self._frame_rate):
            return await self._refuse(connection, "rate", None, "fewer frames", wire.key_of(data))
        key: str | None = None
        try:
            frame = wire.decode(data)
            key = frame.key if isinstance(frame, wire.Say) else None
            await self._do(connection, frame)
        except Invalid as error:
            key = key or wire.key_of(data)
            await self._refuse(connection, error.code, error.field, error.expected, key)
        except Unavailable as error:
            await self._refuse(connection, error.code, None, "try again later", key)
        except ParleyError as error:
            await self._refuse(connection, error.code, None, str(error), key)
        except ConnectionError:
            raise
        except Exception:
            log.exception("a frame of a visitor failed")
            await self._refuse(connection, "internal", None, "something went wrong here", key)

    async def _do(self, connection: Connection, frame: wire.ClientFrame) -> None:
        match frame:
            case wire.Hello():
                await self._hello(connection, frame)
            case wire.Say():
                await self._say(connection, frame)
            case wire.Typing(on):
                self._type(connection, on=on)
            case wire.Read(n):
                await self._read(connection, n)
            case wire.Rate() | wire.Prove() | wire.Code():
                raise Invalid("type", "something that this inbox offers", code="not_offered")
            case wire.Ping():
                await connection.answer(_PONG)

    async def _refuse(
        self, connection: Connection, code: str, field: str | None, expected: str, key: str | None
    ) -> None:
        self._parts.count(f"live_{code}")
        await connection.answer(wire.encode(wire.ErrorOut(code, field, expected, key)))

    async def _hello(self, connection: Connection, hello: wire.Hello) -> None:
        inbox, settings = connection.inbox, self._settings
        found: Found = await self._parts.db.read(look, inbox.id, hello, settings.session, settings.replay)
        if found.stranger:
            raise Invalid("conversation", "a conversation of this session", code="conversation")
        session = found.session or await self._new_session(connection, hello)
        if session.aging:
            await self._parts.db.run(renew_session, session.visitor, settings.session)
        self._forget(connection)
        connection.visitor = Visitor(session.visitor, hello.language)
        self._by_visitor[session.visitor].add(connection)
        await connection.answer(wire.encode(self._welcome(inbox, hello, session, found)))
        if found.conversation is not None:
            self._follow(connection, ConversationId(found.conversation.id), found.conversation.after)

    async def _new_session(self, connection: Connection, hello: wire.Hello) -> Session:
        key, rate = f"live.sessions:{connection.address}", self._settings.session_rate
        if not is_loopback(connection.address) and not self._parts.limits.allow(key, rate):
            raise Invalid("session", "fewer new sessions from one address", code="rate")
        return await self._parts.db.run(
            begin_session, connection.inbox.id, hello.language, self._settings.session, self._parts.secret
        )

    def _welcome(self, inbox: Inbox, hello: wire.Hello, session: Session, found: Found) -> wire.Welcome:
        return wire.Welcome(
            session=session.token,
            resumed=found.session is not None,
            inbox=self.look_of(inbox, hello.language),
            conversation=found.conversation,
            limits=self.limits,
            heartbeat_s=self._settings.heartbeat_s,
        )

    def look_of(self, inbox: Inbox, language: str) -> wire.InboxOut:
        """How the inbox presents itself in a language."""
        config = live_config(inbox.config)
        brand = wire.Brand(config.color, config.position)
        return wire.InboxOut(inbox.name, brand, config.greeting_in(language), config.languages)

    @property
    def limits(self) -> wire.LimitsOut:
        settings = self._settings
        return wire.LimitsOut(settings.text_bytes, self._parts.upload_bytes, settings.uploads)

    async def _say(self, connection: Connection, said: wire.Say) -> None:
        visitor = _greeted(connection)
        check(said, self._settings)
        if not self._parts.limits.allow(f"live.messages:{visitor.id}", self._message_rate):
            raise Invalid("frame", "fewer messages", code="rate")
        parts = self._parts
        stored = await parts.db.run(self._store, connection.inbox, visitor, said)
        if not _follows(connection, stored.conversation):
            self.began(visitor.id, stored.conversation)
        await connection.answer(
            wire.encode(wire.Stored(said.key, stored.message, stored.conversation, stored.visible_n))
        )

    def _store(self, tx: Tx, inbox: Inbox, visitor: Visitor, said: wire.Say) -> Received:
        stored = receive(tx, self._parts.library, inbox, visitor, said)
        if not stored.duplicate and said.choice is None:
            self._parts.heard(tx, inbox, stored.conversation, stored.message, said.text)
        return stored

    def _type(self, connection: Connection, *, on: bool) -> None:
        _greeted(connection)
        if connection.following is not None:
            data = {"who": "contact", "name": None, "on": on}
            self._parts.bus.publish(Transient(connection.following.topic, TYPING, data))

    async def _read(self, connection: Connection, n: int) -> None:
        _greeted(connection)
        if connection.following is not None:
            await self._parts.db.run(_has_read, connection.following.topic, n)

    def _follow(self, connection: Connection, conversation: ConversationId, after: int) -> None:
        self._unfollow(connection)
        topic = conversation_topic(conversation)
        connection.following = Following(connection, topic, after)
        self._by_topic[topic].add(connection)
        self._hub.join(topic, connection.following)

    def _unfollow(self, connection: Connection) -> None:
        if connection.following is None:
            return
        topic = connection.following.topic
        self._hub.leave(topic, connection.following)
        _discard(self._by_topic, topic, connection)
        connection.following = None

    def _forget(self, connection: Connection) -> None:
        self._unfollow(connection)
        if connection.visitor is not None:
            _discard(self._by_visitor, connection.visitor.id, connection)
            connection.visitor = None

    def _heard(self, signal: Transient) -> None:
        if signal.kind == TYPING and signal.topic in self._by_topic:
            self._tell_typing(signal)
        elif signal.kind == _BEGAN:
            conversation = ConversationId(str(signal.data["conversation"]))
            for connection in tuple(self._by_visitor.get(signal.topic.partition(":")[2], ())):
                if not _follows(connection, conversation):
                    self._follow(connection, conversation, 0)

    def _tell_typing(self, signal: Transient) -> None:
        who = str(signal.data.get("who", ""))
        if who not in {"bot", "agent"}:
            return
        frame = wire.encode(wire.TypingOut(who, bool(signal.data.get("on"))))
        for connection in tuple(self._by_topic[signal.topic]):
            connection.push([frame])


def _visitor_topic(visitor: str) -> Topic:
    return Topic(f"visitor:{visitor}")


def _greeted(connection: Connection) -> Visitor:
    if connection.visitor is None:
        raise Invalid("type", "hello first", code="hello")
    return connection.visitor


def _follows(connection: Connection, conversation: ConversationId) -> bool:
    following = connection.following
    return following is not None and following.topic == conversation_topic(conversation)


def _discard(groups: dict[K, set[Connection]], key: K, connection: Connection) -> None:
    group = groups.get(key)
    if group is not None:
        group.discard(connection)
        if not group:
            del groups[key]


def _has_read(tx: Tx, topic: Topic, n: int) -> None:
    """Remember the highest number that the visitor has read, and which replies that makes read; no news, no change."""
    conversation = ConversationId(topic.partition(":")[2])
    before = select(table.c.read_n).where(table.c.id == conversation).with_for_update()
    read_n = tx.conn.execute(before).scalar_one()
    moved = tx.conn.execute(
        update(table)
        .where(table.c.id == conversation, table.c.read_n < n, table.c.visible_n >= n)
        .values(read_n=n)
    )
    if moved.rowcount != 1:
        return
    tx.emit(topic, ContactRead(conversation, n))
    for shown in read_events(tx, topic, read_n, n - read_n, visible_only=True):
        if isinstance(shown.event, DeliveryChanged):
            set_delivery(tx, shown.event.message, Delivery(DeliveryState.READ), _SHOWN)
