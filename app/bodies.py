"""Hangs up on who sends the body of a request too slowly: nobody holds a connection for as long as they like."""

import asyncio
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware

from core.errors import TooSlow


@dataclass(frozen=True, slots=True)
class Pace:
    """A body is given ``first_s``, and after that as long as it came at ``bytes_per_s`` or faster."""

    first_s: float
    bytes_per_s: int


def paced(pace: Pace) -> Middleware:
    """Whoever reads a body that comes too slowly, whole or in pieces, gets ``TooSlow``; the connection is closed."""

    @web.middleware
    async def served(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        if request.content.is_eof():
            return await handler(request)
        watch = _Watch(request, pace)
        try:
            response = await handler(request)
        finally:
            watch.stop()
        if watch.ended:
            response.force_close()
        return response

    return served


class _Watch:
    """Looks when a body of the size that came by then must have come to its end, or be longer."""

    def __init__(self, request: web.Request, pace: Pace) -> None:
        self._request = request
        self._pace = pace
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._timer = self._loop.call_later(pace.first_s, self._look)
        self.ended = False

    def stop(self) -> None:
        self._timer.cancel()

    def _look(self) -> None:
        body, transport = self._request.content, self._request.transport
        if body.is_eof():
            return
        due = self._began + self._pace.first_s + body.total_bytes / self._pace.bytes_per_s
        if due > self._loop.time():
            self._timer = self._loop.call_at(due, self._look)
            return
        self.ended = True
        body.set_exception(TooSlow("the body of the request comes too slowly"))
        # Else the server would wait for the rest of it after the answer.
        body.feed_eof()
        if transport is not None and not transport.is_closing():
            transport.pause_reading()
