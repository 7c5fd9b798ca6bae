"""What the console is given: the one argument of every group of handlers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.contract import BotState
from bot.improving.contract import Improving
from channels.contract import Channels, Decide, Intake, Library
from console.auth.passwords import Passwords
from console.settings import ConsoleSettings
from core.answer import PUBLIC_READER, Answer, Reader
from core.bus import Bus
from core.clock import Clock
from core.conversation import Conversation
from core.ids import AgentId, ArticleId
from core.limits import RateLimits
from core.order import Customer, Instruction, Order, OrderResult
from core.order_rules import OrderSettings
from core.store.database import Database
from core.store.tx import Tx
from core.tasks import Supervisor, Workers
from core.texts import Texts
from core.web import Counter
from knowledge.index import Finding
from knowledge.settings import KnowledgeSettings
from routing.settings import RoutingSettings


def _as_written(number: str) -> str | None:
    """Any that has something in it."""
    return number.strip() or None


class Checked(Protocol):
    """One check of the installation, for the status page."""

    @property
    def name(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def detail(self) -> str: ...


class ArticleSearch(Protocol):
    """Finds articles: for a question, and for people who type, whose last word may be only begun."""

    async def find(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """As ``search``, for what is written to its end."""
        ...

    async def search(
        self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        """At most ``limit``, the most probable first."""
        ...

    async def look(self, q: str, language: str, limit: int, reader: Reader = PUBLIC_READER) -> Finding:
        """Like ``search``, with what was marked, misspelt or looked for beside."""
        ...


class Shop(Protocol):
    """Somebody else's shop that keeps the orders, for their own proven customers; raises ``core.errors.Unavailable``."""

    async def look_up(self, number: str, customer: Customer) -> Order | None: ...
    async def orders_of(self, customer: Customer, limit: int) -> Sequence[Order]: ...
    async def cancel(self, number: str, customer: Customer, instruction: Instruction) -> OrderResult: ...
    async def change_address(
        self, number: str, customer: Customer, instruction: Instruction, address: str
    ) -> OrderResult: ...
    async def request_return(
        self, number: str, customer: Customer, instruction: Instruction, reason: str
    ) -> OrderResult: ...
    async def request_refund(
        self, number: str, customer: Customer, instruction: Instruction, reason: str, amount: int | None
    ) -> OrderResult: ...


ArticleUrl = Callable[[ArticleId, str], str | None]
"""Where a customer may read an article, in this language if it has it; None where they may not."""


class Errands(Protocol):
    """Sends the bot for something that an agent wants to have."""

    def give(self, tx: Tx, before: Conversation, by: AgentId, kind: str, question: str | None) -> None:
        """The bot has the conversation from now on, and asks; raises Invalid or Conflict where it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Installation:
    """What the status page says about the process; ``checks`` and ``bot`` are asked each time; ``engines``: of bots, by name; ``process``: its name among others."""

    version: str
    database: str
    bot: Callable[[], BotState]
    checks: Callable[[], Awaitable[Sequence[Checked]]]
    engines: tuple[str, ...] = ()
    process: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """``count`` counts refusals by name. ``intake`` is None where no channel keeps what came as it came, ``errands``
    where no bot can be sent.

    ``window_s``: whoever comes again within it was not helped by the bot.
    ``order_number`` gives the form in which an order's number is kept, None: it is none. ``shop`` is None
    where orders are kept here.
    """

    db: Database
    bus: Bus
    clock: Clock
    supervisor: Supervisor
    workers: Workers
    limits: RateLimits
    passwords: Passwords
    settings: ConsoleSettings
    routing: RoutingSettings
    library: Library
    channels: Channels
    decide: Decide
    finder: ArticleSearch
    article_url: ArticleUrl
    texts: Texts
    installation: Installation
    count: Counter
    intake: Intake | None = None
    improving: Improving | None = None
    errands: Errands | None = None
    knowledge: KnowledgeSettings = field(default_factory=KnowledgeSettings)
    window_s: float = 72 * 3600.0
    orders: OrderSettings = field(default_factory=OrderSettings)
    shop: Shop | None = None
    order_number: Callable[[str], str | None] = _as_written


SESSIONS_ENDED = "sessions_ended"
"""A ``StateChanged`` with ``keys``: live sockets of these sessions close."""

BOT = "bot"
"""A ``StateChanged`` of the bot."""


def upload_owner(agent: AgentId) -> str:
    """Files that an agent stored may be sent by this agent only."""
    return f"agent:{agent}"
