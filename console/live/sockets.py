"""All live sockets of this process: who is there, who looks at what, and whose session has ended."""

import asyncio
from collections.abc import Iterable, Mapping

import msgspec

from channels.contract import INTAKE
from console.auth.sessions import Signed, ended, find_sessions
from console.live.connection import GOING_AWAY, SESSION_ENDED, Connection, Follower
from console.live.encode import encode
from console.live.viewers import Viewers
from console.parts import BOT, SESSIONS_ENDED, Parts
from console.queries.bot import bot_state
from console.queries.mail import counts
from console.wire.live import BotFrame, MailFrame, TypingFrame
from core.agent import Permission
from core.bus import StateChanged, Transient
from core.events import Topic, conversation_topic
from core.ids import AgentId, ConversationId
from core.stream import Hub

TYPING = "typing"
"""A ``Transient`` on a conversation's topic: ``who`` (contact, bot or agent), ``name``, ``on``."""

_PREFIX = conversation_topic(ConversationId(""))


class Sockets:
    """Knows every connection; what all of them get is encoded once."""

    def __init__(self, parts: Parts, hub: Hub) -> None:
        self._parts = parts
        self._hub = hub
        self._connections: set[Connection] = set()
        self.viewers = Viewers(parts)
        self._deaf = [
            parts.bus.listen(StateChanged, self._state_changed),
            parts.bus.listen(Transient, self._transient),
        ]

    def close(self) -> None:
        """Hear no more signals, and hang up on everybody."""
        for deafen in self._deaf:
            deafen()
        self.viewers.close()
        for connection in self._connections:
            connection.end(GOING_AWAY)

    @property
    def count(self) -> int:
        return len(self._connections)

    def everybody(self) -> tuple[Connection, ...]:
        return tuple(self._connections)

    def agents(self) -> frozenset[AgentId]:
        """Whose sockets are open, in however many tabs."""
        return frozenset(each.session.agent.id for each in self._connections)

    def add(self, connection: Connection) -> None:
        self._connections.add(connection)

    def remove(self, connection: Connection) -> None:
        self._connections.discard(connection)
        for topic in tuple(connection.followed):
            self.unfollow(connection, topic)

    def follow(self, connection: Connection, topic: Topic, position: int) -> None:
        """Everything after ``position``, and then what comes; following again begins anew."""
        self.unfollow(connection, topic)
        follower = Follower(connection, topic, position)
        connection.followed[topic] = follower
        self._hub.join(topic, follower)
        if topic.startswith(_PREFIX):
            self.viewers.came(connection, topic)

    def unfollow(self, connection: Connection, topic: Topic) -> None:
        follower = connection.followed.pop(topic, None)
        if follower is not None:
            self._hub.leave(topic, follower)
        self.viewers.left(connection, topic)

    def broadcast(self, frame: bytes, to: Permission = Permission.SIGNED_IN) -> None:
        for connection in self._connections:
            if connection.session.may(to):
                connection.give(frame)

    def end_sessions(self, keys: Iterable[str]) -> None:
        """Close the sockets that these sessions opened."""
        gone = frozenset(keys)
        for connection in self._connections:
            if connection.session.key in gone:
                connection.end(SESSION_ENDED)

    async def watch_sessions(self) -> None:
        """A service: sessions also end by time, or in another process."""
        while True:
            await asyncio.sleep(self._parts.settings.live.check_s)
            await self.check_sessions()

    async def check_sessions(self) -> None:
        """End the sockets whose sessions are no good any more."""
        keys = sorted({each.session.key for each in self._connections})
        if not keys:
            return
        known = await self._parts.db.read(find_sessions, keys)
        now, idle_s = self._parts.clock.now(), self._parts.settings.sessions.idle_s
        self.end_sessions(
            key for key in keys if key not in known or ended(known[key], now, idle_s) is not None
        )
        for connection in self._connections:
            connection.session = known.get(connection.session.key, connection.session)

    def _state_changed(self, signal: StateChanged) -> None:
        if signal.what == SESSIONS_ENDED:
            keys = signal.data.get("keys", ())
            self.end_sessions(keys if isinstance(keys, tuple | list) else ())
        elif signal.what == BOT:
            self.broadcast(self.bot_frame())
        elif signal.what == INTAKE:
            frame = mail_frame(signal.data)
            for connection in self._connections:
                if connection.session.may(Permission.SUPERVISE):
                    connection.give(frame)

    def bot_frame(self) -> bytes:
        state = bot_state(self._parts.installation.bot())
        return encode(BotFrame(*msgspec.structs.astuple(state)))

    async def mail_frame(self, session: Signed) -> bytes | None:
        """How many mails wait for a look, for who may look at them."""
        intake = self._parts.intake
        if intake is None or not session.may(Permission.SUPERVISE):
            return None
        return mail_frame(await self._parts.db.read(intake.counts))

    def _transient(self, signal: Transient) -> None:
        watching = self.viewers.connections(signal.topic)
        if signal.kind != TYPING or not watching:
            return
        data = signal.data
        who, name = data.get("who"), data.get("name")
        frame = encode(
            TypingFrame(
                signal.topic.removeprefix(_PREFIX),
                who if who in {"contact", "bot", "agent"} else "contact",
                name if isinstance(name, str) else None,
                bool(data.get("on")),
            )
        )
        for connection in watching:
            if who != "agent" or connection.session.agent.id != data.get("id"):
                connection.give(frame)


def mail_frame(data: Mapping[str, object]) -> bytes:
    """``data`` are numbers by state."""
    found = {name: value for name, value in data.items() if isinstance(value, int)}
    return encode(MailFrame(*msgspec.structs.astuple(counts(found))))
