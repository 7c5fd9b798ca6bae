"""Every setting of the server; the one place that reads the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from app.environment import read
from bot.rasa_files import Limits as RasaLimits
from core.errors import Invalid
from core.outbox import RelaySettings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class BotEngine:
    """``rasa`` runs one here, ``scripted`` does without; ``python`` is Rasa's own when it is installed elsewhere."""

    engine: str = "rasa"
    python: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder`` holds the database, attachments and models; the internal listener never leaves the machine."""

    folder: Path = Path("var")
    database_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    internal_port: int = 0
    public_url: str | None = None
    brand: str = "Parley"
    log_level: str = "info"
    log_json: bool = False
    workers: int = 2
    backlog: int = 4096
    request_bytes: int = 1_048_576
    stop_s: float = 5.0
    bot: BotEngine = field(default_factory=BotEngine)
    rasa: RasaLimits = field(default_factory=RasaLimits)
    relay: RelaySettings = field(default_factory=RelaySettings)

    @property
    def database(self) -> str:
        """An SQLAlchemy URL; SQLite in the folder unless another is set."""
        url = self.database_url or f"sqlite:///{self.folder.resolve() / 'parley.db'}"
        return url.replace("postgresql://", "postgresql+asyncpg://", 1).replace(
            "postgres://", "postgresql+asyncpg://", 1
        )

    @property
    def media_folder(self) -> Path:
        """Where attachments are kept."""
        return self.folder / "media"

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK


def load() -> Settings:
    """From the environment. Raises Invalid with the name of the variable that is wrong."""
    settings = read(Settings, os.environ)
    if settings.bot.engine not in {"rasa", "scripted"}:
        raise Invalid("PARLEY_BOT_ENGINE", "rasa or scripted")
    if not settings.database.startswith(("sqlite:///", "postgresql+asyncpg://")):
        raise Invalid("PARLEY_DATABASE_URL", "sqlite:///PATH or postgresql://…")
    return settings


def notify_socket() -> str | None:
    """Where the one who started this process wants to hear that it is ready."""
    return os.environ.get("NOTIFY_SOCKET")
