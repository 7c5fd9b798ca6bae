"""Who comes when, how long each takes and waits: drawn once for a seed, so that all rules meet the same day."""

import math
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import pairwise
from random import Random

from routing.simulation.coming import Traffic, overtime_s
from routing.simulation.laws import drawing, mean_of
from routing.simulation.scenario import DAY_S, HOUR_S, Burst, Kind, Scenario


def traffic(scenario: Scenario, seed: int) -> Traffic:
    """Each kind has streams of its own for arrivals, work and patience: changing one leaves the others as they were."""
    made = Traffic(_estimates(scenario, seed))
    luck = Random(f"{seed} luck")  # noqa: S311 - chance for a simulation
    if scenario.seen:
        for each in scenario.seen:
            made.add(each.at_s, each.kind, each.handle_s, each.patience_s, luck.random())
        return made
    streams = [_stream(scenario, at, kind, seed) for at, kind in enumerate(scenario.kinds)]
    for at_s, kind, work_s, patience_s in merge(*streams):
        made.add(at_s, kind, work_s, patience_s, luck.random())
    return made


def expected(scenario: Scenario) -> float:
    """How many conversations are drawn in one run, on average."""
    return sum(
        (until - start) * rate for kind in scenario.kinds for start, until, rate in _pieces(scenario, kind)
    )


def _stream(
    scenario: Scenario, number: int, kind: Kind, seed: int
) -> Iterator[tuple[float, int, float, float]]:
    chance = [Random(f"{seed} {kind.name} {what}") for what in ("arrivals", "work", "patience")]  # noqa: S311
    work = drawing(kind.handle, chance[1])
    patience = None if kind.patience is None else drawing(kind.patience, chance[2])
    for at_s in _arrivals(scenario, kind, chance[0]):
        yield at_s, number, work(), math.inf if patience is None else patience()


def _arrivals(scenario: Scenario, kind: Kind, chance: Random) -> Iterator[float]:
    """A Poisson process whose rate changes by steps: unit exponentials, stretched by the rate of the moment."""
    left = -math.log1p(-chance.random())
    for start, end, rate in _pieces(scenario, kind):
        now = start
        while (end - now) * rate >= left:
            now += left / rate
            yield now
            left = -math.log1p(-chance.random())
        left -= (end - now) * rate


def _pieces(scenario: Scenario, kind: Kind) -> Iterator[tuple[float, float, float]]:
    """From, until, and arrivals a second between."""
    end = scenario.until_s + overtime_s(scenario)
    bursts = [each for each in scenario.bursts if not each.kinds or kind.name in each.kinds]
    cuts = {0.0, end, *(edge for each in bursts for edge in (each.from_s, each.until_s) if 0 < edge < end)}
    if kind.profile:
        width = DAY_S / len(kind.profile)
        cuts.update(at * width for at in range(1, math.ceil(end / width)))
    edges = sorted(cuts)
    for start, until in pairwise(edges):
        middle = (start + until) / 2
        yield start, until, kind.rate / HOUR_S * _factor(kind, bursts, middle)


def _factor(kind: Kind, bursts: Sequence[Burst], at_s: float) -> float:
    factor = 1.0
    if kind.profile:
        factor = kind.profile[int(at_s % DAY_S / DAY_S * len(kind.profile))]
    for each in bursts:
        if each.from_s <= at_s < each.until_s:
            factor *= each.factor
    return factor


def _estimates(scenario: Scenario, seed: int) -> tuple[float, ...]:
    """Half of the kinds are thought to take longer than they do, half to be shorter, by lot."""
    chance = Random(f"{seed} estimates")  # noqa: S311
    signs = [1 if at % 2 else -1 for at in range(len(scenario.kinds))]
    chance.shuffle(signs)
    return tuple(
        kind.estimate_s
        if kind.estimate_s is not None
        else max(mean_of(kind.handle), 1.0) * (1 + sign * scenario.estimate_error)
        for kind, sign in zip(scenario.kinds, signs, strict=True)
    )
