"""What a queue asks for and what rules add to it, as one ladder."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from core.errors import Invalid
from core.ids import AgentId, SkillId
from routing.ladder import All, Ladder, Step, Term, checked, relaxing
from routing.skill import Proficiency, Requirement


def joined(ladder: Ladder, skills: Sequence[Requirement]) -> Ladder:
    """At each instant whoever the ladder lets have it and who has those of the skills that still count.

    Agents who are named need the required skills only, as ever. What would become too long to be a ladder asks for
    the required skills alone.
    """
    if not skills:
        return ladder
    return beside(ladder, relaxing(skills))


def beside(ladder: Ladder, other: Ladder) -> Ladder:
    """The same of two ladders, of which the second names nobody."""
    required = _terms((*ladder.required, *other.required))
    times = sorted({step.until_s for each in (ladder, other) for step in each.steps if step.until_s})
    steps: list[Step] = []
    for until_s in [*times, None]:
        one, two = _so_far(ladder, until_s), _so_far(other, until_s)
        any_of = _widest(_terms((*a, *b)) for a, b in product(one.any_of, two.any_of))
        steps.append(Step(any_of, one.agents, until_s))
    try:
        return checked(Ladder(required, _that_add(steps)))
    except Invalid:
        return Ladder(required, ladder.steps)


def _so_far(ladder: Ladder, until_s: int | None) -> Step:
    """Everybody whom the steps let have it that have begun before this one ends."""
    began = 0
    any_of: list[All] = []
    agents = frozenset[AgentId]()
    for step in ladder.steps:
        if until_s is not None and began >= until_s:
            break
        any_of += step.any_of
        agents |= step.agents
        began = step.until_s or began
    return Step(_widest(_terms(each) for each in any_of), agents)


def _that_add(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Without those that let nobody more have it than the one before; that one lasts as long instead."""
    kept: list[Step] = []
    for each in steps:
        if kept and (set(kept[-1].any_of), kept[-1].agents) == (set(each.any_of), each.agents):
            kept[-1] = Step(each.any_of, each.agents, each.until_s)
        else:
            kept.append(each)
    return tuple(kept)


def _widest(alternatives: Iterable[All]) -> tuple[All, ...]:
    """Without those that ask for more than another one does."""
    found = list(dict.fromkeys(alternatives))
    return tuple(
        each for each in found if not any(other != each and _asks_more(each, other) for other in found)
    )


def _asks_more(one: All, other: All) -> bool:
    has = _levels(one)
    return all(has.get(term.skill, 0) >= term.level for term in other)


def _terms(terms: Iterable[Term]) -> All:
    """Each skill once, at its highest level, in an order of its own."""
    levels = _levels(terms)
    return tuple(Term(skill, levels[skill]) for skill in sorted(levels))


def _levels(terms: Iterable[Term]) -> Mapping[SkillId, Proficiency]:
    found: dict[SkillId, Proficiency] = {}
    for term in terms:
        found[term.skill] = max(term.level, found.get(term.skill, term.level))
    return found
