"""What a decision rested on, kept as it was without being copied; made readable when somebody asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from core.ids import AgentId, ConversationId, QueueId
from routing.decision import Decision, PoolRule, SeenAgent, SeenWork, Trigger
from routing.matching.heads import Head, Valued
from routing.matching.records import Pool, Task
from routing.plan import Choice
from routing.presence import AgentState

Row = list[Any]
"""The values of ``SeenWork`` or ``SeenAgent`` in their order, as they are stored: a queue by its place among those named."""


@dataclass(slots=True, eq=False)
class Evidence:
    """``now`` in seconds. ``costs`` and ``joined`` are of the candidates of the offer, in their order."""

    trigger: Trigger
    now: float
    heads: list[Head]
    works: int
    costs: tuple[float, ...]
    joined: tuple[int, ...]

    @property
    def choice(self) -> Choice:
        """How agents were compared: by the queue of the chosen conversation."""
        choice: Choice = self.heads[0][-1].choice
        return choice

    def index(self, speeds: Mapping[str, float]) -> float:
        """Of the chosen conversation."""
        return _compared(self.heads[0], self.now, speeds)[0]

    def pools(self) -> list[Pool]:
        """Which policies they were compared by."""
        return list(dict.fromkeys([each[-1].pool for each in self.heads]))

    def work_rows(
        self, speeds: Mapping[str, float], pools: list[Pool], queues: list[QueueId], most: int
    ) -> list[Row]:
        """The first of those that were compared, for an agent with these ``speeds``; adds to ``queues``."""
        now, rows = self.now, []
        for head in self.heads[:most]:
            task: Task = head[-1]
            queue, pool, speed = task.item.queue, task.pool, speeds.get(task.kind, 1.0) if speeds else 1.0
            if queue not in queues:
                queues.append(queue)
            index, rate, ahead = _compared(head, now, speeds)
            waited, slack, phase = now - task.entered, task.due - now, task.phase(now)
            row: Row = [task.item.conversation, queues.index(queue), pools.index(pool), index, phase]
            row += (task.worth, task.priority, waited, slack, task.target, task.handle)
            row += (speed, rate, ahead, task.arrival)
            rows.append(row)
        return rows

    def agent_rows(self, candidates: Sequence[AgentState], most: int) -> list[Row]:
        """The candidates are those of the offer."""
        now, item, rows = self.now, self.heads[0][-1].item, []
        for agent, cost, joined in zip(candidates[:most], self.costs, self.joined, strict=False):
            id, declined = agent.id, item.declined
            place = declined.index(id) + 1 if id in declined else 0
            idle_s = now - agent.idle_since.timestamp()
            rows.append(
                [id, agent.load, agent.capacity, idle_s, cost, place, int(id == item.preferred), joined]
            )
        return rows

    def decision(self, candidates: Sequence[AgentState], free: int) -> Decision:
        """The candidates are those of the offer, out of so many who were free."""
        pools, queues = self.pools(), list[QueueId]()
        works = self.work_rows(candidates[0].speeds, pools, queues, len(self.heads))
        return Decision(
            self.trigger,
            tuple(PoolRule(each.policy.name, each.parameters) for each in pools),
            self.choice.value,
            tuple(seen_work(row, queues) for row in works),
            tuple(seen_agent(row) for row in self.agent_rows(candidates, len(candidates))),
            self.works,
            free,
        )


def _compared(head: Head, now: float, speeds: Mapping[str, float]) -> tuple[float, float, int]:
    """Index, rate, how many are ahead; where only the place counts, the index is worked out now."""
    task: Task = head[-1]
    if not task.pool.ordered:
        return cast(Valued, head)[:3]
    return task.pool.policy.index(task, now, speeds.get(task.kind, 1.0), 0.0, 0), 0.0, 0


def seen_work(row: Sequence[Any], queues: Sequence[str]) -> SeenWork:
    """From its row."""
    conversation, queue, *figures = row
    return SeenWork(ConversationId(conversation), QueueId(queues[queue]), *figures)


def seen_agent(row: Sequence[Any]) -> SeenAgent:
    """From its row."""
    agent, load, capacity, idle_s, cost_s, declined, previous, joined = row
    return SeenAgent(AgentId(agent), load, capacity, idle_s, cost_s, declined, bool(previous), joined)
