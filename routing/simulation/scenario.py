"""What is simulated: kinds of work, agents, the rules to compare, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.ids import AgentId, SkillId
from routing.ladder import EVERYBODY, Ladder
from routing.queue import QueueRouting
from routing.simulation.laws import Law
from routing.skill import Proficiency

DAY_S = 86_400.0
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One stream of conversations.

    ``rate``: arrivals an hour, on average. ``profile``: factors on it for equal parts of the day, none: the same all
    day. ``handle``: how long an average agent needs. ``patience``: how long people wait before they go, None: for ever.
    ``target_s``, ``worth``: the promise, and what it is worth. ``units``: of an agent's capacity.
    ``work``: whose handle times it shares (the type, where several tiers are made of one); its own name where empty.
    ``estimate_s``: what the engine believes that it takes; None: the mean, give or take the scenario's error.
    ``excluded``: agents (a team's name and a number from 1) who must never have it.
    """

    name: str
    rate: float
    handle: Law
    patience: Law | None = None
    profile: tuple[float, ...] = ()
    ladder: Ladder = EVERYBODY
    queue: str = "main"
    priority: int = 0
    target_s: float | None = None
    worth: float = 1.0
    units: int = 1
    channel: str = ""
    interruptible: bool = False
    work: str = ""
    estimate_s: float | None = None
    excluded: frozenset[AgentId] = frozenset()


@dataclass(frozen=True, slots=True)
class Shift:
    """At work between two instants, in seconds from the start; repeated after ``every_s``, None: once."""

    from_s: float
    until_s: float
    every_s: float | None = DAY_S


@dataclass(frozen=True, slots=True)
class Team:
    """Agents who are alike.

    ``speed`` 2 halves the time they need, ``speeds`` the same for single kinds of work. ``queues``: None for all.
    ``delays``: seconds that a conversation of a queue waits before it comes to them. No ``shifts``: always at work.
    """

    name: str
    count: int
    skills: Mapping[SkillId, Proficiency] = field(default_factory=dict)
    speed: float = 1.0
    speeds: Mapping[str, float] = field(default_factory=dict)
    capacity: int = 1
    queues: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    delays: Mapping[str, float] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Burst:
    """For so long, so many times the usual arrivals; of ``kinds`` only, none: of all."""

    from_s: float
    until_s: float
    factor: float
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ringing:
    """How offers are answered.

    ``accept``: how long an agent takes, None: no time at all. ``missed``: the share that nobody answers; such an
    offer runs out after ``offer_s``, and after ``missed_offers`` in a row the agent is away for ``away_s``.
    """

    accept: Law | None = None
    missed: float = 0.0
    offer_s: float = 30.0
    missed_offers: int = 1
    away_s: float = 120.0
    retry_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Contender:
    """One set of rules to be compared; ``queues`` has what single queues do differently."""

    name: str
    routing: QueueRouting = field(default_factory=QueueRouting)
    queues: Mapping[str, QueueRouting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """A conversation of the past: when it came, what it was, how long it took, when who wrote it gave up."""

    at_s: float
    kind: int
    handle_s: float
    patience_s: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """All of it. Where there are ``seen`` ones, they come instead of drawn arrivals.

    ``warm_up_s`` is simulated and not counted. ``slowdown``: so much slower, as a share, is each conversation for
    each other one that its agent holds. ``estimate_error``: the engine's idea of each kind's handle time is off by
    this share, up or down by chance.
    """

    kinds: tuple[Kind, ...]
    teams: tuple[Team, ...]
    contenders: tuple[Contender, ...] = (Contender("index"),)
    seeds: tuple[int, ...] = tuple(range(1, 11))
    hours: float = 100.0
    warm_up_s: float = 5 * HOUR_S
    name: str = ""
    bursts: tuple[Burst, ...] = ()
    ringing: Ringing = Ringing()
    slowdown: float = 0.0
    estimate_error: float = 0.0
    seen: tuple[Seen, ...] = ()

    @property
    def until_s(self) -> float:
        """Whoever comes before this, and after the warm-up, is counted."""
        return self.hours * HOUR_S

    @property
    def queue_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind.queue for kind in self.kinds))


def names(things: Sequence[Kind] | Sequence[Team] | Sequence[Contender]) -> tuple[str, ...]:
    """In their order."""
    return tuple(thing.name for thing in things)
