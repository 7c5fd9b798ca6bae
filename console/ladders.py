"""Ladders between the wire and routing's values."""

from collections.abc import Collection, Sequence

from console.wire import ladder as wire
from core.ids import AgentId, SkillId
from routing.ladder import Ladder, Step, Term, checked
from routing.skill import proficiency


def show_ladder(ladder: Ladder) -> wire.Ladder:
    steps = tuple(
        wire.LadderStep(
            tuple(_show_terms(terms) for terms in each.any_of), tuple(sorted(each.agents)), each.until_s
        )
        for each in ladder.steps
    )
    return wire.Ladder(_show_terms(ladder.required), steps)


def take_ladder(asked: wire.Ladder, skills: Collection[str], field: str = "ladder") -> Ladder:
    """``skills``: those that there are. Raises Invalid, naming the field, for a ladder that makes no sense."""
    steps = tuple(
        Step(
            tuple(
                _take_terms(terms, f"{field}.steps[{at}].any_of[{way}]")
                for way, terms in enumerate(each.any_of)
            ),
            frozenset(AgentId(agent) for agent in each.agents),
            each.until_s,
        )
        for at, each in enumerate(asked.steps)
    )
    ladder = Ladder(_take_terms(asked.required, f"{field}.required"), steps)
    return checked(ladder, field, frozenset(SkillId(each) for each in skills))


def agents_of(asked: wire.Ladder) -> frozenset[str]:
    """Everybody whom it names."""
    return frozenset(agent for step in asked.steps for agent in step.agents)


def _show_terms(terms: Sequence[Term]) -> tuple[wire.LadderTerm, ...]:
    return tuple(wire.LadderTerm(each.skill, each.level) for each in terms)


def _take_terms(terms: Sequence[wire.LadderTerm], field: str) -> tuple[Term, ...]:
    return tuple(
        Term(SkillId(each.skill), proficiency(each.level, f"{field}[{at}].level"))
        for at, each in enumerate(terms)
    )
