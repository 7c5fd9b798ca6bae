"""The simplest possible world: whoever comes first in some order, to the able agent who is idle longest; no engine."""

import heapq
from collections.abc import Callable

from core.ids import AgentId
from routing.ladder import allows
from routing.simulation.coming import NEVER, SECOND, Traffic, lots
from routing.simulation.desk import desks
from routing.simulation.scenario import Scenario

Order = Callable[[int], tuple[float, ...]]
"""By the number of a conversation; the smallest goes first."""
_FINISH, _ARRIVE, _GO = range(3)


def waits(scenario: Scenario, traffic: Traffic, order: Order) -> list[int]:
    """Microseconds that each conversation waited, answered or not; for agents with a capacity of 1, always at work."""
    seats = desks(scenario)
    idle = list(range(len(seats)))
    waiting: list[int] = []
    works = lots(scenario, traffic)
    waited = [0] * len(traffic.at)
    events = [(at, _ARRIVE, number, 0) for number, at in enumerate(traffic.at)]
    heapq.heapify(events)

    def can(agent: int, number: int) -> bool:
        kind = scenario.kinds[traffic.kind[number]]
        return allows(kind.ladder, 0, AgentId(seats[agent].id), seats[agent].like.skills)

    def serve(agent: int, number: int, now: int) -> None:
        waited[number] = now - traffic.at[number]
        kind = traffic.kind[number]
        seconds = next(works[kind]) * seats[agent].factors[kind]
        heapq.heappush(events, (now + max(1, round(seconds * SECOND)), _FINISH, agent, 0))

    while events:
        now, what, about, _ = heapq.heappop(events)
        if what == _ARRIVE:
            agent = next((each for each in idle if can(each, about)), None)
            if agent is None:
                waiting.append(about)
                if traffic.patience[about] != NEVER:
                    heapq.heappush(events, (now + traffic.patience[about], _GO, about, 0))
            else:
                idle.remove(agent)
                serve(agent, about, now)
        elif what == _FINISH:
            chosen = min((each for each in waiting if can(about, each)), key=order, default=None)
            if chosen is None:
                idle.append(about)
            else:
                waiting.remove(chosen)
                serve(about, chosen, now)
        elif about in waiting:
            waiting.remove(about)
            waited[about] = now - traffic.at[about]
    return waited
