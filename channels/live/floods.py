"""How much a visitor, an address and an inbox may do: what is too much is refused with when to try again."""

import ipaddress

from channels.live.settings import LiveSettings
from core.ids import InboxId
from core.limits import Rate, RateLimits, take


class Floods:
    """Each raises TooOften, and has then taken nothing from any of its limits."""

    def __init__(self, limits: RateLimits, settings: LiveSettings) -> None:
        self._limits = limits
        self._settings = settings
        self._frame_rate = settings.frame_rate

    def frame(self, serial: str) -> None:
        """Anything at all over one socket; ``serial`` names it."""
        take(self._limits, (serial, self._frame_rate))

    def hello(self, serial: str) -> None:
        """Each may bring a whole conversation again."""
        take(self._limits, (f"{serial}:hello", self._settings.hello_rate))

    def session(self, address: str, inbox: InboxId) -> None:
        """A new visitor."""
        settings = self._settings
        take(
            self._limits,
            (f"live.sessions.inbox:{inbox}", settings.inbox_session_rate),
            *_of(address, "sessions", settings.session_rate),
        )

    def message(self, visitor: str, address: str, inbox: InboxId) -> None:
        """Something that is stored."""
        settings = self._settings
        take(
            self._limits,
            (f"live.messages:{visitor}", settings.message_rate),
            (f"live.messages.inbox:{inbox}", settings.inbox_message_rate),
            *_of(address, "messages.address", settings.address_message_rate),
        )

    def suggestion(self, address: str, inbox: InboxId) -> None:
        """A search while somebody types."""
        offers = self._settings.offers
        take(
            self._limits,
            (f"live.suggest.inbox:{inbox}", offers.inbox_suggest_rate),
            *_of(address, "suggest", offers.suggest_rate),
        )

    def upload(self, visitor: str, address: str, inbox: InboxId) -> None:
        """A file."""
        settings = self._settings
        take(
            self._limits,
            (f"live.uploads:{visitor}", settings.upload_rate),
            (f"live.uploads.inbox:{inbox}", settings.inbox_upload_rate),
            *_of(address, "uploads.address", settings.address_upload_rate),
        )


def _of(address: str, what: str, rate: Rate) -> tuple[tuple[str, Rate], ...]:
    return () if is_loopback(address) else ((f"live.{what}:{address}", rate),)


def is_loopback(address: str) -> bool:
    """A proxy on this machine, or ourselves: behind it may be everybody, so it is not limited by address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
