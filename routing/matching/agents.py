"""Which agent a conversation gets: those who are free and able, in the order of the queue's choice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from math import fsum

from routing.matching.records import Ability, Agent, Team, Waiting
from routing.matching.rules import Floor
from routing.plan import Choice
from routing.why import Why

_Key = tuple[float, ...]


@dataclass(slots=True)
class Candidate:
    """``cost`` in seconds: the expected handle time, and what keeping the agent from other work costs."""

    agent: Agent
    cost: float


def best_agents(floor: Floor, work: Waiting, most: int) -> tuple[list[Candidate], int]:
    """Up to ``most`` agents who could be offered it now, best first; and how many are free and able."""
    ability = work.ability
    if ability is None or not (ability.open or ability.named):
        return [], 0
    if work.item.declined and floor.is_asked_again(work):
        again = _decliners(floor, work, ability)
        return [Candidate(each, cost_of(floor, work, each)) for each in again[:most]], len(again)
    first = _previous(floor, work, ability)
    others = (each for each in _in_order(floor, work, ability) if each is not first)
    chosen = [] if first is None else [first]
    chosen += islice(others, most - len(chosen))
    considered = sum(len(team.free) for team in ability.open) + sum(each.free for each in ability.named)
    return [Candidate(each, cost_of(floor, work, each)) for each in chosen], considered


def cost_of(floor: Floor, work: Waiting, agent: Agent) -> float:
    """Seconds; each other skill or queue of the agent costs the more, the fewer are free who have it."""
    return work.task.handle if agent.team is None else _cost(floor, work, agent.team)


def why(work: Waiting, chosen: list[Candidate]) -> Why:
    """What decided for the first of them."""
    best = chosen[0].agent
    if best.id in work.item.declined:
        return Why.OFFERED_AGAIN
    if best.id == work.item.preferred:
        return Why.PREVIOUS_AGENT
    if len(chosen) == 1:
        return Why.ONLY_ONE
    choice = Choice.LONGEST_IDLE if work.ability is None else work.ability.policy.choice
    if choice is Choice.LEAST_COST and chosen[0].cost < chosen[1].cost:
        return Why.LEAST_COST
    if choice is not Choice.LONGEST_IDLE and _share(best) < _share(chosen[1].agent):
        return Why.LEAST_LOADED
    return Why.LONGEST_IDLE


def _decliners(floor: Floor, work: Waiting, ability: Ability) -> list[Agent]:
    """Who declined it longest ago comes first."""
    known = (floor.agents.get(each) for each in work.item.declined if each not in work.item.excluded)
    return [each for each in known if each is not None and _is_free_for(floor, work, ability, each)]


def _previous(floor: Floor, work: Waiting, ability: Ability) -> Agent | None:
    preferred = work.item.preferred
    if preferred is None or preferred in work.barred:
        return None
    agent = floor.agents.get(preferred)
    return agent if agent is not None and _is_free_for(floor, work, ability, agent) else None


def _is_free_for(floor: Floor, work: Waiting, ability: Ability, agent: Agent) -> bool:
    if agent.team not in ability.teams and agent not in ability.named:
        return False
    return agent.free and _fits(floor, work, agent)


def _fits(floor: Floor, work: Waiting, agent: Agent) -> bool:
    item = work.item
    if not agent.has_room(item.weight, interruptible=item.interruptible):
        return False
    return not (
        agent.kept_for and floor.is_kept(agent, item.queue, item.weight, interruptible=item.interruptible)
    )


def _in_order(floor: Floor, work: Waiting, ability: Ability) -> Iterator[Agent]:
    teams: list[Iterable[tuple[_Key, Agent]]] = [
        _of_team(floor, work, team, ability.policy.choice) for team in ability.open
    ]
    if ability.named:
        teams.append(_of_named(floor, work, ability))
    found = teams[0] if len(teams) == 1 else merge(*teams)
    return (agent for _, agent in found)


def _of_team(floor: Floor, work: Waiting, team: Team, choice: Choice) -> Iterator[tuple[_Key, Agent]]:
    if choice is Choice.LONGEST_IDLE:
        for idle, joined, agent in team.idle:
            if agent.id not in work.barred and _fits(floor, work, agent):
                yield (idle, joined), agent
        return
    cost = _cost(floor, work, team) if choice is Choice.LEAST_COST else 0.0
    for share, idle, joined, agent in team.free:
        if agent.id not in work.barred and _fits(floor, work, agent):
            yield (cost, share, idle, joined), agent


def _of_named(floor: Floor, work: Waiting, ability: Ability) -> list[tuple[_Key, Agent]]:
    choice = ability.policy.choice
    found: list[tuple[_Key, Agent]] = []
    for agent in ability.named:
        if agent.team is None or not agent.free or agent.id in work.barred or not _fits(floor, work, agent):
            continue
        if choice is Choice.LONGEST_IDLE:
            found.append(((agent.idle, agent.joined), agent))
        else:
            cost = _cost(floor, work, agent.team) if choice is Choice.LEAST_COST else 0.0
            found.append(((cost, _share(agent), agent.idle, agent.joined), agent))
    return sorted(found, key=lambda each: each[0])


def _cost(floor: Floor, work: Waiting, team: Team) -> float:
    handle, groups = work.task.handle * team.speeds.get(work.task.kind, 1.0), floor.groups
    ability = work.ability
    scarcity = 0.0 if ability is None else ability.policy.scarcity
    if not scarcity or ability is None:
        return handle
    asked = ability.stage.skills
    skills = [groups.skilled.get(each, 0) for each in team.skills if each not in asked]
    queues = [groups.staffed.get(each, 0) for each in team.profile.queues if each != work.item.queue]
    return handle * (1.0 + scarcity * fsum(1.0 / max(1, each) for each in (*skills, *queues)))


def _share(agent: Agent) -> float:
    return agent.load / agent.capacity if agent.capacity > 0 else 1.0
