"""Runs a child process while telling how far it is, and ends it when set-up itself is ended."""

import os
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.setup.places import ROOT
from deploy.setup.progress import SetupError, Step

TICK_S = 0.2
LAST_LINES = 15
GRACE_S = 5.0
NOT_INHERITED = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_USER")
"""Settings of the caller's shell that would make an installer put things elsewhere."""


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The caller's environment without what would lead an installer astray, with `extra` on top."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return {**kept, **(extra or {})}


def run(
    step: Step, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> None:
    """Run to the end, each line of output being progress; a SetupError with the last lines when it fails."""
    argv = [str(part) for part in command]
    try:
        started = subprocess.Popen(
            argv,
            cwd=cwd,
            env=clean_environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise SetupError(f"{argv[0]} could not be started: {error}") from error
    with started as child:
        last = _follow(step, child)
    if child.returncode:
        told = "\n    ".join(last) or "it printed nothing"
        raise SetupError(f"{' '.join(argv[:4])} … ended with {child.returncode}:\n    {told}")


def _follow(step: Step, child: subprocess.Popen[str]) -> list[str]:
    """Pass the child's lines on as progress until it ends; its last lines."""
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(child, lines), daemon=True)
    reader.start()
    last: deque[str] = deque(maxlen=LAST_LINES)
    try:
        while True:
            try:
                line = lines.get(timeout=TICK_S)
            except queue.Empty:
                step.tell()
                continue
            if line is None:
                break
            if text := line.strip():
                last.append(text)
                step.tell(text)
        child.wait()
    finally:
        _end(child)
    return list(last)


def _read(child: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert child.stdout is not None  # noqa: S101 - asked for with PIPE
    for line in child.stdout:
        lines.put(line)
    lines.put(None)


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
