"""How big a scenario may be: refused, with what it would come to, before any of it is written out or drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from core.errors import Invalid
from routing.simulation.coming import overtime_s
from routing.simulation.reading import wire
from routing.simulation.scenario import DAY_S, Kind, Scenario
from routing.simulation.traffic import expected

_LONG = 10**15
"""From here on a number is told with its power of ten."""
_DEEPEST = 20
_HUGE = 1e300
Place = tuple[str, object]
"""Where something stands, as ``types[0].rate``, and what stands there."""


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """``agents`` in all teams, ``kinds`` (types x tiers), ``policies``, ``seeds``, ``hours``.

    ``at_once``: conversations that come in one run, all of which are in memory. ``conversations``: those of all runs.
    ``steps``: changes of rates and shifts in one run, and looks at who could take which kind. ``entries`` of any list or
    table, and phases of an Erlang time; ``values`` of an empirical one. No number but 0 may be beyond ``largest``, or
    below one over it.
    """

    agents: int = 10_000
    kinds: int = 1_000
    policies: int = 100
    seeds: int = 1_000
    hours: int = 1_000_000
    at_once: int = 1_000_000
    conversations: int = 100_000_000
    steps: int = 5_000_000
    entries: int = 2_000
    values: int = 100_000
    largest: int = 1_000_000_000


USUAL = SizeLimits()
"""Where nobody says otherwise."""


def check_form(form: wire.Scenario, limits: SizeLimits) -> None:
    """Before short forms are written out. Raises Invalid with the place, the limit's name and what it would be."""
    for place, value in _everything(msgspec.to_builtins(form)):
        _check_value(place, value, limits)
    agents = form.agents if isinstance(form.agents, int) else sum(each.count for each in form.agents)
    kinds = len(form.types) * max(1, len(form.tiers))
    steps = [step for each in form.types if isinstance(each.steps, list) for step in each.steps]
    _refuse_above("agents", agents, "agents", limits.agents)
    _refuse_above("types" if not form.tiers else "tiers", kinds, "kinds", limits.kinds)
    _refuse_above(
        "seeds", form.seeds if isinstance(form.seeds, int) else len(form.seeds), "seeds", limits.seeds
    )
    _refuse_above(
        "policies", len(form.policies) if isinstance(form.policies, list) else 1, "policies", limits.policies
    )
    _refuse_above("hours", form.hours, "hours", limits.hours)
    looks = agents * (kinds + sum(len(step.agents) for step in steps))
    _refuse_above("agents", looks, "steps", limits.steps, f"; {agents} agents for each of {kinds} kinds")


def check_size(scenario: Scenario, limits: SizeLimits) -> Scenario:
    """Before it runs. Raises Invalid with the field, the limit's name and what it would come to."""
    seeds, policies = len(scenario.seeds), len(scenario.contenders)
    _refuse_above("seeds", seeds, "seeds", limits.seeds)
    _refuse_above("policies", policies, "policies", limits.policies)
    _refuse_above("hours", scenario.hours, "hours", limits.hours)
    _refuse_above("hours", _steps(scenario), "steps", limits.steps, " changes of rates and shifts")
    field = "recorded" if scenario.seen else "hours"
    once = len(scenario.seen) or expected(scenario)
    _refuse_above(field, once, "at_once", limits.at_once, f" conversations in {scenario.hours:g} hours")
    told = f" conversations, {once:.0f} under each of {seeds} seeds and {policies} policies"
    _refuse_above(field, once * seeds * policies, "conversations", limits.conversations, told)
    return scenario


def _steps(scenario: Scenario) -> float:
    """Pieces of time in which rates stay, each looked at beside all bursts, and beginnings of agents' shifts."""
    days = (scenario.until_s + overtime_s(scenario)) / DAY_S
    bursts = len(scenario.bursts)

    def pieces(kind: Kind) -> float:
        return (len(kind.profile) * days + 2 * bursts + 1) * (bursts + 1)

    shifts = sum(team.count * len(team.shifts) for team in scenario.teams)
    return sum(pieces(kind) for kind in scenario.kinds) + shifts * days


def _check_value(place: str, value: object, limits: SizeLimits) -> None:
    if isinstance(value, list | dict):
        if place == "recorded":
            _refuse_above(place, len(value), "at_once", limits.at_once, " conversations")
        elif place == "seeds":
            _refuse_above(place, len(value), "seeds", limits.seeds)
        else:
            name, limit = (
                ("values", limits.values) if place.endswith(".values") else ("entries", limits.entries)
            )
            _refuse_above(place, len(value), name, limit)
    elif isinstance(value, int | float) and not isinstance(value, bool) and not place.startswith("seeds"):
        if place.endswith(".phases"):
            _refuse_above(place, value, "entries", limits.entries, " phases")
        own_limit = place in {"agents", "hours"} or place.endswith(".count")
        if not own_limit and value and not 1 / limits.largest <= abs(value) <= limits.largest:
            raise Invalid(
                place,
                f"0, or a number from {1 / limits.largest:g} to {limits.largest:g} (limit largest), not {_shown(value)}",
            )


def _everything(value: object, place: str = "", depth: int = 0) -> Iterator[Place]:
    """All that stands in it, lists and tables before what they hold."""
    if depth > _DEEPEST:
        raise Invalid(place, f"at most {_DEEPEST} levels of lists and tables in each other")
    yield place, value
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _everything(each, f"{place}.{name}" if place else str(name), depth + 1)
    elif isinstance(value, list | tuple):
        for at, each in enumerate(value):
            yield from _everything(each, f"{place}[{at}]", depth + 1)


def _refuse_above(field: str, value: float, name: str, limit: int, told: str = "") -> None:
    if not value <= limit:
        raise Invalid(field, f"at most {limit} (limit {name}), not {_shown(value)}{told}")


def _shown(value: float) -> str:
    if isinstance(value, int) and value < _LONG:
        return str(value)
    return f"{value:.4g}" if value < _HUGE else f"more than {_HUGE:g}"
