"""Rasa as a child of this server, or servers that somebody else runs: where files are, and who hears how far it is."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from app.runtime import Runtime
from app.settings import ROOT, Settings, inherited
from bot.actions import PATH as ACTIONS_PATH
from bot.children import Children
from bot.contract import BotState
from bot.improving.rolling import Releases
from bot.improving.workshop import Workshop
from bot.making import Maker
from bot.model_files import PATH as MODELS_PATH
from bot.model_files import ModelFiles
from bot.probe import HttpProbe
from bot.process import RasaProcess, Surroundings
from bot.program import ChildPrograms
from bot.rasa_files import RasaConfig
from bot.servers import RasaServer, RasaServers, Reach

Rasa = RasaProcess | RasaServers
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not bound


@dataclass(frozen=True, slots=True)
class Secrets:
    """``rasa`` is what Rasa asks of us, ``actions`` what its action calls carry."""

    rasa: str = field(repr=False)
    actions: str = field(repr=False)


def config_here(settings: Settings, action_url: str = "", secrets: Secrets | None = None) -> RasaConfig:
    """Without an address and secrets: for training, which is asked nothing."""
    pair = secrets or Secrets("", "")
    return RasaConfig(
        root=ROOT,
        folder=settings.folder.resolve(),
        action_url=action_url,
        action_secret=pair.actions,
        secret=pair.rasa,
        python=settings.engine.python,
        environment=inherited(),
        limits=settings.rasa,
    )


def rasa_of(
    runtime: Runtime,
    session: aiohttp.ClientSession,
    inside: str,
    secrets: Secrets,
    publish: Callable[[BotState], None],
) -> Rasa | None:
    """Nothing runs yet: ``run`` is its life. ``inside`` is where Rasa reaches this process; None where none is wanted."""
    if runtime.settings.engine.kind != "rasa":
        return None
    config = config_here(runtime.settings, f"{inside}{ACTIONS_PATH}", secrets)
    programs, probe = ChildPrograms(runtime.supervisor), HttpProbe(session)
    if config.limits.urls:
        maker = Maker(config, Children(config, programs))
        reach = Reach(probe, config.secret, config.action_url, f"{inside}{MODELS_PATH}")
        servers = [RasaServer(url, reach, maker, config.limits) for url in config.limits.urls]
        return RasaServers(servers, config.limits, maker, publish, runtime.jitter)
    around = Surroundings(runtime.supervisor, programs, probe, runtime.clock, runtime.jitter)
    return RasaProcess(config, around, publish, Releases(runtime.db, Workshop(config)))


def model_files(settings: Settings, secret: str) -> ModelFiles:
    """What Rasa servers fetch from this process."""
    return ModelFiles(config_here(settings).model("").parent, secret)


def internal_address(settings: Settings, port: int) -> str:
    """Where Rasa reaches the internal listener of this process."""
    if settings.internal_url is not None:
        return settings.internal_url.rstrip("/")
    host = settings.internal_host
    if host in _EVERYWHERE:
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
