"""Who is offered what: an incremental state machine of values, without database, clock or await.

Facts go in, each with its time; proposals come out. After each ``feed`` no waiting conversation is left beside an agent
who could be offered it, unless that agent is kept free for another queue.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import assert_never

from core.ids import AgentId, ConversationId
from routing.facts import AgentChanged, AgentRemoved, Arrived, Declined, Fact, Offer, Removed, StepDue
from routing.matching.agents import Candidate, best_agents, cost_of
from routing.matching.heads import best_heads, head_of
from routing.matching.line_up import LineUp
from routing.matching.records import Agent, Waiting
from routing.matching.report import chosen, picked
from routing.plan import Plan
from routing.presence import AgentState
from routing.queue import QueueItem

__all__ = [
    "AgentChanged",
    "AgentRemoved",
    "Arrived",
    "Declined",
    "Engine",
    "Fact",
    "Offer",
    "Removed",
    "StepDue",
    "instant",
]

_NAMED = 4
"""So many conversations, and so many agents, are named in a decision."""


class Engine:
    """The one who decides, by the ``plan``; another plan needs another engine, fed with the same facts."""

    def __init__(self, plan: Plan | None = None) -> None:
        self._line_up = LineUp(plan or Plan())

    def feed(self, facts: Sequence[Fact]) -> list[Offer]:
        """Take in what happened; the offers that follow, in the order in which they were decided."""
        line_up = self._line_up
        floor = line_up.floor
        for fact in facts:
            if fact.at > floor.at:
                floor.at, floor.now = fact.at, fact.at.timestamp()
            self._apply(fact)
        line_up.pass_time()
        return self._settle()

    def next_step(self) -> datetime | None:
        """When the passing of time alone may allow another offer."""
        when = self._line_up.next_time()
        return None if when is None else instant(when)

    def agent(self, agent: AgentId) -> AgentState | None:
        """As the engine takes them to be after its offers."""
        found = self._line_up.floor.agents.get(agent)
        return None if found is None else found.view()

    def waiting(self) -> dict[ConversationId, QueueItem]:
        """Those without an open offer."""
        return {each: known.item for each, known in self._line_up.works.items() if known.ability is not None}

    def _apply(self, fact: Fact) -> None:
        line_up = self._line_up
        match fact:
            case AgentChanged(agent=agent):
                line_up.set_agent(agent)
            case Arrived(item=item, offered_to=offered_to):
                line_up.admit(item, offered=offered_to is not None)
            case Removed(conversation=conversation):
                line_up.remove(conversation)
            case StepDue():
                pass
            case Declined(at, conversation, decliner):
                line_up.decline(at, conversation, decliner)
            case AgentRemoved(agent=gone):
                line_up.remove_agent(gone)
            case _:
                assert_never(fact)

    def _settle(self) -> list[Offer]:
        """Before this feed nothing could be offered, so only what was touched can be now: agents first."""
        line_up = self._line_up
        offers: list[Offer] = []
        agents = line_up.touched_agents
        if len(agents) == 1:
            self._serve(agents.popitem()[0], offers)
        elif agents:
            self._take_turns(line_up.agents_in_turn(), offers)
        if line_up.touched_works:
            for work in line_up.works_in_turn():
                offer = self._choose(work)
                if offer is not None:
                    offers.append(offer)
        return offers

    def _serve(self, agent: Agent, offers: list[Offer]) -> None:
        """The only one who has room gets the best heads, until there is none or no room."""
        while agent.free:
            offer = self._pick(agent)
            if offer is None:
                self._line_up.groups.list(agent)
                break
            offers.append(offer)

    def _take_turns(self, turn: list[Agent], offers: list[Offer]) -> None:
        """Each takes the best head in turn, by longest idle, until none finds any."""
        groups = self._line_up.groups
        for agent in turn:
            groups.list(agent)
        while turn:
            going = []
            for agent in turn:
                offer = self._pick(agent)
                if offer is not None:
                    offers.append(offer)
                    if agent.free:
                        going.append(agent)
                groups.list(agent)
            turn = going

    def _pick(self, agent: Agent) -> Offer | None:
        """The best head for an agent who has room."""
        floor = self._line_up.floor
        heads, works = best_heads(floor, agent, _NAMED)
        if not heads:
            return None
        work: Waiting = heads[0][-2]
        ability = work.ability
        if ability is not None and (ability.open or ability.named):
            others, free = best_agents(floor, work, _NAMED)
            agents = [each for each in others if each.agent is not agent]
            agents = [Candidate(agent, cost_of(floor, work, agent)), *agents[: _NAMED - 1]]
            offer = chosen(floor, heads, works, agents, free)
        else:
            offer = picked(floor, agent, heads, works)
        self._line_up.give(work, agent)
        return offer

    def _choose(self, work: Waiting) -> Offer | None:
        """The best agent for a conversation."""
        floor = self._line_up.floor
        agents, free = best_agents(floor, work, _NAMED)
        if not agents:
            return None
        best = agents[0].agent
        offer = chosen(floor, [head_of(floor, work, best)], 0, agents, free)
        self._line_up.give(work, best)
        self._line_up.groups.list(best)
        return offer


def instant(seconds: float) -> datetime:
    """Not before that time, however it is rounded."""
    found = datetime.fromtimestamp(seconds, UTC)
    return found if found.timestamp() >= seconds else found + timedelta(microseconds=1)
