"""Results as plain values, for JSON; docs/simulation.md says what each of them is."""

from collections.abc import Mapping

from routing.simulation.estimate import Figure
from routing.simulation.results import PERCENTILES, Pair, Policy, Results, Row

Plain = dict[str, object]


def plain(results: Results) -> Plain:
    """Waits in seconds, shares from 0 to 1."""
    scenario = results.scenario
    return {
        "scenario": scenario.name,
        "hours": scenario.hours,
        "warm_up": scenario.warm_up_s / 3600,
        "seeds": list(scenario.seeds),
        "policies": [_policy(policy) for policy in results.policies],
        "comparisons": [_pair(pair) for pair in results.pairs],
    }


def _policy(policy: Policy) -> Plain:
    return {
        "policy": policy.name,
        "all": {
            **_row(policy.total),
            "weighted_attainment": _figure(policy.weighted),
            "weighted_late_s": _figure(policy.late),
            "cost": _figure(policy.cost),
        },
        "types": {name: _row(row) for name, row in policy.kinds.items()},
        "agents": {
            name: {"occupancy": team.occupancy, "answered": dict(team.answered)}
            for name, team in policy.teams.items()
        },
    }


def _row(row: Row) -> Plain:
    return {
        "arrived": row.came,
        "wait_s": _figure(row.wait_s),
        "wait_answered_s": _figure(row.answered_wait_s),
        "p_wait": _figure(row.p_wait),
        "attainment": _figure(row.attainment),
        "abandonment": _figure(row.abandoned),
        "late_s": _figure(row.late_s),
        "longest_wait_s": row.longest_s,
        **{
            f"wait_p{share * 100:g}_s": wait for share, wait in zip(PERCENTILES, row.percentiles, strict=True)
        },
        "unfinished": row.unfinished,
    }


def _pair(pair: Pair) -> Plain:
    return {
        "first": pair.first,
        "second": pair.second,
        "wait_s": _figure(pair.wait_s),
        "attainment": _figure(pair.attainment),
        "abandonment": _figure(pair.abandoned),
        "cost": _figure(pair.cost),
        "cost_ratio": None if pair.cost_ratio is None else _figure(pair.cost_ratio),
    }


def _figure(figure: Figure) -> Mapping[str, float | None]:
    return {"value": figure.value, "error": figure.error, "low": figure.low, "high": figure.high}
