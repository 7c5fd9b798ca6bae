"""The HTTP servers: one flat application for the world, one on loopback for Rasa's actions and the metrics."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware

from app.metrics import CONTENT_TYPE, Metrics
from core.agent import Permission
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


def internal_routes(metrics: Metrics, actions: Sequence[Route]) -> list[Route]:
    """What only this machine may ask for."""

    async def told(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=metrics.text(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    return [*actions, Route("GET", "/metrics", told, Permission.INTERNAL)]


@dataclass(frozen=True, slots=True)
class Listening:
    """A running server and the port that it got."""

    runner: web.AppRunner
    port: int

    async def stop(self) -> None:
        await self.runner.cleanup()


async def listen(app: web.Application, host: str, port: int, *, backlog: int, stop_s: float) -> Listening:
    """Raises Unavailable when the port is taken; port 0 takes any free one."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=stop_s)
    await runner.setup()
    site = web.TCPSite(runner, host, port, backlog=backlog)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        raise Unavailable(f"cannot listen on {host}:{port}: {error.strerror}") from error
    address = cast("tuple[str, int]", runner.addresses[0])
    return Listening(runner, address[1])


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
