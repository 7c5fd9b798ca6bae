"""Keeps Rasa running: installs its environment, trains what changed, starts it, watches it and swaps its model.

`run` is the whole life, to be started as a task; cancelling it ends every child. Each change is published as a BotState.
Whatever fails is tried again, later each time; meanwhile the scripted engine answers.
"""

import asyncio
import contextlib
import logging
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.contract import BotState, Progress, RasaAddress
from bot.leftover import Leftovers
from bot.probe import Probe
from bot.program import Line, Program, Programs, Tasks
from bot.rasa_files import RasaConfig, fingerprint, forget_old_models
from core.clock import Clock

log = logging.getLogger("bot.rasa")

_STEPS = {"import": "loading Rasa", "train": "training", "load": "loading the model", "serve": "answering"}
_LONGEST_DETAIL = 300

RASA, SCRIPTED = "rasa", "scripted"
"""The engines, as the status page names them."""

Publish = Callable[[BotState], None]
Pause = Callable[[float, asyncio.Event], Awaitable[None]]
"""Waits so many seconds, or until the event is set."""


async def pause(seconds: float, until: asyncio.Event) -> None:
    """The real one."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await until.wait()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process is given instead of taking it."""

    tasks: Tasks
    programs: Programs
    probe: Probe
    clock: Clock
    jitter: random.Random
    pause: Pause = pause


class StepError(Exception):
    """A step did not succeed; the text says why, for a person."""


