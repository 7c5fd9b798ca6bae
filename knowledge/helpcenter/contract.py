"""What the help center asks of others: finding articles, and ways to a person."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from core.answer import Reader
from core.bus import Bus
from core.clock import Clock
from core.limits import RateLimits
from core.store.database import Database
from core.tasks import Workers
from core.texts import Texts
from knowledge.helpcenter.settings import HelpSettings
from knowledge.index.finding import Finding


class Finder(Protocol):
    """``knowledge.search.Search``."""

    async def look(self, q: str, language: str, limit: int, reader: Reader) -> Finding: ...


@dataclass(frozen=True, slots=True)
class Ways:
    """How a person is reached for a brand: ``script`` and ``inbox`` put a chat on the page, ``page`` is one, ``mail`` an address."""

    script: str | None = None
    inbox: str | None = None
    page: str | None = None
    mail: str | None = None

    def __bool__(self) -> bool:
        return any((self.script, self.page, self.mail))


Reach = Callable[[str | None], Awaitable[Ways]]
"""Asked with the brand's id; None where there is no brand."""


Prove = Callable[[str, str | None], Awaitable[bool]]
"""Whether a token is one that the site of this brand (None: of no brand) signed for a reader who is signed in there."""


async def nobody(_brand: str | None) -> Ways:
    """There is no way to a person."""
    return Ways()


async def unproven(_token: str, _brand: str | None) -> bool:
    """Nobody signs for readers."""
    return False


@dataclass(frozen=True, slots=True)
class HelpParts:
    """``name`` is shown where there is no brand, ``address`` is our own public one, ``built`` the folder of styles and script.

    ``secret``: the installation's, for what tells visitors apart without knowing them.
    """

    db: Database
    bus: Bus
    clock: Clock
    limits: RateLimits
    workers: Workers
    texts: Texts
    finder: Finder
    name: str
    address: str
    secret: bytes
    built: Path
    reach: Reach = nobody
    prove: Prove = unproven
    settings: HelpSettings = field(default_factory=HelpSettings)
