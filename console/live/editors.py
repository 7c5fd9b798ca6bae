"""Who is at which article just now: told at once to everybody who is at it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.live.connection import Connection
from console.live.encode import encode
from console.parts import Parts
from console.wire.live import ArticleWriter, WritersFrame
from core.bus import Transient
from core.events import article_topic
from core.ids import AgentId, ArticleId

EDITING = "editing"
"""A ``Transient`` on an article's topic: ``id`` and ``name`` of the agent, ``language``, ``on``, ``changed``."""

_PREFIX = article_topic(ArticleId(""))


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where somebody is; whoever says nothing more until ``until`` has gone, or their process has."""

    name: str
    language: str
    changed: bool
    until: datetime


class Editors:
    """Heard over the bus, so that it does not matter which process somebody's socket is in."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._quiet = timedelta(seconds=parts.settings.live.editing_s)
        self._at: dict[Connection, ArticleId] = {}
        self._seats: dict[ArticleId, dict[AgentId, _Seat]] = defaultdict(dict)
        self._deafen = parts.bus.listen(Transient, self._heard)

    def close(self) -> None:
        """Hear no more signals."""
        self._deafen()

    def sit(self, connection: Connection, article: ArticleId, language: str, *, changed: bool) -> None:
        """The person has the article open in this language, ``changed``: with text that is not saved; one at a time."""
        if self._at.get(connection, article) != article:
            self.leave(connection)
        self._at[connection] = article
        self._tell(connection, article, language, on=True, changed=changed)

    def leave(self, connection: Connection) -> None:
        """They have closed it, or are gone; in another tab they may have it open still."""
        article = self._at.pop(connection, None)
        if article is None:
            return
        agent = connection.session.agent.id
        if not any(each == article and other.session.agent.id == agent for other, each in self._at.items()):
            self._tell(connection, article, "", on=False, changed=False)

    def _tell(
        self, connection: Connection, article: ArticleId, language: str, *, on: bool, changed: bool
    ) -> None:
        agent = connection.session.agent
        data = {"id": agent.id, "name": agent.name, "language": language, "on": on, "changed": changed}
        self._parts.bus.publish(Transient(article_topic(article), EDITING, data))

    def _heard(self, signal: Transient) -> None:
        if signal.kind != EDITING or not signal.topic.startswith(_PREFIX):
            return
        article, data = ArticleId(signal.topic.removeprefix(_PREFIX)), signal.data
        self._forget()
        seats, agent = self._seats[article], AgentId(str(data.get("id")))
        if data.get("on"):
            until = self._parts.clock.now() + self._quiet
            language, changed = str(data.get("language")), bool(data.get("changed"))
            seats[agent] = _Seat(str(data.get("name")), language, changed, until)
        else:
            seats.pop(agent, None)
        self._show(article)

    def _forget(self) -> None:
        """Whose process died said no good-bye."""
        now = self._parts.clock.now()
        for article in [
            each for each, seats in self._seats.items() if all(seat.until <= now for seat in seats.values())
        ]:
            del self._seats[article]

    def _show(self, article: ArticleId) -> None:
        now = self._parts.clock.now()
        seats = {agent: seat for agent, seat in self._seats[article].items() if seat.until > now}
        if seats:
            self._seats[article] = seats
        else:
            del self._seats[article]
        people = tuple(
            ArticleWriter(agent, seat.name, seat.language, seat.changed)
            for agent, seat in sorted(seats.items(), key=_first)
        )
        self._give(article, encode(WritersFrame(article, people)))

    def _give(self, article: ArticleId, frame: bytes) -> None:
        for connection, at in self._at.items():
            if at == article:
                connection.give(frame)


def _first(seat: tuple[AgentId, _Seat]) -> AgentId:
    return seat[0]
