"""Who is offered what: an incremental state machine of values, without database, clock or await.

Facts go in, each with its time; proposals come out. Conversations with the same need form one class, so that an
agent is compared with classes and never with every conversation. After each ``feed`` no waiting conversation is
left beside an agent who could be offered it.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from core.ids import AgentId, ConversationId
from routing.groups import Class, Groups
from routing.need import asked, steps_of, to_need
from routing.presence import AgentState
from routing.queue import QueueItem
from routing.strategy import Strategy, Why


@dataclass(frozen=True, slots=True)
class Arrived:
    """A conversation waits, or waits on with other particulars. ``offered_to``: an offer of it is open already."""

    at: datetime
    item: QueueItem
    offered_to: AgentId | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A conversation waits no longer: accepted, resolved, abandoned."""

    at: datetime
    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """An agent is new, or anything about them changed: presence, skills, queues, capacity, load."""

    at: datetime
    agent: AgentState


@dataclass(frozen=True, slots=True)
class AgentRemoved:
    """Nobody by that id is left to be offered anything."""

    at: datetime
    agent: AgentId


@dataclass(frozen=True, slots=True)
class Declined:
    """An open offer was declined; the conversation waits on, in its old place."""

    at: datetime
    conversation: ConversationId
    agent: AgentId


@dataclass(frozen=True, slots=True)
class StepDue:
    """Time has passed; see ``Engine.next_step``."""

    at: datetime


