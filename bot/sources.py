"""From which files Rasa's model is trained: the project as it is installed, unless somebody says otherwise."""

import asyncio
from typing import Protocol

from bot.rasa_files import Choice, RasaConfig, fingerprint


class Source(Protocol):
    """What says from which files the model is trained."""

    async def choose(self, *, safe: bool) -> Choice:
        """``safe``: what was chosen does not start; the project's own, with nothing added."""
        ...


class OwnProject:
    """The project as it is installed, and nothing else."""

    def __init__(self, config: RasaConfig) -> None:
        self._config = config

    async def choose(self, *, safe: bool) -> Choice:
        project = self._config.project
        return Choice(project, await asyncio.to_thread(fingerprint, project))
