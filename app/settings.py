"""Every setting of the server; the one place that reads the environment."""

import os
import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from app.bodies import Pace
from app.bounds import check
from app.environment import PREFIX, read
from app.roles import ProcessRole, Roles, roles_of
from bot.assembly import BotSettings
from bot.rasa_files import Limits as RasaLimits
from channels.chat.webhooks import WebhookSettings
from channels.continuation.settings import ContinuationSettings
from channels.dispatcher import DispatchSettings
from channels.email.settings import EmailSettings
from channels.live.settings import LiveSettings
from channels.media.settings import MediaSettings, place_of
from channels.telegram.settings import TelegramSettings
from channels.verification.settings import ProofSettings
from console.settings import ConsoleSettings
from core.addresses import Network
from core.claiming import SURE
from core.errors import Invalid
from core.network import networks
from core.order_rules import OrderSettings
from core.pruning import PruningSettings
from core.redis import RedisSettings, check_url
from core.relay_settings import RelaySettings
from core.store.address import database_address
from core.store.postgres import PostgresSettings
from core.upkeep import UpkeepSettings
from knowledge.embedding.settings import MODELS
from knowledge.settings import KnowledgeSettings
from routing.handling import check_handling
from routing.settings import RoutingSettings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ENGINES = ("rasa", "scripted", "http")
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
_LAST_PORT = 65_535
_SHORTEST_SECRET = 16
_MARGIN_S = 1.0
_SERVER = re.compile(r"https?://[^\s/?#@]+/?")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """``kind``: ``rasa`` runs one here, ``scripted`` does without, ``http`` asks the one that ``PARLEY_BOT_HTTP_URL`` names; ``python`` is Rasa's own where it is elsewhere."""

    kind: str = "rasa"
    python: Path | None = None


