"""Runs the whole of Parley in this process, and stops it in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from sqlalchemy import update

from app.build import BUILT, Addresses, Built, Clients, build
from app.routes import internal_table, table
from app.runtime import Runtime, opened
from app.server import application, bind, port_of, serving
from app.settings import Settings
from bot.contract import Progress
from console.pages import Pages
from core.bus import OutboxReady
from core.outbound import Outbound
from core.outbox import routes
from core.store import outbox
from core.store.tables.routing import lease
from core.store.tx import Tx

_HOUR_S = 3600.0
_SWEEP_S = 1.0
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
    """Everything in this process, until the end of the block. Raises Unavailable when a port is taken.

    ``prepare`` runs before anybody is listened to.
    """
    outside = bind(settings.host, settings.port, settings.backlog)
    inside = bind("127.0.0.1", settings.internal_port, settings.backlog)
    async with AsyncExitStack() as stack:
        stack.callback(outside.close)
        stack.callback(inside.close)
        runtime = await stack.enter_async_context(opened(settings))
        clients = await _clients(stack, settings)
        own = settings.public_url or f"http://{settings.host}:{port_of(outside)}"
        addresses = Addresses(own, f"http://127.0.0.1:{port_of(inside)}")
        built = await build(runtime, clients, addresses)
        runtime.routes.update(routes(built.handlers))
        if runtime.alone:
            await runtime.db.run(_take_over)
        await prepare(runtime)
        await built.search.refresh()
        await built.hours.refresh()
        await built.channels.webhooks.refresh()
        pages = Pages(BUILT / "console")
        served = table(built.channels, built.console, pages, built.health)
        metrics = runtime.metrics
        for bound, lines in ((outside, served), (inside, internal_table(built.bot, runtime))):
            app = application(lines, metrics, settings.request_bytes, settings.pace)
            await stack.enter_async_context(
                serving(
                    app,
                    bound,
                    backlog=settings.backlog,
                    handshake_s=settings.handshake_s,
                    stop_s=settings.stop_s,
                )
            )
        stack.callback(built.channels.close)
        stack.callback(built.console.close)
        _start(runtime, built)
        yield Parley(runtime, addresses)


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


def _start(runtime: Runtime, built: Built) -> None:
    """Everything that runs in the background, each restarted with back-off when it fails."""
    supervisor, bus = runtime.supervisor, runtime.bus
    bus.listen(OutboxReady, lambda _: built.relay.wake())
    services: dict[str, Callable[[], Awaitable[None]]] = {
        "relay": built.relay.run,
        "router": built.router.run,
        "search": lambda: built.search.serve(bus),
        "hours": lambda: built.hours.follow(bus),
        "mail": built.channels.mail.run,
        "bots": built.channels.receiving.bots.run,
        "webhooks": built.channels.webhooks.follow,
        "waiting": lambda: _every(
            runtime.settings.live.offers.waiting_every_s, built.channels.live.places.step
        ),
        "uploads": lambda: _every(_HOUR_S, built.channels.sweep),
    }
    if not runtime.alone:
        # The bus of this process does not hear what others commit.
        services["streams"] = lambda: _every(_SWEEP_S, built.sweep_streams)
    if built.rasa is not None:
        services["rasa"] = built.rasa.run
    for name, work in services.items():
        _ = supervisor.service(name, work)
    built.console.start(built.console_parts)
    _watch(runtime, built)


def _watch(runtime: Runtime, built: Built) -> None:
    metrics = runtime.metrics
    metrics.watch("visitors", "Visitors connected now", lambda: built.channels.live.connected)
    metrics.watch("agent_sockets", "Sockets of agents", lambda: built.console.sockets.count)
    mail = built.channels.mail
    metrics.watch("mailboxes", "Mailboxes that this process watches", lambda: mail.room.watched)
    metrics.watch("mails_waiting", "Mails stored and not settled yet", lambda: mail.settler.backlog.mails)
    metrics.watch(
        "mail_behind_seconds", "How long the oldest stored mail waits", lambda: mail.settler.backlog.oldest_s
    )
    metrics.watch("bots", "Bots that this process watches", lambda: built.channels.receiving.bots.watched)
    metrics.watch("articles", "Articles that can be found", lambda: built.search.size)
    metrics.watch("routing_leader", "Whether this process routes", lambda: built.router.leading)
    metrics.watch("rasa_ready", "Whether Rasa answers", lambda: built.watch.state.state is Progress.READY)


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(seconds)
