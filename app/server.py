"""The HTTP servers: one flat application for the world, one on loopback for Rasa's actions and the metrics."""

import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware

from app.metrics import Metrics
from core.errors import Unavailable
from core.web import Route, errors_as_json

_SLOW_READERS_S = 60.0
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def application(routes: Sequence[Route], metrics: Metrics, request_bytes: int) -> web.Application:
    """Serve exactly these routes; a body may have ``request_bytes``, unless its handler reads it in pieces."""
    app = web.Application(
        middlewares=[errors_as_json, _measured(metrics)],
        client_max_size=request_bytes,
        handler_args={"keepalive_timeout": _SLOW_READERS_S},
    )
    app.on_response_prepare.append(_safe_headers)
    for route in routes:
        app.router.add_route(route.method, route.path, route.handler)
    return app


def bind(host: str, port: int, backlog: int) -> socket.socket:
    """Take the port before anything else is done; port 0 takes any free one. Raises Unavailable when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=backlog)
    except OSError as error:
        raise Unavailable(f"cannot listen on {host}:{port}: {error.strerror}") from error


def port_of(bound: socket.socket) -> int:
    """The port that it got."""
    port: int = bound.getsockname()[1]
    return port


@asynccontextmanager
async def serving(app: web.Application, bound: socket.socket, stop_s: float) -> AsyncIterator[None]:
    """Serve until the end of the block; requests under way then get ``stop_s`` seconds."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=stop_s)
    await runner.setup()
    await web.SockSite(runner, bound).start()
    try:
        yield
    finally:
        await runner.cleanup()


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
