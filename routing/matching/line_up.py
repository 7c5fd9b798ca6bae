"""Who waits where and who is there: facts taken in, and what they may have made possible."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from heapq import heapify, heappop, heappush, merge
from itertools import count
from math import inf
from operator import attrgetter

from core.ids import AgentId, ConversationId, QueueId
from routing.ladder import meets
from routing.matching.agents import best_agents
from routing.matching.groups import Groups
from routing.matching.lines import enter, leave, turn
from routing.matching.records import Ability, Agent, Line, Task, Turn, Waiting
from routing.matching.rules import Floor
from routing.matching.stages import Stages
from routing.matching.tiers import Tiers
from routing.matching.turns import Turns
from routing.plan import Plan, worth_of
from routing.presence import AgentState
from routing.queue import QueueItem

_place_of = attrgetter("presence", "active", "skills", "queues", "channels", "delays", "speeds")
"""With all of it as it was an agent can do what they could do before, and is there or is not."""
_SLACK = 1024
"""So many timers of conversations that left may stay beyond the number of those that wait."""


class LineUp:
    """``works``: every conversation that the engine knows, with an open offer or without.

    ``touched_agents`` and ``touched_works``: who may be offered something, and what may be offered, and could not before.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._count = count(1).__next__
        self._stages = Stages()
        self._tiers = Tiers()
        self._timers: list[Turn] = []
        self._timer_at = inf
        self._turns = Turns()
        self._called: dict[AgentId, dict[Waiting, None]] = {}
        self._reserving = any(each.reserve for each in (plan.default, *plan.queues.values()))
        self.touched_agents: dict[Agent, None] = {}
        self.touched_works: dict[Waiting, None] = {}
        agents: dict[AgentId, Agent] = {}
        self.works: dict[ConversationId, Waiting] = {}
        self.groups = Groups(plan, agents)
        self.floor = Floor(plan, self.groups, agents)

    def agents_in_turn(self) -> list[Agent]:
        """Those with room who changed since the last time, the longest idle first."""
        touched = [each for each in self.touched_agents if each.team is not None and each.free]
        self.touched_agents.clear()
        return sorted(touched, key=lambda each: (each.idle, each.joined))

    def works_in_turn(self) -> list[Waiting]:
        """Those who may be offered now and could not before: by arrival of the first in each line, within it in order."""
        possible = [each for each in self.touched_works if _may_be_offered(each)]
        self.touched_works.clear()
        return self._by_line(possible) if len(possible) > 1 else possible

    def admit(self, item: QueueItem, *, offered: bool) -> None:
        """It waits, or waits on with other particulars; with an open offer it only keeps its place."""
        known = self.works.get(item.conversation)
        if known is None:
            known = Waiting(self._task(item, self._count()), self._stages.way(item.ladder))
            self.works[item.conversation] = known
            if item.declined or item.excluded:
                self._bar(known, item)
        else:
            self._unseat(known)
            self._read(known, item)
        if not offered:
            self._seat(known)

    def remove(self, conversation: ConversationId) -> None:
        """It waits no longer."""
        known = self.works.pop(conversation, None)
        if known is not None:
            self._unseat(known)
            self.touched_works.pop(known, None)

    def decline(self, at: datetime, conversation: ConversationId, agent: AgentId) -> None:
        """The open offer is over; the conversation stands where it stood, and the agent has the room again."""
        known = self.works.get(conversation)
        if known is None or known.ability is not None:
            return
        item = known.item
        holder = self.floor.agents.get(agent)
        if holder is not None:
            self.groups.unlist(holder)
            holder.take(-item.weight, interruptible=item.interruptible)
            self._after_change(holder)
        self._read(known, declined_by(item, agent, at))
        self._seat(known)

    def set_agent(self, state: AgentState) -> None:
        """Somebody is new, or anything about them changed."""
        known = self.floor.agents.get(state.id)
        if known is None:
            known = self.floor.agents[state.id] = Agent(state, self._count())
            known.read(state)
            self._move_as(known, state, {})
        else:
            before = known.state
            if known.listed is not None:
                self.groups.unlist(known)
            known.read(state)
            if _place_of(before) != _place_of(state):
                self._move_as(known, state, before.delays)
        if self.groups.rated and (state.held or known.rate):
            self.groups.set_rate(known, state)
        self._after_change(known)

    def remove_agent(self, agent: AgentId) -> None:
        """They are gone."""
        known = self.floor.agents.pop(agent, None)
        if known is None:
            return
        changed = self._tiers.change(known.state.delays, {})
        self._move(known, None)
        self._keep(known)
        self.touched_agents.pop(known, None)
        self._seat_queues(changed)

    def give(self, work: Waiting, agent: Agent) -> None:
        """An offer is made."""
        self._unseat(work)
        if agent.listed is not None:
            self.groups.unlist(agent)
        item = work.task.item
        agent.take(item.weight, interruptible=item.interruptible)
        if agent.kept_for:
            self._keep(agent)

    def pass_time(self) -> None:
        """Move on whoever has come to another step, tier or the end of a pause, or has become late or guarded."""
        now = self.floor.now
        if self._timer_at <= now:
            self._run_timers(now)
        if self._turns.at < now:
            for ability, work in self._turns.come(now):
                turn(ability, work, now, self._turns)

    def next_time(self) -> float | None:
        """When a step, a tier or a pause ends."""
        timers = self._timers
        while timers and not _is_running(timers[0]):
            heappop(timers)
        return timers[0][0] if timers else None

    def _run_timers(self, now: float) -> None:
        timers = self._timers
        while timers and timers[0][0] <= now:
            when, _, work = heappop(timers)
            if work.timer == when and work.ability is not None:
                self._unseat(work)
                self._seat(work)
        self._timer_at = timers[0][0] if timers else inf

    def _task(self, item: QueueItem, arrival: int) -> Task:
        rules, pool = self.groups.rules(item.queue)
        entered = item.entered_at.timestamp()
        deadline = item.deadline
        due = entered + rules.untargeted_s if deadline is None else deadline.timestamp()
        target = item.target_s or 0.0
        if target <= 0.0:
            target = due - entered if due > entered else rules.untargeted_s
        return Task(
            item,
            arrival,
            pool,
            rules.choice,
            entered,
            due,
            target,
            due + (rules.guarded_after - 1.0) * target,
            worth_of(pool.policy, item.worth, item.priority),
            item.priority,
            item.kind,
            item.handle_s,
        )

    def _read(self, work: Waiting, item: QueueItem) -> None:
        """Other particulars; it stands in no line meanwhile."""
        if work.item.ladder is not item.ladder:
            work.way = self._stages.way(item.ladder)
        work.task = self._task(item, work.task.arrival)
        self._bar(work, item)

    def _bar(self, work: Waiting, item: QueueItem) -> None:
        work.barred = item.excluded.union(item.declined)
        asked_at = item.declined_at
        work.again_at = inf if asked_at is None else asked_at.timestamp() + self._plan.retry_s

    def _seat(self, work: Waiting) -> None:
        item, way, now = work.item, work.way, self.floor.now
        entered = work.task.entered
        waited = now - entered
        step, until = 0, way.until
        work.timer = inf
        if until:
            step = way.step(waited)
            work.timer = entered + until[step] if step < len(until) else inf
            for name in way.named:
                self._called.setdefault(name, {})[work] = None
            while step < len(until) and way.only[step] and not self._is_there(work, way.only[step]):
                step += 1
        tier = 0.0
        if self._tiers.any:
            tier = self._tiers.of(item.queue, waited)
            work.timer = min(work.timer, entered + self._tiers.after(item.queue, waited))
        ability = self.groups.ability(item.queue, item.channel, tier, way.stages[step])
        enter(ability, work, now, self._turns)
        self.touched_works[work] = None
        if work.timer < inf or work.again_at < inf:
            self._set_timer(work)

    def _set_timer(self, work: Waiting) -> None:
        if self.floor.now < work.again_at < work.timer:
            work.timer = work.again_at
        if work.timer < inf:
            heappush(self._timers, (work.timer, self._count(), work))
            self._timer_at = min(self._timer_at, work.timer)
            if len(self._timers) > 2 * len(self.works) + _SLACK:
                self._timers = [each for each in self._timers if _is_running(each)]
                heapify(self._timers)

    def _unseat(self, work: Waiting) -> None:
        if work.ability is not None:
            leave(work)
            for name in work.way.named:
                called = self._called[name]
                called.pop(work, None)
                if not called:
                    del self._called[name]

    def _by_line(self, works: list[Waiting]) -> list[Waiting]:
        """Those whom anybody could have, line after line: the one whose first came first, then the next."""
        lines: dict[Line, list[Waiting]] = {}
        for work in works:
            if work.line is not None and best_agents(self.floor, work, 1)[0]:
                lines.setdefault(work.line, []).append(work)
        for each in lines.values():
            each.sort(key=lambda work: work.entry or ())
        # What merge does with what is not sorted by its key is what is meant: always the first of some line.
        return list(merge(*lines.values(), key=lambda work: work.task.arrival))

    def _seat_again(self, works: Iterable[Waiting]) -> None:
        for work in [each for each in works if each.ability is not None]:
            self._unseat(work)
            self._seat(work)

    def _seat_queues(self, queues: Iterable[QueueId]) -> None:
        for queue in queues:
            self._seat_again(each for each in self.works.values() if each.item.queue == queue)

    def _is_there(self, work: Waiting, names: Iterable[AgentId]) -> bool:
        """Whether one of those asked by name is available and may have it."""
        item, ladder = work.item, work.item.ladder
        for name in names:
            agent = self.floor.agents.get(name)
            if agent is None or agent.team is None or name in work.barred:
                continue
            profile = agent.team.profile
            channel = profile.channels is None or item.channel in profile.channels
            if item.queue in profile.queues and channel and meets(agent.team.skills, ladder.required):
                return True
        return False

    def _move_as(self, agent: Agent, state: AgentState, delays: Mapping[QueueId, float]) -> None:
        self._move(agent, state)
        self._seat_queues(self._tiers.change(delays, state.delays))

    def _move(self, agent: Agent, state: AgentState | None) -> None:
        """To the team they belong to now. With them "nobody else is left" and "nobody named is there" may change."""
        marked = _marked(self.groups.wanted_by(agent))
        if state is None:
            self.groups.take_out(agent)
        elif not self.groups.place(agent, state):
            return
        for ability in (*marked, *_marked(self.groups.wanted_by(agent))):
            self.touched_works.update(ability.marked)
        self._seat_again(self._called.get(agent.id, ()))

    def _after_change(self, agent: Agent) -> None:
        if self._reserving:
            kept = tuple(each for each in agent.state.queues if self._plan.of(each).reserve)
            self._keep_not(agent, [each for each in agent.kept_for if each not in kept])
            agent.kept_for = kept
            self._keep(agent)
        if agent.team is not None and agent.free:
            self.touched_agents[agent] = None

    def _keep(self, agent: Agent) -> None:
        """Among the free of the queues that keep some; one more of them may set another free for other work."""
        if agent.team is None or not agent.free:
            self._keep_not(agent, agent.kept_for)
            return
        for queue in agent.kept_for:
            free = self.floor.kept.setdefault(queue, {})
            if agent not in free:
                self.touched_agents.update(free)
                free[agent] = None

    def _keep_not(self, agent: Agent, queues: Iterable[QueueId]) -> None:
        for queue in queues:
            self.floor.kept.get(queue, {}).pop(agent, None)


def declined_by(item: QueueItem, agent: AgentId, at: datetime) -> QueueItem:
    """The same after the agent would not have it."""
    others = tuple(each for each in item.declined if each != agent)
    return replace(item, declined=(*others, agent), declined_at=at)


def _is_running(turn: Turn) -> bool:
    return turn[2].ability is not None and turn[2].timer == turn[0]


def _marked(abilities: Iterable[Ability]) -> list[Ability]:
    return [each for each in abilities if each.marked]


def _may_be_offered(work: Waiting) -> bool:
    ability = work.ability
    return ability is not None and bool(ability.open or ability.named)
