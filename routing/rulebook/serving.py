"""Whether there is anybody who could ever take a piece of work, present or not, busy or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.ids import AgentId, QueueId, SkillId
from routing.ladder import All, Ladder, allows
from routing.skill import Skills


@dataclass(frozen=True, slots=True)
class Person:
    """An active agent: what they can do, where they belong, and the kinds of inboxes that they take (None: all)."""

    id: AgentId
    queues: frozenset[QueueId]
    skills: Skills
    capacity: int
    channels: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What ``source`` (``queue:ID``, ``rule:ID``, ``conversation:ID``, or a group of those) asks for; ``queue`` None: in whichever it lands.

    ``channel`` is empty where it may be any.
    """

    source: str
    queue: QueueId | None
    ladder: Ladder
    channel: str = ""
    weight: int = 1
    excluded: frozenset[AgentId] = frozenset()


@dataclass(frozen=True, slots=True)
class Unserved:
    """``lacking``: the skills and levels that the one who comes nearest lacks; empty where it is not for want of skills."""

    work: Work
    lacking: Mapping[SkillId, int]


def could_serve(person: Person, work: Work) -> bool:
    """At the last step of the ladder, and with nothing else to do."""
    return (
        belongs(person, work.queue)
        and person.id not in work.excluded
        and work.weight <= person.capacity
        and (not work.channel or person.channels is None or work.channel in person.channels)
        and allows(work.ladder, len(work.ladder.steps) - 1, person.id, person.skills)
    )


def belongs(person: Person, queue: QueueId | None) -> bool:
    return bool(person.queues) if queue is None else queue in person.queues


def unserved(works: Iterable[Work], people: Sequence[Person]) -> list[Unserved]:
    """Of each source the first that nobody could take."""
    members: dict[QueueId | None, list[Person]] = {}
    found: dict[str, Unserved] = {}
    for work in works:
        if work.source in found:
            continue
        if work.queue not in members:
            members[work.queue] = [each for each in people if belongs(each, work.queue)]
        there = members[work.queue]
        if not any(could_serve(each, work) for each in there):
            found[work.source] = Unserved(work, _lacking(work.ladder, there))
    return list(found.values())


def _lacking(ladder: Ladder, people: Sequence[Person]) -> Mapping[SkillId, int]:
    """The fewest terms that any of them would have to meet in addition."""
    fewest: Mapping[SkillId, int] | None = None
    for person in people:
        for terms in _ways(ladder, person.id):
            missing = {
                term.skill: term.level for term in terms if person.skills.get(term.skill, 0) < term.level
            }
            if fewest is None or len(missing) < len(fewest):
                fewest = missing
    return fewest or {}


def _ways(ladder: Ladder, agent: AgentId) -> Iterable[All]:
    for step in ladder.steps:
        if agent in step.agents:
            yield ladder.required
        for terms in step.any_of:
            yield (*ladder.required, *terms)
