"""How each queue's work is ordered and given out: what operators set, checked and made into policies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, isfinite

from core.errors import Invalid
from core.ids import QueueId
from routing.checking import MOST_S
from routing.policies.base import Policy
from routing.policies.indexed import GeneralisedCMu, Index
from routing.policies.ordered import Ageing, EarliestDeadline, FirstCome, Strict
from routing.queue import QueueRouting
from routing.settings import RoutingSettings

POLICIES: Mapping[str, Callable[..., Policy]] = {
    "index": Index,
    "earliest_deadline": EarliestDeadline,
    "strict": Strict,
    "ageing": Ageing,
    "first_come": FirstCome,
    "cmu": GeneralisedCMu,
}
_POSITIVE = frozenset({"late_s", "unit_s", "point_factor"})
_SHARES = frozenset({"rescue_share", "late_share", "late_floor"})
MOST_FACTOR = 10.0
"""What a point of priority may multiply the worth by: with 100 points that is 1e100 already."""
MOST_GUARD = 1000.0
"""Times the target."""
MOST_WORTH = 1e250
"""Of one conversation, with its priority; above it sums and products would not be numbers any more."""
USUAL_WORTH = 1.0


class Choice(StrEnum):
    """Which of several free agents gets a conversation that comes."""

    LEAST_COST = "least_cost"
    LONGEST_IDLE = "longest_idle"
    LEAST_LOADED = "least_loaded"


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """How one queue's work is handled; queues with an equal ``policy`` are compared by it.

    ``guard``: times the target. ``reserve``: agents kept free. ``untargeted_s``: what has no target is ordered as if due
    after so long. ``lead``: the guard acts early by so large a share of its time, because somebody has to become free.
    ``scarcity``: what the last free agent with another skill, or for another queue, costs more, as a share of the handle
    time.
    """

    policy: Policy = field(default_factory=Index)
    choice: Choice = Choice.LEAST_COST
    guard: float | None = 6.0
    reserve: int = 0
    untargeted_s: float = 600.0
    lead: float = 0.03
    scarcity: float = 0.25

    @property
    def guarded_after(self) -> float:
        """Times the target; infinity without a guard.

        The deadline counts as one of them, whenever its clock began and whatever stood still: the guard acts so many
        targets less one after it.
        """
        return inf if self.guard is None or not self.policy.guarded else (1.0 - self.lead) * self.guard


@dataclass(frozen=True, slots=True)
class Plan:
    """``queues`` that are not named go by ``default``. ``retry_s``: seconds after the last refusal until decliners are asked again."""

    default: QueuePolicy = field(default_factory=QueuePolicy)
    queues: Mapping[QueueId, QueuePolicy] = field(default_factory=dict)
    retry_s: float = 30.0

    def of(self, queue: QueueId) -> QueuePolicy:
        return self.queues.get(queue, self.default)


def usual_routing(policy: str) -> QueueRouting:
    """What goes with a policy where nobody says otherwise, for a queue's form and for both ways to simulate.

    The index weighs costs and needs the guard; any other is the plain rule that it is known as: to who is idle longest,
    and nobody is put before the others.
    """
    usual = QueueRouting()
    if policy == usual.policy:
        return usual
    return QueueRouting(policy=policy, choice=Choice.LONGEST_IDLE.value, guard=None)


def plan_of(queues: Mapping[QueueId, QueueRouting], settings: RoutingSettings) -> Plan:
    """Raises Invalid that names the queue and the field."""
    default = queue_policy(QueueRouting(), settings)
    return Plan(
        default,
        {each: queue_policy(queues[each], settings, f"queues[{each}]") for each in queues},
        settings.retry_s,
    )


def queue_policy(routing: QueueRouting, settings: RoutingSettings, field: str = "routing") -> QueuePolicy:
    """Raises Invalid that names what is wrong, for a form as well."""
    if routing.guard is not None and not 1.0 <= routing.guard <= MOST_GUARD:
        raise Invalid(
            f"{field}.guard",
            f"1 or more times the target (at most {MOST_GUARD:g}), or nothing, not {routing.guard}",
        )
    if routing.reserve < 0:
        raise Invalid(f"{field}.reserve", f"a number of agents from 0, not {routing.reserve}")
    if routing.choice not in set(Choice):
        raise Invalid(f"{field}.choice", f"one of {', '.join(Choice)}, not {routing.choice!r}")
    return QueuePolicy(
        policy_of(routing.policy, routing.parameters, field),
        Choice(routing.choice),
        routing.guard,
        routing.reserve,
        settings.untargeted_s,
    )


def policy_of(name: str, parameters: Mapping[str, float], field: str = "routing") -> Policy:
    """The policy of that name; parameters that are not given keep their defaults. Raises Invalid."""
    make = POLICIES.get(name)
    if make is None:
        raise Invalid(f"{field}.policy", f"one of {', '.join(POLICIES)}, not {name!r}")
    known = make().parameters
    for each, value in parameters.items():
        place = f"{field}.parameters.{each}"
        if each not in known:
            has = ", ".join(known) or "none"
            raise Invalid(place, f"a parameter of {name} ({has})")
        _check_parameter(each, value, place)
    return make(**parameters)


def worth_of(policy: Policy, worth: float, priority: int) -> float:
    """What the policy makes of a conversation; one whose figures make no sense counts as usual, rather than stop the others."""
    try:
        found = policy.worth(worth, priority)
    except OverflowError:
        return USUAL_WORTH
    return found if 0.0 <= found <= MOST_WORTH else USUAL_WORTH


def _check_parameter(name: str, value: float, place: str) -> None:
    """Shares go to 1, factors to MOST_FACTOR, and all else is seconds, up to MOST_S. Raises Invalid."""
    if not isfinite(value) or value < 0 or (name in _POSITIVE and value <= 0):
        least = "more than 0" if name in _POSITIVE else "0 or more"
        raise Invalid(place, f"a number, {least}, not {value}")
    if name in _SHARES:
        if value > 1:
            raise Invalid(place, f"a share from 0 to 1, not {value}")
    elif name == "point_factor":
        if value > MOST_FACTOR:
            raise Invalid(place, f"a factor of at most {MOST_FACTOR:g}, not {value:g}")
    elif value > MOST_S:
        raise Invalid(place, f"at most {MOST_S} seconds (a day), not {value:g}")
