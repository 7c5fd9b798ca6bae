"""An agent in the simulated world: what they hold, how fast they work, and what the engine is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from core.agent import PresenceState
from core.ids import AgentId, QueueId
from routing.presence import AgentState
from routing.simulation.coming import SECOND
from routing.simulation.laws import mean_of
from routing.simulation.scenario import Kind, Scenario, Team

START = datetime(2024, 1, 1, tzinfo=UTC)
"""A Monday; the world's microsecond 0."""


def moment(at: int) -> datetime:
    """The date of a microsecond of the world."""
    return START + timedelta(0, 0, at)


@dataclass(slots=True)
class Desk:
    """``factors``: seconds of this agent for a second of the average one, by kind. ``left``: work in hand, in seconds
    at full speed, as of ``since``. ``expected_s``: the sum of what the engine thinks that all in hand take.
    """

    id: AgentId
    team: int
    like: AgentState
    factors: tuple[float, ...]
    load: int = 0
    yielding: int = 0
    version: int = 1
    idle_since: datetime = START
    on_shift: bool = True
    responding: bool = True
    missed: int = 0
    expected_s: float = 0.0
    left: dict[int, float] = field(default_factory=dict)
    since: int = 0

    def state(self) -> AgentState:
        """As the router would read it from the agent's row."""
        # Positions are faster than names, and a simulation comes here more often than anywhere.
        like, held = self.like, len(self.left)
        return AgentState(
            self.id,
            self._presence(),
            True,
            like.skills,
            like.queues,
            like.capacity,
            self.load,
            self.idle_since,
            self.version,
            self.yielding,
            like.channels,
            like.delays,
            like.speeds,
            held,
            self.expected_s / held if held else like.held_s,
        )

    def _presence(self) -> PresenceState:
        if not self.on_shift:
            return PresenceState.AWAY
        return PresenceState.AVAILABLE if self.responding else PresenceState.NOT_RESPONDING

    def work(self, until: int, slowdown: float) -> None:
        """Brings what is left in hand up to an instant; each other conversation in hand slows each down."""
        passed = (until - self.since) / SECOND
        self.since = until
        if self.left and passed:
            done = passed / pace(len(self.left), slowdown)
            for serial in self.left:
                self.left[serial] -= done


def pace(held: int, slowdown: float) -> float:
    """Seconds for a second of work, with so many in hand."""
    return 1.0 + slowdown * (held - 1)


def desks(scenario: Scenario) -> list[Desk]:
    """Everybody, team by team."""
    made = []
    for number, team in enumerate(scenario.teams):
        factors = tuple(1.0 / (team.speed * team.speeds.get(_work(kind), 1.0)) for kind in scenario.kinds)
        like = _like(scenario, team, factors)
        made += [Desk(AgentId(f"{team.name}-{at + 1}"), number, like, factors) for at in range(team.count)]
    return made


def _like(scenario: Scenario, team: Team, factors: Sequence[float]) -> AgentState:
    queues = scenario.queue_names if team.queues is None else team.queues
    return AgentState(
        id=AgentId(team.name),
        presence=PresenceState.AVAILABLE,
        active=True,
        skills=dict(team.skills),
        queues=frozenset(QueueId(each) for each in queues),
        capacity=team.capacity,
        load=0,
        idle_since=START,
        version=1,
        channels=team.channels,
        delays={QueueId(queue): seconds for queue, seconds in team.delays.items()},
        speeds={
            _work(kind): factor for kind, factor in zip(scenario.kinds, factors, strict=True) if factor != 1.0
        },
        held_s=mean_handle(scenario.kinds),
    )


def _work(kind: Kind) -> str:
    return kind.work or kind.name


def mean_handle(kinds: Sequence[Kind]) -> float:
    """Of all arrivals, in seconds."""
    rate = sum(kind.rate for kind in kinds)
    return sum(kind.rate * mean_of(kind.handle) for kind in kinds) / rate if rate else 300.0
