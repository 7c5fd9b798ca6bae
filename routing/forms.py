"""What a conversation asks for, between its values and the stored forms: lists of the time before ladders, and ladders."""

from collections.abc import Sequence

import msgspec

from core.ids import AgentId, SkillId
from core.store.forms import StoredLadder, StoredQueueRouting, StoredRequirement, StoredStep, StoredTerm
from routing import skill
from routing.ladder import Ladder, Step, Term, checked, relaxing
from routing.queue import QueueRouting
from routing.skill import Requirement, proficiency


def to_requirements(stored: Sequence[StoredRequirement] | StoredLadder) -> tuple[Requirement, ...]:
    """The short form; a ladder has none. Raises Invalid, naming the field, for requirements that make no sense."""
    if isinstance(stored, StoredLadder):
        return ()
    return skill.checked(
        Requirement(SkillId(each.skill), proficiency(each.level), each.drop_after_s) for each in stored
    )


def store_requirements(requirements: Sequence[Requirement]) -> tuple[StoredRequirement, ...]:
    return tuple(StoredRequirement(each.skill, each.level, each.drop_after_s) for each in requirements)


def to_ladder(stored: Sequence[StoredRequirement] | StoredLadder) -> Ladder:
    """Raises Invalid, naming the field, for a ladder that makes no sense."""
    if not isinstance(stored, StoredLadder):
        return relaxing(to_requirements(stored))
    steps = tuple(
        Step(
            tuple(_to_terms(terms) for terms in each.any_of),
            frozenset(AgentId(agent) for agent in each.agents),
            each.until_s,
        )
        for each in stored.steps
    )
    return checked(Ladder(_to_terms(stored.required), steps))


def store_ladder(ladder: Ladder) -> StoredLadder:
    """As the columns hold it."""
    steps = tuple(
        StoredStep(
            tuple(_store_terms(terms) for terms in each.any_of), tuple(sorted(each.agents)), each.until_s
        )
        for each in ladder.steps
    )
    return StoredLadder(_store_terms(ladder.required), steps)


def to_routing(stored: StoredQueueRouting) -> QueueRouting:
    return QueueRouting(**msgspec.structs.asdict(stored))


def store_routing(routing: QueueRouting) -> StoredQueueRouting:
    return StoredQueueRouting(
        routing.policy,
        dict(routing.parameters),
        routing.choice,
        routing.guard,
        routing.reserve,
        routing.previous_agent_s,
        routing.wrap_up_s,
    )


def _to_terms(stored: Sequence[StoredTerm]) -> tuple[Term, ...]:
    return tuple(Term(SkillId(each.skill), proficiency(each.level)) for each in stored)


def _store_terms(terms: Sequence[Term]) -> tuple[StoredTerm, ...]:
    return tuple(StoredTerm(each.skill, each.level) for each in terms)
