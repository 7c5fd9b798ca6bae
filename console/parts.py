"""What the console is given: the one argument of every group of handlers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.contract import BotState
from channels.contract import Channels, Decide, Intake, Library
from console.auth.passwords import Passwords
from console.settings import ConsoleSettings
from core.answer import Answer
from core.bus import Bus
from core.clock import Clock
from core.ids import AgentId
from core.limits import RateLimits
from core.store.database import Database
from core.tasks import Supervisor
from core.web import Counter
from routing.settings import RoutingSettings


class Checked(Protocol):
    """One check of the installation, for the status page."""

    @property
    def name(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def detail(self) -> str: ...


class ArticleSearch(Protocol):
    """Finds articles for people who type: the last word may be only begun."""

    async def search(self, q: str, language: str, limit: int) -> Sequence[Answer]:
        """At most ``limit``, the most probable first."""
        ...


@dataclass(frozen=True, slots=True)
class Installation:
    """What the status page says about the process; ``checks`` and ``bot`` are asked each time."""

    version: str
    database: str
    bot: Callable[[], BotState]
    checks: Callable[[], Awaitable[Sequence[Checked]]]


@dataclass(frozen=True, slots=True)
class Parts:
    """``count`` counts refusals by name. ``intake`` is None where no channel keeps what came as it came."""

    db: Database
    bus: Bus
    clock: Clock
    supervisor: Supervisor
    limits: RateLimits
    passwords: Passwords
    settings: ConsoleSettings
    routing: RoutingSettings
    library: Library
    channels: Channels
    decide: Decide
    finder: ArticleSearch
    installation: Installation
    count: Counter
    intake: Intake | None = None


SESSIONS_ENDED = "sessions_ended"
"""A ``StateChanged`` with ``keys``: live sockets of these sessions close."""

BOT = "bot"
"""A ``StateChanged`` of the bot."""


def upload_owner(agent: AgentId) -> str:
    """Files that an agent stored may be sent by this agent only."""
    return f"agent:{agent}"
