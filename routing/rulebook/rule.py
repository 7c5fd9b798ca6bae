"""A rule, what it gives, and what several rules together gave one conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import Invalid
from core.ids import AgentId, QueueId, RuleId, SLAPolicyId
from routing.ladder import Ladder
from routing.rulebook.conditions import Group
from routing.skill import Requirement

MOST_PRIORITY = 100
MOST_EXCLUDED = 100


@dataclass(frozen=True, slots=True)
class Gives:
    """None leaves it to later rules, or to the queue. ``priority``, ``skills`` and ``exclude`` add up.

    ``skills`` stand beside what the queue asks for, ``ladder`` in the place of both. ``exclude``: who must never have it.
    ``person``: the bot passes it on as soon as the conditions hold.
    """

    queue: QueueId | None = None
    priority: int = 0
    skills: tuple[Requirement, ...] = ()
    ladder: Ladder | None = None
    sla_policy: SLAPolicyId | None = None
    work: str | None = None
    exclude: tuple[AgentId, ...] = ()
    person: bool = False


NOTHING = Gives()


@dataclass(frozen=True, slots=True)
class Rule:
    """``go_on``: what it gives is added, and the rules after it are asked too."""

    id: RuleId
    name: str
    when: Group
    gives: Gives
    go_on: bool = False
    enabled: bool = True
    version: int = 1


def together(gifts: Sequence[Gives]) -> Gives:
    """What they give, the first first: of queue, ladder, policy and work the first, of skills and agents all, of priority the sum."""
    result = NOTHING
    for each in gifts:
        result = Gives(
            queue=result.queue or each.queue,
            priority=min(MOST_PRIORITY, result.priority + each.priority),
            skills=_both(result.skills, each.skills),
            ladder=result.ladder or each.ladder,
            sla_policy=result.sla_policy or each.sla_policy,
            work=result.work or each.work,
            exclude=tuple(dict.fromkeys((*result.exclude, *each.exclude))),
            person=result.person or each.person,
        )
    return result


def check_gives(gives: Gives, field: str = "gives") -> None:
    """Raises Invalid where it gives nothing, or what cannot go together."""
    if gives == NOTHING:
        raise Invalid(
            field,
            "a queue, priority, skills, a ladder, an SLA policy, a kind of work, agents to exclude or a person",
        )
    if not 0 <= gives.priority <= MOST_PRIORITY:
        raise Invalid(f"{field}.priority", f"a number from 0 to {MOST_PRIORITY}, not {gives.priority}")
    if gives.ladder is not None and gives.skills:
        raise Invalid(f"{field}.skills", "none beside a ladder, which stands in their place")
    _check_exclude(gives.exclude, f"{field}.exclude")


def _check_exclude(agents: Sequence[AgentId], field: str) -> None:
    if len(agents) > MOST_EXCLUDED:
        raise Invalid(field, f"at most {MOST_EXCLUDED} agents, not {len(agents)}")
    for at, each in enumerate(agents):
        if each in agents[:at]:
            raise Invalid(f"{field}[{at}]", f"each agent at most once, and {each} stands before")


def _both(ones: Sequence[Requirement], others: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Each skill once: at the higher level, and for the longer time."""
    found = {each.skill: each for each in ones}
    for each in others:
        known = found.get(each.skill)
        found[each.skill] = each if known is None else _stricter(known, each)
    return tuple(found.values())


def _stricter(one: Requirement, other: Requirement) -> Requirement:
    drops = [each.drop_after_s for each in (one, other)]
    longest = None if None in drops else max(each for each in drops if each is not None)
    return replace(one, level=max(one.level, other.level), drop_after_s=longest)