@dataclass(frozen=True, slots=True)
class ProcessSettings:
    """Each process says every ``announce_s`` that it runs; one that said nothing for ``gone_s`` counts as gone, and is forgotten
    after ``forget_s``. ``skew_s``: the doctor complains of a clock further from the database's. Seconds.
    """

    announce_s: float = 5.0
    gone_s: float = 20.0
    forget_s: float = 3600.0
    skew_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder`` holds the database, attachments and models.

    The internal listener (metrics, Rasa's actions and models) never leaves the machine, unless ``internal_host`` binds it to a
    private address for Rasa servers elsewhere; these reach it at ``internal_url``, without which it is ``http://HOST:PORT``, or the
    machine's name where it is bound to all addresses. ``PARLEY_RASA_SECRET`` is required then.

    Who connects and has not asked for anything after ``handshake_s`` is hung up on. The body of a request
    is given ``body_s``, and after that as long as it came at ``body_bytes_per_s`` or faster; that goes for uploads too.

    ``workers`` threads do what somebody waits for and takes over 5 ms of CPU, ``background_workers`` what nobody waits for.

    ``trusted_proxies`` are the networks (CIDR) of proxies that add the address they speak to at the end of X-Forwarded-For:
    of their requests the last address there that is no such proxy's counts as the client's. Name the proxies only.

    ``roles`` are what this process does (``parley serve --roles``): ``web``, ``relay``, ``router``, ``channels``, ``bot``; any number of
    processes may have each.

    ``channels`` names adapters of somebody's own, each as ``module:callable``; see docs/adding-a-channel.md.
    """

    folder: Path = Path("var")
    database_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    internal_host: str = "127.0.0.1"
    internal_port: int = 0
    internal_url: str | None = None
    public_url: str | None = None
    brand: str = "Parley"
    log_level: str = "info"
    log_json: bool = False
    workers: int = 2
    background_workers: int = 1
    backlog: int = 4096
    request_bytes: int = 1_048_576
    body_s: float = 20.0
    body_bytes_per_s: int = 8192
    handshake_s: float = 20.0
    stop_s: float = 5.0
    trusted_proxies: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    roles: tuple[str, ...] = tuple(ProcessRole)
    channels: tuple[str, ...] = ()
    engine: EngineSettings = field(default_factory=EngineSettings)
    rasa: RasaLimits = field(default_factory=RasaLimits)
    bot: BotSettings = field(default_factory=BotSettings)
    orders: OrderSettings = field(default_factory=OrderSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    dispatch: DispatchSettings = field(default_factory=DispatchSettings)
    continuation: ContinuationSettings = field(default_factory=ContinuationSettings)
    proofs: ProofSettings = field(default_factory=ProofSettings)
    email: EmailSettings = field(default_factory=EmailSettings)
    telegram: TelegramSettings = field(default_factory=TelegramSettings)
    webhooks: WebhookSettings = field(default_factory=WebhookSettings)
    console: ConsoleSettings = field(default_factory=ConsoleSettings)
    routing: RoutingSettings = field(default_factory=RoutingSettings)
    knowledge: KnowledgeSettings = field(default_factory=KnowledgeSettings)
    relay: RelaySettings = field(default_factory=RelaySettings)
    redis: RedisSettings = field(default_factory=RedisSettings)
    process: ProcessSettings = field(default_factory=ProcessSettings)
    postgres: PostgresSettings = field(default_factory=PostgresSettings)
    upkeep: UpkeepSettings = field(default_factory=UpkeepSettings)
    pruning: PruningSettings = field(default_factory=PruningSettings)

    @property
    def database(self) -> str:
        """An SQLAlchemy URL; SQLite in the folder unless another is set. Raises Invalid."""
        if not self.database_url:
            return f"sqlite:///{self.folder.resolve() / 'parley.db'}"
        return database_address(self.database_url)

    @property
    def alone(self) -> bool:
        """Whether no other process can be serving the same installation: SQLite's is one process."""
        return self.database.startswith("sqlite:///")

    @property
    def served(self) -> Roles:
        """Raises Invalid for what is no role."""
        return roles_of(self.roles, alone=self.alone)

    @property
    def media_folder(self) -> Path:
        """Where attachments are kept unless ``PARLEY_MEDIA_URL`` names another place."""
        return self.folder / "media"

    @property
    def search_folder(self) -> Path:
        """Where the index of articles is kept from one start to the next."""
        return self.folder / "search"

    @property
    def pace(self) -> Pace:
        return Pace(self.body_s, self.body_bytes_per_s)

    @property
    def proxies(self) -> tuple[Network, ...]:
        """Raises ValueError with the word that is no network."""
        return networks(self.trusted_proxies)

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK


def load() -> Settings:
    """From the environment. Raises Invalid with the name of the variable that is wrong."""
    settings = read(Settings, os.environ)
    check(settings)
    if settings.engine.kind not in ENGINES:
        raise Invalid("PARLEY_ENGINE_KIND", f"one of {', '.join(ENGINES)}")
    _ = settings.database
    if settings.redis.url:
        try:
            check_url(settings.redis.url)
        except Invalid as problem:
            raise Invalid("PARLEY_REDIS_URL", problem.expected) from None
    _ = settings.served
    for name, port in (("PARLEY_PORT", settings.port), ("PARLEY_INTERNAL_PORT", settings.internal_port)):
        if not 0 <= port <= _LAST_PORT:
            raise Invalid(name, f"0 to {_LAST_PORT}, not {port}")
    try:
        _ = settings.proxies
    except ValueError as problem:
        raise Invalid("PARLEY_TRUSTED_PROXIES", f"networks such as 10.0.4.0/24, but not {problem}") from None
    _check_inside(settings)
    _check_claims(settings)
    embedding = settings.knowledge.embedding
    for name, model in (("ENGLISH", embedding.english), ("OTHER", embedding.other)):
        if model not in MODELS:
            raise Invalid(f"PARLEY_KNOWLEDGE_EMBEDDING_{name}", f"one of {', '.join(MODELS)}, not {model!r}")
    place_of(settings.media, settings.media_folder)
    if settings.log_level.lower() not in LOG_LEVELS:
        raise Invalid("PARLEY_LOG_LEVEL", ", ".join(LOG_LEVELS))
    try:
        check_handling(settings.routing.handling)
    except Invalid as problem:
        raise Invalid(f"PARLEY_ROUTING_HANDLING_{problem.field.upper()}", problem.expected) from None
    return settings


def _check_claims(settings: Settings) -> None:
    """A process that is stopped may hold up whoever waits for it: not for so long that what goes on becomes anybody's."""
    longest_s = settings.postgres.idle_s + _MARGIN_S
    if not settings.alone and settings.relay.claim_s * SURE < longest_s:
        needed = (
            f"at least {longest_s / SURE:.3g} where PARLEY_POSTGRES_IDLE_S is {settings.postgres.idle_s:g}"
        )
        raise Invalid("PARLEY_RELAY_CLAIM_S", f"{needed}, not {settings.relay.claim_s:g}")


def _check_inside(settings: Settings) -> None:
    """Who else than this machine reaches the internal listener, and whom it trusts."""
    host, rasa = settings.internal_host, settings.rasa
    if not is_private(host):
        raise Invalid("PARLEY_INTERNAL_HOST", f"a private address such as 10.0.0.7, not {host}")
    for url in rasa.urls:
        if not _SERVER.fullmatch(url):
            raise Invalid("PARLEY_RASA_URLS", f"addresses such as http://10.0.0.8:5005, not {url}")
    if len(set(rasa.urls)) != len(rasa.urls):
        raise Invalid("PARLEY_RASA_URLS", "each address once")
    if settings.internal_url is not None and not _SERVER.fullmatch(settings.internal_url):
        raise Invalid(
            "PARLEY_INTERNAL_URL", f"an address such as http://10.0.0.7:9100, not {settings.internal_url}"
        )
    needed = bool(rasa.urls) or host not in LOOPBACK
    if (needed or rasa.secret) and len(rasa.secret) < _SHORTEST_SECRET:
        raise Invalid("PARLEY_RASA_SECRET", f"a secret of at least {_SHORTEST_SECRET} characters")


def is_private(host: str) -> bool:
    """An address that is not reached from the Internet, or all of this machine's."""
    try:
        return host in LOOPBACK or ip_address(host).is_private
    except ValueError:
        return False


def notify_socket() -> str | None:
    """Where the one who started this process wants to hear that it is ready."""
    return os.environ.get("NOTIFY_SOCKET")


def inherited() -> dict[str, str]:
    """What child processes get of the environment: everything but our own settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(f"{PREFIX}_")}
