"""How the installation is doing, and work that was given up tried again."""

from aiohttp import web

from console.auth import audit
from console.auth.sessions import Signed
from console.live.sockets import Sockets
from console.parts import Parts
from console.queries.bot import bot_state
from console.wire import status as wire
from core.errors import Invalid, NotFound
from core.events import Topic
from core.store import outbox
from core.store.tx import Tx
from core.web import client_address, json_response


class StatusHandlers:
    """``/api/status`` and ``/api/outbox``."""

    def __init__(self, parts: Parts, sockets: Sockets) -> None:
        self._parts = parts
        self._sockets = sockets
        self._started_at = parts.clock.now()

    async def show(self, request: web.Request, session: Signed) -> web.Response:
        installation = self._parts.installation
        most = self._parts.settings.pages.dead
        checks = await installation.checks()
        status = wire.SystemStatus(
            bot=bot_state(installation.bot()),
            outbox=await self._parts.db.read(_outbox, most),
            database=installation.database,
            version=installation.version,
            uptime_s=(self._parts.clock.now() - self._started_at).total_seconds(),
            sockets=self._sockets.count,
            checks=tuple(wire.Check(each.name, each.ok, each.detail) for each in checks),
        )
        return json_response(status)

    async def replay(self, request: web.Request, session: Signed) -> web.Response:
        handler, topic = request.match_info["handler"], request.match_info["topic"]
        number = request.match_info["seq"]
        if not number.isascii() or not number.isdigit():
            raise Invalid("seq", "a number")
        if not await self._parts.db.run(outbox.replay, handler, Topic(topic), int(number)):
            raise NotFound(f"nothing was given up under {handler}, {topic}, {number}")
        audit.record(
            "outbox replayed",
            by=session.agent.id,
            address=client_address(request),
            handler=handler,
            topic=topic,
            seq=number,
        )
        return web.Response(status=web.HTTPNoContent.status_code)


def _outbox(tx: Tx, most: int) -> wire.OutboxState:
    waiting = outbox.backlog(tx)
    oldest_s = None if waiting.oldest is None else (tx.now - waiting.oldest).total_seconds()
    dead = tuple(
        wire.DeadRow(each.handler, each.topic, each.n, each.error, each.dead_at)
        for each in outbox.dead(tx, most)
    )
    return wire.OutboxState(waiting.waiting, oldest_s, dead)
