"""The HTTP servers: one flat application for the world, one on loopback for Rasa's actions and the metrics."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware

from app.bodies import Pace, paced
from app.metrics import Metrics
from core.addresses import Network
from core.errors import Unavailable
from core.web import TRUSTED, Route, errors_as_json, without_nul_in_address

SILENT = web.AppKey("SILENT", dict[asyncio.BaseProtocol, asyncio.TimerHandle])
"""Connections that have asked for nothing yet, and what will end them."""

_SLOW_READERS_S = 60.0
_LINE_BYTES = 65_536
"""Of an address: whoever pastes a whole letter into a search gets a page that says so."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def application(
    routes: Sequence[Route],
    metrics: Metrics,
    request_bytes: int,
    pace: Pace,
    trusted: Sequence[Network],
) -> web.Application:
    """Serve exactly these routes; a body may have ``request_bytes``, unless its handler reads it in pieces.

    ``trusted``: proxies that are believed about whom they pass on.
    """
    app = web.Application(
        middlewares=[_asked, paced(pace), errors_as_json, without_nul_in_address, _measured(metrics)],
        client_max_size=request_bytes,
        handler_args={"keepalive_timeout": _SLOW_READERS_S, "max_line_size": _LINE_BYTES},
    )
    app[SILENT] = {}
    app[TRUSTED] = trusted
    app.on_response_prepare.append(_safe_headers)
    for route in routes:
        app.router.add_route(route.method, route.path, route.handler)
    return app


def bind(host: str, port: int, backlog: int, setting: str) -> socket.socket:
    """Take the port before anything else is done; port 0 takes any free one. Raises Unavailable, which names ``setting``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=backlog)
    except OSError as error:
        raise Unavailable(f"cannot listen on {host}:{port} ({setting}): {error.strerror}") from error


def port_of(bound: socket.socket) -> int:
    """The port that it got."""
    port: int = bound.getsockname()[1]
    return port


@asynccontextmanager
async def serving(
    app: web.Application, bound: socket.socket, *, backlog: int, handshake_s: float, stop_s: float
) -> AsyncIterator[None]:
    """Serve until the end of the block; requests under way then get ``stop_s`` seconds.

    Who connects and has not asked for anything after ``handshake_s`` is hung up on.
    """
    # It waits so long for what is under way, and as long again once it has asked it to end.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=stop_s / 2)
    await runner.setup()
    listening, loop = runner.server, asyncio.get_running_loop()
    if listening is None:
        raise Unavailable("the server is not set up")

    def accept() -> web.RequestHandler:
        handler = listening()
        app[SILENT][handler] = loop.call_later(handshake_s, _hang_up, app, handler)
        return handler

    # Listening again sets the backlog anew; without it many who come back at once are not let in.
    server = await loop.create_server(accept, sock=bound, backlog=backlog)
    try:
        yield
    finally:
        server.close()
        await runner.cleanup()


@asynccontextmanager
async def side_by_side(several: Sequence[AbstractAsyncContextManager[None]]) -> AsyncIterator[None]:
    """All of them until the end of the block; they end at the same time, so that none waits for another."""
    begun: list[AbstractAsyncContextManager[None]] = []
    try:
        for each in several:
            await each.__aenter__()
            begun.append(each)
        yield
    finally:
        async with asyncio.TaskGroup() as ends:
            for each in begun:
                _ = ends.create_task(_end(each))


async def _end(served: AbstractAsyncContextManager[None]) -> None:
    _ = await served.__aexit__(None, None, None)


def _hang_up(app: web.Application, handler: asyncio.BaseProtocol) -> None:
    if app[SILENT].pop(handler, None) is not None and isinstance(handler, web.RequestHandler):
        handler.force_close()


@web.middleware
async def _asked(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
    timer = request.app[SILENT].pop(request.protocol, None)
    if timer is not None:
        timer.cancel()
    return await handler(request)


def _measured(metrics: Metrics) -> Middleware:
    @web.middleware
    async def measured(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        began = time.perf_counter()
        try:
            return await handler(request)
        finally:
            resource = request.match_info.route.resource
            if resource is not None and request.headers.get(hdrs.UPGRADE) is None:
                metrics.served(request.method, resource.canonical, time.perf_counter() - began)

    return measured


async def _safe_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    # What runs here, and in which version, is nobody's business (aiohttp's own answer to what is no HTTP says it still).
    response.headers.pop(hdrs.SERVER, None)
