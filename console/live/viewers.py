"""Who looks at which conversation, whichever process their socket is in: told to everybody who looks at it too."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.live.connection import Connection
from console.live.encode import encode
from console.parts import Parts
from console.wire.live import Viewer, ViewingFrame
from core.bus import BUS, StateChanged, Transient
from core.events import Topic, conversation_topic
from core.ids import AgentId, ConversationId

VIEWING = "viewing"
"""A ``Transient`` on a conversation's topic: the ``agents`` (id: name) who look at it in ``process``; ``ask``: say yours."""

_PREFIX = conversation_topic(ConversationId(""))


@dataclass(slots=True)
class _Elsewhere:
    """What one other process said; whoever says nothing more until ``until`` has gone."""

    people: Mapping[str, str]
    until: datetime


@dataclass(slots=True)
class _Watched:
    here: set[Connection] = field(default_factory=set)
    elsewhere: dict[str, _Elsewhere] = field(default_factory=dict)
    shown: bytes = b""


class Viewers:
    """One a process. It remembers others only of conversations that somebody here looks at."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._process = parts.installation.process
        self._lasts = timedelta(seconds=3 * parts.settings.live.viewing_s)
        self._watched: dict[Topic, _Watched] = defaultdict(_Watched)
        self._deaf = (
            parts.bus.listen(Transient, self._heard),
            parts.bus.listen(StateChanged, self._state_changed),
        )

    def close(self) -> None:
        """Hear no more signals."""
        for deafen in self._deaf:
            deafen()

    def connections(self, topic: Topic) -> Collection[Connection]:
        """The sockets of this process that look at it."""
        known = self._watched.get(topic)
        return () if known is None else tuple(known.here)

    def agents(self, conversation: ConversationId) -> frozenset[AgentId]:
        """Who has it open."""
        known = self._watched.get(conversation_topic(conversation))
        return frozenset() if known is None else frozenset(map(AgentId, self._people(known)))

    def came(self, connection: Connection, topic: Topic) -> None:
        """They are told at once who else does."""
        known = self._watched[topic]
        known.here.add(connection)
        self._say(topic, known, ask=len(known.here) == 1)
        self._show(topic, known, new=connection)

    def left(self, connection: Connection, topic: Topic) -> None:
        known = self._watched.get(topic)
        if known is None or connection not in known.here:
            return
        known.here.discard(connection)
        self._say(topic, known)
        self._show(topic, known)
        if not known.here:
            del self._watched[topic]

    async def run(self) -> None:
        """A service: for as long as the server runs."""
        while True:
            await asyncio.sleep(self._parts.settings.live.viewing_s)
            self.repeat()

    def repeat(self) -> None:
        """Every while: say again who looks here, and forget those elsewhere who said nothing more."""
        for topic, known in tuple(self._watched.items()):
            self._say(topic, known)
            self._show(topic, known)

    def _say(self, topic: Topic, known: _Watched, *, ask: bool = False) -> None:
        data = {"process": self._process, "agents": _names(known.here), "ask": ask}
        self._parts.bus.publish(Transient(topic, VIEWING, data))

    def _heard(self, signal: Transient) -> None:
        known = self._watched.get(signal.topic)
        process, agents = signal.data.get("process"), signal.data.get("agents")
        if signal.kind != VIEWING or known is None or process == self._process:
            return
        if not isinstance(process, str) or not isinstance(agents, Mapping):
            return
        if agents:
            people = {str(id): str(name) for id, name in agents.items()}
            known.elsewhere[process] = _Elsewhere(people, self._parts.clock.now() + self._lasts)
        else:
            known.elsewhere.pop(process, None)
        if signal.data.get("ask"):
            self._say(signal.topic, known)
        self._show(signal.topic, known)

    def _state_changed(self, signal: StateChanged) -> None:
        if signal.what != BUS:
            return
        for topic, known in tuple(self._watched.items()):
            self._say(topic, known, ask=True)

    def _show(self, topic: Topic, known: _Watched, new: Connection | None = None) -> None:
        """To everybody here when it is new to them."""
        people = self._people(known)
        conversation = ConversationId(topic.removeprefix(_PREFIX))
        frame = encode(
            ViewingFrame(conversation, tuple(Viewer(id, name) for id, name in sorted(people.items())))
        )
        if frame == known.shown:
            if new is not None:
                new.give(frame)
            return
        known.shown = frame
        for connection in known.here:
            connection.give(frame)

    def _people(self, known: _Watched) -> Mapping[str, str]:
        now = self._parts.clock.now()
        found: dict[str, str] = {}
        for process, said in tuple(known.elsewhere.items()):
            if said.until <= now:
                del known.elsewhere[process]
            else:
                found.update(said.people)
        return found | _names(known.here)


def _names(connections: Collection[Connection]) -> dict[str, str]:
    return {each.session.agent.id: each.session.agent.name for each in connections}