class RasaProcess:
    """One Rasa on this machine."""

    def __init__(self, config: RasaConfig, around: Surroundings, publish: Publish) -> None:
        self._config = config
        self._limits = config.limits
        self._around = around
        self._publish = publish
        self._leftovers = Leftovers(config.records)
        self._woken = asyncio.Event()
        self._refresh_wanted = False
        self._retry_s = self._limits.first_retry_s
        self._state = BotState(Progress.OFF, SCRIPTED)
        self._address: RasaAddress | None = None
        self._since = around.clock.now()
        self._python = config.python

    @property
    def state(self) -> BotState:
        return self._state

    @property
    def address(self) -> RasaAddress | None:
        """Where Rasa answers, while it is ready."""
        return self._address

    def refresh(self) -> None:
        """The project may have changed, or a person wants it tried again now: looks, and trains and swaps when needed."""
        self._refresh_wanted = True
        self._woken.set()

    async def run(self) -> None:
        """Never returns; cancel it."""
        try:
            await self._live()
        finally:
            self._address = None

    async def _live(self) -> None:
        for pid in await self._leftovers.end_all(self._limits.stop_s):
            log.warning("ended process %d, which an earlier server had left behind", pid)
        while True:
            self._refresh_wanted = False
            try:
                python = await self._installed()
                await self._serve(python, await self._trained(python))
            except StepError as error:
                await self._wait_after(str(error))
            except OSError as error:
                await self._wait_after(f"{type(error).__name__}: {error}")

    # ------------------------------------------------------------------------------------------------- the steps

    async def _installed(self) -> Path:
        if self._python is None:
            self._enter(Progress.INSTALLING)
            command, limit = self._config.install_command(), self._limits.install_s
            last = await self._follow("install", command, limit)
            if last is None or last.state != "done" or not last.detail:
                raise StepError(last.detail if last else "set-up said nothing")
            self._python = Path(last.detail)
        return self._python

    async def _trained(self, python: Path) -> Path:
        """The model of the project as it is now."""
        name = await asyncio.to_thread(fingerprint, self._config.project)
        model = self._config.model(name)
        if not model.is_file():
            if self._address is None:
                self._enter(Progress.TRAINING)
            command = self._config.train_command(python, model)
            last = await self._follow("train", command, self._limits.train_s)
            if last is None or last.state != "done" or not model.is_file():
                raise StepError(last.detail if last and last.detail else "training ended without a model")
        return model

    async def _serve(self, python: Path, model: Path) -> None:
        """Until it ends or has to be ended."""
        self._enter(Progress.STARTING, model)
        command = self._config.serve_command(python, model)
        async with self._program("serve", command) as program:
            address = await self._started(program)
            ended = asyncio.Event()
            self._around.tasks.start("wait for Rasa's end", self._tell_end(program, ended))
            self._show(BotState(Progress.READY, RASA, "answering", model=_name(model)), address)
            forget_old_models(model, self._limits.models_kept)
            await self._watch(python, address, ended)
            raise StepError(f"ended with code {await program.wait()}; its last words: {program.last_words()}")

    async def _started(self, program: Program) -> RasaAddress:
        try:
            async with asyncio.timeout(self._limits.start_s):
                async for line in program.lines():
                    self._tell(line)
                    if line.state == "failed":
                        raise StepError(line.detail)
                    if line.step == "serve" and line.state == "done":
                        return RasaAddress(f"http://127.0.0.1:{line.port}", self._config.secret)
        except TimeoutError as error:
            raise StepError(f"did not start within {self._limits.start_s:.0f} s") from error
        raise StepError(f"ended while starting; its last words: {program.last_words()}")

    async def _watch(self, python: Path, address: RasaAddress, ended: asyncio.Event) -> None:
        failures = 0
        while True:
            self._woken.clear()
            if ended.is_set():
                return
            if self._refresh_wanted:
                await self._swap(python, address)
            await self._around.pause(self._limits.health_every_s, self._woken)
            if await self._around.probe.healthy(address, self._limits.health_s):
                failures = 0
                self._retry_s = self._limits.first_retry_s
                continue
            failures += 1
            if failures >= self._limits.health_failures:
                raise StepError(f"did not answer {failures} times in a row")

    async def _swap(self, python: Path, address: RasaAddress) -> None:
        """Trains beside the running Rasa; a failure leaves it as it was."""
        self._refresh_wanted = False
        before = replace(self._state, detail=None)
        try:
            model = await self._trained(python)
        except StepError as error:
            log.warning("the new model could not be trained: %s", error)
            detail = f"the new model could not be trained: {error}"[:_LONGEST_DETAIL]
            self._show(replace(before, detail=detail), address)
            return
        if _name(model) != before.model and not await self._around.probe.swap(
            address, model, self._limits.start_s
        ):
            raise StepError(f"could not take the model {_name(model)}")
        self._show(replace(before, model=_name(model)), address)
        forget_old_models(model, self._limits.models_kept)

    # -------------------------------------------------------------------------------------------------- children

    @asynccontextmanager
    async def _program(self, name: str, command: Sequence[str]) -> AsyncIterator[Program]:
        """A child that does not outlive the block."""
        environment = self._config.child_environment(os.getpid())
        program = await self._around.programs.start(command, environment, self._config.root)
        try:
            self._leftovers.remember(name, program.pid)
            yield program
        finally:
            # Also when we are cancelled: a child half ended would be a left-over.
            await asyncio.shield(program.stop(self._limits.stop_s))
            self._leftovers.forget(name)

    async def _follow(self, name: str, command: Sequence[str], limit_s: float) -> Line | None:
        """Runs a program to its end and publishes what it tells; gives its last line."""
        last = None
        async with self._program(name, command) as program:
            try:
                async with asyncio.timeout(limit_s):
                    async for line in program.lines():
                        self._tell(line)
                        last = line
                    code = await program.wait()
            except TimeoutError as error:
                raise StepError(f"took longer than {limit_s:.0f} s") from error
            if code != 0:
                detail = last.detail if last and last.state == "failed" else program.last_words()
                raise StepError(detail or f"ended with {code}")
        return last

    async def _tell_end(self, program: Program, ended: asyncio.Event) -> None:
        await program.wait()
        ended.set()
        self._woken.set()

    # ---------------------------------------------------------------------------------------------------- states

    async def _wait_after(self, problem: str) -> None:
        """Shows what went wrong and waits, longer each time; `refresh` cuts it short."""
        seconds = self._retry_s * (0.5 + self._around.jitter.random())
        self._retry_s = min(self._retry_s * 2, self._limits.longest_retry_s)
        step = self._state.step or self._state.state.value
        log.warning("%s failed, trying again in %.1f s: %s", step, seconds, problem)
        self._since = self._around.clock.now()
        detail = problem[:_LONGEST_DETAIL]
        self._show(BotState(Progress.FAILED, SCRIPTED, step, detail=detail, model=self._state.model))
        self._woken.clear()
        await self._around.pause(seconds, self._woken)

    def _enter(self, phase: Progress, model: Path | None = None) -> None:
        self._since = self._around.clock.now()
        self._show(BotState(phase, SCRIPTED, model=_name(model) if model else self._state.model))

    def _tell(self, line: Line) -> None:
        """Publishes how far a child is."""
        step = _STEPS.get(line.step, line.step)
        if self._address is not None:
            self._show(replace(self._state, detail=f"new model: {step}"), self._address)
            return
        seconds = _seconds(self._since, self._around.clock.now())
        detail = line.detail[:_LONGEST_DETAIL] or None
        self._show(replace(self._state, step=step, seconds=seconds, detail=detail))

    def _show(self, state: BotState, address: RasaAddress | None = None) -> None:
        """Publishes; without an address Rasa is not asked from here on."""
        self._state = state
        self._address = address
        self._publish(state)


def _name(model: Path) -> str:
    return model.name.removesuffix(".tar.gz")


def _seconds(since: datetime, now: datetime) -> float:
    return round((now - since).total_seconds(), 1)
