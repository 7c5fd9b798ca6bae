"""Exact results for queues that a simulation must reproduce, computed from their formulas, by nobody's code but this."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from math import prod


def erlang_b(agents: int, load: float) -> float:
    """The share that finds all busy, whatever the law of service; ``load`` in Erlang."""
    blocked = 1.0
    for each in range(1, agents + 1):
        blocked = load * blocked / (each + load * blocked)
    return blocked


def erlang_c(agents: int, load: float) -> float:
    """The share that has to wait, in M/M/c."""
    blocked = erlang_b(agents, load)
    return blocked / (1 - load / agents * (1 - blocked))


def wait_mmc(agents: int, rate: float, handle: float) -> float:
    """Mean wait in M/M/c; ``rate`` a second."""
    return erlang_c(agents, rate * handle) * handle / (agents - rate * handle)


def waits_by_priority(agents: int, rates: Sequence[float], handle: float) -> list[float]:
    """Mean waits in M/M/c without preemption, the first class the highest, one mean for all (Cobham 1954)."""
    start = erlang_c(agents, sum(rates) * handle) * handle / agents
    loads = [0.0] + [sum(rates[: at + 1]) * handle / agents for at in range(len(rates))]
    return [start / ((1 - before) * (1 - upto)) for before, upto in pairwise(loads)]


def waits_mg1_by_priority(
    rates: Sequence[float], means: Sequence[float], cvs: Sequence[float]
) -> list[float]:
    """Mean waits in M/G/1 without preemption, each class with its own service (Cobham 1954)."""
    triples = list(zip(rates, means, cvs, strict=True))
    residual = sum(rate * mean * mean * (1 + cv * cv) for rate, mean, cv in triples) / 2
    loads = [0.0]
    for rate, mean, _ in triples:
        loads.append(loads[-1] + rate * mean)
    return [residual / ((1 - before) * (1 - upto)) for before, upto in pairwise(loads)]


@dataclass(frozen=True, slots=True)
class Impatient:
    """Erlang A."""

    p_wait: float
    abandoned: float
    wait: float


def erlang_a(agents: int, rate: float, handle: float, patience: float, most: int = 4000) -> Impatient:
    """By the birth and death process itself, cut off at ``most`` in the system; waits are those of all who come."""
    weights = [1.0]
    for there in range(1, most):
        leaving = min(there, agents) / handle + max(0, there - agents) / patience
        weights.append(weights[-1] * rate / leaving)
        if weights[-1] < 1e-18 * max(weights):
            break
    whole = sum(weights)
    waiting = sum(max(0, there - agents) * each for there, each in enumerate(weights)) / whole
    wait = waiting / rate
    return Impatient(sum(weights[agents:]) / whole, wait / patience, wait)


@dataclass(frozen=True, slots=True)
class Matched:
    """By type: the share that has to wait, and the mean wait."""

    p_wait: Mapping[str, float]
    wait: Mapping[str, float]


def fcfs_alis(
    rates: Mapping[str, float], speeds: Sequence[float], able: Sequence[Collection[str]]
) -> Matched:
    """First come first served, longest idle server, overlapping skills: the product form of Adan and Weiss (2014).

    ``speeds``: completions a second of each server whatever the type; ``able``: the types that it can serve.
    Each order of all servers, busy ones by the arrival of whom they serve, then idle ones by falling freshness, and
    between the busy ones those who can only be served by the busy ones before them.
    """
    servers = range(len(speeds))
    p_wait, waiting, whole = dict.fromkeys(rates, 0.0), dict.fromkeys(rates, 0.0), 0.0
    for order in permutations(servers):
        for busy in range(len(speeds) + 1):
            weight, expected = 1.0, dict.fromkeys(rates, 0.0)
            for at in range(1, busy + 1):
                only = [each for each in rates if not any(each in able[s] for s in order[at:])]
                inflow, outflow = sum(rates[each] for each in only), sum(speeds[s] for s in order[:at])
                weight /= outflow - inflow
                for each in only:
                    expected[each] += rates[each] / (outflow - inflow)
            for at in range(busy, len(speeds)):
                weight /= sum(rates[each] for each in rates if any(each in able[s] for s in order[at:]))
            whole += weight
            for each in rates:
                waiting[each] += weight * expected[each]
                p_wait[each] += weight * (not any(each in able[s] for s in order[busy:]))
    return Matched(
        {each: share / whole for each, share in p_wait.items()},
        {each: number / whole / rates[each] for each, number in waiting.items()},
    )


def loss_alis(
    rates: Mapping[str, float], speeds: Sequence[float], able: Sequence[Collection[str]]
) -> Mapping[str, float]:
    """The share of each type that is lost where nobody waits and the longest idle server goes first."""
    servers = range(len(speeds))
    lost, whole = dict.fromkeys(rates, 0.0), 0.0
    for size in range(len(speeds) + 1):
        for idle in combinations(servers, size):
            working = prod(1 / speeds[each] for each in servers if each not in idle)
            for order in permutations(idle):
                weight = working
                for at in range(len(order)):
                    weight /= sum(rates[e] for e in rates if any(e in able[s] for s in order[: at + 1]))
                whole += weight
                for each in rates:
                    lost[each] += weight * (not any(each in able[s] for s in idle))
    return {each: share / whole for each, share in lost.items()}
