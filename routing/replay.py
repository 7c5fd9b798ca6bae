"""Decides once more from what a decision rested on, with the same policies, and says where the outcome differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

from core.errors import Invalid
from core.ids import AgentId, ConversationId
from routing.decision import Decision, SeenAgent, SeenWork, Trigger
from routing.plan import Choice, policy_of
from routing.policies.base import Policy

_GUARDED = 2
_NEAR, _NOTHING = 1e-9, 1e-12
"""All is stored to the last digit: what differs more than another machine's arithmetic does was decided otherwise."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What was seen, as policies want it; the instant of the decision is 0."""

    entered: float
    due: float
    target: float
    worth: float
    priority: int
    kind: str
    handle: float


@dataclass(frozen=True, slots=True)
class Again:
    """What is decided now: the conversation, the agent, and the index of each conversation that was compared."""

    conversation: ConversationId
    agent: AgentId
    indices: tuple[float, ...]


def decide(decision: Decision) -> Again:
    """Raises Invalid for a policy, a parameter or a choice that is not known any more."""
    policies = [policy_of(each.policy, each.parameters, "rules") for each in decision.rules]
    indices = tuple(_index(policies[each.pool], each) for each in decision.work)
    agent = decision.agents[0]
    if decision.trigger is Trigger.CONVERSATION:
        agent = min(decision.agents, key=lambda each: _rank(decision.choice, each))
    return Again(_first(policies, decision.work, indices).conversation, agent.agent, indices)


def differences(decision: Decision) -> list[str]:
    """In plain words, one for each thing that would be otherwise today; none when all is the same."""
    try:
        again = decide(decision)
    except Invalid as error:
        return [f"it cannot be decided again: {error}"]
    work, agent = decision.work[0], decision.agents[0]
    found = []
    if again.conversation != work.conversation:
        found.append(f"conversation {again.conversation} would go before {work.conversation}")
    if again.agent != agent.agent:
        found.append(f"agent {again.agent} would be chosen, not {agent.agent}")
    for seen, index in zip(decision.work, again.indices, strict=True):
        if not isclose(index, seen.index, rel_tol=_NEAR, abs_tol=_NOTHING):
            found.append(f"the index of {seen.conversation} would be {index:.6g}, not {seen.index:.6g}")
    return found


def _index(policy: Policy, seen: SeenWork) -> float:
    return policy.index(_work(seen), 0.0, seen.speed, seen.rate, seen.ahead)


def _work(seen: SeenWork) -> _Work:
    return _Work(-seen.waited_s, seen.slack_s, seen.target_s, seen.worth, seen.priority, "", seen.handle_s)


def _first(policies: Sequence[Policy], works: Sequence[SeenWork], indices: Sequence[float]) -> SeenWork:
    """Past the guard the oldest; else the best of each pool, and among those by priority and share of the target."""
    guarded = [each for each in works if each.phase == _GUARDED]
    if guarded:
        return min(guarded, key=lambda each: (-each.waited_s, each.arrival))
    best: dict[int, tuple[tuple[float, ...], SeenWork]] = {}
    for seen, index in zip(works, indices, strict=True):
        place = _place(policies[seen.pool], seen, index)
        if seen.pool not in best or place < best[seen.pool][0]:
            best[seen.pool] = (place, seen)
    return min((seen for _, seen in best.values()), key=_across)


def _place(policy: Policy, seen: SeenWork, index: float) -> tuple[float, ...]:
    if policy.ordered:
        return (*policy.place(_work(seen)), seen.arrival)
    return (-index, -seen.waited_s, seen.arrival)


def _across(seen: SeenWork) -> tuple[float, ...]:
    return (-seen.priority, seen.slack_s / seen.target_s, -seen.waited_s, seen.arrival)


def _rank(choice: str, seen: SeenAgent) -> tuple[float, ...]:
    """Who declined longest ago among those who are asked again, then who had it before, then by the queue's choice."""
    share = seen.load / seen.capacity if seen.capacity > 0 else 1.0
    by: dict[Choice, tuple[float, ...]] = {
        Choice.LEAST_COST: (seen.cost_s, share),
        Choice.LEAST_LOADED: (share,),
        Choice.LONGEST_IDLE: (),
    }
    return (seen.declined, not seen.previous, *by[Choice(choice)], -seen.idle_s, seen.joined)
