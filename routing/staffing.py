"""How many agents each half hour needs for a promised service level; one skill, by Erlang's formulas.

What several skills need is found by simulation (``routing.simulation``), because no formula covers it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, isfinite, isqrt

from core.errors import Invalid
from routing.erlang import Line, Outlook, outlook

HALF_HOUR_S = 1800
MOST_ARRIVALS = 100_000
MOST_AGENTS = 5_000
MOST_SECONDS = 7 * 86_400.0
HALVES_A_WEEK = 7 * 48
MOST_AT_ONCE = 20
_FEWEST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Work:
    """What comes: ``handle_s`` is the mean time an agent is taken by one, ``patience_s`` the mean time until
    somebody gives up (None: never). An agent has ``at_once`` conversations at a time, as if each place were an agent
    of its own; then ``handle_s`` is the time that one holds its place.
    """

    handle_s: float
    patience_s: float | None = None
    at_once: int = 1


@dataclass(frozen=True, slots=True)
class Goal:
    """Of all who come, ``share`` are answered within ``target_s``; further limits where they are given.

    ``shrinkage`` is the share of paid time in which an agent is not at work (breaks, illness, training).
    """

    share: float = 0.8
    target_s: float = 20.0
    most_occupancy: float | None = None
    most_abandoned: float | None = None
    shrinkage: float = 0.0


@dataclass(frozen=True, slots=True)
class Half:
    """One half hour: ``agents`` at work, ``scheduled`` with the absent, and what to expect.

    ``with_one_less`` says what the last agent is worth; None where there is only one or none.
    """

    arrivals: float
    agents: int
    scheduled: int
    expected: Outlook
    with_one_less: Outlook | None


def plan(arrivals: Sequence[float], work: Work, goal: Goal) -> tuple[Half, ...]:
    """The fewest agents for each half hour, given how many come in it. Raises Invalid with the field.

    Each half hour counts by itself, as if it had gone on like this for ever (what is left over is not carried on).
    """
    check(arrivals, work, goal)
    known: dict[float, Half] = {}
    return tuple(known.get(each) or known.setdefault(each, half_hour(each, work, goal)) for each in arrivals)


def check(arrivals: Sequence[float], work: Work, goal: Goal) -> None:
    """Raises Invalid that names the field and says what was expected."""
    if not 1 <= len(arrivals) <= HALVES_A_WEEK:
        raise Invalid("arrivals", f"1 to {HALVES_A_WEEK} half hours, not {len(arrivals)}")
    for at, each in enumerate(arrivals):
        _within(f"arrivals[{at}]", each, 0, MOST_ARRIVALS)
    _within("handle_s", work.handle_s, _FEWEST_SECONDS, MOST_SECONDS)
    if work.patience_s is not None:
        _within("patience_s", work.patience_s, _FEWEST_SECONDS, MOST_SECONDS)
    _within("at_once", work.at_once, 1, MOST_AT_ONCE)
    _within("target_s", goal.target_s, 0, MOST_SECONDS)
    _between("share", goal.share, 0, 1)
    if goal.most_occupancy is not None:
        _between("most_occupancy", goal.most_occupancy, 0, 1)
    if goal.most_abandoned is not None:
        _between("most_abandoned", goal.most_abandoned, 0, 1)
    if not 0 <= goal.shrinkage < 1:
        raise Invalid("shrinkage", f"from 0 to below 1, not {goal.shrinkage:g}")
    busy = ceil(max(arrivals) / HALF_HOUR_S * work.handle_s)
    if busy > MOST_AGENTS / 2:
        raise Invalid(
            "arrivals", f"work that keeps at most {MOST_AGENTS // 2} conversations going, not {busy}"
        )


def expected(arrivals: float, work: Work, target_s: float, agents: int) -> Outlook:
    """What this many agents would do with a half hour's arrivals."""
    line = Line(arrivals / HALF_HOUR_S, 1 / work.handle_s, work.patience_s)
    return outlook(line, agents * work.at_once, target_s)


def half_hour(arrivals: float, work: Work, goal: Goal) -> Half:
    """One of a plan that was checked; a large one with much patience takes up to a second or two."""
    if not arrivals:
        return Half(arrivals, 0, 0, expected(arrivals, work, goal.target_s, 0), None)
    looked = partial(expected, arrivals, work, goal.target_s)
    near = ceil(arrivals / HALF_HOUR_S * work.handle_s / work.at_once)
    agents = _fewest(lambda number: _is_reached(looked(number), goal), near)
    less = looked(agents - 1) if agents > 1 else None
    return Half(arrivals, agents, ceil(agents / (1 - goal.shrinkage) - 1e-9), looked(agents), less)


def _is_reached(what: Outlook, goal: Goal) -> bool:
    return (
        what.within >= goal.share
        and (goal.most_occupancy is None or what.occupancy <= goal.most_occupancy)
        and (goal.most_abandoned is None or what.abandoned <= goal.most_abandoned)
    )


def _fewest(is_enough: Callable[[int], bool], near: int) -> int:
    """The smallest number from 1 that is enough, given that every larger one is too; looked for around ``near``."""
    low, high, step = 0, max(1, near), max(1, isqrt(near))
    while not is_enough(high):
        if high > MOST_AGENTS:
            raise Invalid("share", f"a goal that {MOST_AGENTS} agents can reach")
        low, high, step = high, high + step, 2 * step
    while low == 0 and high > 1:
        lower = max(1, high - step)
        if is_enough(lower):
            high, step = lower, 2 * step
        else:
            low = lower
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _within(field: str, value: float, least: float, most: float) -> None:
    if not (isfinite(value) and least <= value <= most):
        raise Invalid(field, f"a number from {least:g} to {most:g}, not {value:g}")


def _between(field: str, value: float, least: float, most: float) -> None:
    if not least < value < most:
        raise Invalid(field, f"a share above {least:g} and below {most:g}, such as 0.8, not {value:g}")
