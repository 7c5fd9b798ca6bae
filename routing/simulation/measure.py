"""What a run came to: counts and sums by kind of work and stretch of time, small enough to send between processes."""

import math
from collections import Counter
from dataclasses import dataclass, field

from routing.simulation.coming import SECOND, Traffic
from routing.simulation.desk import Desk
from routing.simulation.scenario import Scenario
from routing.simulation.world import ABANDONED, ANSWERED, PENDING, Outcome

BATCHES = 20
"""So many stretches of time at least, over all seeds, stand for independent observations."""
_FINE = 50.0
"""Waits are counted in steps of 1 / 50 of their natural logarithm: percentiles are right to 1 %."""


@dataclass(slots=True)
class Tally:
    """Of one kind in one stretch: conversations, and seconds.

    ``answered_s``: waits of those who were answered. ``late_s``: waited beyond the target, whether answered or not.
    """

    came: int = 0
    waited: int = 0
    answered: int = 0
    in_target: int = 0
    abandoned: int = 0
    unfinished: int = 0
    wait_s: float = 0.0
    answered_s: float = 0.0
    late_s: float = 0.0
    longest_s: float = 0.0


@dataclass(slots=True)
class Counts:
    """One policy on one seed. ``tallies``: by stretch, then by kind. ``waits``: by kind, how many waited about how long.

    ``matches``: by kind and team, how many were answered. ``busy`` and ``staffed``: by team, seconds in units.
    """

    contender: int
    seed: int
    tallies: list[list[Tally]]
    waits: list[Counter[int]]
    matches: list[list[int]]
    busy: list[float] = field(default_factory=list)
    staffed: list[float] = field(default_factory=list)


def batches_of(scenario: Scenario) -> int:
    """How many stretches each seed is cut into."""
    return math.ceil(BATCHES / len(scenario.seeds))


def bin_of(seconds: float) -> int:
    """Where a wait is counted: 0 for none at all."""
    return max(1, round(math.log(seconds) * _FINE) + 1000) if seconds > 0 else 0


def seconds_of(place: int) -> float:
    """The middle of what is counted there."""
    return math.exp((place - 1000) / _FINE) if place else 0.0


def count(scenario: Scenario, traffic: Traffic, outcome: Outcome, desks: list[Desk]) -> Counts:
    """Takes in everybody who came after the warm-up and before the end; ``contender`` and ``seed`` are the caller's."""
    kinds, cuts = len(scenario.kinds), batches_of(scenario)
    start, until = round(scenario.warm_up_s * SECOND), round(scenario.until_s * SECOND)
    width = max(1, (until - start) / cuts)
    tallies = [[Tally() for _ in range(kinds)] for _ in range(cuts)]
    waits: list[Counter[int]] = [Counter() for _ in range(kinds)]
    matches = [[0] * len(scenario.teams) for _ in range(kinds)]
    targets = [math.inf if kind.target_s is None else kind.target_s for kind in scenario.kinds]
    for serial, at in enumerate(traffic.at):
        if start <= at < until:
            kind = traffic.kind[serial]
            seconds = outcome.wait[serial] / SECOND
            tally = tallies[min(cuts - 1, int((at - start) / width))][kind]
            _add(tally, seconds, outcome.fate[serial], targets[kind])
            waits[kind][bin_of(seconds)] += 1
            if outcome.desk[serial] >= 0:
                matches[kind][desks[outcome.desk[serial]].team] += 1
    return Counts(0, 0, tallies, waits, matches, outcome.busy, outcome.staffed)


def _add(tally: Tally, seconds: float, fate: int, target_s: float) -> None:
    tally.came += 1
    tally.wait_s += seconds
    # Who was turned away at once did not find anybody free: they count among those who had to wait.
    tally.waited += seconds > 0 or fate == ABANDONED
    tally.longest_s = max(tally.longest_s, seconds)
    if seconds > target_s:
        tally.late_s += seconds - target_s
    if fate == ANSWERED:
        tally.answered += 1
        tally.answered_s += seconds
        tally.in_target += seconds <= target_s
    tally.abandoned += fate == ABANDONED
    tally.unfinished += fate == PENDING
