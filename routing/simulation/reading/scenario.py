"""A scenario from JSON: long and short forms into one, and whatever makes no sense refused with its place."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from msgspec import UnsetType

from core.errors import Invalid
from core.ids import SkillId
from routing.plan import queue_policy, usual_routing
from routing.queue import QueueRouting
from routing.settings import RoutingSettings
from routing.simulation.reading import people, wire, work
from routing.simulation.reading.chance import law
from routing.simulation.reading.mistakes import explained
from routing.simulation.reading.size import USUAL, SizeLimits, check_form
from routing.simulation.scenario import HOUR_S, Burst, Contender, Kind, Ringing, Scenario, Seen, Team

WARM_UP = 0.1
"""Of the hours, where nothing else is said."""


def read(text: bytes, limits: SizeLimits = USUAL) -> Scenario:
    """Raises Invalid with the place, as in ``types[0].rate``, and what was expected there."""
    # As a whole first, because an error of form is told before the end of the text was seen.
    raw = _json(text)
    try:
        form = wire.decode(text)
    except msgspec.ValidationError as error:
        raise explained(error, raw) from error
    check_form(form, limits)
    return to_scenario(form)


def _json(text: bytes) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid("the scenario", f"JSON ({error})") from error
    except RecursionError:
        raise Invalid("the scenario", "JSON that is not nested so deeply") from None


def to_scenario(form: wire.Scenario) -> Scenario:
    """Raises Invalid."""
    teams = people.teams(form.agents)
    kinds = work.kinds(form, teams, _known_skills(form, teams))
    for at, team in enumerate(teams):
        people.checked(team, kinds, f"agents[{at}]")
    for kind in kinds:
        at = [each.name or f"type {number + 1}" for number, each in enumerate(form.types)].index(kind.work)
        work.check_possible(kind, f"types[{at}]", teams)
    if not form.recorded and not any(kind.rate for kind in kinds):
        raise Invalid("types", "at least one with a rate above 0")
    return Scenario(
        kinds=kinds,
        teams=teams,
        contenders=_contenders(form, kinds),
        seeds=_seeds(form),
        hours=form.hours,
        warm_up_s=_warm_up(form) * HOUR_S,
        name=form.name,
        bursts=tuple(_burst(each, kinds, f"bursts[{at}]") for at, each in enumerate(form.bursts)),
        ringing=_ringing(form.ringing),
        slowdown=form.slowdown,
        estimate_error=form.estimate_error,
        seen=_seen(form, kinds),
    )


def _known_skills(form: wire.Scenario, teams: Sequence[Team]) -> Collection[SkillId]:
    """Those declared; where none are, those that some agent has."""
    if isinstance(form.skills, UnsetType):
        return {skill for team in teams for skill in team.skills}
    known = [SkillId(skill) for skill in form.skills]
    for at, team in enumerate(teams):
        for skill in team.skills:
            if skill not in known:
                raise Invalid(
                    f"agents[{at}].skills.{skill}", f"a skill that was declared ({', '.join(known)})"
                )
    return known


def _seeds(form: wire.Scenario) -> tuple[int, ...]:
    """A number: so many. A past is the same under each seed but for how offers are answered."""
    seeds = tuple(range(1, form.seeds + 1)) if isinstance(form.seeds, int) else tuple(form.seeds)
    if len(set(seeds)) < len(seeds):
        raise Invalid("seeds", "each seed once")
    return seeds


def _warm_up(form: wire.Scenario) -> float:
    if isinstance(form.warm_up, UnsetType):
        return 0.0 if form.recorded else WARM_UP * form.hours
    if form.warm_up >= form.hours:
        raise Invalid("warm_up", f"fewer hours than are simulated, {form.hours:g}, not {form.warm_up:g}")
    return form.warm_up


def _contenders(form: wire.Scenario, kinds: Sequence[Kind]) -> tuple[Contender, ...]:
    if not isinstance(form.policy, UnsetType) and not isinstance(form.policies, UnsetType):
        raise Invalid("policies", "either policy or policies, not both")
    given = [] if isinstance(form.policy, UnsetType) else [("policy", form.policy)]
    if not isinstance(form.policies, UnsetType):
        given = [(f"policies[{at}]", each) for at, each in enumerate(form.policies)]
    if not given:
        given = [("policy", "index")] if isinstance(form.policies, UnsetType) else []
    if not given:
        raise Invalid("policies", "at least one")
    made: dict[str, Contender] = {}
    for field, each in given:
        contender = _contender(each, field, kinds)
        if contender.name in made:
            raise Invalid(f"{field}.name", f"a name of its own; {contender.name!r} is taken")
        made[contender.name] = contender
    return tuple(made.values())


def _contender(form: str | wire.Rules, field: str, kinds: Sequence[Kind]) -> Contender:
    if isinstance(form, str):
        return Contender(form, _named(form, field))
    queues = dict.fromkeys(kind.queue for kind in kinds)
    single: dict[str, QueueRouting] = {}
    for queue, each in form.queues.items():
        place = f"{field}.queues.{queue}"
        if queue not in queues:
            raise Invalid(place, f"a queue of the types ({', '.join(queues)})")
        single[queue] = _named(each, place) if isinstance(each, str) else _routing(each, place)
    return Contender(form.name or form.policy, _routing(form, field), single)


def _named(policy: str, field: str) -> QueueRouting:
    """The short form, in which the name stands alone."""
    try:
        return _routing(wire.Rules(policy), field)
    except Invalid as error:
        raise Invalid(field, error.expected) from error


def _routing(form: wire.Rules, field: str) -> QueueRouting:
    usual = usual_routing(form.policy)
    choice = usual.choice if isinstance(form.choice, UnsetType) else form.choice
    guard = usual.guard if isinstance(form.guard, UnsetType) else form.guard
    routing = QueueRouting(
        policy=form.policy, parameters=form.parameters, choice=choice, guard=guard, reserve=form.reserve
    )
    queue_policy(routing, RoutingSettings(), field)
    return routing


def _burst(form: wire.Burst, kinds: Sequence[Kind], field: str) -> Burst:
    if form.until <= form.from_:
        raise Invalid(f"{field}.until", f"more than {form.from_:g} hours, when it begins, not {form.until:g}")
    known = {name for kind in kinds for name in (kind.name, kind.work)}
    for name in form.types:
        if name not in known:
            raise Invalid(
                f"{field}.types", f"types of this scenario ({', '.join(sorted(known))}), not {name!r}"
            )
    chosen = frozenset(kind.name for kind in kinds if {kind.name, kind.work} & set(form.types))
    return Burst(form.from_ * HOUR_S, form.until * HOUR_S, form.factor, chosen)


def _ringing(form: wire.Ringing) -> Ringing:
    return Ringing(
        accept=None if form.accept is None else law(form.accept, "ringing.accept"),
        missed=form.missed,
        offer_s=form.offer,
        missed_offers=form.missed_offers,
        away_s=form.away,
        retry_s=form.retry,
    )


def _seen(form: wire.Scenario, kinds: Sequence[Kind]) -> tuple[Seen, ...]:
    numbers = {kind.name: number for number, kind in enumerate(kinds)}
    found = []
    for at, (at_s, name, handle_s, patience_s) in enumerate(form.recorded):
        if name not in numbers:
            raise Invalid(
                f"recorded[{at}][1]", f"a type of this scenario ({', '.join(numbers)}), not {name!r}"
            )
        found.append(Seen(at_s, numbers[name], handle_s, patience_s))
    return tuple(sorted(found, key=lambda each: each.at_s))
