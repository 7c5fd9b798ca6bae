"""One socket of one agent, and the topics that it follows."""

from collections.abc import Callable, Sequence

from console.auth.sessions import Signed
from console.live.encode import encode
from console.queries.agents import me
from console.wire.live import CountsFrame, ReloadFrame
from core import connection
from core.connection import Care, Farewell, Transport
from core.events import Topic
from core.stream import Frame

SESSION_ENDED = Farewell(4401)
"""Closed because the session was revoked or has expired: sign in again."""
GOING_AWAY = Farewell(1001)
"""Closed because the server stops."""
TOO_SLOW = Farewell(4408, last=(encode(ReloadFrame("")),))
"""Closed because the reader did not keep up: load everything afresh and connect again."""


class Connection(connection.Connection):
    """``counts`` and ``me`` are what it was told last."""

    __slots__ = ("counts", "followed", "me", "session")

    def __init__(self, transport: Transport, care: Care, session: Signed, abort: Callable[[], None]) -> None:
        super().__init__(transport, care, abort)
        self.session = session
        self.followed: dict[Topic, Follower] = {}
        self.counts: CountsFrame | None = None
        self.me = me(session.agent)


class Follower:
    """One topic of one connection, for the hub."""

    def __init__(self, connection: Connection, topic: Topic, position: int) -> None:
        self.position = position
        self._connection = connection
        self._topic = topic

    def push(self, frames: Sequence[Frame]) -> None:
        self._connection.catch_up([frame.data for frame in frames])

    def too_old(self) -> None:
        self._connection.followed.pop(self._topic, None)
        self._connection.give(encode(ReloadFrame(self._topic)))
