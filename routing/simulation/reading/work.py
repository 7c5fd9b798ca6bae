"""Kinds of work of a scenario from their form in JSON: types, the tiers within each, who may have them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from msgspec import UnsetType

from core.errors import Invalid
from core.ids import AgentId, SkillId
from routing import ladder as ladders
from routing.ladder import Ladder, Term
from routing.simulation.reading import wire
from routing.simulation.reading.chance import law
from routing.simulation.scenario import Kind, Team
from routing.skill import LOWEST, Requirement, proficiency

Needs = Mapping[str, wire.Need]


def kinds(form: wire.Scenario, teams: Sequence[Team], known: Collection[SkillId]) -> tuple[Kind, ...]:
    """Each type, once for each tier, with its promise. Raises Invalid."""
    found: dict[str, Kind] = {}
    for at, each in enumerate(form.types):
        kind = _kind(each, f"types[{at}]", each.name or f"type {at + 1}", teams, known)
        for made in _tiers(kind, form.tiers):
            if made.name in found:
                raise Invalid(f"types[{at}].name", f"a name of its own; {made.name!r} is taken")
            found[made.name] = made
    _check_named(form, tuple(found.values()))
    return tuple(_promised(kind, form) for kind in found.values())


def _tiers(kind: Kind, tiers: Sequence[wire.Tier]) -> list[Kind]:
    whole = sum(tier.share for tier in tiers)
    return [
        replace(
            kind,
            name=f"{kind.name}/{tier.name}",
            rate=kind.rate * tier.share / whole,
            target_s=tier.target if tier.target is not None else kind.target_s,
            worth=tier.weight * kind.worth,
            priority=tier.priority + kind.priority,
        )
        for tier in tiers
    ] or [kind]


def _check_named(form: wire.Scenario, made: Sequence[Kind]) -> None:
    known = tuple(dict.fromkeys(name for kind in made for name in (kind.work, kind.name)))
    for table, names in (("targets", form.targets), ("weights", form.weights)):
        for name in names:
            if name not in known:
                raise Invalid(f"{table}.{name}", f"a type of this scenario ({', '.join(known)})")


def _promised(kind: Kind, form: wire.Scenario) -> Kind:
    for name in (kind.work, kind.name):
        target, worth = form.targets.get(name, kind.target_s), form.weights.get(name, kind.worth)
        kind = replace(kind, target_s=target, worth=worth)
    return kind


def _kind(form: wire.Type, field: str, name: str, teams: Sequence[Team], known: Collection[SkillId]) -> Kind:
    return Kind(
        name=name,
        work=name,
        rate=form.rate,
        handle=law(form.handle, f"{field}.handle"),
        patience=None if form.patience is None else law(form.patience, f"{field}.patience"),
        profile=tuple(form.profile),
        ladder=_ladder(form, field, teams, known),
        queue=form.queue,
        priority=form.priority,
        target_s=form.target,
        worth=form.weight,
        units=form.units,
        channel=form.channel,
        interruptible=form.interruptible,
        estimate_s=form.estimate,
        excluded=frozenset(each for name in form.exclude for each in _named(name, f"{field}.exclude", teams)),
    )


def _ladder(form: wire.Type, field: str, teams: Sequence[Team], known: Collection[SkillId]) -> Ladder:
    needs = _needs(form.skills)
    for skill, need in needs.items():
        proficiency(need.level, f"{field}.skills.{skill}")
        _check_known(skill, known, f"{field}.skills.{skill}")
    if isinstance(form.steps, UnsetType):
        return ladders.relaxing(
            [
                Requirement(SkillId(skill), proficiency(need.level), need.drop_after)
                for skill, need in needs.items()
            ]
        )
    for skill, need in needs.items():
        if need.drop_after is not None:
            raise Invalid(
                f"{field}.skills.{skill}.drop_after", "nothing beside steps, which say what drops when"
            )
    required = tuple(Term(SkillId(skill), proficiency(need.level)) for skill, need in needs.items())
    steps = tuple(_step(step, f"{field}.steps[{at}]", teams, known) for at, step in enumerate(form.steps))
    return ladders.checked(Ladder(required, steps), field)


def _needs(form: Sequence[str] | Mapping[str, int | wire.Need]) -> Needs:
    if not isinstance(form, Mapping):
        return {skill: wire.Need(LOWEST) for skill in form}
    return {skill: need if isinstance(need, wire.Need) else wire.Need(need) for skill, need in form.items()}


def _step(form: wire.Step, field: str, teams: Sequence[Team], known: Collection[SkillId]) -> ladders.Step:
    """Without alternatives: only those who are named, or if nobody is, everybody."""
    if isinstance(form.any_of, UnsetType):
        any_of: tuple[ladders.All, ...] = () if form.agents else ((),)
    else:
        any_of = tuple(
            _terms(levels, f"{field}.any_of[{at}]", known) for at, levels in enumerate(form.any_of)
        )
    agents = frozenset(each for name in form.agents for each in _named(name, f"{field}.agents", teams))
    return ladders.Step(any_of, agents, form.until)


def _terms(levels: Mapping[str, int], field: str, known: Collection[SkillId]) -> ladders.All:
    for skill in levels:
        _check_known(skill, known, f"{field}.{skill}")
    return tuple(
        Term(SkillId(skill), proficiency(level, f"{field}.{skill}")) for skill, level in levels.items()
    )


def _named(name: str, field: str, teams: Sequence[Team]) -> list[AgentId]:
    """A team's name stands for all of its agents, who are numbered."""
    found = [
        agent
        for team in teams
        for agent in (f"{team.name}-{number + 1}" for number in range(team.count))
        if name in {team.name, agent}
    ]
    if not found:
        raise Invalid(field, f"names of agents ({', '.join(team.name for team in teams)}), not {name!r}")
    return [AgentId(each) for each in found]


def _check_known(skill: str, known: Collection[SkillId], field: str) -> None:
    if skill not in known:
        there = f"there are {', '.join(sorted(known))}" if known else "no agent has any"
        raise Invalid(field, f"a skill that there is ({there}), not {skill!r}")


def check_possible(kind: Kind, field: str, teams: Sequence[Team]) -> None:
    """Raises Invalid for work that nobody could ever take."""
    last = len(kind.ladder.steps) - 1
    for team in teams:
        agents = [AgentId(f"{team.name}-{number + 1}") for number in range(team.count)]
        if (
            (team.queues is None or kind.queue in team.queues)
            and (team.channels is None or kind.channel in team.channels)
            and team.capacity >= kind.units
            and any(
                agent not in kind.excluded and ladders.allows(kind.ladder, last, agent, team.skills)
                for agent in agents
            )
        ):
            return
    raise Invalid(field, f"work that somebody can take; nobody could ever take {kind.name!r}")