Fact = Arrived | Removed | AgentChanged | AgentRemoved | Declined | StepDue


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal, to be committed by the ledger or refused.

    ``candidates`` are all who could have had it, the chosen one first. ``version`` is the agent's that it
    rests on, ``decided_at`` the instant for which it was right.
    """

    item: QueueItem
    agent: AgentId
    version: int
    why: Why
    candidates: tuple[AgentState, ...]
    decided_at: datetime


@dataclass(slots=True)
class _Waiting:
    """A conversation that the engine knows; ``group`` is its class, None while an offer is open."""

    item: QueueItem
    arrival: int
    group: Class | None = None


class Engine:
    """``retry_s``: seconds after the last refusal until those who declined may be asked again."""

    def __init__(self, strategy: Strategy, retry_s: float) -> None:
        self._strategy = strategy
        self._retry = timedelta(seconds=retry_s)
        self._now = datetime.min.replace(tzinfo=UTC)
        self._items: dict[ConversationId, _Waiting] = {}
        self._groups = Groups()
        self._agents: dict[AgentId, AgentState] = {}
        self._joined: dict[AgentId, int] = {}
        self._steps: list[tuple[datetime, int, ConversationId]] = []
        self._count = 0
        self._touched_classes: set[Class] = set()
        self._touched_agents: set[AgentId] = set()

    def feed(self, facts: Sequence[Fact]) -> list[Offer]:
        """Take in what happened; the offers that follow, in the order in which they were decided."""
        for fact in facts:
            self._now = max(self._now, fact.at)
            self._apply(fact)
        self._pass_time()
        return list(self._settle())

    def next_step(self) -> datetime | None:
        """When the passing of time alone may allow another offer."""
        while self._steps and self._steps[0][2] not in self._items:
            heapq.heappop(self._steps)
        return self._steps[0][0] if self._steps else None

    def agent(self, agent: AgentId) -> AgentState | None:
        return self._agents.get(agent)

    def waiting(self) -> dict[ConversationId, QueueItem]:
        """Those without an open offer."""
        return {each: known.item for each, known in self._items.items() if known.group is not None}

    def _apply(self, fact: Fact) -> None:
        match fact:
            case Arrived(item=item, offered_to=offered_to):
                self._arrive(item, offered=offered_to is not None)
            case Removed(conversation=conversation):
                self._leave_class(conversation)
                self._items.pop(conversation, None)
            case AgentChanged(agent=agent):
                self._set_agent(agent)
            case AgentRemoved(agent=gone):
                self._remove_agent(gone)
            case Declined(at, conversation, decliner):
                self._decline(at, conversation, decliner)
            case StepDue():
                pass
            case _:
                assert_never(fact)

    def _arrive(self, item: QueueItem, *, offered: bool) -> None:
        known = self._items.get(item.conversation)
        if known is None:
            self._count += 1
            known = self._items[item.conversation] = _Waiting(item, self._count)
        else:
            self._leave_class(item.conversation)
            known.item = item
        for when in steps_of(item, self._retry):
            if when > self._now:
                heapq.heappush(self._steps, (when, known.arrival, item.conversation))
        if not offered:
            self._enter_class(known)

    def _decline(self, at: datetime, conversation: ConversationId, agent: AgentId) -> None:
        known = self._items.get(conversation)
        if known is None or known.group is not None:
            return
        holder = self._agents.get(agent)
        if holder is not None:
            load = holder.load - known.item.weight
            self._set_agent(replace(holder, load=load, version=holder.version + 1))
        others = tuple(each for each in known.item.declined if each != agent)
        self._arrive(replace(known.item, declined=(*others, agent), declined_at=at), offered=False)

    def _set_agent(self, agent: AgentState) -> None:
        if agent.id not in self._agents:
            self._count += 1
            self._joined[agent.id] = self._count
        self._agents[agent.id] = agent
        self._touched_agents.add(agent.id)
        self._place(agent.id, agent)

    def _remove_agent(self, agent: AgentId) -> None:
        self._agents.pop(agent, None)
        self._joined.pop(agent, None)
        self._touched_agents.discard(agent)
        self._place(agent, None)

    def _place(self, agent: AgentId, state: AgentState | None) -> None:
        """Where somebody came or went, "nobody else is left" may have changed."""
        if self._groups.place(agent, state):
            self._touched_classes.update(self._groups.with_decliners())

    def _pass_time(self) -> None:
        while self._steps and self._steps[0][0] <= self._now:
            _, _, conversation = heapq.heappop(self._steps)
            known = self._items.get(conversation)
            if known is not None and known.group is not None:
                self._leave_class(conversation)
                self._enter_class(known)

    def _enter_class(self, known: _Waiting) -> None:
        group = known.group = self._groups.join(to_need(known.item, self._now, self._retry))
        entry = (self._strategy.place(known.item), known.arrival, known.item.conversation)
        heapq.heappush(group.heap, entry)
        self._touched_classes.add(group)

    def _leave_class(self, conversation: ConversationId) -> None:
        known = self._items.get(conversation)
        if known is not None and known.group is not None:
            self._groups.leave(known.group)
            known.group = None

    def _head(self, group: Class) -> _Waiting:
        while True:
            place, _, conversation = group.heap[0]
            known = self._items.get(conversation)
            if known is not None and known.group is group and self._strategy.place(known.item) == place:
                return known
            heapq.heappop(group.heap)

    def _settle(self) -> Iterator[Offer]:
        """Before this feed nothing could be offered, so only what was touched can be now."""
        touched = {group for group in self._touched_classes if group.size}
        freed = frozenset(self._touched_agents)
        self._touched_classes.clear()
        self._touched_agents.clear()
        waiting = touched.union(*(self._groups.wanted_by(agent) for agent in freed))
        while waiting:
            heads = sorted((self._head(group) for group in waiting), key=lambda known: known.arrival)
            head = heads[self._strategy.first([known.item for known in heads], self._now)]
            group = head.group
            assert group is not None  # noqa: S101 - a head is in its class
            candidates = self._candidates(group, None if group in touched else freed)
            if candidates:
                yield self._offer(head, candidates)
            if not candidates or not group.size:
                waiting.discard(group)

    def _candidates(self, group: Class, among: frozenset[AgentId] | None) -> list[AgentState]:
        """All who could be offered it now, in order of joining; ``among``: nobody else can, or it would have been offered."""
        groups, need = self._groups, group.need
        free = groups.free(group) if among is None else [a for a in among if groups.can_serve(a, group)]
        if need.declined:
            willing = frozenset(asked(need, groups.present(group)))
            free = [agent for agent in free if agent in willing]
        able = [agent for each in free if (agent := self._agents[each]).has_room(need.weight)]
        return sorted(able, key=lambda agent: self._joined[agent.id])

    def _offer(self, head: _Waiting, candidates: list[AgentState]) -> Offer:
        ranked, why = self._strategy.choose(head.item, candidates)
        best = ranked[0]
        self._leave_class(head.item.conversation)
        loaded = replace(best, load=best.load + head.item.weight, version=best.version + 1)
        self._agents[best.id] = loaded
        self._groups.place(best.id, loaded)
        return Offer(head.item, best.id, best.version, why, tuple(ranked), self._now)
