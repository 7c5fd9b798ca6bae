"""A decision as an offer, with what it rested on."""

from routing.decision import Trigger
from routing.facts import Offer
from routing.matching.agents import Candidate, why
from routing.matching.evidence import Evidence
from routing.matching.heads import Head
from routing.matching.records import Agent
from routing.matching.rules import Floor
from routing.why import Why


def picked(floor: Floor, agent: Agent, heads: list[Head], works: int) -> Offer:
    """The best head, to an agent while nobody else is free who could have it: the way of nearly all offers."""
    *_, work, task = heads[0]
    item, state, code = task.item, agent.view(), Why.ONLY_ONE
    if work.barred or item.preferred is not None:
        code = why(work, [Candidate(agent, 0.0)])
    speeds = state.speeds
    cost = task.handle * speeds.get(task.kind, 1.0) if speeds else task.handle
    evidence = Evidence(Trigger.AGENT, floor.now, heads, works, (cost,), (agent.joined,))
    return Offer(item, state.id, state.version, code, (state,), floor.at, 1, None, evidence)


def chosen(floor: Floor, heads: list[Head], works: int, agents: list[Candidate], free: int) -> Offer:
    """Of the first conversation to the first agent; a single head says that it had the choice."""
    *_, work, task = heads[0]
    views = tuple([each.agent.view() for each in agents])
    evidence = Evidence(
        Trigger.AGENT if works else Trigger.CONVERSATION,
        floor.now,
        heads,
        max(1, works),
        tuple([each.cost for each in agents]),
        tuple([each.agent.joined for each in agents]),
    )
    best, standby = views[0], views[1].id if len(views) > 1 else None
    code, free = why(work, agents), max(free, len(views))
    return Offer(task.item, best.id, best.version, code, views, floor.at, free, standby, evidence)
