"""Runs the roles that this process has, all of them by default, and stops them in order."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import aiohttp
from sqlalchemy import update

from app import sharing
from app.build import BUILT, Addresses, Built, Clients, build
from app.improving import tend as tend_misreads
from app.loop import comparing, gathering, tend, tend_knowledge
from app.pruning import Pruner
from app.rasa import internal_address
from app.roles import ProcessRole, Roles, runs
from app.routes import internal_table, table
from app.runtime import Runtime, opened
from app.server import application, bind, port_of, serving, side_by_side
from app.settings import Settings
from bot.contract import Progress
from bot.deflection.keeping import settle
from console.pages import Pages
from core.bus import OutboxReady
from core.outbound import Outbound
from core.outbox import routes
from core.store import outbox
from core.store.tables.routing import lease
from core.store.tx import Tx
from core.web import Route
from knowledge.writing.images import ImageRoutes
from routing.hours import renew
from routing.route import forget_old
from routing.serving import look_at_all

_HOUR_S = 3600.0
_LONG_AGO = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Parley:
    """A running server, and where its two listeners are."""

    runtime: Runtime
    addresses: Addresses


Prepare = Callable[[Runtime], Awaitable[None]]


async def nothing(_runtime: Runtime) -> None:
    """An installation needs no preparation."""


@asynccontextmanager
async def running(settings: Settings, prepare: Prepare = nothing) -> AsyncIterator[Parley]:
    """Everything that this process does, until the end of the block. Raises Unavailable when a port is taken.

    ``prepare`` runs before anybody is listened to.
    """
    roles = settings.served
    async with AsyncExitStack() as stack:
        outside = _outside(stack, settings) if ProcessRole.WEB in roles else None
        inside = _inside(stack, settings)
        runtime = await stack.enter_async_context(opened(settings))
        clients = await _clients(stack, settings)
        # Before these clients are closed, which the last ones at work may need.
        stack.push_async_callback(runtime.supervisor.stop, settings.stop_s)
        port = settings.port if outside is None else port_of(outside)
        own = settings.public_url or f"http://{settings.host}:{port}"
        addresses = Addresses(own, internal_address(settings, port_of(inside)))
        built = await build(runtime, clients, addresses)
        runtime.routes.update(routes(built.handlers))
        if runtime.alone:
            await runtime.db.run(_take_over)
        await prepare(runtime)
        await _know(stack, built, roles)
        lines = internal_table(built.bot, built.models_of_rasa, built.health, runtime)
        served = [_served(runtime, inside, lines)]
        if outside is not None:
            served.append(_served(runtime, outside, _for_the_world(runtime, built)))
        await stack.enter_async_context(side_by_side(served))
        stack.callback(built.channels.close)
        stack.callback(built.console.close)
        stack.callback(built.help_center.close)
        _start(runtime, built, roles)
        stack.push_async_callback(built.relay.stop, settings.stop_s)
        yield Parley(runtime, addresses)


def _outside(stack: AsyncExitStack, settings: Settings) -> socket.socket:
    bound = bind(settings.host, settings.port, settings.backlog, "PARLEY_HOST, PARLEY_PORT")
    return stack.enter_context(bound)


def _inside(stack: AsyncExitStack, settings: Settings) -> socket.socket:
    bound = bind(
        settings.internal_host,
        settings.internal_port,
        settings.backlog,
        "PARLEY_INTERNAL_HOST, PARLEY_INTERNAL_PORT",
    )
    return stack.enter_context(bound)


async def _know(stack: AsyncExitStack, built: Built, roles: Roles) -> None:
    """What is known is read before anybody asks."""
    stack.callback(built.search.close)
    if runs("search", roles):
        await built.search.open()
    await built.hours.refresh()
    await built.channels.webhooks.refresh()


def _for_the_world(runtime: Runtime, built: Built) -> Sequence[Route]:
    pages, images = Pages(BUILT / "console"), ImageRoutes(runtime.db, runtime.settings.console.writing)
    return table(built.channels, built.console, pages, images, built.help_center, built.health)


def _served(
    runtime: Runtime, bound: socket.socket, lines: Sequence[Route]
) -> AbstractAsyncContextManager[None]:
    settings = runtime.settings
    app = application(lines, runtime.metrics, settings.request_bytes, settings.pace, settings.proxies)
    handshake_s, stop_s = settings.handshake_s, settings.stop_s
    return serving(app, bound, backlog=settings.backlog, handshake_s=handshake_s, stop_s=stop_s)


async def _clients(stack: AsyncExitStack, settings: Settings) -> Clients:
    outbound = Outbound(settings.email.outbound)
    inside = await stack.enter_async_context(aiohttp.ClientSession())
    unbounded = aiohttp.TCPConnector(limit=0)
    providers = aiohttp.ClientSession(connector=unbounded, cookie_jar=aiohttp.DummyCookieJar())
    await stack.enter_async_context(providers)
    guarded = aiohttp.ClientSession(connector=outbound.connector())
    return Clients(inside, providers, await stack.enter_async_context(guarded), outbound)


def _take_over(tx: Tx) -> None:
    """What the last process of this installation was at when it died is free at once; there is no other."""
    outbox.release_claims(tx)
    tx.conn.execute(update(lease).values(expires_at=tx.now - _LONG_AGO))


def _start(runtime: Runtime, built: Built, roles: Roles) -> None:
    """Everything that these roles run in the background, each restarted with back-off when it fails."""
    supervisor, bus, loop = runtime.supervisor, runtime.bus, runtime.settings.knowledge.loop
    pruner = Pruner(runtime)
    if runs("relay", roles):
        bus.listen(OutboxReady, lambda _: built.relay.wake())
    services: dict[str, Callable[[], Awaitable[None]]] = {
        "relay": built.relay.run,
        "router": built.router.run,
        "search": lambda: built.search.serve(bus),
        "views": built.help_center.views.serve,
        "vectors": built.vectors.run,
        "hours": lambda: built.hours.follow(bus),
        "calendars": lambda: _every(runtime.settings.routing.calendar_s, partial(_renew_hours, runtime)),
        "mail": built.channels.mail.run,
        "bots": built.channels.receiving.bots.run,
        "webhooks": built.channels.webhooks.follow,
        "waiting": lambda: _every(
            runtime.settings.live.offers.waiting_every_s, built.channels.live.places.step
        ),
        "rules": lambda: _every(_HOUR_S, lambda: _tend_rules(runtime)),
        "uploads": lambda: _every(_HOUR_S, built.channels.sweep),
        "pruning": lambda: _every(runtime.settings.pruning.every_s, pruner.step),
        "gaps": lambda: _every(loop.cluster_every_s, gathering(runtime, built.models)),
        "findings": lambda: _every(loop.compare_every_s, comparing(runtime, built.search)),
        "loop": lambda: _every(_HOUR_S, partial(tend, runtime)),
        "deflection": lambda: _every(
            runtime.settings.bot.deflection.every_s,
            partial(settle, runtime.db, runtime.settings.bot.deflection),
        ),
        "misreads": lambda: _every(_HOUR_S, partial(tend_misreads, runtime)),
        "keeping": lambda: _every(_HOUR_S, partial(tend_knowledge, runtime, built.models)),
    }
    services |= sharing.services(runtime, built)
    if built.rasa is not None:
        services["rasa"] = built.rasa.run
    if built.improved.roller is not None:
        services["models"] = built.improved.roller.run
    for name, work in services.items():
        if runs(name, roles):
            _ = supervisor.service(name, work)
    if runs("console", roles):
        built.console.start(built.console_parts)
    _watch(runtime, built)


def _watch(runtime: Runtime, built: Built) -> None:
    metrics = runtime.metrics
    sharing.watch(runtime)
    metrics.watch("visitors", "Visitors connected now", lambda: built.channels.live.connected)
    metrics.watch("agent_sockets", "Sockets of agents", lambda: built.console.sockets.count)
    mail = built.channels.mail
    metrics.watch("mailboxes", "Mailboxes that this process watches", lambda: mail.room.watched)
    metrics.watch("mails_waiting", "Mails stored and not settled yet", lambda: mail.settler.backlog.mails)
    metrics.watch(
        "mail_behind_seconds", "How long the oldest stored mail waits", lambda: mail.settler.backlog.oldest_s
    )
    metrics.watch("bots", "Bots that this process watches", lambda: built.channels.receiving.bots.watched)
    metrics.watch("vectors_made", "Vectors of texts that this process made", lambda: built.vectors.made)
    metrics.watch("articles", "Articles that can be found", lambda: built.search.size)
    metrics.watch("routing_leader", "Whether this process routes", lambda: built.router.leading)
    metrics.watch("rasa_ready", "Whether Rasa answers", lambda: built.watch.state.state is Progress.READY)


async def _renew_hours(runtime: Runtime) -> None:
    """Time zones, holidays or the year may have changed since the last start, or while we run."""
    await runtime.db.run(renew, runtime.settings.routing.holiday_years)


async def _tend_rules(runtime: Runtime) -> None:
    """What was told before we started may be true no longer, and traces are kept for a time only."""
    settings = runtime.settings.routing.rules
    await look_at_all(runtime.db, settings)
    while await runtime.db.run(forget_old, settings):
        pass


async def _every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        _ = await work()
        await asyncio.sleep(seconds)
