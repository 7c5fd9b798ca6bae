"""Makes models for Rasa servers that somebody else runs: installs what training needs, and trains what is not there yet."""

import asyncio
from pathlib import Path

from bot.children import Children, StepError
from bot.program import Line
from bot.rasa_files import Choice, RasaConfig, forget_old_models

_USUAL = Path(".venv-rasa") / "bin" / "python"


class Maker:
    """One model at a time; nothing of it is in the way of what is answered meanwhile."""

    def __init__(self, config: RasaConfig, children: Children) -> None:
        self._config = config
        self._children = children
        self._python = config.python
        self._one = asyncio.Lock()

    @property
    def python(self) -> Path | None:
        """Rasa's own, once it is known; where set-up puts it, for who trains here before a server needed a model of this process."""
        usual = self._config.root / _USUAL
        return self._python or (usual if usual.exists() else None)

    async def made(self, choice: Choice) -> Path:
        """The model of these files. Raises StepError."""
        model = self._config.model(choice.fingerprint)
        async with self._one:
            if not await asyncio.to_thread(model.is_file):
                await self._train(choice, model)
        await asyncio.to_thread(self._keep, model)
        return model

    async def _train(self, choice: Choice, model: Path) -> None:
        command = self._config.train_command(await self._installed(), model, choice.project, gently=True)
        last = await self._children.follow("train", command, self._config.limits.train_s, _unheard)
        if last is None or last.state != "done" or not await asyncio.to_thread(model.is_file):
            raise StepError(last.detail if last and last.detail else "training ended without a model")

    def _keep(self, model: Path) -> None:
        model.touch()
        forget_old_models(model, self._config.limits.models_kept)

    async def _installed(self) -> Path:
        if self._python is None:
            command, limit = self._config.install_command(), self._config.limits.install_s
            last = await self._children.follow("install", command, limit, _unheard)
            if last is None or last.state != "done" or not last.detail:
                raise StepError(last.detail if last else "set-up said nothing")
            self._python = Path(last.detail)
        return self._python


def _unheard(_line: Line) -> None:
    """The servers answer meanwhile with what they have."""
