"""What may be offered to whom, beyond queues and skills: refusals, exclusions, and agents kept free for their queue."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.ids import AgentId, QueueId
from routing.matching.groups import Groups
from routing.matching.records import Agent, Waiting
from routing.plan import Plan

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Floor:
    """Everybody at this instant, ``now`` in seconds. ``kept``: for each queue that keeps agents free, its members who are."""

    plan: Plan
    groups: Groups
    agents: dict[AgentId, Agent]
    now: float = 0.0
    at: datetime = _NEVER
    kept: dict[QueueId, dict[Agent, None]] = field(default_factory=dict)

    def is_allowed(self, agent: Agent, work: Waiting) -> bool:
        """Whether the agent neither declined it nor is kept from it."""
        return agent.id not in work.barred or (
            agent.id not in work.item.excluded and self.is_asked_again(work)
        )

    def is_asked_again(self, work: Waiting) -> bool:
        """Whether those who declined may be asked: their pause is over and nobody else is present."""
        if work.again_at > self.now:
            return False
        return all(agent.id in work.barred for agent in present(work))

    def is_kept(self, agent: Agent, queue: QueueId, weight: int, *, interruptible: bool) -> bool:
        """Whether the agent is needed free by a queue of theirs that is not this one."""
        after = agent.load - agent.yielding + (0 if interruptible else weight)
        if after < agent.capacity:
            return False
        return any(
            len(self.kept[each]) - 1 < self.plan.of(each).reserve for each in agent.kept_for if each != queue
        )


def present(work: Waiting) -> Iterator[Agent]:
    """Who is available and could do it, free or not."""
    ability = work.ability
    if ability is not None:
        for team in ability.teams:
            yield from team.agents
        yield from ability.named
