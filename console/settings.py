"""Every limit of the console, by name; ``app/settings.py`` may give others."""

from dataclasses import dataclass, field

from core.connection import Bounds
from core.limits import Rate


@dataclass(frozen=True, slots=True)
class SignInLimits:
    """Wrong passwords: so many at once for one account from one address, for one account from anywhere, and for one
    address whatever the account; then one in so many seconds. The second is never used up from fewer than ten
    addresses.
    """

    per_account_and_address: Rate = field(default_factory=lambda: Rate(burst=5, per_s=1 / 60))
    per_account: Rate = field(default_factory=lambda: Rate(burst=50, per_s=1 / 10))
    per_address: Rate = field(default_factory=lambda: Rate(burst=30, per_s=1 / 10))


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """Seconds. A session ends ``idle_s`` after its last use and ``absolute_s`` after its start."""

    idle_s: float = 12 * 3600
    absolute_s: float = 14 * 86_400
    touch_s: float = 60
    invitation_s: float = 3 * 86_400
    reset_s: float = 24 * 3600


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """``queued`` frames may wait for a slow reader, beside what it missed; a socket follows at most ``topics`` conversations.

    One frame may take ``stall_s`` to leave before the reader is let go; the last word is given ``farewell_s``.
    """

    queued: int = 256
    stall_s: float = 30
    topics: int = 32
    frame_bytes: int = 16_384
    heartbeat_s: float = 20
    check_s: float = 15
    farewell_s: float = 2
    lists_every_s: float = 0.2
    replay: int = 500
    changed_at_once: int = 200
    frames: Rate = field(default_factory=lambda: Rate(burst=100, per_s=20))

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.queued, self.stall_s, self.farewell_s)


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How much one answer holds."""

    conversations: int = 50
    messages: int = 500
    events: int = 500
    earlier: int = 20
    contacts: int = 25
    suggestions: int = 5
    merges: int = 50
    articles: int = 200
    found: int = 5
    revisions: int = 100
    dead: int = 100
    links: int = 50
    rearrangements: int = 20
    ratings: int = 10
    versions: int = 100
    mails: int = 50
    mail_bytes: int = 65_536
    mail_headers: int = 200
    search_characters: int = 200


@dataclass(frozen=True, slots=True)
class ProbeSettings:
    """Trying an inbox's configuration: how long at most, and how often one person may."""

    time_limit_s: float = 60
    per_person: Rate = field(default_factory=lambda: Rate(burst=10, per_s=1 / 10))


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """``public_url`` starts every link that leaves the console; ``origins`` may use it beside its own host.

    A conversation has at most so many ``participants``, and one of more than ``merged`` messages is not merged.
    """

    brand: str = field(default="Parley", metadata={"given": True})
    public_url: str = field(default="", metadata={"given": True})
    origins: tuple[str, ...] = ()
    secure_cookies: bool = False
    text_bytes: int = 16_384
    capacity: int = 4
    participants: int = 50
    merged: int = 1000
    probe: ProbeSettings = field(default_factory=ProbeSettings)
    sign_in: SignInLimits = field(default_factory=SignInLimits)
    sessions: SessionSettings = field(default_factory=SessionSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    pages: PageSettings = field(default_factory=PageSettings)
