"""Rasa's files: what the project is trained from, where models and records are kept, how its programs are called."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

INPUTS = ("config.yml", "domain.yml", "data", "components", "launcher/train.py", "requirements.txt")
"""What a model depends on, inside the project."""

_ENDING = ".tar.gz"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes as named.

    After ``starts_to_safety`` starts in a row that failed the project's own model is tried, with nothing added.

    ``urls`` are Rasa servers that somebody else runs, as ``http://HOST:PORT``; without any this process runs one. ``secret``
    is then asked for on both sides: of who asks them, and of them when they ask us. One process at a time gives them their
    models; another takes over when it was not heard of for ``lease_s``.
    """

    urls: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    lease_s: float = 15.0

    action_s: float = 2.0
    text_characters: int = 500
    tracker_events: int = 120
    install_s: float = 1800.0
    train_s: float = 300.0
    start_s: float = 120.0
    stop_s: float = 3.0
    health_every_s: float = 5.0
    health_s: float = 5.0
    health_failures: int = 3
    first_retry_s: float = 1.0
    longest_retry_s: float = 60.0
    models_kept: int = 5
    starts_to_safety: int = 2


@dataclass(frozen=True, slots=True)
class RasaConfig:
    """`root` is the tree, `folder` where models, trackers and records go (`var/`), `environment` what children inherit.

    `python` is Rasa's own; when it is None, set-up makes the environment and names it.
    """

    root: Path
    folder: Path
    action_url: str
    action_secret: str = field(repr=False)
    secret: str = field(repr=False)
    python: Path | None = None
    port: int = 0
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    limits: Limits = Limits()

    @property
    def project(self) -> Path:
        return self.root / "bot" / "project"

    @property
    def records(self) -> Path:
        return self.folder / "rasa"

    def model(self, fingerprint: str) -> Path:
        return self.folder / "models" / f"{fingerprint}{_ENDING}"

    def install_command(self) -> list[str]:
        return [sys.executable, "-m", "deploy.setup", "rasa"]

    def train_command(
        self, python: Path, model: Path, project: Path | None = None, *, gently: bool = False
    ) -> list[str]:
        """``gently``: so that it takes nothing from whoever is served meanwhile."""
        command = [str(python), str(self.project / "launch.py"), "train"]
        if project is not None and project != self.project:
            command += ["--project", str(project)]
        return [*command, *(["--gently"] if gently else []), "--output", str(model)]

    def judge_command(self, python: Path, plan: Path, result: Path) -> list[str]:
        return [
            str(python),
            str(self.project / "launch.py"),
            "judge",
            "--plan",
            str(plan),
            "--output",
            str(result),
        ]

    def serve_command(self, python: Path, model: Path) -> list[str]:
        launch = str(self.project / "launch.py")
        return [str(python), launch, "serve", "--model", str(model), "--port", str(self.port)]

    def child_environment(self, parent: int) -> dict[str, str]:
        """Everything the launcher reads; `parent` is the process with which it must end."""
        return {
            **self.environment,
            "PARLEY_PARENT": str(parent),
            "PARLEY_RASA_SECRET": self.secret,
            "PARLEY_ACTION_URL": self.action_url,
            "PARLEY_ACTION_SECRET": self.action_secret,
            "PARLEY_ACTION_TIMEOUT": str(self.limits.action_s),
            "PARLEY_TEXT_LIMIT": str(self.limits.text_characters),
            "PARLEY_TRACKERS": str(self.records),
            "PARLEY_TRACKER_EVENTS": str(self.limits.tracker_events),
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """What to train from and to serve: ``project`` is a folder, ``release`` our name for it, None: as it was installed."""

    project: Path
    fingerprint: str
    release: str | None = None


def fingerprint(project: Path) -> str:
    """Hash of names and contents of all that a model depends on."""
    whole = hashlib.sha256()
    for path in _input_files(project):
        for part in (str(path.relative_to(project)).encode(), path.read_bytes()):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()[:_DIGITS]


def forget_old_models(newest: Path, keep: int) -> None:
    """Leaves `newest` and the youngest others, `keep` in all."""
    others = [path for path in newest.parent.glob(f"*{_ENDING}") if path != newest]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[max(keep - 1, 0) :]:
        path.unlink(missing_ok=True)


def _input_files(project: Path) -> Iterator[Path]:
    for name in INPUTS:
        start = project / name
        found = sorted(start.rglob("*")) if start.is_dir() else [start]
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)
