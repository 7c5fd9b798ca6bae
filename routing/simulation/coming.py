"""Who comes: a day's conversations once they were drawn, or seen; and the world's unit of time."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from routing.simulation.scenario import HOUR_S, Scenario

SECOND = 1_000_000
"""The world counts in microseconds, as dates do."""
NEVER = -1
"""In place of a patience: waits for ever."""
_OVERTIME = 0.02
_OVERTIME_S = 2 * HOUR_S


@dataclass(slots=True)
class Traffic:
    """Side by side, a conversation in each place: arrival and patience in microseconds, work in seconds with an
    average agent, ``luck`` a uniform number that decides how its offers are answered. ``estimates`` are the engine's
    seconds for each kind.
    """

    estimates: tuple[float, ...]
    at: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    patience: list[int] = field(default_factory=list)
    luck: list[float] = field(default_factory=list)

    def add(self, at_s: float, kind: int, work_s: float, patience_s: float | None, luck: float) -> None:
        self.at.append(round(at_s * SECOND))
        self.kind.append(kind)
        self.work.append(work_s)
        known = patience_s is not None and math.isfinite(patience_s)
        self.patience.append(round(patience_s * SECOND) if known and patience_s is not None else NEVER)
        self.luck.append(luck)


def lots(scenario: Scenario, traffic: Traffic) -> list[Iterator[float]]:
    """By kind: the handle times of its type in the order in which agents begin, whoever is then next.

    So rules that do not look at handle times meet the very same departures, and differ by nothing but their order.
    """
    types = [kind.work or kind.name for kind in scenario.kinds]
    drawn: dict[str, list[float]] = {each: [] for each in types}
    for kind, seconds in zip(traffic.kind, traffic.work, strict=True):
        drawn[types[kind]].append(seconds)
    streams = {each: iter(seconds) for each, seconds in drawn.items()}
    return [streams[each] for each in types]


def overtime_s(scenario: Scenario) -> float:
    """How much longer people keep coming after the last who is counted, so that the end is like the middle."""
    return max(_OVERTIME_S, _OVERTIME * scenario.until_s)
