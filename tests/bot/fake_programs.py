"""Child programs that do what a test says: they tell lines, hang, end, and are counted."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.contract import RasaAddress
from bot.program import Line, Program

SERVING = Line("serve", "done", port=5005)
DEAD = 4_000_000
"""No process has such a number."""


LIMIT_S = 60


async def until(reached: Callable[[], bool]) -> None:
    """Lets others run until it is so."""
    async with asyncio.timeout(LIMIT_S):
        while not reached():  # noqa: ASYNC110 - what is waited for is seen from outside only
            await asyncio.sleep(0)


class TestTasks:
    """Tasks that end with the test."""

    __test__ = False

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, name: str, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        self._tasks.append(asyncio.create_task(work, name=name))
        return self._tasks[-1]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@dataclass(slots=True)
class Script:
    """What a program does: tells `lines`, then ends with `code`, or waits to be ended when that is None."""

    lines: Sequence[Line] = ()
    code: int | None = 0
    words: str = ""
    before: Callable[[Sequence[str]], None] | None = None


@dataclass(slots=True)
class FakeProgram:
    """One program that runs by its script."""

    command: Sequence[str]
    script: Script
    pid: int = DEAD
    stopped: bool = False
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def lines(self) -> AsyncIterator[Line]:
        for line in self.script.lines:
            yield line
        if self.script.code is None:
            await self.ended.wait()

    async def wait(self) -> int:
        if self.script.code is None:
            await self.ended.wait()
        return self.script.code or 0

    async def stop(self, limit_s: float) -> None:
        self.stopped = True
        self.ended.set()

    def last_words(self) -> str:
        return self.script.words


class FakePrograms:
    """Starts them; scripts are given by what is started: install, train or serve. A list is used up, its last one stays."""

    def __init__(self, **scripts: list[Script]) -> None:
        self.scripts = scripts
        self.started: list[FakeProgram] = []
        self.environments: list[Mapping[str, str]] = []

    async def start(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Program:
        kind = "install" if "deploy.setup" in command else command[2]
        scripts = self.scripts[kind]
        script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        if script.before:
            script.before(command)
        program = FakeProgram(command, script)
        self.started.append(program)
        self.environments.append(environment)
        return program

    def kinds(self) -> list[str]:
        return ["install" if "deploy.setup" in each.command else each.command[2] for each in self.started]


@dataclass(slots=True)
class FakeProbe:
    """Answers as told; remembers the models it was asked to take."""

    well: bool = True
    takes: bool = True
    swapped: list[str] = field(default_factory=list)

    async def healthy(self, address: RasaAddress, limit_s: float) -> bool:
        return self.well

    async def swap(self, address: RasaAddress, model: Path, limit_s: float) -> bool:
        self.swapped.append(model.name)
        return self.takes


def trained(command: Sequence[str]) -> None:
    """Leaves a model where training would."""
    model = Path(command[-1])
    model.parent.mkdir(parents=True, exist_ok=True)
    model.touch()
