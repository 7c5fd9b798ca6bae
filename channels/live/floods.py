"""How much a visitor, an address and an inbox may do: what is too much is refused with when to try again."""

from channels.live.settings import LiveSettings
from core.clock import Clock
from core.ids import InboxId
from core.limits import Buckets, Rate, RateLimits, of_address, refused, take
from core.network import is_here


class Floods:
    """Each raises TooOften, and has then taken nothing from any of its limits."""

    def __init__(self, limits: RateLimits, settings: LiveSettings) -> None:
        self._limits = limits
        self._settings = settings

    async def request(self, session: str) -> None:
        """Anything at all over HTTP by one session, which any process may be asked."""
        await take(self._limits, (f"live.http:{session}", self._settings.frame_rate))

    async def session(self, address: str, inbox: InboxId) -> None:
        """A new visitor."""
        settings = self._settings
        await take(
            self._limits,
            (f"live.sessions.inbox:{inbox}", settings.inbox_session_rate),
            *_of(address, "sessions", settings.session_rate),
        )

    async def message(self, visitor: str, address: str, inbox: InboxId) -> None:
        """Something that is stored."""
        settings = self._settings
        await take(
            self._limits,
            (f"live.messages:{visitor}", settings.message_rate),
            (f"live.messages.inbox:{inbox}", settings.inbox_message_rate),
            *_of(address, "messages.address", settings.address_message_rate),
        )

    async def suggestion(self, address: str, inbox: InboxId) -> None:
        """A search while somebody types."""
        offers = self._settings.offers
        await take(
            self._limits,
            (f"live.suggest.inbox:{inbox}", offers.inbox_suggest_rate),
            *_of(address, "suggest", offers.suggest_rate),
        )

    async def upload(self, visitor: str, address: str, inbox: InboxId) -> None:
        """A file."""
        settings = self._settings
        await take(
            self._limits,
            (f"live.uploads:{visitor}", settings.upload_rate),
            (f"live.uploads.inbox:{inbox}", settings.inbox_upload_rate),
            *_of(address, "uploads.address", settings.address_upload_rate),
        )


class SocketFloods:
    """What comes over one socket: its process alone hears it, so nobody else has to be asked."""

    def __init__(self, clock: Clock, settings: LiveSettings) -> None:
        self._buckets = Buckets(clock)
        self._settings = settings
        self._frame_rate = settings.frame_rate

    def frame(self, serial: str) -> None:
        """Anything at all; ``serial`` names the socket. Raises TooOften."""
        refused(self._buckets.take((serial, self._frame_rate)))

    def hello(self, serial: str) -> None:
        """Each may bring a whole conversation again. Raises TooOften."""
        refused(self._buckets.take((f"{serial}:hello", self._settings.hello_rate)))


def _of(address: str, what: str, rate: Rate) -> tuple[tuple[str, Rate], ...]:
    return () if is_here(address) else of_address(f"live.{what}", address, rate)
