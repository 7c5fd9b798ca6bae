"""The route table: everything that is served, from which package, and on which of the two listeners."""

from collections.abc import Sequence
from datetime import timedelta

from aiohttp import hdrs, web

from app.health import Health
from app.metrics import CONTENT_TYPE
from app.roles import ProcessRole
from app.runtime import Runtime
from bot.assembly import Bot
from bot.model_files import ModelFiles
from bot.outcomes import count_outcomes
from channels.assembly import ChannelsPart
from console.pages import Pages
from console.routes import Console
from core.agent import Permission
from core.web import Route
from knowledge.helpcenter.assembly import HelpCenter
from knowledge.writing.images import ImageRoutes

_HOUR = timedelta(hours=1)


def table(
    channels: ChannelsPart,
    console: Console,
    pages: Pages,
    images: ImageRoutes,
    help_center: HelpCenter,
    health: Health,
) -> Sequence[Route]:
    """For the world; each route has its permission on its line, in the package that it comes from."""
    return (
        *channels.routes,
        *console.routes,
        *pages.routes(),
        *images.routes(),
        *help_center.routes,
        *health.routes(),
        Route("GET", "/", _to_the_console, Permission.PUBLIC),
    )


def internal_table(bot: Bot, models: ModelFiles, health: Health, runtime: Runtime) -> Sequence[Route]:
    """For this machine, or a private network, only; every process has it. Rasa's actions and models where the bot is."""
    metrics = runtime.metrics

    async def told(_request: web.Request) -> web.StreamResponse:
        outcomes = await runtime.db.read(count_outcomes, runtime.clock.now() - _HOUR)
        metrics.turns(outcomes.by_outcome)
        return web.Response(body=metrics.text(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    rasa = () if bot.actions is None else (*bot.actions.routes(), *models.routes())
    here = rasa if ProcessRole.BOT in runtime.settings.served else ()
    return (*here, *health.routes(), Route("GET", "/metrics", told, Permission.INTERNAL))


async def _to_the_console(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/console")
