"""What a conversation needs at an instant, as a class that many share; and who can give it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.ids import AgentId, QueueId, SkillId
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.skill import Proficiency, Requirement, in_force, steps


@dataclass(frozen=True, slots=True)
class Need:
    """``again``: those who declined may be asked once more, if nobody else is left."""

    queue: QueueId
    requirements: tuple[Requirement, ...]
    weight: int
    declined: frozenset[AgentId]
    again: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What agents who can do the same have in common."""

    queues: frozenset[QueueId]
    skills: frozenset[tuple[SkillId, Proficiency]]


def to_need(item: QueueItem, now: datetime, retry: timedelta) -> Need:
    """The class that the conversation belongs to at this instant."""
    return Need(
        item.queue,
        in_force(item.requirements, now - item.entered_at),
        item.weight,
        frozenset(item.declined),
        item.declined_at is not None and now >= item.declined_at + retry,
    )


def steps_of(item: QueueItem, retry: timedelta) -> tuple[datetime, ...]:
    """The instants at which it goes over to another class by the passing of time alone."""
    ladder = steps(item.requirements, item.entered_at)
    return ladder if item.declined_at is None else (*ladder, item.declined_at + retry)


def to_profile(agent: AgentState) -> Profile:
    return Profile(agent.queues, frozenset(agent.skills.items()))


def asked(need: Need, present: Collection[AgentId]) -> Collection[AgentId]:
    """Those of ``present`` (who could do it) that may be offered it.

    Who declined is not asked again, unless all who are present have declined and the pause after it is over.
    """
    others = [each for each in present if each not in need.declined]
    return others if others or not need.again else present
