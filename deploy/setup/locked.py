"""Works out the lock files: versions with hashes for every platform, and no address to download from."""

from pathlib import Path

from deploy.setup import child
from deploy.setup.environment import APP_LOCK, TEST_LOCK
from deploy.setup.places import LOCKS, RASA_REQUIREMENTS, ROOT, UV
from deploy.setup.progress import Progress

PROJECT = ROOT / "pyproject.toml"


def make_all(progress: Progress) -> None:
    """Newer versions come in only where the pinned ones in pyproject.toml and the .in files ask for them."""
    with progress.step("Lock files") as step:
        for source, lock, *more in _locks():
            python = "3.10" if lock == RASA_REQUIREMENTS else "3.11"
            command: list[str | Path] = [
                UV,
                "pip",
                "compile",
                "--universal",
                "--generate-hashes",
                "--no-header",
                "--quiet",
            ]
            child.run(step, [*command, "--python-version", python, source, "-o", lock, *more])


def _locks() -> list[tuple[Path | str, ...]]:
    own = [(LOCKS / f"{name}.in", LOCKS / f"{name}.txt") for name in ("uv", "node", "postgres")]
    return [
        (PROJECT, APP_LOCK),
        (PROJECT, TEST_LOCK, "--group", "dev", "-c", APP_LOCK),
        (RASA_REQUIREMENTS.with_suffix(".in"), RASA_REQUIREMENTS),
        *own,
    ]
