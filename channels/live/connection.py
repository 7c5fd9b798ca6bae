"""One open socket of a visitor, and its place in a conversation."""

from collections.abc import Callable, Sequence

from channels.live.inbound import Visitor
from channels.live.order import Order
from channels.live.protocol import Reload, encode
from core import connection
from core.connection import Care, Farewell, Transport
from core.events import Topic
from core.ids import ConversationId
from core.inbox import Inbox
from core.stream import Frame

RELOAD = encode(Reload())
TOO_SLOW = Farewell(1013, "too slow")
RESTARTING = Farewell(1012, "restarting")
SIGNED_IN = Farewell(1013, "somebody signed in")
SIGNED_OUT = Farewell(1008, "signed out")
NO_HELLO = Farewell(1008, "hello first")


class Connection(connection.Connection):
    """``serial`` names it among all that ever were; ``greeting``: their hello is being worked on; ``expected``: it is late."""

    __slots__ = ("address", "expected", "following", "greeting", "inbox", "order", "serial", "visitor")

    def __init__(
        self,
        ws: Transport,
        care: Care,
        inbox: Inbox,
        address: str,
        serial: str,
        abort: Callable[[], None],
    ) -> None:
        super().__init__(ws, care, abort)
        self.address = address
        self.inbox = inbox
        self.serial = serial
        self.order = Order()
        self.greeting = self.expected = False
        self.visitor: Visitor | None = None
        self.following: Following | None = None


class Following:
    """A connection's place in one conversation: a ``core.stream.Sink``, new with each hello."""

    __slots__ = ("_connection", "position", "topic")

    def __init__(self, connection: Connection, topic: Topic, position: int) -> None:
        self._connection = connection
        self.topic = topic
        self.position = position

    def push(self, frames: Sequence[Frame]) -> None:
        self._connection.catch_up([frame.data for frame in frames])

    def too_old(self) -> None:
        self._connection.give(RELOAD)

    @property
    def conversation(self) -> ConversationId:
        return ConversationId(self.topic.partition(":")[2])
