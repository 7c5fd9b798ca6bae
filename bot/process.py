"""Keeps Rasa running: installs its environment, trains what changed, starts it, watches it and swaps its model.

`run` is the whole life, to be started as a task; cancelling it ends every child. Each change is published as a BotState.
Whatever fails is tried again, later each time; meanwhile the scripted engine answers.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.children import Children, StepError
from bot.contract import BotState, Progress, RasaAddress
from bot.leftover import Leftovers
from bot.probe import Probe
from bot.program import Line, Program, Programs, Tasks
from bot.rasa_files import Choice, RasaConfig, forget_old_models
from bot.sources import OwnProject, Source
from core.clock import Clock
from core.ids import ConversationId

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


class NotLoadedError(StepError):
    """Rasa began, and could not serve this model."""


@dataclass(slots=True)
class _Request:
    """Somebody wants another model to be served, and hears what became of it."""

    choice: Choice
    done: asyncio.Future[None]

    def end(self, problem: StepError | None) -> None:
        if self.done.done():
            return
        if problem is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(problem)


class RasaProcess:
    """One Rasa on this machine."""

    def __init__(
        self, config: RasaConfig, around: Surroundings, publish: Publish, source: Source | None = None
    ) -> None:
        self._config = config
        self._limits = config.limits
        self._around = around
        self._publish = publish
        self._leftovers = Leftovers(config.records)
        self._children = Children(config, around.programs, self._leftovers)
        self._source = source or OwnProject(config)
        self._serving: Choice | None = None
        self._request: _Request | None = None
        self._failed_starts = 0
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

    def places(self, conversation: ConversationId) -> tuple[RasaAddress, ...]:
        """There is only one."""
        return () if self._address is None else (self._address,)

    @property
    def serving(self) -> Choice | None:
        """What the model that answers now was trained from; None while Rasa is not ready."""
        return None if self._address is None else self._serving

    @property
    def python(self) -> Path | None:
        """Rasa's own, once it is installed."""
        return self._python

    async def take(self, choice: Choice) -> None:
        """Serve another model: trained first where that is needed, then swapped in; while Rasa does not run it starts with it.

        Raises StepError when that did not work; what answered before goes on.
        """
        request = _Request(choice, asyncio.get_running_loop().create_future())
        if self._request is not None:
            self._request.end(StepError("another model was asked for"))
        self._request = request
        self._woken.set()
        try:
            await request.done
        finally:
            if self._request is request:
                self._request = None

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
                await self._serve(python, await self._chosen())
            except StepError as error:
                await self._wait_after(str(error))
            except OSError as error:
                await self._wait_after(f"{type(error).__name__}: {error}")

    # ------------------------------------------------------------------------------------------------- the steps

    async def _installed(self) -> Path:
        if self._python is None:
            self._enter(Progress.INSTALLING)
            command, limit = self._config.install_command(), self._limits.install_s
            last = await self._children.follow("install", command, limit, self._tell)
            if last is None or last.state != "done" or not last.detail:
                raise StepError(last.detail if last else "set-up said nothing")
            self._python = Path(last.detail)
        return self._python

    async def _chosen(self) -> Choice:
        """What to start with."""
        if self._request is not None:
            return self._request.choice
        return await self._source.choose(safe=self._failed_starts >= self._limits.starts_to_safety)

    async def _trained(self, python: Path, choice: Choice) -> Path:
        """The model of these files as they are now."""
        model = self._config.model(choice.fingerprint)
        if not model.is_file():
            if self._address is None:
                self._enter(Progress.TRAINING)
            command = self._config.train_command(
                python, model, choice.project, gently=self._address is not None
            )
            last = await self._children.follow("train", command, self._limits.train_s, self._tell)
            if last is None or last.state != "done" or not model.is_file():
                raise StepError(last.detail if last and last.detail else "training ended without a model")
        model.touch()
        return model

    async def _serve(self, python: Path, choice: Choice) -> None:
        """Until it ends or has to be ended."""
        self._failed_starts += 1
        try:
            model = await self._trained(python, choice)
        except StepError as error:
            self._answer(choice, error)
            raise
        self._enter(Progress.STARTING, model)
        command = self._config.serve_command(python, model)
        async with self._children.running("serve", command) as program:
            try:
                address = await self._started(program)
            except StepError as error:
                if isinstance(error, NotLoadedError):
                    _forget(model)
                self._answer(choice, error)
                raise
            self._failed_starts = 0
            self._serving = choice
            ended = asyncio.Event()
            self._around.tasks.start("wait for Rasa's end", self._tell_end(program, ended))
            self._show(BotState(Progress.READY, RASA, "answering", model=_name(model)), address)
            self._answer(choice, None)
            forget_old_models(model, self._limits.models_kept)
            await self._watch(python, address, ended)
            raise StepError(f"ended with code {await program.wait()}; its last words: {program.last_words()}")

    async def _started(self, program: Program) -> RasaAddress:
        try:
            async with asyncio.timeout(self._limits.start_s):
                async for line in program.lines():
                    self._tell(line)
                    if line.state == "failed":
                        raise NotLoadedError(line.detail)
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
            if self._request is not None:
                await self._take(python, address, self._request)
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
            choice = await self._source.choose(safe=False)
            model = await self._trained(python, choice)
        except StepError as error:
            log.warning("the new model could not be trained: %s", error)
            detail = f"the new model could not be trained: {error}"[:_LONGEST_DETAIL]
            self._show(replace(before, detail=detail), address)
            return
        if _name(model) != before.model and not await self._around.probe.swap(
            address, model, self._limits.start_s
        ):
            raise StepError(f"could not take the model {_name(model)}")
        self._serving = choice
        self._show(replace(before, model=_name(model)), address)
        forget_old_models(model, self._limits.models_kept)

    async def _take(self, python: Path, address: RasaAddress, request: _Request) -> None:
        """As ``take`` says; Rasa refuses a model that it cannot load and keeps the one it has."""
        self._request = None
        before = replace(self._state, detail=None)
        try:
            model = await self._trained(python, request.choice)
            if _name(model) != before.model:
                await self._swap_in(address, model)
        except (StepError, OSError) as error:
            log.warning("the model in use stays: %s", error)
            self._show(replace(before, detail=f"the model in use stays: {error}"[:_LONGEST_DETAIL]), address)
            request.end(error if isinstance(error, StepError) else StepError(str(error)))
            return
        self._serving = request.choice
        self._show(replace(before, model=_name(model)), address)
        forget_old_models(model, self._limits.models_kept)
        request.end(None)

    async def _swap_in(self, address: RasaAddress, model: Path) -> None:
        if not await self._around.probe.swap(address, model, self._limits.start_s):
            _forget(model)
            raise NotLoadedError(f"Rasa did not take the model {_name(model)}")

    def _answer(self, choice: Choice, problem: StepError | None) -> None:
        """Whoever waits for this choice hears how its start went, and it is not tried again."""
        request = self._request
        if request is not None and request.choice == choice:
            self._request = None
            request.end(problem)

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


def _forget(model: Path) -> None:
    """Whatever is wrong with the file, it is trained anew the next time."""
    model.unlink(missing_ok=True)


def _name(model: Path) -> str:
    return model.name.removesuffix(".tar.gz")


def _seconds(since: datetime, now: datetime) -> float:
    return round((now - since).total_seconds(), 1)
