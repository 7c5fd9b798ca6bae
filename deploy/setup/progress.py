"""Says what set-up is doing and how long it has been at it, as text for a person or as JSON lines for a program."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TextIO

State = Literal["start", "progress", "done", "failed"]

EVERY_S = {"json": 1.0, "terminal": 0.2, "log": 10.0}
"""Least seconds between two progress lines of one step, by kind of reader."""


NOTE, READY = "note", "ready"
"""Names of the lines that belong to no step."""


class SetupError(Exception):
    """Set-up cannot go on; the message says what is missing and what a person can do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: `seconds` counts from the start of its step."""

    step: str
    state: State
    seconds: float
    detail: str = ""


Write = Callable[[Line], None]


class Step:
    """One piece of work that is under way."""

    def __init__(self, name: str, write: Write, every_s: float) -> None:
        self.name = name
        self._write = write
        self._every_s = every_s
        self._began = self._said = time.monotonic()
        self._detail = ""

    def tell(self, detail: str = "") -> None:
        """Say how far it is; called as often as you like, written only every now and then."""
        self._detail = detail or self._detail
        now = time.monotonic()
        if now - self._said >= self._every_s:
            self._said = now
            self.line("progress", self._detail)

    def line(self, state: State, detail: str = "") -> None:
        self._write(Line(self.name, state, round(time.monotonic() - self._began, 1), detail))


class Progress:
    """Hands out steps; what they say goes to one writer."""

    def __init__(self, write: Write, every_s: float) -> None:
        self._write = write
        self._every_s = every_s
        self._began = time.monotonic()

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Announce, run and close one step; a SetupError closes it as failed and goes on up."""
        step = Step(name, self._write, self._every_s)
        step.line("start")
        try:
            yield step
        except SetupError as error:
            step.line("failed", str(error))
            raise
        step.line("done")

    def note(self, text: str) -> None:
        """Something a person should know that is no step of its own."""
        self._write(Line(NOTE, "done", 0.0, text))

    def close(self, state: State, detail: str = "") -> None:
        """The last line: everything is there, or it is not."""
        self._write(Line(READY, state, round(time.monotonic() - self._began, 1), detail))


def json_lines(out: TextIO = sys.stdout) -> Progress:
    """One JSON object a line: step, state, seconds, detail."""

    def write(line: Line) -> None:
        document = {"step": line.step, "state": line.state, "seconds": line.seconds, "detail": line.detail}
        print(json.dumps(document, ensure_ascii=False), file=out, flush=True)

    return Progress(write, EVERY_S["json"])


def plain_text(out: TextIO = sys.stdout) -> Progress:
    """Lines for a person; on a terminal the running step rewrites its own line."""
    terminal = out.isatty()

    def write(line: Line) -> None:
        text = _sentence(line)
        if not text:
            return
        if not terminal:
            print(text, file=out, flush=True)
        elif line.state in ("start", "progress"):
            print(f"\r\033[K{text[:100]}", end="", file=out, flush=True)
        else:
            print(f"\r\033[K{text}", file=out, flush=True)

    return Progress(write, EVERY_S["terminal" if terminal else "log"])


def _sentence(line: Line) -> str:
    detail = f": {line.detail}" if line.detail else ""
    if line.step == NOTE:
        return f"    {line.detail}"
    if line.step == READY:
        return "" if line.state == "done" else f"Set-up did not finish: {line.detail.splitlines()[0]}"
    match line.state:
        case "start":
            return f"  … {line.step}"
        case "progress":
            return f"  … {line.step} ({line.seconds:.0f} s){detail}"
        case "done":
            return f"  ✓ {line.step} ({line.seconds:.1f} s){detail}"
        case "failed":
            return f"  ✗ {line.step} ({line.seconds:.1f} s){detail}"
