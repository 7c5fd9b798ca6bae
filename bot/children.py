"""Runs Rasa's programs to their end, or for as long as they are needed, and never leaves one behind."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.leftover import Leftovers
from bot.program import Line, Program, Programs
from bot.rasa_files import RasaConfig

Tell = Callable[[Line], None]
"""Hears how far a program is."""


class StepError(Exception):
    """A step did not succeed; the text says why, for a person."""


class Children:
    """Those of one process; with ``leftovers`` a later process ends what this one could not."""

    def __init__(self, config: RasaConfig, programs: Programs, leftovers: Leftovers | None = None) -> None:
        self._config = config
        self._programs = programs
        self._leftovers = leftovers

    @asynccontextmanager
    async def running(self, name: str, command: Sequence[str]) -> AsyncIterator[Program]:
        """A child that does not outlive the block."""
        environment = self._config.child_environment(os.getpid())
        program = await self._programs.start(command, environment, self._config.root)
        try:
            if self._leftovers is not None:
                self._leftovers.remember(name, program.pid)
            yield program
        finally:
            # Also when we are cancelled: a child half ended would be a left-over.
            await asyncio.shield(program.stop(self._config.limits.stop_s))
            if self._leftovers is not None:
                self._leftovers.forget(name)

    async def follow(self, name: str, command: Sequence[str], limit_s: float, tell: Tell) -> Line | None:
        """Runs a program to its end and passes on what it tells; gives its last line. Raises StepError."""
        last = None
        async with self.running(name, command) as program:
            try:
                async with asyncio.timeout(limit_s):
                    async for line in program.lines():
                        tell(line)
                        last = line
                    code = await program.wait()
            except TimeoutError as error:
                raise StepError(f"took longer than {limit_s:.0f} s") from error
            if code != 0:
                detail = last.detail if last and last.state == "failed" else program.last_words()
                raise StepError(detail or f"ended with {code}")
        return last
