"""Which visitors are connected to this process, and which conversation each of their connections follows."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from channels.live import protocol as wire
from channels.live.connection import SIGNED_IN, SIGNED_OUT, Connection, Following
from channels.live.inbound import Visitor
from channels.live.parts import LiveParts
from core.bus import Transient
from core.events import Topic, conversation_topic
from core.ids import ConversationId
from core.stream import Hub

K = TypeVar("K", str, Topic)
V = TypeVar("V")

TYPING = "typing"
"""A ``Transient`` on a conversation's topic: ``who`` (contact, bot, agent), ``name`` and ``on``."""

BEGAN = "began"
"""A ``Transient`` on a visitor's topic: they have this ``conversation`` from now on. Another process's word for it is none."""

READ = "read"
"""A ``Transient`` on a visitor's topic: of this ``conversation`` they have read up to ``n``."""

BECAME = "became"
"""A ``Transient`` on a visitor's topic: somebody signed in at this ``session`` of theirs, which has another secret since."""

ENDED = "ended"
"""A ``Transient`` on a visitor's topic: this ``session`` of theirs is over."""


def visitor_topic(visitor: str) -> Topic:
    """Where all connections of one visitor, on whatever process, hear of one another."""
    return Topic(f"visitor:{visitor}")


class Followers:
    """One a process."""

    def __init__(self, parts: LiveParts) -> None:
        self._bus = parts.bus
        self._by_visitor: dict[str, set[Connection]] = defaultdict(set)
        self._waiting: dict[str, set[Callable[[], None]]] = defaultdict(set)
        self._by_topic: dict[Topic, set[Connection]] = defaultdict(set)
        self._on_follow: Callable[[Connection, ConversationId], None] = lambda _connection, _conversation: (
            None
        )
        self.hub = Hub(
            parts.db,
            parts.bus,
            parts.supervisor,
            parts.frames.render,
            visible_only=True,
            replay=parts.settings.replay,
        )
        self.signed_in = 0
        """How often somebody signed in: who looks at a session meanwhile looks again."""
        self._unlisten = (
            parts.bus.listen(Transient, self._heard),
            parts.bus.listen(Transient, self._began_here, own=True),
        )

    @property
    def connected(self) -> int:
        """Visitors who are there now."""
        return len(self._by_visitor)

    def present(self, visitor: str) -> bool:
        """Whether a connection of theirs is open in this process, or a request of theirs waits for news."""
        return visitor in self._by_visitor or visitor in self._waiting

    def visitors(self) -> Sequence[Visitor]:
        """Whose sockets are open in this process, one of each session, before and after somebody signed in there."""
        known = {
            (each.visitor.session, each.visitor.user): each.visitor
            for connections in self._by_visitor.values()
            for each in connections
            if each.visitor is not None
        }
        return tuple(known.values())

    def here(self) -> Collection[str]:
        """Every visitor of whom ``present`` is true."""
        return self._by_visitor.keys() | self._waiting.keys()

    def wait(self, visitor: str, woken: Callable[[], None]) -> Callable[[], None]:
        """Call ``woken`` when another conversation of theirs begins, or they become somebody else; returned: what ends it."""
        self._waiting[visitor].add(woken)
        return lambda: _discard(self._waiting, visitor, woken)

    def of(self, topic: Topic) -> Collection[Connection]:
        """The connections to this process that follow it."""
        return tuple(self._by_topic.get(topic, ()))

    def on_follow(self, followed: Callable[[Connection, ConversationId], None]) -> None:
        """To be called whenever a connection begins to follow a conversation."""
        self._on_follow = followed

    def close(self) -> None:
        """Hear nothing more from the bus."""
        for unlisten in self._unlisten:
            unlisten()
        self.hub.close()

    def began(self, visitor: str, conversation: ConversationId) -> None:
        """Let every connection of this visitor, on whatever process, follow the conversation."""
        self._bus.publish(Transient(visitor_topic(visitor), BEGAN, {"conversation": conversation}))

    def read(self, visitor: str, conversation: ConversationId, n: int) -> None:
        """Let every connection of this visitor, on whatever process, know how far they have read."""
        data = {"conversation": conversation, "n": n}
        self._bus.publish(Transient(visitor_topic(visitor), READ, data))

    def became(self, before: str, session: str) -> None:
        """Let go of every connection of this session, on whatever process, but of the one that somebody signs in by."""
        self._bus.publish(Transient(visitor_topic(before), BECAME, {"session": session}))

    def ended(self, visitor: str, session: str) -> None:
        """Let go of every connection of this session, on whatever process: it opens nothing any more."""
        self._bus.publish(Transient(visitor_topic(visitor), ENDED, {"session": session}))

    def typing(self, conversation: ConversationId, *, on: bool) -> None:
        """Let those who follow it know that the visitor types, or no longer."""
        data = {"who": "contact", "name": None, "on": on}
        self._bus.publish(Transient(conversation_topic(conversation), TYPING, data))

    def came(self, connection: Connection, visitor: Visitor) -> None:
        """From here on it is this visitor's, and follows nothing yet."""
        self.forget(connection)
        connection.visitor = visitor
        self._by_visitor[visitor.id].add(connection)

    def let_go(self, connection: Connection) -> None:
        """It came before somebody signed in there: whoever knows the new secret says hello again."""
        self.forget(connection)
        connection.end(SIGNED_IN)

    def follow(self, connection: Connection, conversation: ConversationId, after: int) -> None:
        """Give it what happened after this number, and then what comes; it leaves the one it followed."""
        self._unfollow(connection)
        topic = conversation_topic(conversation)
        connection.following = Following(connection, topic, after)
        self._by_topic[topic].add(connection)
        self.hub.join(topic, connection.following)
        self._on_follow(connection, conversation)

    def open(self, visitor: str, conversation: ConversationId) -> None:
        """Let the tabs of this visitor here follow the conversation, which is theirs."""
        for connection in self._elsewhere(visitor, conversation):
            self.follow(connection, conversation, 0)

    def lacks(self, visitor: str, conversation: ConversationId) -> bool:
        """Whether a tab of theirs here does not follow it."""
        return bool(self._elsewhere(visitor, conversation))

    def _elsewhere(self, visitor: str, conversation: ConversationId) -> Collection[Connection]:
        return [each for each in self._by_visitor.get(visitor, ()) if not follows(each, conversation)]

    def forget(self, connection: Connection) -> None:
        """It is nobody's any more, and gets nothing of what waits to be sent."""
        self._unfollow(connection)
        connection.forget_news()
        if connection.visitor is not None:
            _discard(self._by_visitor, connection.visitor.id, connection)
            connection.visitor = None

    def _unfollow(self, connection: Connection) -> None:
        if connection.following is None:
            return
        topic = connection.following.topic
        self.hub.leave(topic, connection.following)
        _discard(self._by_topic, topic, connection)
        connection.following = None

    def _heard(self, signal: Transient) -> None:
        if signal.kind == TYPING and signal.topic in self._by_topic:
            self._tell_typing(signal)
        elif signal.kind in {BEGAN, BECAME, ENDED}:
            for woken in tuple(self._waiting.get(signal.topic.partition(":")[2], ())):
                woken()
        if signal.kind == BECAME:
            self._sign_in(signal)
        elif signal.kind == READ:
            self._tell_read(signal)
        elif signal.kind == ENDED:
            self._sign_out(signal)

    def _began_here(self, signal: Transient) -> None:
        if signal.kind == BEGAN:
            self.open(signal.topic.partition(":")[2], ConversationId(str(signal.data["conversation"])))

    def _sign_in(self, signal: Transient) -> None:
        self.signed_in += 1
        for connection in self._of_session(signal):
            if connection.visitor is None or connection.visitor.user is not None:
                # Came with the new secret.
                continue
            if connection.greeting:
                # Is nobody's until it has its welcome: it may be where they sign in.
                self.forget(connection)
            else:
                self.let_go(connection)

    def _sign_out(self, signal: Transient) -> None:
        for connection in self._of_session(signal):
            self.forget(connection)
            connection.end(SIGNED_OUT)

    def _of_session(self, signal: Transient) -> Collection[Connection]:
        """The connections of the session that the signal on their visitor's topic names."""
        theirs, session = self._by_visitor.get(signal.topic.partition(":")[2], ()), signal.data.get("session")
        return [each for each in theirs if each.visitor is not None and each.visitor.session == session]

    def _tell_typing(self, signal: Transient) -> None:
        who = str(signal.data.get("who", ""))
        if who not in {"bot", "agent"}:
            return
        frame = wire.encode(wire.TypingOut(who, bool(signal.data.get("on"))))
        for connection in tuple(self._by_topic[signal.topic]):
            connection.give(frame)

    def _tell_read(self, signal: Transient) -> None:
        connections = tuple(self._by_visitor.get(signal.topic.partition(":")[2], ()))
        conversation, n = signal.data.get("conversation"), signal.data.get("n")
        if not connections or not isinstance(conversation, str) or not isinstance(n, int):
            return
        frame = wire.encode(wire.ReadOut(conversation, n))
        for connection in connections:
            connection.give(frame)


def follows(connection: Connection, conversation: ConversationId) -> bool:
    """Whether it is this conversation that the connection follows."""
    following = connection.following
    return following is not None and following.topic == conversation_topic(conversation)


def _discard(groups: dict[K, set[V]], key: K, member: V) -> None:
    group = groups.get(key)
    if group is not None:
        group.discard(member)
        if not group:
            del groups[key]
