"""Rasa as a child of this server: where its files are, and who hears how far it is."""

from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from app.runtime import Runtime
from app.settings import ROOT, inherited
from bot.contract import BotState
from bot.probe import HttpProbe
from bot.process import RasaProcess, Surroundings
from bot.program import ChildPrograms
from bot.rasa_files import RasaConfig


@dataclass(frozen=True, slots=True)
class Secrets:
    """``rasa`` is what Rasa asks of us, ``actions`` what its action calls carry."""

    rasa: str = field(repr=False)
    actions: str = field(repr=False)


def rasa_here(
    runtime: Runtime,
    session: aiohttp.ClientSession,
    action_url: str,
    secrets: Secrets,
    publish: Callable[[BotState], None],
) -> RasaProcess:
    """Not started yet: ``run`` is its life."""
    settings = runtime.settings
    config = RasaConfig(
        root=ROOT,
        folder=settings.folder.resolve(),
        action_url=action_url,
        action_secret=secrets.actions,
        secret=secrets.rasa,
        python=settings.engine.python,
        environment=inherited(),
        limits=settings.rasa,
    )
    around = Surroundings(
        tasks=runtime.supervisor,
        programs=ChildPrograms(runtime.supervisor),
        probe=HttpProbe(session),
        clock=runtime.clock,
        jitter=runtime.jitter,
    )
    return RasaProcess(config, around, publish)
