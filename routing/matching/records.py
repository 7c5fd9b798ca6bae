"""What the engine remembers of conversations and agents, and of those that have something in common."""

from array import array
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from core.ids import AgentId, QueueId, SkillId
from routing.matching.stages import Stage, Way
from routing.plan import Choice, QueuePolicy
from routing.policies.base import Policy
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import Proficiency, Skills

RATE = float(1 << 40)
"""Finishing rates are counted in whole parts of 1 a second, so that sums do not depend on their order."""


ON_TIME, LATE, GUARDED = range(3)
"""Where a conversation stands towards its promise."""


@dataclass(slots=True, eq=False)
class Pool:
    """Queues whose work is compared by one policy; the rest as the policy says, asked once."""

    policy: Policy
    ordered: bool
    turns: bool
    parameters: Mapping[str, float]


@dataclass(slots=True, eq=False)
class Task:
    """A conversation in numbers, times in seconds; made anew when its particulars change, so that it can be kept."""

    item: QueueItem
    arrival: int
    pool: Pool
    choice: Choice
    entered: float
    due: float
    target: float
    guard_at: float
    worth: float
    priority: int
    kind: str
    handle: float

    def phase(self, now: float) -> int:
        if self.guard_at < now:
            return GUARDED
        return LATE if self.due < now and self.pool.turns else ON_TIME


@dataclass(slots=True, eq=False)
class Waiting:
    """A conversation that the engine knows, ``ability`` None while an offer of it is open. Times in seconds.

    ``barred``: who declined it or may not have it. ``again_at``: when those who declined may be asked again.
    ``turn``: its entry among those whose phase changes with time; ``timer``: when time alone puts it elsewhere.
    """

    task: Task
    way: Way
    barred: frozenset[AgentId] = frozenset()
    again_at: float = inf
    ability: "Ability | None" = None
    line: "Line | None" = None
    entry: "Entry | None" = None
    turn: "Turn | None" = None
    timer: float = inf

    @property
    def item(self) -> QueueItem:
        return self.task.item


Entry = tuple[*tuple[float, ...], Waiting, Task]
"""In a line: the place, then when it arrived, which is never the same for two, so that conversations are not compared."""
Turn = tuple[float, int, Waiting]
"""In a heap by time; the number is counted up."""
LineKey = tuple[int, bool, int, Hashable]


@dataclass(slots=True, eq=False)
class Line:
    """Conversations among which only the place counts, in their order; never empty.

    ``at``: which of the fronts of its ability is its first.
    """

    key: LineKey
    weight: int
    interruptible: bool
    phase: int
    at: int
    order: list[Entry] = field(default_factory=list)


def _numbers() -> "array[float]":
    return array("d")


AbilityKey = tuple[QueueId, str, float, Stage]


@dataclass(slots=True, eq=False)
class Ability:
    """What conversations of one queue, channel and stage that waited so long ask for; the teams that can do it.

    ``room``: how much an agent needs to have any of the ``fronts`` as it stands, infinity where that takes a closer look.
    Then ``front`` is the only one, where only the place counts.

    ``fronts``: the first of each of the ``rows``, which are the lines in some order. Where the policy compares by index
    theirs do not exceed the ``ceilings`` until ``holds_until``, while the rate is no less than ``holds_from`` and nobody
    comes who is due before ``counted``.

    ``tier``: the longest of the queue's delays that they have waited. ``open``: teams with somebody free. ``named``:
    agents who are asked by name and are not in one of the teams. ``rate``: how many all of them finish, see ``RATE``;
    left at 0 where no policy asks. ``dues``: when those on time are due, earliest first. ``turning``: whose phase changes
    when, the first of them at ``turns_at``; ``turned`` were left when it was last cleared of those who have gone.
    ``marked``: those that somebody declined.
    """

    key: AbilityKey
    policy: QueuePolicy
    pool: Pool
    room: float = 0.0
    front: Entry | None = None
    holds_until: float = -inf
    rate: int = 0
    holds_from: int = 0
    fronts: list[Entry] = field(default_factory=list)
    ceilings: "array[float]" = field(default_factory=_numbers)
    rows: list[Line] = field(default_factory=list)
    lines: dict[LineKey, Line] = field(default_factory=dict)
    counted: float = -inf
    teams: "dict[Team, None]" = field(default_factory=dict)
    open: "dict[Team, None]" = field(default_factory=dict)
    named: "dict[Agent, None]" = field(default_factory=dict)
    dues: "array[float]" = field(default_factory=_numbers)
    turning: list[Turn] = field(default_factory=list)
    turns_at: float = inf
    turned: int = 0
    marked: dict[Waiting, None] = field(default_factory=dict)

    @property
    def queue(self) -> QueueId:
        return self.key[0]

    @property
    def stage(self) -> Stage:
        return self.key[3]


@dataclass(frozen=True, slots=True)
class Profile:
    """What agents who can do the same have in common."""

    queues: frozenset[QueueId]
    skills: frozenset[tuple[SkillId, Proficiency]]
    channels: frozenset[str] | None
    delays: frozenset[tuple[QueueId, float]]
    speeds: frozenset[tuple[str, float]]


@dataclass(slots=True, eq=False)
class Agent:
    """Somebody who can be offered work, or could; ``load`` and ``version`` as after the offers made so far.

    ``free``: whether there is room for anything at all. ``team`` is None while they are not available. ``listed``: stands
    among the free of the team.
    """

    state: AgentState
    joined: int
    load: int = 0
    yielding: int = 0
    capacity: int = 0
    version: int = 0
    free: bool = False
    rate: int = 0
    team: "Team | None" = None
    listed: "Free | None" = None
    named: dict[Ability, None] = field(default_factory=dict)
    kept_for: tuple[QueueId, ...] = ()

    @property
    def id(self) -> AgentId:
        return self.state.id

    @property
    def idle(self) -> float:
        """Since when, in seconds."""
        return self.state.idle_since.timestamp()

    def has_room(self, weight: int, *, interruptible: bool) -> bool:
        return (self.load if interruptible else self.load - self.yielding) + weight <= self.capacity

    def read(self, state: AgentState) -> None:
        """They are as it says."""
        self.state = state
        self.load, self.yielding, self.capacity = state.load, state.yielding, state.capacity
        self.version = state.version
        self.free = self.load - self.yielding < self.capacity

    def take(self, weight: int, *, interruptible: bool) -> None:
        """Hold so much more, or less where it is negative."""
        self.load += weight
        if interruptible:
            self.yielding += weight
        self.version += 1
        self.free = self.load - self.yielding < self.capacity

    def view(self) -> AgentState:
        """As they are now."""
        if self.state.version != self.version:
            self.state = replace(self.state, load=self.load, yielding=self.yielding, version=self.version)
        return self.state


Free = tuple[float, float, int, Agent]
"""Share of the capacity taken, idle since, joined."""


@dataclass(slots=True, eq=False)
class Team:
    """Agents who are present and can do the same; ``free`` by load, ``idle`` the same by how long they have been idle."""

    profile: Profile
    skills: Skills
    delays: Mapping[QueueId, float]
    speeds: Mapping[str, float]
    agents: dict[Agent, None] = field(default_factory=dict)
    free: list[Free] = field(default_factory=list)
    idle: list[tuple[float, int, Agent]] = field(default_factory=list)
    abilities: dict[Ability, None] = field(default_factory=dict)
