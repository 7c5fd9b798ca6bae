"""Live visitors of all inboxes: what each frame of their sockets does."""

import logging
from collections.abc import Collection
from datetime import timedelta

from channels.live import protocol as wire
from channels.live.arriving import Arriving
from channels.live.connection import Connection
from channels.live.floods import SocketFloods
from channels.live.following import TYPING, Followers, follows
from channels.live.inbound import Visitor
from channels.live.offering import Offering
from channels.live.parts import Heard, LiveParts
from channels.live.proving import Proving
from channels.live.rating import Rated
from channels.live.saying import Saying, has_read
from channels.live.sessions import Superseded, forget_ended
from channels.live.waiting import Places
from core.errors import Invalid, ParleyError, TooOften, Unavailable
from core.ids import ConversationId
from core.inbox import Inbox
from core.store.conversations import get_inbox
from core.stream import Hub
from core.web import LATER

__all__ = ["TYPING", "Heard", "LiveParts", "LiveVisitors"]

log = logging.getLogger(__name__)

_PONG = wire.encode(wire.Pong())


class LiveVisitors:
    """One a process. Every frame either has its effect or is answered with an error; the socket lives on."""

    def __init__(self, parts: LiveParts) -> None:
        self._parts = parts
        self._floods = SocketFloods(parts.clock, parts.settings)
        self.followers = Followers(parts)
        self.arriving = Arriving(parts, self.followers)
        self.saying = Saying(parts)
        self.offering = Offering(parts)
        self.proving = Proving(parts)
        self.places = Places(parts, self.followers)

    @property
    def hub(self) -> Hub:
        """To sweep, where the bus may lose signals."""
        return self.followers.hub

    @property
    def connected(self) -> int:
        """Visitors who are there now."""
        return self.followers.connected

    def present(self, visitor: str) -> bool:
        """Whether a socket of theirs is open in this process."""
        return self.followers.present(visitor)

    def here(self) -> Collection[str]:
        """The visitors who are present in this process."""
        return self.followers.here()

    async def sweep(self) -> None:
        """Once an hour: forget sessions that are over and left nothing behind."""
        most = self._parts.settings.forget
        while await self._parts.db.run(forget_ended, most) == most:
            pass

    def close(self) -> None:
        """Hear nothing more from the bus."""
        self.followers.close()
        self.places.close()

    def began(self, visitor: str, conversation: ConversationId) -> None:
        """Let every tab of this visitor, on whatever process, follow the conversation."""
        self.followers.began(visitor, conversation)

    def look_of(self, inbox: Inbox, language: str) -> wire.InboxOut:
        """How the inbox presents itself in a language."""
        return self.arriving.look_of(inbox, language)

    @property
    def limits(self) -> wire.LimitsOut:
        return self.arriving.limits

    def left(self, connection: Connection) -> None:
        """The socket is closed."""
        connection.gone()
        self.followers.forget(connection)

    async def frame(self, connection: Connection, data: bytes) -> None:
        """Do what the frame asks for, or answer with what is wrong with it."""
        key: str | None = None
        try:
            self._floods.frame(connection.serial)
            frame = wire.decode(data)
            key = frame.key if isinstance(frame, wire.Say) else None
            if key is not None:
                connection.order.check(key, self._parts.clock.now())
            await self._do(connection, frame)
        except Superseded:
            # Their client comes back with the new secret and says it again; nobody else has that.
            self.followers.let_go(connection)
        except Invalid as error:
            key = key or wire.key_of(data)
            if key is not None:
                connection.order.over(key)
            await self._refuse(connection, error.code, error.field, error.expected, key)
        except (TooOften, Unavailable) as error:
            key = key or wire.key_of(data)
            if key is not None:
                held_s = self._parts.settings.held_back_s + (error.retry_after_s or 0)
                until = self._parts.clock.now() + timedelta(seconds=held_s)
                connection.order.refused(key, error, until)
            said = LATER if isinstance(error, Unavailable) else str(error)
            await self._refuse(connection, error.code, None, said, key, error.retry_after_s)
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
            case wire.Rate():
                await self._rate(connection, frame)
            case wire.Prove():
                visitor = _greeted(connection)
                await connection.answer(
                    wire.encode(await self.proving.prove(connection.inbox, visitor, frame))
                )
            case wire.Code():
                visitor = _greeted(connection)
                await connection.answer(
                    wire.encode(await self.proving.code(connection.inbox, visitor, frame))
                )
            case wire.Ping():
                await connection.answer(_PONG)

    async def _refuse(
        self,
        connection: Connection,
        code: str,
        field: str | None,
        expected: str,
        key: str | None,
        retry_after_s: float | None = None,
    ) -> None:
        self._parts.count(f"live_{code}")
        await connection.answer(wire.encode(wire.ErrorOut(code, field, expected, key, retry_after_s)))

    async def _hello(self, connection: Connection, hello: wire.Hello) -> None:
        self._floods.hello(connection.serial)
        connection.greeting = True
        try:
            signed_in = self.followers.signed_in
            arrived = await self.arriving.hello(connection.inbox, hello, connection.address)
        finally:
            connection.greeting = False
        self.followers.came(connection, arrived.visitor)
        if self.followers.signed_in != signed_in and not await self.arriving.still(connection.inbox, arrived):
            self.followers.let_go(connection)
            return
        await connection.answer(wire.encode(arrived.welcome))
        goes_on = arrived.welcome.conversation
        if goes_on is not None:
            self.followers.follow(connection, ConversationId(goes_on.id), goes_on.after)

    async def _say(self, connection: Connection, said: wire.Say) -> None:
        visitor = _greeted(connection)
        done = await self.saying.say(connection.inbox, visitor, said)
        conversation = ConversationId(done.stored.conversation)
        if not follows(connection, conversation):
            self.followers.began(done.visitor.id, conversation)
        await connection.answer(wire.encode(done.stored))

    def _type(self, connection: Connection, *, on: bool) -> None:
        _greeted(connection)
        if connection.following is not None:
            self.followers.typing(connection.following.conversation, on=on)

    async def read(self, visitor: Visitor, conversation: ConversationId, n: int) -> None:
        """The visitor has seen everything up to ``n`` of a conversation that is theirs; all their devices learn it."""
        if await self._parts.db.run(has_read, conversation, n):
            self.followers.read(visitor.id, conversation, n)

    async def _rate(self, connection: Connection, frame: wire.Rate) -> None:
        visitor = _greeted(connection)
        if connection.following is None:
            raise Invalid("type", "a conversation that is resolved", code="not_over")
        conversation = connection.following.conversation
        now = await self._as_it_is(connection)
        await self.offering.rate(now, visitor, conversation, Rated(frame.score, frame.comment))

    async def _as_it_is(self, connection: Connection) -> Inbox:
        """The inbox as it is configured now: a socket may be older."""
        return await self._parts.db.read(get_inbox, connection.inbox.id)

    async def _read(self, connection: Connection, n: int) -> None:
        visitor = _greeted(connection)
        if connection.following is not None:
            await self.read(visitor, connection.following.conversation, n)


def _greeted(connection: Connection) -> Visitor:
    if connection.visitor is None:
        raise Invalid("type", "hello first", code="hello")
    return connection.visitor
