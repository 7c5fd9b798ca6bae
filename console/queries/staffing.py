"""How many agents each half hour needs, in the shapes of the wire."""

from collections.abc import Sequence
from math import isfinite

from console.wire import planning as wire
from routing.erlang import Outlook
from routing.staffing import Goal, Half, Work

_DAY_MINUTES = 24 * 60
_HALF_HOUR_MINUTES = 30


def asked_of(ask: wire.StaffingAsk) -> tuple[Work, Goal]:
    """As ``routing.staffing`` has it."""
    work = Work(ask.handle_s, ask.patience_s, ask.at_once)
    return work, Goal(ask.share, ask.target_s, ask.most_occupancy, ask.most_abandoned, ask.shrinkage)


def staffing_of(ask: wire.StaffingAsk, halves: Sequence[Half]) -> wire.Staffing:
    """With the sums over all ``halves``."""
    everybody = sum(each.arrivals for each in halves)
    answered = sum(each.arrivals * each.expected.within for each in halves)
    return wire.Staffing(
        halves=tuple(_half(each, _starts(ask.starts, at)) for at, each in enumerate(halves)),
        agent_hours=sum(each.agents for each in halves) / 2,
        scheduled_hours=sum(each.scheduled for each in halves) / 2,
        peak=max(each.agents for each in halves),
        within=answered / everybody if everybody else 1.0,
    )


def _starts(first: str, half: int) -> str:
    hours, minutes = first.split(":")
    at = (int(hours) * 60 + int(minutes) + half * _HALF_HOUR_MINUTES) % _DAY_MINUTES
    return f"{at // 60:02}:{at % 60:02}"


def _half(half: Half, starts: str) -> wire.StaffedHalf:
    less = None if half.with_one_less is None else _expected(half.with_one_less)
    return wire.StaffedHalf(
        starts, half.arrivals, half.agents, half.scheduled, _expected(half.expected), less
    )


def _expected(what: Outlook) -> wire.Expected:
    mean_wait_s = what.mean_wait_s if isfinite(what.mean_wait_s) else None
    return wire.Expected(what.within, what.waits, mean_wait_s, what.abandoned, what.occupancy)
