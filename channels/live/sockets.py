"""The sockets of visitors: how many one address may hold, how long each may stay silent, and their end."""

import asyncio
import itertools
from collections import Counter as Tally

from aiohttp import WSMsgType, web

from channels.live import protocol as wire
from channels.live.connection import NO_HELLO, RESTARTING, TOO_SLOW, Connection
from channels.live.parts import LiveParts
from channels.live.server import LiveVisitors
from core.connection import Care, aborting
from core.errors import TooOften
from core.inbox import Inbox
from core.network import counted_in, is_here
from core.web import client_address


class LiveSockets:
    """One a process."""

    def __init__(self, parts: LiveParts, visitors: LiveVisitors) -> None:
        self._parts = parts
        self._visitors = visitors
        self._care = Care(parts.supervisor, parts.settings.bounds, TOO_SLOW, lambda: parts.count("live_slow"))
        self._addresses: Tally[str] = Tally()
        self._open: set[Connection] = set()
        self._numbers = itertools.count(1)

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    def close(self) -> None:
        """The server stops: tell every client to come back."""
        for connection in tuple(self._open):
            connection.end(RESTARTING)

    async def serve(self, request: web.Request, inbox: Inbox) -> web.StreamResponse:
        """From the first frame to the last. Raises TooOften when the address holds as many as it may."""
        address, settings = client_address(request), self._parts.settings
        if not is_here(address) and self._full(address):
            self._parts.count("live_address")
            raise TooOften(settings.full_retry_s, "too many sockets from one address")
        ws = web.WebSocketResponse(
            heartbeat=settings.heartbeat_s,
            max_msg_size=settings.frame_bytes,
            compress=False,
            decode_text=False,
        )
        counted = [network for network, _ in counted_in(address)]
        self._addresses.update(counted)
        try:
            await ws.prepare(request)
            serial = f"live.frames:{next(self._numbers)}"
            abort = aborting(request.transport)
            await self._listen(ws, Connection(ws, self._care, inbox, address, serial, abort))
        except ConnectionError:
            # They left before they had their answer; they will ask again.
            return ws
        finally:
            for network in counted:
                self._addresses[network] -= 1
                if not self._addresses[network]:
                    del self._addresses[network]
        return ws

    def _full(self, address: str) -> bool:
        most = self._parts.settings.sockets_per_address
        return any(self._addresses[network] >= most * times for network, times in counted_in(address))

    async def _listen(self, ws: web.WebSocketResponse, connection: Connection) -> None:
        self._open.add(connection)
        self._expect_hello(connection)
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    await self._visitors.frame(connection, message.data)
                elif message.type is WSMsgType.BINARY:
                    self._parts.count("live_malformed")
                    error = wire.ErrorOut("malformed", "frame", "a text frame", None)
                    await connection.answer(wire.encode(error))
        finally:
            self._open.discard(connection)
            self._visitors.left(connection)

    def _expect_hello(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        _ = loop.call_later(self._parts.settings.hello_s / 2, self._greeted_yet, connection)

    def _greeted_yet(self, connection: Connection) -> None:
        if connection.visitor is not None or connection not in self._open:
            return
        if connection.greeting or not connection.expected:
            # It is we who are slow, or may be: what has come by now is heard before we look again.
            connection.expected = True
            self._expect_hello(connection)
            return
        self._parts.count("live_no_hello")
        connection.end(NO_HELLO)
