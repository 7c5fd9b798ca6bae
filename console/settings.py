"""Every limit of the console, by name; ``app/settings.py`` may give others."""

from dataclasses import dataclass, field

from core.connection import Bounds
from core.limits import Rate
from knowledge.writing.settings import WritingSettings
from routing.attendance import AttendanceSettings
from routing.simulation.reading.size import SizeLimits


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

    One frame may take ``stall_s`` to leave before the reader is let go; the last word is given ``farewell_s``. Who has
    an article open and is not heard of for ``editing_s`` has left it. Who looks at a conversation each process tells
    the others every ``viewing_s``, and they believe it for three times that.
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
    editing_s: float = 50
    viewing_s: float = 15
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
    orders: int = 50
    order_steps: int = 200
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
class SimulationSettings:
    """One at a time, in so many ``workers`` (processes), each with ``memory_bytes`` and all within ``time_limit_s``.

    It has at most so many ``conversations`` over all its runs and ``at_once`` in each, ``agents`` and ``hours``, changes of rates
    and shifts (``steps``), numbers in an empirical time (``values``), and looks at ``events`` of the past, ``events_at_once`` in each step, and ``past_days`` at most.
    It says every ``beat_s`` that it goes on; one that was not heard of for ``quiet_s`` has lost its process. The newest
    ``kept`` stay. ``per_person``: how often one person may begin one.
    """

    workers: int = 1
    memory_bytes: int = 1_073_741_824
    time_limit_s: float = 1800.0
    conversations: int = 2_000_000
    at_once: int = 1_000_000
    agents: int = 2_000
    hours: int = 20_000
    steps: int = 500_000
    values: int = 20_000
    events: int = 200_000
    events_at_once: int = 500
    past_days: int = 28
    policies: int = 6
    seeds: int = 20
    beat_s: float = 5.0
    quiet_s: float = 60.0
    kept: int = 20
    per_person: Rate = field(default_factory=lambda: Rate(burst=5, per_s=1 / 60))

    @property
    def size(self) -> SizeLimits:
        """The same, as those who read scenarios know them."""
        return SizeLimits(
            agents=self.agents,
            policies=self.policies,
            seeds=self.seeds,
            hours=self.hours,
            at_once=self.at_once,
            conversations=self.conversations,
            steps=self.steps,
            values=self.values,
        )


@dataclass(frozen=True, slots=True)
class PlanningSettings:
    """``staffing``: how often one person may have a plan worked out; ``dry_runs``: rules tried on the past.

    Plans are worked out one at a time: one that is asked for meanwhile waits ``staffing_wait_s`` for its turn, and each
    may take ``staffing_s``.
    """

    staffing: Rate = field(default_factory=lambda: Rate(burst=20, per_s=1))
    staffing_wait_s: float = 10.0
    staffing_s: float = 120.0
    dry_runs: Rate = field(default_factory=lambda: Rate(burst=10, per_s=1 / 5))
    simulation: SimulationSettings = field(default_factory=SimulationSettings)


@dataclass(frozen=True, slots=True)
class KnownSettings:
    """What rules are offered to ask about: seen in the ``recent`` conversations, at most so many ``values`` of a
    thing, none of them longer than ``characters``.
    """

    recent: int = 500
    values: int = 20
    characters: int = 60


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """A table of the bot's report has at most so many ``lines``; with fewer than ``enough`` people on either side of a hold-out nothing is said."""

    lines: int = 50
    enough: int = 30


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """``public_url`` starts every link that leaves the console; ``origins`` may use it beside its own host.

    A conversation has at most so many ``participants``, and one of more than ``merged`` messages is not merged.
    ``wrong_keys`` of a shop: so many from one address.
    """

    brand: str = field(default="Parley", metadata={"given": True})
    public_url: str = field(default="", metadata={"given": True})
    origins: tuple[str, ...] = ()
    secure_cookies: bool = False
    text_bytes: int = 16_384
    capacity: int = 4
    participants: int = 50
    merged: int = 1000
    wrong_keys: Rate = field(default_factory=lambda: Rate(burst=20, per_s=1 / 10))
    probe: ProbeSettings = field(default_factory=ProbeSettings)
    planning: PlanningSettings = field(default_factory=PlanningSettings)
    known: KnownSettings = field(default_factory=KnownSettings)
    sign_in: SignInLimits = field(default_factory=SignInLimits)
    sessions: SessionSettings = field(default_factory=SessionSettings)
    live: LiveSettings = field(default_factory=LiveSettings)
    attendance: AttendanceSettings = field(default_factory=AttendanceSettings)
    pages: PageSettings = field(default_factory=PageSettings)
    writing: WritingSettings = field(default_factory=WritingSettings)
    report: ReportSettings = field(default_factory=ReportSettings)
