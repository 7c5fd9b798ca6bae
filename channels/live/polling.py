"""What is new for a visitor without a socket: a request that waits until there is something, or its time is over."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence

from aiohttp import web

from channels.live.door import Door
from channels.live.history import Whose
from channels.live.inbound import Visitor
from channels.live.lists import EventsOut
from channels.live.parts import LiveParts
from channels.live.server import LiveVisitors
from channels.live.theirs import Place, missed, named, page
from core.agent import Permission
from core.errors import Invalid
from core.events import conversation_topic
from core.ids import ConversationId
from core.inbox import Inbox
from core.stream import Frame
from core.web import Route, json_response


class Waiter:
    """A ``core.stream.Sink`` that only wants to know that there is something."""

    def __init__(self, position: int) -> None:
        self.position = position
        self.woken = asyncio.Event()

    def wake(self) -> None:
        self.woken.set()

    def push(self, frames: Sequence[Frame]) -> None:
        self.wake()

    def too_old(self) -> None:
        self.wake()


class LivePolling:
    """Of each session the newest few requests wait; an older one is answered when another comes."""

    def __init__(self, parts: LiveParts, visitors: LiveVisitors, door: Door) -> None:
        self._parts = parts
        self._visitors = visitors
        self._door = door
        self._open: dict[str, list[Waiter]] = defaultdict(list)
        self._closed = False

    def routes(self) -> Sequence[Route]:
        events, earlier = self._door.visitors(self.events), self._door.visitors(self.earlier)
        return (
            Route("GET", "/live/{inbox}/events", events, Permission.VISITOR),
            Route("GET", "/live/{inbox}/conversations/{id}/events", earlier, Permission.VISITOR),
        )

    @property
    def waiting(self) -> int:
        """How many requests wait now."""
        return sum(len(waiters) for waiters in self._open.values())

    def close(self) -> None:
        """The server stops: everybody gets an answer."""
        self._closed = True
        for waiters in self._open.values():
            for waiter in waiters:
                waiter.wake()

    async def events(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        place = Place(request.query.get("conversation"), int(_number(request, "after")))
        wait_s = min(_number(request, "wait_s"), self._parts.settings.poll_s)
        whose = Whose(inbox.id, visitor.id)
        waiter = Waiter(place.after)
        ended = self._visitors.followers.wait(visitor.id, waiter.wake)
        try:
            found = await self._missed(whose, place)
            if not (found.events or found.reload) and wait_s > 0:
                await self._wait(visitor.session, waiter, found, wait_s)
                # In the meantime they may have signed out, or somebody in here.
                await self._door.session(request, inbox)
                found = await self._missed(whose, place)
        finally:
            ended()
        return json_response(found)

    async def earlier(self, request: web.Request, inbox: Inbox, visitor: Visitor) -> web.Response:
        db, after = self._parts.db, int(_number(request, "after"))
        conversation = await db.read(named, Whose(inbox.id, visitor.id), request.match_info["id"])
        most = self._parts.settings.replay
        return json_response(await db.read(page, self._parts.frames, conversation, after, most))

    async def _missed(self, whose: Whose, place: Place) -> EventsOut:
        parts = self._parts
        return await parts.db.read(missed, parts.frames, whose, place, parts.settings.replay)

    async def _wait(self, session: str, waiter: Waiter, found: EventsOut, wait_s: float) -> None:
        leave = self._join(waiter, found)
        waiters = self._open[session]
        waiters.append(waiter)
        if len(waiters) > self._parts.settings.polls:
            # Whoever sent it has most likely gone, which nobody here notices.
            waiters.pop(0).wake()
        try:
            async with asyncio.timeout(0 if self._closed else wait_s):
                await waiter.woken.wait()
        except TimeoutError:
            return
        finally:
            leave()
            if waiter in waiters:
                waiters.remove(waiter)
            if not waiters:
                self._open.pop(session, None)

    def _join(self, waiter: Waiter, found: EventsOut) -> Callable[[], None]:
        if found.conversation is None:
            return lambda: None
        hub, topic = self._visitors.hub, conversation_topic(ConversationId(found.conversation))
        waiter.position = found.n
        hub.join(topic, waiter)
        return lambda: hub.leave(topic, waiter)


def _number(request: web.Request, name: str) -> float:
    """A number that is not negative, 0 where it is left out. Raises Invalid with its name."""
    try:
        number = float(request.query.get(name, "0"))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 2**53:
        raise Invalid(name, "a number that is not negative", code="malformed")
    return number
