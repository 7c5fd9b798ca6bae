"""Who may have a conversation, and how that widens while it waits: required skills, and steps that only ever add agents."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from core.errors import Invalid
from core.ids import AgentId, SkillId
from routing.skill import Proficiency, Requirement, Skills, proficiency

MOST_STEPS = 16
MOST_TERMS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """That skill at ``level`` at least."""

    skill: SkillId
    level: Proficiency


All = tuple[Term, ...]
"""Every one of them; none asks for nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """Whoever meets one of the alternatives, or is named; until ``until_s`` seconds after the conversation came.

    No alternatives at all: only those who are named. ``until_s`` is None in the last step, which stays for ever.
    """

    any_of: tuple[All, ...] = ((),)
    agents: frozenset[AgentId] = frozenset()
    until_s: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """``required`` never drops, whoever is named. At step k those of the steps before may have it too."""

    required: All = ()
    steps: tuple[Step, ...] = (Step(),)


EVERYBODY = Ladder()


def relaxing(requirements: Sequence[Requirement]) -> Ladder:
    """The short form as a ladder: what is never dropped is required, the rest is dropped in the order of its times."""
    required = tuple(Term(each.skill, each.level) for each in requirements if each.drop_after_s is None)
    optional = [(each.drop_after_s, each) for each in requirements if each.drop_after_s is not None]
    times = sorted({at for at, _ in optional if at > 0})
    steps = [
        Step((tuple(Term(term.skill, term.level) for drop, term in optional if drop >= at),), until_s=at)
        for at in times
    ]
    return Ladder(required, (*steps, Step()))


def first_asked(agent: AgentId, seconds: int, ladder: Ladder) -> Ladder:
    """The same with a step before it: for so long only this agent is asked."""
    later = [each for each in ladder.steps if each.until_s is None or each.until_s > seconds]
    return Ladder(ladder.required, (Step((), frozenset({agent}), seconds), *later))


def step_at(ladder: Ladder, waited: timedelta) -> int:
    """The number, from 0, of the step that it has come to."""
    seconds = waited.total_seconds()
    for at, step in enumerate(ladder.steps):
        if step.until_s is None or seconds < step.until_s:
            return at
    return len(ladder.steps) - 1


def allows(ladder: Ladder, step: int, agent: AgentId, skills: Skills) -> bool:
    """Whether the agent may have it at this step."""
    if not meets(skills, ladder.required):
        return False
    return any(
        agent in each.agents or any(meets(skills, terms) for terms in each.any_of)
        for each in ladder.steps[: step + 1]
    )


def meets(skills: Skills, terms: Iterable[Term]) -> bool:
    """Whether every term is met."""
    for each in terms:  # noqa: SIM110
        if skills.get(each.skill, 0) < each.level:
            return False
    return True


def skills_of(ladder: Ladder) -> frozenset[SkillId]:
    """Every skill that it names."""
    optional = [term.skill for step in ladder.steps for terms in step.any_of for term in terms]
    return frozenset([*[term.skill for term in ladder.required], *optional])


def checked(ladder: Ladder, field: str = "ladder", known: Collection[SkillId] | None = None) -> Ladder:
    """The same, if it makes sense; raises Invalid that names the place. ``known``: the skills that there are."""
    if not ladder.steps:
        raise Invalid(f"{field}.steps", "at least one step: the last one stays for ever")
    if len(ladder.steps) > MOST_STEPS:
        raise Invalid(f"{field}.steps", f"at most {MOST_STEPS} steps, not {len(ladder.steps)}")
    _check_terms(ladder.required, f"{field}.required", known)
    for at, step in enumerate(ladder.steps):
        _check_step(step, f"{field}.steps[{at}]", known)
    _check_times(ladder.steps, field)
    for at in range(1, len(ladder.steps)):
        if not _adds(ladder.steps[at], ladder.steps[:at]):
            raise Invalid(
                f"{field}.steps[{at}]",
                "a step that lets more agents have it than those before: this one would shrink the choice or leave it as it is",
            )
    return ladder


def _check_step(step: Step, field: str, known: Collection[SkillId] | None) -> None:
    if not step.any_of and not step.agents:
        raise Invalid(field, "alternatives or named agents, not neither")
    if len(step.any_of) > MOST_TERMS:
        raise Invalid(f"{field}.any_of", f"at most {MOST_TERMS} alternatives, not {len(step.any_of)}")
    for at, terms in enumerate(step.any_of):
        _check_terms(terms, f"{field}.any_of[{at}]", known)


def _check_terms(terms: All, field: str, known: Collection[SkillId] | None) -> None:
    if len(terms) > MOST_TERMS:
        raise Invalid(field, f"at most {MOST_TERMS} skills, not {len(terms)}")
    seen: set[SkillId] = set()
    for at, term in enumerate(terms):
        proficiency(term.level, f"{field}[{at}].level")
        if term.skill in seen:
            raise Invalid(f"{field}[{at}].skill", "each skill at most once")
        if known is not None and term.skill not in known:
            raise Invalid(f"{field}[{at}].skill", f"a skill that there is, not {term.skill!r}")
        seen.add(term.skill)


def _check_times(steps: Sequence[Step], field: str) -> None:
    last = len(steps) - 1
    for at, step in enumerate(steps):
        place = f"{field}.steps[{at}].until_s"
        if at == last and step.until_s is not None:
            raise Invalid(place, "nothing: the last step stays for ever")
        if at < last and (step.until_s is None or step.until_s <= 0):
            raise Invalid(place, "seconds from 1, counted from when the conversation came")
    times = [step.until_s for step in steps[:-1] if step.until_s is not None]
    for at, (one, other) in enumerate(pairwise(times)):
        if other <= one:
            raise Invalid(f"{field}.steps[{at + 1}].until_s", f"more than {one} s, which the step before has")


def _adds(step: Step, before: Sequence[Step]) -> bool:
    """Whether it may let in anybody whom none of the earlier ones does."""
    if step.agents - frozenset[AgentId]().union(*(each.agents for each in before)):
        return True
    earlier = [_levels(terms) for each in before for terms in each.any_of]
    return any(not any(_implies(_levels(terms), old) for old in earlier) for terms in step.any_of)


def _levels(terms: All) -> Mapping[SkillId, int]:
    return {term.skill: term.level for term in terms}


def _implies(narrow: Mapping[SkillId, int], wide: Mapping[SkillId, int]) -> bool:
    return all(narrow.get(skill, 0) >= level for skill, level in wide.items())
