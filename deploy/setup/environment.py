"""Makes `.venv`: an environment with uv in it and the locked packages of the application or of its tests."""

import sys
from pathlib import Path

from deploy.setup import child
from deploy.setup.places import LOCKS, ROOT, UV, VENV, VENV_PYTHON
from deploy.setup.progress import Progress, SetupError, Step
from deploy.setup.stamps import fingerprint, is_current, write_stamp

COMMAND = VENV / "bin" / "parley"
_SCRIPT = """\
#!{python}
import sys

sys.path.insert(0, {root!r})

from app.__main__ import main

# The server's workers read this file, too.
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
APP_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"


def ensure_venv(progress: Progress) -> None:
    """`.venv` with a pinned uv, made by this Python; one made by another Python or moved is made anew."""
    value = fingerprint(sys.version, str(VENV.resolve()), LOCKS / "uv.txt")
    stamp = VENV / ".parley-uv"
    if is_current(stamp, value) and UV.exists():
        return
    with progress.step("Python environment in .venv, with uv") as step:
        # Without ensurepip, which Debian keeps in a package of its own; this Python's pip installs into it.
        child.run(step, [sys.executable, "-m", "venv", "--without-pip", "--clear", VENV])
        pip: list[str | Path] = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            VENV_PYTHON,
            "install",
            "--disable-pip-version-check",
        ]
        try:
            child.run(step, [*pip, "--quiet", "--require-hashes", "-r", LOCKS / "uv.txt"])
        except SetupError as error:
            raise SetupError(f"{error}\n    Parley needs pip (Debian: apt install python3-pip)") from error
        write_stamp(stamp, value)


def ensure_app_packages(progress: Progress) -> None:
    """What the server needs."""
    _ensure(progress, "Python packages of the application", APP_LOCK, VENV / ".parley-app")
    ensure_command(COMMAND)


def ensure_command(path: Path) -> None:
    """`parley serve` and the others, from whatever folder; the packages run from this tree and are not installed."""
    path.write_text(_SCRIPT.format(python=VENV_PYTHON, root=str(ROOT)))
    path.chmod(0o755)


def ensure_test_packages(progress: Progress) -> None:
    """What the server, the checks and the tests need."""
    _ensure(progress, "Python packages of the application and its tests", TEST_LOCK, VENV / ".parley-dev")
    write_stamp(VENV / ".parley-app", fingerprint(APP_LOCK))
    ensure_command(COMMAND)


def ensure_extra(progress: Progress, what: str, lock: Path) -> None:
    """Packages that only some machines need, from a lock of their own."""
    _ensure(progress, what, lock, VENV / f".parley-{lock.stem}")


def install(step: Step, python: Path, lock: Path) -> None:
    """Install a hashed lock file, compiling bytecode at once: the first start is then as fast as the next."""
    into: list[str | Path] = [UV, "pip", "install", "--python", python, "--compile-bytecode"]
    child.run(step, [*into, "--require-hashes", "-r", lock])


def _ensure(progress: Progress, what: str, lock: Path, stamp: Path) -> None:
    value = fingerprint(lock)
    if is_current(stamp, value):
        return
    with progress.step(what) as step:
        install(step, VENV_PYTHON, lock)
        write_stamp(stamp, value)
