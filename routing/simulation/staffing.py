"""The fewest agents of each team that keep every promise of a scenario, found by simulating it again and again.

Every trial meets the same arrivals, so that trials differ by the agents alone. The search grows the busiest of those who
can help until each kind of work is answered in time, then takes away whoever is not needed. What it ends with cannot
spare one agent of any team; another mixture may do with fewer in all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from core.errors import Invalid
from core.ids import AgentId
from routing.ladder import allows
from routing.simulation.estimate import Figure
from routing.simulation.results import Policy, Results
from routing.simulation.scenario import DAY_S, Kind, Scenario, Team

HALF_HOUR_S = 1800.0
MOST_TRIALS = 400
MOST_AGENTS = 2000

Run = Callable[[Scenario], Results]
Told = Callable[[Sequence[int]], None]
"""Is told what is tried next."""


@dataclass(frozen=True, slots=True)
class Found:
    """``counts``: agents of each team, by its name. ``attainment``: by kind, with its interval. ``trials``: how often it was simulated."""

    counts: dict[str, int]
    attainment: dict[str, Figure]
    occupancy: dict[str, float]
    trials: int

    @property
    def agents(self) -> int:
        return sum(self.counts.values())


@dataclass(slots=True)
class Search:
    """``share`` of each kind with a target is to be answered within it."""

    scenario: Scenario
    share: float
    run: Run
    told: Told = lambda counts: None
    known: dict[tuple[int, ...], Policy] = field(default_factory=dict)

    def fewest(self) -> Found:
        """Raises Invalid where nothing is promised, nobody can serve a kind, or no number is enough."""
        kinds = [kind for kind in self.scenario.kinds if kind.target_s is not None and kind.rate > 0]
        if not kinds:
            raise Invalid("types", "at least one with a rate and a target")
        if not 0 < self.share < 1:
            raise Invalid("share", f"a share above 0 and below 1, such as 0.8, not {self.share:g}")
        counts = self._shrunk(self._grown([each.count for each in self.scenario.teams], kinds), kinds)
        found = self._tried(counts)
        names = [team.name for team in self.scenario.teams]
        return Found(
            dict(zip(names, counts, strict=True)),
            {kind.name: found.kinds[kind.name].attainment for kind in kinds},
            {name: team.occupancy for name, team in found.teams.items()},
            len(self.known),
        )

    def _grown(self, counts: list[int], kinds: Sequence[Kind]) -> list[int]:
        while (kind := self._worst(counts, kinds)) is not None:
            able = [at for at, team in enumerate(self.scenario.teams) if can_serve(team, kind)]
            if not able:
                raise Invalid("agents", f"somebody who can serve {kind.name}")
            if sum(counts) > MOST_AGENTS:
                raise Invalid("share", f"what {MOST_AGENTS} agents can reach")
            busy = self._tried(counts).teams
            at = max(able, key=lambda one: (busy[self.scenario.teams[one].name].occupancy, -one))
            counts = _with(counts, at, counts[at] + max(1, ceil(counts[at] / 10)))
        return counts

    def _shrunk(self, counts: list[int], kinds: Sequence[Kind]) -> list[int]:
        """The idlest first, many at a time while that does."""
        step = max(1, max(counts) // 4)
        while step:
            busy = self._tried(counts).teams
            order = sorted(
                range(len(counts)), key=lambda at: (busy[self.scenario.teams[at].name].occupancy, at)
            )
            smaller = (_with(counts, at, counts[at] - step) for at in order if counts[at] >= step)
            fitting = next((each for each in smaller if self._worst(each, kinds) is None), None)
            if fitting is None:
                step //= 2
            else:
                counts = fitting
        return counts

    def _worst(self, counts: Sequence[int], kinds: Sequence[Kind]) -> Kind | None:
        """The kind that misses the share by most; None where all reach it."""
        rows = self._tried(counts).kinds
        missing = [(self.share - rows[kind.name].attainment.value, at) for at, kind in enumerate(kinds)]
        by, at = max(missing, key=lambda pair: (pair[0], -pair[1]))
        return kinds[at] if by > 0 else None

    def _tried(self, counts: Sequence[int]) -> Policy:
        key = tuple(counts)
        found = self.known.get(key)
        if found is None:
            if len(self.known) >= MOST_TRIALS:
                raise Invalid("share", f"what is found within {MOST_TRIALS} simulations")
            self.told(key)
            teams = tuple(
                replace(team, count=count) for team, count in zip(self.scenario.teams, counts, strict=True)
            )
            (found,) = self.run(replace(self.scenario, teams=teams)).policies
            self.known[key] = found
        return found


def can_serve(team: Team, kind: Kind) -> bool:
    """Whether the team may have this kind of work in the end."""
    if team.queues is not None and kind.queue not in team.queues:
        return False
    if team.channels is not None and kind.channel not in team.channels:
        return False
    first, last = AgentId(f"{team.name}-1"), len(kind.ladder.steps) - 1
    if first in kind.excluded or team.capacity < kind.units:
        return False
    return allows(kind.ladder, last, first, dict(team.skills))


def alone(scenario: Scenario) -> Scenario:
    """For a search: one policy (the first), everybody always at work, so that numbers of agents mean something."""
    teams = tuple(replace(team, shifts=()) for team in scenario.teams)
    return replace(scenario, contenders=scenario.contenders[:1], teams=teams)


def half_hour(scenario: Scenario, half: int) -> Scenario:
    """As if the ``half``-th half hour of the day, from 0, went on like this for ever."""

    def rate(kind: Kind) -> float:
        if not kind.profile:
            return kind.rate
        middle = (half + 0.5) * HALF_HOUR_S % DAY_S
        return kind.rate * kind.profile[int(middle / DAY_S * len(kind.profile))]

    kinds = tuple(replace(kind, rate=rate(kind), profile=()) for kind in scenario.kinds)
    return replace(scenario, kinds=kinds, bursts=())


def _with(counts: Sequence[int], at: int, count: int) -> list[int]:
    return [*counts[:at], count, *counts[at + 1 :]]
