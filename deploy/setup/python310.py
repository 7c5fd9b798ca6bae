"""Finds a Python 3.10 that really runs, which Rasa 3.6 needs, or lets uv try to install one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.setup import child
from deploy.setup.places import UV
from deploy.setup.progress import SetupError, Step

PROBE = "import sys, ssl, sqlite3, ctypes, venv; print('%d.%d' % sys.version_info[:2])"
PROBE_S = 20.0
MISSING = (
    "Rasa needs Python 3.10 and none was found (pyenv's versions, python3.10 on the PATH, uv python install 3.10). "
    "The scripted bot answers from the same knowledge base meanwhile. To have Rasa: install Python 3.10, for "
    "example with `pyenv install 3.10`, or set PYTHON310 to one, and start again."
)


def find_or_install(step: Step) -> Path:
    """Path of a working Python 3.10; SetupError with what to install when there is none to be had."""
    if python := _first_that_runs():
        return python
    step.tell("letting uv install Python 3.10")
    try:
        child.run(step, [UV, "python", "install", "3.10"])
        found = _asked([str(UV), "python", "find", "--no-project", "--managed-python", "3.10"])
    except SetupError:
        found = ""
    if found and runs(Path(found)):
        return Path(found)
    raise SetupError(MISSING)


def candidates() -> Iterator[Path]:
    """Where a Python 3.10 may be, best first: a pyenv shim is there even when it selects nothing, so it is last."""
    if given := os.environ.get("PYTHON310"):
        yield Path(given)
    for root in _pyenv_roots():
        yield from sorted((root / "versions").glob("3.10.*/bin/python3.10"), reverse=True)
    for folder in os.get_exec_path():
        yield Path(folder) / "python3.10"


def runs(python: Path) -> bool:
    """Whether it starts, is 3.10 and has the parts of the standard library that Rasa needs."""
    return os.access(python, os.X_OK) and _asked([str(python), "-c", PROBE]) == "3.10"


def _first_that_runs() -> Path | None:
    return next((python for python in candidates() if runs(python)), None)


def _pyenv_roots() -> Iterator[Path]:
    if given := os.environ.get("PYENV_ROOT"):
        yield Path(given)
    yield Path.home() / ".pyenv"
    if shutil.which("pyenv") and (told := _asked(["pyenv", "root"])):
        yield Path(told)


def _asked(command: list[str]) -> str:
    """What a program answers, or nothing when it cannot."""
    env = child.clean_environment()
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_S, check=True, env=env)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()
