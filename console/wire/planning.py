"""Planning: how many agents a promise needs, and what a simulation found."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from console.wire.base import Answer, Ask, Line, Number
from console.wire.setup import TimeOfDay

PolicyName = Literal["index", "earliest_deadline", "strict", "ageing", "first_come", "cmu"]
ChoiceName = Literal["least_cost", "longest_idle", "least_loaded"]
SimulationState = Literal["running", "done", "failed"]
SimulationSource = Literal["past", "sample", "own"]
Arrivals = Annotated[tuple[float, ...], msgspec.Meta(min_length=1)]


class StaffingAsk(Ask, frozen=True):
    """``arrivals`` in each half hour from ``starts``; the rest as in ``routing.staffing``: seconds, and shares from 0 to 1."""

    arrivals: Arrivals
    handle_s: float
    starts: TimeOfDay = "00:00"
    patience_s: float | None = None
    at_once: int = 1
    share: float = 0.8
    target_s: float = 20.0
    most_occupancy: float | None = None
    most_abandoned: float | None = None
    shrinkage: float = 0.0


class Expected(Answer, frozen=True):
    """Shares of all who come; ``mean_wait_s`` is null where the line can only grow."""

    within: float
    waits: float
    mean_wait_s: float | None
    abandoned: float
    occupancy: float


class StaffedHalf(Answer, frozen=True):
    """``starts`` as 09:30; ``agents`` at work, ``scheduled`` with those who are absent; ``one_less``: with one agent less."""

    starts: str
    arrivals: float
    agents: int
    scheduled: int
    expected: Expected
    one_less: Expected | None


class Staffing(Answer, frozen=True):
    """``agent_hours`` and ``scheduled_hours`` in all; ``peak``: the most agents at work in one half hour."""

    halves: tuple[StaffedHalf, ...]
    agent_hours: float
    scheduled_hours: float
    peak: int
    within: float


class SimulatedPolicyAsk(Ask, frozen=True):
    """All queues by this policy; ``current``: each as it is set now, only for the past. What is left out is as usual for the policy."""

    policy: PolicyName | Literal["current"]
    choice: ChoiceName | None = None
    guard: float | msgspec.UnsetType | None = msgspec.UNSET
    parameters: dict[str, float] = msgspec.field(default_factory=dict)


class SimulationAsk(Ask, frozen=True):
    """One of: the last ``past_days`` of this installation, a ``sample`` by its name, an own ``scenario`` (docs/simulation.md).

    ``seeds``: so many days of made-up traffic; ``hours`` of each. The past happened once.
    """

    policies: Annotated[tuple[SimulatedPolicyAsk, ...], msgspec.Meta(min_length=1)]
    name: Line = ""
    past_days: Number | None = None
    sample: str | None = None
    scenario: dict[str, Any] | None = None
    seeds: Number = 5
    hours: Annotated[float, msgspec.Meta(gt=0)] | None = None


class Simulation(Answer, frozen=True):
    """One run. ``progress`` from 0 to 1. ``error``: a code (``interrupted``, ``stopped``, ``time``, ``memory``, ``crashed``, ``failed``)."""

    id: str
    name: str
    state: SimulationState
    source: SimulationSource
    sample: str | None
    past_days: int | None
    policies: tuple[str, ...]
    progress: float
    error: str | None
    detail: str | None
    by: str | None
    created_at: datetime
    ended_at: datetime | None


class SimulatedFigure(Answer, frozen=True):
    """A mean and its 95 % interval; null where nothing is known."""

    value: float | None
    low: float | None
    high: float | None


class SimulatedRow(Answer, frozen=True):
    """Of one type, or of all; waits in seconds, shares from 0 to 1 of all who came."""

    arrived: int
    wait_s: SimulatedFigure
    attainment: SimulatedFigure
    abandonment: SimulatedFigure
    late_s: SimulatedFigure
    longest_wait_s: float | None
    wait_p99_s: float | None
    unfinished: int


class SimulatedTotal(SimulatedRow, frozen=True):
    """``cost``: mean worth of what missed its target, and worth times lateness over 600 s, a conversation."""

    weighted_attainment: SimulatedFigure
    cost: SimulatedFigure


class SimulatedPolicy(Answer, frozen=True):
    policy: str
    all: SimulatedTotal
    types: dict[str, SimulatedRow]


class SimulatedPair(Answer, frozen=True):
    """``first`` less ``second`` on the same arrivals; ``cost_ratio`` is the first's over the second's."""

    first: str
    second: str
    wait_s: SimulatedFigure
    attainment: SimulatedFigure
    abandonment: SimulatedFigure
    cost: SimulatedFigure
    cost_ratio: SimulatedFigure | None


class SimulationResult(Answer, frozen=True):
    """``hours`` of each of ``seeds``, without what was simulated and not counted (``warm_up``)."""

    hours: float
    warm_up: float
    seeds: tuple[int, ...]
    policies: tuple[SimulatedPolicy, ...]
    comparisons: tuple[SimulatedPair, ...]


class SimulationDetail(Answer, frozen=True):
    """``result`` once it is done."""

    simulation: Simulation
    result: SimulationResult | None


class SimulationChoices(Answer, frozen=True):
    """What can be simulated: the names of samples, and the limits."""

    samples: tuple[str, ...]
    past_days: int
    policies: int
    seeds: int


class Simulations(Answer, frozen=True):
    """The newest first."""

    items: tuple[Simulation, ...]
    choices: SimulationChoices
