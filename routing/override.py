"""What a supervisor sets aside who gives a conversation to an agent by hand."""

from dataclasses import dataclass
from enum import StrEnum

from core.ids import AgentId
from routing.ladder import Ladder, allows
from routing.presence import AgentState, is_offered_work
from routing.queue import Queue


class Excess(StrEnum):
    """What routing would not have done."""

    ABSENT = "absent"
    CAPACITY = "capacity"
    MEMBER = "member"
    SKILLS = "skills"
    LATER = "later"
    CHANNEL = "channel"
    EXCLUDED = "excluded"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The conversation as far as it matters here; ``step``: how far down its ladder it has come."""

    queue: Queue
    ladder: Ladder
    step: int
    weight: int
    channel: str
    interruptible: bool = False
    excluded: frozenset[AgentId] = frozenset()
    declined: tuple[AgentId, ...] = ()


def exceeds(agent: AgentState, wanted: Wanted) -> tuple[Excess, ...]:
    """The weightiest first; nothing where routing might have offered it to them at this moment."""
    last = len(wanted.ladder.steps) - 1
    ever = allows(wanted.ladder, last, agent.id, agent.skills)
    now = allows(wanted.ladder, wanted.step, agent.id, agent.skills)
    found = {
        Excess.ABSENT: not is_offered_work(agent.presence),
        Excess.CAPACITY: not agent.has_room(wanted.weight, interruptible=wanted.interruptible),
        Excess.SKILLS: not ever,
        Excess.LATER: ever and not now,
        Excess.CHANNEL: agent.channels is not None and wanted.channel not in agent.channels,
        Excess.MEMBER: wanted.queue.id not in agent.queues,
        Excess.EXCLUDED: agent.id in wanted.excluded,
        Excess.DECLINED: agent.id in wanted.declined,
    }
    return tuple(each for each, so in found.items() if so)
