"""Child programs that tell how far they are, one JSON object a line: started, listened to and ended."""

import asyncio
import contextlib
import logging
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

log = logging.getLogger("bot.rasa")

_TAIL_LINES = 30
_LINE_BYTES = 1 << 20
_LOG_GRACE_S = 1.0


class Line(msgspec.Struct, frozen=True):
    """One line of `deploy.setup` or of `launch.py`; `port` comes with the launcher's last."""

    step: str
    state: str
    seconds: float = 0.0
    detail: str = ""
    port: int = 0


class Program(Protocol):
    """A program that runs."""

    @property
    def pid(self) -> int: ...

    def lines(self) -> AsyncIterator[Line]:
        """What it tells; ends when it does."""
        ...

    async def wait(self) -> int:
        """Its exit code, once it has one."""
        ...

    async def stop(self, limit_s: float) -> None:
        """Asks it and all it started to end, and makes them after the limit; returns when it has ended."""
        ...

    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        ...


class Programs(Protocol):
    """Starts programs."""

    async def start(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> Program: ...


class Tasks(Protocol):
    """What is needed of core.tasks.Supervisor."""

    def start(self, name: str, work: Coroutine[object, object, None]) -> object: ...


class ChildPrograms:
    """Real ones, each in a session of its own: Ctrl-C reaches only us, and we end them in order."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    async def start(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Program:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=dict(environment),
            # Held open for as long as we live: its end tells the child that we are gone.
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LINE_BYTES,
            start_new_session=True,
        )
        child = Child(process)
        self._tasks.start(f"log of process {process.pid}", child.read_log())
        return child


class Child:
    """One real child program."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._log_ended = asyncio.Event()

    @property
    def pid(self) -> int:
        return self._process.pid

    async def lines(self) -> AsyncIterator[Line]:
        async for text in _lines(self._process.stdout):
            try:
                yield msgspec.json.decode(text, type=Line)
            except msgspec.MsgspecError:
                log.debug("said: %s", text)

    async def read_log(self) -> None:
        """Keeps the end of what it writes to standard error; a full pipe would stop it."""
        async for text in _lines(self._process.stderr):
            self._tail.append(text)
            log.debug("%s", text)
        self._log_ended.set()

    async def wait(self) -> int:
        code = await self._process.wait()
        # So that its last words are known; something it started may hold the pipe open.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOG_GRACE_S):
                await self._log_ended.wait()
        return code

    async def stop(self, limit_s: float) -> None:
        if self._process.returncode is None:
            self._signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(limit_s):
                    await self._process.wait()
            except TimeoutError:
                log.warning("process %d did not end when asked", self.pid)
        # Whatever it started and left behind goes too.
        self._signal(signal.SIGKILL)
        await self._process.wait()

    def last_words(self) -> str:
        return next((line.strip() for line in reversed(self._tail) if line.strip()), "")

    def _signal(self, number: signal.Signals) -> None:
        # Its session is its own, so that this is a group without us.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


async def _lines(stream: asyncio.StreamReader | None) -> AsyncIterator[str]:
    if stream is None:
        return
    while True:
        try:
            text = await stream.readline()
        except ValueError:
            # Longer than any line of ours: that part is dropped.
            continue
        if not text:
            return
        yield text.decode(errors="replace").rstrip("\n")
