"""Runs a scenario: each seed's traffic is drawn once and met by every policy, seeds are shared out among processes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from random import Random

from routing.simulation.desk import desks
from routing.simulation.driver import engine, items
from routing.simulation.measure import Counts, count
from routing.simulation.results import Results, results
from routing.simulation.scenario import Scenario
from routing.simulation.traffic import traffic
from routing.simulation.world import World

Told = Callable[[int, int], None]
"""Is told how many runs are done, and of how many."""


def simulate(scenario: Scenario, processes: int = 1, told: Told = lambda done, of: None) -> Results:
    """Every policy on every seed. The same scenario gives the same results, however many processes there are."""
    size = len(scenario.seeds) * len(scenario.contenders)
    told(0, size)
    found: list[Counts] = []
    for counts in _everything(scenario, processes):
        found.append(counts)
        told(len(found), size)
    return results(scenario, found)


def _everything(scenario: Scenario, processes: int) -> Iterator[Counts]:
    if processes <= 1:
        for seed in scenario.seeds:
            yield from run(scenario, seed)
        return
    # A fresh interpreter each: a fork of a process with threads may stand still for ever.
    with ProcessPoolExecutor(min(processes, len(scenario.seeds)), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_alone, scenario, seed) for seed in scenario.seeds]
        for done in as_completed(waiting):
            yield from done.result()


def run(scenario: Scenario, seed: int) -> Iterator[Counts]:
    """One seed under each policy in turn."""
    drawn = traffic(scenario, seed)
    queued = items(scenario, drawn)
    for number, contender in enumerate(scenario.contenders):
        seats = desks(scenario)
        outcome = World(scenario, drawn, queued, engine(scenario, contender), seats, Random).run()
        yield replace(count(scenario, drawn, outcome, seats), contender=number, seed=seed)


def _alone(scenario: Scenario, seed: int) -> list[Counts]:
    return list(run(scenario, seed))
