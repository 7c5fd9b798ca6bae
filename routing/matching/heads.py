"""Which conversation an agent gets: the heads of the lines that they may serve, in the order of their policies."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping
from heapq import nsmallest
from itertools import accumulate, chain
from math import inf
from operator import attrgetter

from routing.matching.lines import raise_ceilings
from routing.matching.records import GUARDED, RATE, Ability, Agent, Entry, Line, Pool, Task, Waiting
from routing.matching.rules import Floor

Valued = tuple[float, float, int, Waiting, Task]
Head = Entry | Valued
"""The first of a line: where the policy only asks for the place its entry as it stands, without a look at anything in it;
else how it compared: index, rate a second, how many are ahead (as far as the policy asks). The last two are the same."""
_FEW = 16
# Of all abilities of an agent these are read at once, without a turn of a loop.
_room, _front, _holds_until = attrgetter("room"), attrgetter("front"), attrgetter("holds_until")
_ceilings = attrgetter("ceilings")
_Found = tuple[list[Entry], list[float]]
"""Heads of one pool, and what the index of each cannot exceed where the policy compares by it."""


def best_heads(floor: Floor, agent: Agent, most: int) -> tuple[list[Head], int]:
    """Up to ``most`` heads that the agent could have, the one they get first; and how many there were."""
    team = agent.team
    abilities = {} if team is None else team.abilities | agent.named if agent.named else team.abilities
    if not abilities:
        return [], 0
    pool = floor.groups.only_pool
    if pool is None or agent.kept_for or max(map(_room, abilities)) > agent.capacity - agent.load:
        return _look_closer(floor, agent, abilities, most)
    if pool.ordered:
        fronts = [*filter(None, map(_front, abilities))]
        return _first(fronts, most), len(fronts)
    if min(map(_holds_until, abilities)) < floor.now:
        for each in abilities:
            if each.holds_until < floor.now:
                raise_ceilings(each, floor.now)
    ceilings = [*chain.from_iterable(map(_ceilings, abilities))]
    return _highest(floor, agent, ceilings, _front_at(abilities), most), len(ceilings)


def head_of(floor: Floor, work: Waiting, agent: Agent) -> Head:
    """One conversation as it compares for this agent."""
    task = work.task
    return (0.0, 0.0, 0, work, task) if task.pool.ordered else _valued(floor, work, agent.state.speeds)


def across(work: Waiting, now: float) -> tuple[float, ...]:
    """The order between queues with different policies: priority, then the share of the target that has passed."""
    task = work.task
    return (-task.priority, (task.due - now) / task.target, task.entered, task.arrival)


def _look_closer(
    floor: Floor, agent: Agent, abilities: Iterable[Ability], most: int
) -> tuple[list[Head], int]:
    """Where policies differ, somebody is past the guard, or the agent may not have all that comes first."""
    guarded: list[Entry] = []
    pools: dict[Pool, _Found] = {}
    room = -1 if agent.kept_for else agent.capacity - agent.load
    for each in abilities:
        if each.holds_until < floor.now and not each.pool.ordered:
            raise_ceilings(each, floor.now)
        found = fronts, ceilings = pools.setdefault(each.pool, ([], []))
        if each.room > room:
            _look_at(floor, agent, each, found, guarded)
        else:
            fronts += each.fronts
            ceilings += each.ceilings
    heads = [head_of(floor, each[-2], agent) for each in nsmallest(most, guarded)]
    if len(heads) < most:
        ranked = [_ranked(floor, agent, pool, found, most) for pool, found in pools.items() if found[0]]
        if len(ranked) > 1:
            ranked.sort(key=lambda each: across(each[0][-2], floor.now))
        for some in ranked:
            heads += some
        del heads[most:]
    return heads, len(guarded) + sum(len(fronts) for fronts, _ in pools.values())


def _look_at(floor: Floor, agent: Agent, ability: Ability, found: _Found, guarded: list[Entry]) -> None:
    """Of each line the first that the agent may have."""
    fronts, ceilings = found
    for line, front, ceiling in zip(ability.rows, ability.fronts, ability.ceilings, strict=True):
        entry = _allowed(floor, agent, line)
        if entry is None:
            continue
        if line.phase is GUARDED:
            guarded.append(entry)
        else:
            fronts.append(entry)
            ceilings.append(ceiling if entry is front else inf)


def _allowed(floor: Floor, agent: Agent, line: Line) -> Entry | None:
    """The first in the line that the agent may have."""
    if not agent.has_room(line.weight, interruptible=line.interruptible):
        return None
    first = line.order[0]
    if agent.kept_for:
        queue = first[-2].item.queue
        if floor.is_kept(agent, queue, line.weight, interruptible=line.interruptible):
            return None
    if agent.id not in first[-2].barred:
        return first
    return next((each for each in line.order if floor.is_allowed(agent, each[-2])), None)


def _ranked(floor: Floor, agent: Agent, pool: Pool, found: _Found, most: int) -> list[Head]:
    fronts, ceilings = found
    return (
        _first(fronts, most) if pool.ordered else _highest(floor, agent, ceilings, fronts.__getitem__, most)
    )


def _first(entries: list[Entry], most: int) -> list[Head]:
    """By place."""
    if len(entries) > _FEW:
        return [*nsmallest(most, entries)]
    entries.sort()
    return [*entries[:most]]


def _front_at(abilities: Iterable[Ability]) -> Callable[[int], Entry]:
    """Which is which, were their fronts in one row: to put them there takes a look at each, and there few need one."""
    those = [*abilities]
    ends = [*accumulate(map(len, map(_ceilings, those)))]

    def front(at: int) -> Entry:
        which = bisect_right(ends, at)
        return those[which].fronts[at - ends[which]]

    return front


def _highest(
    floor: Floor, agent: Agent, ceilings: list[float], front_at: Callable[[int], Entry], most: int
) -> list[Head]:
    """By index; whose ceiling is below the last of the best is not computed."""
    speeds = agent.state.speeds
    fastest = min(1.0, *speeds.values()) if speeds else 1.0
    best: list[tuple[float, float, int, Valued]] = []
    enough = -inf
    for at in sorted(range(len(ceilings)), key=ceilings.__getitem__, reverse=True):
        if ceilings[at] < enough:
            break
        head = _valued(floor, front_at(at)[-2], speeds)
        task = head[4]
        insort(best, (-head[0], task.entered, task.arrival, head))
        if len(best) > most:
            best.pop()
        if len(best) == most:
            enough = -best[-1][0] * fastest
    return [each[3] for each in best]


def _valued(floor: Floor, work: Waiting, speeds: Mapping[str, float]) -> Valued:
    task, now = work.task, floor.now
    pool, ability = task.pool, work.ability
    rate, ahead = 0.0, 0
    if pool.turns and task.due >= now and ability is not None:
        rate, ahead = ability.rate / RATE, bisect_left(ability.dues, task.due)
    speed = speeds.get(task.kind, 1.0) if speeds else 1.0
    return (pool.policy.index(task, now, speed, rate, ahead), rate, ahead, work, task)
