"""The route table: everything that is served, from which package, and on which of the two listeners."""

from collections.abc import Sequence
from datetime import timedelta

from aiohttp import hdrs, web

from app.health import Health
from app.metrics import CONTENT_TYPE
from app.runtime import Runtime
from bot.assembly import Bot
from bot.outcomes import count_outcomes
from channels.assembly import ChannelsPart
from console.pages import Pages
from console.routes import Console
from core.agent import Permission
from core.web import Route

_HOUR = timedelta(hours=1)


def table(channels: ChannelsPart, console: Console, pages: Pages, health: Health) -> Sequence[Route]:
    """For the world; each route has its permission on its line, in the package that it comes from."""
    return (
        *channels.routes,
        *console.routes,
        *pages.routes(),
        *health.routes(),
        Route("GET", "/", _to_the_console, Permission.PUBLIC),
    )


def internal_table(bot: Bot, runtime: Runtime) -> Sequence[Route]:
    """For this machine, or a private network, only."""
    metrics = runtime.metrics

    async def told(_request: web.Request) -> web.StreamResponse:
        outcomes = await runtime.db.read(count_outcomes, runtime.clock.now() - _HOUR)
        metrics.turns(outcomes.by_outcome)
        return web.Response(body=metrics.text(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    actions = () if bot.actions is None else bot.actions.routes()
    return (*actions, Route("GET", "/metrics", told, Permission.INTERNAL))


async def _to_the_console(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/console")
