"""Every setting of the server; the one place that reads the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from app.bodies import Pace
from app.environment import PREFIX, read
from bot.assembly import BotSettings
from bot.rasa_files import Limits as RasaLimits
from channels.chat.webhooks import WebhookSettings
from channels.continuation.settings import ContinuationSettings
from channels.dispatcher import DispatchSettings
from channels.email.settings import EmailSettings
from channels.live.settings import LiveSettings
from channels.media.library import MediaLimits
from channels.telegram.settings import TelegramSettings
from channels.verification.settings import ProofSettings
from console.settings import ConsoleSettings
from core.errors import Invalid
from core.outbox import RelaySettings
from core.upkeep import UpkeepSettings
from routing.settings import RoutingSettings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """``kind``: ``rasa`` runs one here, ``scripted`` does without; ``python`` is Rasa's own where it is elsewhere."""

    kind: str = "rasa"
    python: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder`` holds the database, attachments and models; the internal listener never leaves the machine.

    Who connects and has not asked for anything after ``handshake_s`` is hung up on. The body of a request
    is given ``body_s``, and after that as long as it came at ``body_bytes_per_s`` or faster; that goes for uploads too.

    ``channels`` names adapters of somebody's own, each as ``module:callable``; see docs/adding-a-channel.md.
    """

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
    body_s: float = 20.0
    body_bytes_per_s: int = 8192
    handshake_s: float = 20.0
    stop_s: float = 5.0
    channels: tuple[str, ...] = ()
    engine: EngineSettings = field(default_factory=EngineSettings)
    rasa: RasaLimits = field(default_factory=RasaLimits)
    bot: BotSettings = field(default_factory=BotSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    media: MediaLimits = field(default_factory=MediaLimits)
    dispatch: DispatchSettings = field(default_factory=DispatchSettings)
    continuation: ContinuationSettings = field(default_factory=ContinuationSettings)
    proofs: ProofSettings = field(default_factory=ProofSettings)
    email: EmailSettings = field(default_factory=EmailSettings)
    telegram: TelegramSettings = field(default_factory=TelegramSettings)
    webhooks: WebhookSettings = field(default_factory=WebhookSettings)
    console: ConsoleSettings = field(default_factory=ConsoleSettings)
    routing: RoutingSettings = field(default_factory=RoutingSettings)
    relay: RelaySettings = field(default_factory=RelaySettings)
    upkeep: UpkeepSettings = field(default_factory=UpkeepSettings)

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
    def pace(self) -> Pace:
        return Pace(self.body_s, self.body_bytes_per_s)

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK


def load() -> Settings:
    """From the environment. Raises Invalid with the name of the variable that is wrong."""
    settings = read(Settings, os.environ)
    if settings.engine.kind not in {"rasa", "scripted"}:
        raise Invalid("PARLEY_ENGINE_KIND", "rasa or scripted")
    if not settings.database.startswith(("sqlite:///", "postgresql+asyncpg://")):
        raise Invalid("PARLEY_DATABASE_URL", "sqlite:///PATH or postgresql://…")
    for name, port in (("PARLEY_PORT", settings.port), ("PARLEY_INTERNAL_PORT", settings.internal_port)):
        if not 0 <= port <= _LAST_PORT:
            raise Invalid(name, f"0 to {_LAST_PORT}, not {port}")
    if settings.log_level.lower() not in LOG_LEVELS:
        raise Invalid("PARLEY_LOG_LEVEL", ", ".join(LOG_LEVELS))
    return settings


def notify_socket() -> str | None:
    """Where the one who started this process wants to hear that it is ready."""
    return os.environ.get("NOTIFY_SOCKET")


def inherited() -> dict[str, str]:
    """What child processes get of the environment: everything but our own settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(f"{PREFIX}_")}
