"""Erlang's formulas, exact: a group of equal agents, one line, calls at random; B loses, C waits, A loses patience.

The states of the line (k calls there, waiting or served) are summed outwards from the most likely one, relative to
it, so that neither a thousand agents nor an hour of patience overflows. Rates are a second, times in seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, exp, expm1, inf, log

_NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class Line:
    """``arrival`` and ``service`` are rates; ``patience_s`` is the mean time until a caller gives up (None: never)."""

    arrival: float
    service: float
    patience_s: float | None = None

    @property
    def load(self) -> float:
        """Agents kept busy if nobody gave up (erlangs)."""
        return self.arrival / self.service


@dataclass(frozen=True, slots=True)
class Outlook:
    """What callers meet: shares of all who call, the mean wait of all (of those who give up, until then).

    ``within`` is the share answered in the target; who gives up is not answered. ``occupancy`` is the share of the
    agents' time that they are busy. A line that can only grow has ``mean_wait_s`` infinite.
    """

    waits: float
    within: float
    mean_wait_s: float
    abandoned: float
    occupancy: float


def blocked(agents: int, load: float) -> float:
    """Erlang B: the share that finds everybody busy and is lost."""
    share = 1.0
    for each in range(1, agents + 1):
        share = load * share / (each + load * share)
    return share


def outlook(line: Line, agents: int, target_s: float) -> Outlook:
    """Erlang A where callers have a patience, else Erlang C."""
    if line.arrival <= 0:
        return Outlook(0.0, 1.0, 0.0, 0.0, 0.0)
    if line.patience_s is None:
        return _patient(line, agents, target_s)
    return _impatient(line, agents, target_s, 1 / line.patience_s)


def _patient(line: Line, agents: int, target_s: float) -> Outlook:
    spare = agents * line.service - line.arrival
    if spare <= 0:
        return Outlook(1.0, 0.0, inf, 0.0, 1.0)
    lost = blocked(agents, line.load)
    waits = agents * lost / (agents - line.load * (1 - lost))
    return Outlook(waits, 1 - waits * exp(-spare * target_s), waits / spare, 0.0, line.load / agents)


def _impatient(line: Line, agents: int, target_s: float, leaving: float) -> Outlook:
    """``leaving``: the rate at which each who waits gives up."""
    total = waits = queued = late = busy = 0.0
    # Who comes while k wait is served later than the target with a chance of late * the state's with k + 1 waiting.
    fading, start = -leaving * target_s, -expm1(-leaving * target_s) * line.arrival / leaving
    for calls, weight in _states(line, agents, leaving):
        total += weight
        waiting = calls - agents
        busy += min(calls, agents) * weight
        if waiting >= 0:
            waits += weight
            queued += waiting * weight
        if waiting > 0:
            late += exp(start + (agents * line.service / leaving + waiting) * fading + log(weight))
    abandoned = min(1.0, queued * leaving / line.arrival / total)
    unserved = abandoned + late * agents * line.service / line.arrival / total
    occupancy = busy / total / agents if agents else 1.0
    return Outlook(waits / total, max(0.0, 1 - unserved), queued / line.arrival / total, abandoned, occupancy)


def _states(line: Line, agents: int, leaving: float) -> Iterator[tuple[int, float]]:
    """Each state that matters with its probability, relative to that of the most likely one."""

    def ending(calls: int) -> float:
        return min(calls, agents) * line.service + max(0, calls - agents) * leaving

    surplus = line.arrival - agents * line.service
    likely = agents + ceil(surplus / leaving) if surplus > 0 else int(line.load)
    yield likely, 1.0
    weight, calls = 1.0, likely
    while calls > 0 and weight > _NEGLIGIBLE * _NEGLIGIBLE:
        weight *= ending(calls) / line.arrival
        calls -= 1
        yield calls, weight
    weight, calls = 1.0, likely
    while weight > _NEGLIGIBLE * max(1e-3, 1 - line.arrival / ending(calls + 1)):
        calls += 1
        weight *= line.arrival / ending(calls)
        yield calls, weight
