"""The engine said again as simply as can be: after every fact, look at everybody and everything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import fsum, inf

from core.ids import AgentId, ConversationId, QueueId
from routing.engine import AgentChanged, AgentRemoved, Arrived, Declined, Fact, Removed
from routing.ladder import All, allows, meets, step_at
from routing.plan import Choice, Plan
from routing.policies.base import Place
from routing.presence import AgentState
from routing.queue import QueueItem

Made = tuple[ConversationId, AgentId]


@dataclass(frozen=True)
class Task:
    """A conversation as policies see it."""

    item: QueueItem
    entered: float
    due: float
    target: float
    worth: float

    @property
    def priority(self) -> int:
        return self.item.priority

    @property
    def kind(self) -> str:
        return self.item.kind

    @property
    def handle(self) -> float:
        return self.item.handle_s


@dataclass
class NaiveRouter:
    """Dictionaries in order of arrival, and loops."""

    plan: Plan = field(default_factory=Plan)
    agents: dict[AgentId, AgentState] = field(default_factory=dict)
    items: dict[ConversationId, QueueItem] = field(default_factory=dict)
    offered: set[ConversationId] = field(default_factory=set)
    now: float = -inf

    def feed(self, facts: Sequence[Fact]) -> list[Made]:
        touched: set[AgentId] = set()
        for fact in facts:
            self.now = max(self.now, fact.at.timestamp())
            before = self.kept_free()
            touched |= self.apply(fact)
            after = self.kept_free()
            touched |= {each for queue in after if after[queue] - before[queue] for each in after[queue]}
        return [*self.agents_choose(touched), *self.conversations_choose()]

    def apply(self, fact: Fact) -> set[AgentId]:
        """Whoever may have room now."""
        if isinstance(fact, Arrived):
            self.items[fact.item.conversation] = fact.item
            self.offered.discard(fact.item.conversation)
            if fact.offered_to is not None:
                self.offered.add(fact.item.conversation)
        elif isinstance(fact, Removed):
            self.items.pop(fact.conversation, None)
            self.offered.discard(fact.conversation)
        elif isinstance(fact, AgentChanged):
            self.agents[fact.agent.id] = fact.agent
            return {fact.agent.id}
        elif isinstance(fact, AgentRemoved):
            self.agents.pop(fact.agent, None)
        elif isinstance(fact, Declined) and fact.conversation in self.offered:
            item = self.items[fact.conversation]
            declined = (*(each for each in item.declined if each != fact.agent), fact.agent)
            self.items[fact.conversation] = replace(item, declined=declined, declined_at=fact.at)
            self.offered.discard(fact.conversation)
            if fact.agent in self.agents:
                self.load(fact.agent, item, -item.weight)
                return {fact.agent}
        return set()

    def load(self, agent: AgentId, item: QueueItem, weight: int) -> None:
        state = self.agents[agent]
        self.agents[agent] = replace(
            state,
            load=state.load + weight,
            yielding=state.yielding + (weight if item.interruptible else 0),
            version=state.version + 1,
        )

    def agents_choose(self, touched: set[AgentId]) -> Iterator[Made]:
        """In turn, the longest idle first, until none of them finds anything."""
        turn = sorted(
            (agent for agent in self.agents.values() if agent.id in touched),
            key=lambda agent: agent.idle_since,
        )
        while turn:
            going = []
            for agent in turn:
                item = self.first_for(self.agents[agent.id])
                if item is not None:
                    going.append(agent)
                    yield self.offer(item, agent.id)
            turn = going

    def conversations_choose(self) -> Iterator[Made]:
        """Line after line, the one whose first came first; within a line in its order."""
        lines: dict[object, list[tuple[Place, int, QueueItem]]] = {}
        for arrival, item in enumerate(self.waiting()):
            if self.able(item):
                key = (self.requirement(item), *self.line(item))
                lines.setdefault(key, []).append((self.place(item), arrival, item))
        for items in lines.values():
            items.sort(key=lambda each: each[:2])
        while lines:
            first = min(lines, key=lambda line: lines[line][0][1])
            _, _, item = lines[first].pop(0)
            if not lines[first]:
                del lines[first]
            able = self.able(item)
            if able:
                yield self.offer(item, min(able, key=lambda agent: self.fitness(item, agent)).id)

    def offer(self, item: QueueItem, agent: AgentId) -> Made:
        self.offered.add(item.conversation)
        self.load(agent, item, item.weight)
        return item.conversation, agent

    def waiting(self) -> list[QueueItem]:
        return [each for each in self.items.values() if each.conversation not in self.offered]

    def best(self) -> Made | None:
        """A conversation that anybody can be offered, and to whom."""
        for item in self.waiting():
            for agent in self.able(item):
                return item.conversation, agent.id
        return None

    def able(self, item: QueueItem) -> list[AgentState]:
        return [agent for agent in self.agents.values() if self.may_be_offered(item, agent)]

    def first_for(self, agent: AgentState) -> QueueItem | None:
        """Past the guard the oldest; else of each policy's heads the best, and between policies by priority."""
        mine = [
            (arrival, item) for arrival, item in enumerate(self.waiting()) if self.may_be_offered(item, agent)
        ]
        late = [pair for pair in mine if self.is_past_guard(pair[1])]
        if late:
            return min(late, key=lambda pair: (pair[1].entered_at, pair[0]))[1]
        tops: list[tuple[tuple[float, ...], QueueItem]] = []
        policies = {self.plan.of(item.queue).policy: None for _, item in mine}
        for policy in policies:
            pool = [pair for pair in mine if self.plan.of(pair[1].queue).policy == policy]
            arrival, item = min(pool, key=lambda pair: self.urgency(pair[1], agent, pair[0], pool))
            task = self.task(item)
            order = (-item.priority, (task.due - self.now) / task.target, task.entered, arrival)
            tops.append((order, item))
        return min(tops, key=lambda top: top[0])[1] if tops else None

    def urgency(
        self, item: QueueItem, agent: AgentState, arrival: int, pool: list[tuple[int, QueueItem]]
    ) -> tuple[float, ...]:
        """Of all, by its place; where a value is compared, of the heads of the lines only."""
        policy, task = self.plan.of(item.queue).policy, self.task(item)
        if policy.ordered:
            return (*policy.place(task), arrival)
        line = (self.requirement(item), *self.line(item))
        before = (self.place(item), arrival)
        for other_arrival, other in pool:
            if (self.requirement(other), *self.line(other)) == line and (
                (self.place(other), other_arrival) < before
            ):
                return (inf,)
        return (-self.index(item, agent), task.entered, arrival)

    def index(self, item: QueueItem, agent: AgentState) -> float:
        policy, task = self.plan.of(item.queue).policy, self.task(item)
        asked = self.requirement(item)
        rate = fsum(
            round(each.held / each.held_s * 2**40)
            for each in self.agents.values()
            if each.held and self.is_asked(item, each)
        )
        ahead = sum(
            self.requirement(other) == asked and self.now <= self.task(other).due < task.due
            for other in self.waiting()
            if not self.is_past_guard(other)
        )
        return policy.index(task, self.now, agent.speeds.get(item.kind, 1.0), rate / 2**40, ahead)

    def task(self, item: QueueItem) -> Task:
        policy = self.plan.of(item.queue)
        entered = item.entered_at.timestamp()
        due = entered + policy.untargeted_s if item.deadline is None else item.deadline.timestamp()
        target = item.target_s or (due - entered if due > entered else policy.untargeted_s)
        return Task(item, entered, due, target, policy.policy.worth(item.worth, item.priority))

    def is_past_guard(self, item: QueueItem) -> bool:
        policy, task = self.plan.of(item.queue), self.task(item)
        if policy.guard is None or not policy.policy.guarded:
            return False
        times = policy.guard * (1 - policy.lead)
        return self.now > task.due + (times - 1) * task.target

    def line(self, item: QueueItem) -> tuple[object, ...]:
        policy, task = self.plan.of(item.queue).policy, self.task(item)
        shape = (item.weight, item.interruptible)
        if self.is_past_guard(item):
            return (*shape, "guard")
        return (*shape, policy.turns and task.due < self.now, policy.line(task))

    def place(self, item: QueueItem) -> Place:
        policy, task = self.plan.of(item.queue).policy, self.task(item)
        if self.is_past_guard(item):
            return (task.entered,)
        late = policy.turns and task.due < self.now
        return policy.place_late(task) if late else policy.place(task)

    def requirement(self, item: QueueItem) -> object:
        """What makes conversations ask for the same: queue, channel, tier, and who may have them at this step."""
        step = self.step(item)
        so_far = item.ladder.steps[: step + 1]
        any_of = [terms for each in so_far for terms in each.any_of]
        named = frozenset[AgentId]().union(*(each.agents for each in so_far))
        if () in any_of:
            any_of, named = [()], frozenset()
        wants: tuple[All, ...] = tuple(dict.fromkeys(any_of))
        return item.queue, item.channel, self.tier(item), item.ladder.required, wants, named

    def tier(self, item: QueueItem) -> float:
        delays = {0.0} | {each.delays.get(item.queue, 0.0) for each in self.agents.values()}
        return max(each for each in delays if each <= self.waited(item))

    def waited(self, item: QueueItem) -> float:
        return self.now - item.entered_at.timestamp()

    def step(self, item: QueueItem) -> int:
        """By time; and past steps that ask by name for nobody who is there."""
        at = step_at(item.ladder, timedelta(seconds=self.waited(item)))
        while at < len(item.ladder.steps) - 1:
            step = item.ladder.steps[at]
            if step.any_of or any(self.answers(item, self.agents.get(each)) for each in step.agents):
                break
            at += 1
        return at

    def answers(self, item: QueueItem, agent: AgentState | None) -> bool:
        if agent is None or not agent.available or agent.id in item.declined or agent.id in item.excluded:
            return False
        return self.is_reached(item, agent) and meets(agent.skills, item.ladder.required)

    def is_reached(self, item: QueueItem, agent: AgentState) -> bool:
        return item.queue in agent.queues and (agent.channels is None or item.channel in agent.channels)

    def is_asked(self, item: QueueItem, agent: AgentState) -> bool:
        """Present, and able to do it at this step, with room or without."""
        step = self.step(item)
        if not agent.available or not self.is_reached(item, agent):
            return False
        if not allows(item.ladder, step, agent.id, agent.skills):
            return False
        so_far = item.ladder.steps[: step + 1]
        everybody = any(() in each.any_of for each in so_far)
        named = not everybody and any(agent.id in each.agents for each in so_far)
        return named or agent.delays.get(item.queue, 0.0) <= self.waited(item)

    def may_be_offered(self, item: QueueItem, agent: AgentState) -> bool:
        if agent.id in item.excluded or not self.is_asked(item, agent):
            return False
        if not agent.has_room(item.weight, interruptible=item.interruptible) or self.is_kept(item, agent):
            return False
        return agent.id not in item.declined or self.is_asked_again(item)

    def is_asked_again(self, item: QueueItem) -> bool:
        if item.declined_at is None or self.now < item.declined_at.timestamp() + self.plan.retry_s:
            return False
        barred = {*item.declined, *item.excluded}
        return not any(self.is_asked(item, each) for each in self.agents.values() if each.id not in barred)

    def is_kept(self, item: QueueItem, agent: AgentState) -> bool:
        after = agent.load - agent.yielding + (0 if item.interruptible else item.weight)
        if after < agent.capacity:
            return False
        free = self.kept_free()
        return any(
            len(free[queue]) - 1 < self.plan.of(queue).reserve
            for queue in agent.queues
            if queue in free and queue != item.queue
        )

    def kept_free(self) -> dict[QueueId, set[AgentId]]:
        """For each queue that keeps agents free, those of its agents who are."""
        return {
            queue: {each.id for each in self.agents.values() if queue in each.queues and is_free(each)}
            for queue, policy in self.plan.queues.items()
            if policy.reserve
        }

    def fitness(self, item: QueueItem, agent: AgentState) -> tuple[object, ...]:
        turned_down = item.declined.index(agent.id) + 1 if agent.id in item.declined else 0
        first = (turned_down, agent.id != item.preferred)
        choice = self.plan.of(item.queue).choice
        if choice is Choice.LONGEST_IDLE:
            return (*first, agent.idle_since)
        cost = self.cost(item, agent) if choice is Choice.LEAST_COST else 0.0
        return (*first, cost, agent.load / agent.capacity, agent.idle_since)

    def cost(self, item: QueueItem, agent: AgentState) -> float:
        free = [each for each in self.agents.values() if is_free(each)]
        so_far = item.ladder.steps[: self.step(item) + 1]
        everybody = any(() in each.any_of for each in so_far)
        optional = () if everybody else (t for each in so_far for terms in each.any_of for t in terms)
        asked = {term.skill for term in (*item.ladder.required, *optional)}
        others = [sum(each in one.skills for one in free) for each in agent.skills if each not in asked]
        others += [sum(each in one.queues for one in free) for each in agent.queues if each != item.queue]
        scarce = fsum(1.0 / max(1, each) for each in others)
        scarcity = self.plan.of(item.queue).scarcity
        return item.handle_s * agent.speeds.get(item.kind, 1.0) * (1.0 + scarcity * scarce)


def is_free(agent: AgentState) -> bool:
    """Whether there is room for anything at all."""
    return agent.available and agent.load - agent.yielding < agent.capacity
