"""What the runs of a scenario say: waits, service and cost of each policy with their intervals, and policies side by side."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from routing.simulation.estimate import Figure, difference, quotient, ratio
from routing.simulation.measure import Counts, Tally, seconds_of
from routing.simulation.scenario import Scenario, names

LATE_S = 600.0
"""So many seconds of lateness cost as much as a missed target."""
PERCENTILES = (0.5, 0.9, 0.99)

Part = Callable[[Tally, float], float]
"""Something of a tally, given what its kind is worth."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work, or all, under one policy; waits in seconds, of everybody who came unless said otherwise.

    ``p_wait``: the share not taken in the instant they came. ``attainment``: answered within the target, of all who
    came (without a target: answered at all). ``percentiles``: of the wait, as PERCENTILES. ``unfinished``: still
    waiting at the end.
    """

    came: int
    wait_s: Figure
    answered_wait_s: Figure
    p_wait: Figure
    attainment: Figure
    abandoned: Figure
    late_s: Figure
    longest_s: float
    percentiles: tuple[float, ...]
    unfinished: int


@dataclass(frozen=True, slots=True)
class TeamRow:
    """``occupancy``: the share of their time, in units of capacity, that was taken; ``answered``: by kind, how many."""

    occupancy: float
    answered: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Policy:
    """How one contender did.

    ``weighted``: the attainment weighted by worth; ``cost``: mean worth of what missed its target, and worth times
    lateness over LATE_S, a conversation.
    """

    name: str
    total: Row
    kinds: Mapping[str, Row]
    teams: Mapping[str, TeamRow]
    weighted: Figure
    late: Figure
    cost: Figure


@dataclass(frozen=True, slots=True)
class Pair:
    """``first`` less ``second`` on the same days; ``cost_ratio`` is the first's over the second's."""

    first: str
    second: str
    wait_s: Figure
    attainment: Figure
    abandoned: Figure
    cost: Figure
    cost_ratio: Figure | None


@dataclass(frozen=True, slots=True)
class Results:
    """``counts`` are kept for charts: by contender, one for each seed."""

    scenario: Scenario
    policies: tuple[Policy, ...]
    pairs: tuple[Pair, ...]
    counts: tuple[tuple[Counts, ...], ...]


def results(scenario: Scenario, counts: Sequence[Counts]) -> Results:
    """Of all runs; they may come in any order."""
    grouped = tuple(
        tuple(sorted((each for each in counts if each.contender == number), key=lambda run: run.seed))
        for number in range(len(scenario.contenders))
    )
    policies = tuple(
        _policy(scenario, contender.name, runs)
        for contender, runs in zip(scenario.contenders, grouped, strict=True)
    )
    named = list(zip(names(scenario.contenders), grouped, strict=True))
    pairs = tuple(_pair(scenario, one, other) for one, other in combinations(named, 2))
    return Results(scenario, policies, pairs, grouped)


def sums(scenario: Scenario, runs: Sequence[Counts], part: Part, kind: int | None = None) -> list[float]:
    """By stretch of time, of one kind or of all."""
    chosen = range(len(scenario.kinds)) if kind is None else (kind,)
    worth = [each.worth for each in scenario.kinds]
    return [sum(part(batch[at], worth[at]) for at in chosen) for run in runs for batch in run.tallies]


def cost_of(tally: Tally, worth: float) -> float:
    """See ``Policy.cost``."""
    return worth * (tally.came - tally.in_target) + worth * tally.late_s / LATE_S


def came(tally: Tally, worth: float) -> float:
    return tally.came


def _policy(scenario: Scenario, name: str, runs: Sequence[Counts]) -> Policy:
    def per(above: Part, below: Part) -> Figure:
        return ratio(sums(scenario, runs, above), sums(scenario, runs, below))

    kinds = {kind.name: _row(scenario, runs, at) for at, kind in enumerate(scenario.kinds)}
    return Policy(
        name=name,
        total=_row(scenario, runs, None),
        kinds=kinds,
        teams={team: _team(scenario, runs, at) for at, team in enumerate(names(scenario.teams))},
        weighted=per(lambda tally, worth: worth * tally.in_target, lambda tally, worth: worth * tally.came),
        late=per(lambda tally, worth: worth * tally.late_s, came),
        cost=per(cost_of, came),
    )


def _row(scenario: Scenario, runs: Sequence[Counts], kind: int | None) -> Row:
    def total(name: str) -> list[float]:
        return sums(scenario, runs, lambda tally, worth: float(getattr(tally, name)), kind)

    everybody = total("came")
    chosen = range(len(scenario.kinds)) if kind is None else (kind,)
    tallies = [batch[at] for run in runs for batch in run.tallies for at in chosen]
    waits = sum((run.waits[at] for run in runs for at in chosen), Counter[int]())
    return Row(
        came=round(sum(everybody)),
        wait_s=ratio(total("wait_s"), everybody),
        answered_wait_s=ratio(total("answered_s"), total("answered")),
        p_wait=ratio(total("waited"), everybody),
        attainment=ratio(total("in_target"), everybody),
        abandoned=ratio(total("abandoned"), everybody),
        late_s=ratio(total("late_s"), everybody),
        longest_s=max((each.longest_s for each in tallies), default=0.0),
        percentiles=tuple(percentile(waits, share) for share in PERCENTILES),
        unfinished=round(sum(total("unfinished"))),
    )


def percentile(waits: Counter[int], share: float) -> float:
    """The wait, to 1 %, that so large a share did not exceed."""
    left = share * waits.total()
    for place in sorted(waits):
        left -= waits[place]
        if left <= 0:
            return seconds_of(place)
    return 0.0


def _team(scenario: Scenario, runs: Sequence[Counts], team: int) -> TeamRow:
    busy = sum(run.busy[team] for run in runs)
    staffed = sum(run.staffed[team] for run in runs)
    answered = {
        kind: sum(run.matches[at][team] for run in runs) for at, kind in enumerate(names(scenario.kinds))
    }
    return TeamRow(busy / staffed if staffed else 0.0, answered)


Named = tuple[str, Sequence[Counts]]


def _pair(scenario: Scenario, first: Named, second: Named) -> Pair:
    def by_stretch(runs: Sequence[Counts], part: Part) -> list[float]:
        above, below = sums(scenario, runs, part), sums(scenario, runs, came)
        return [a / b if b else 0.0 for a, b in zip(above, below, strict=True)]

    def apart(part: Part) -> Figure:
        return difference(by_stretch(first[1], part), by_stretch(second[1], part))

    return Pair(
        first[0],
        second[0],
        wait_s=apart(lambda tally, worth: tally.wait_s),
        attainment=apart(lambda tally, worth: tally.in_target),
        abandoned=apart(lambda tally, worth: tally.abandoned),
        cost=apart(cost_of),
        cost_ratio=quotient(
            sums(scenario, first[1], cost_of),
            sums(scenario, second[1], cost_of),
        ),
    )
