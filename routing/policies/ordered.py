"""Policies whose order never changes while a conversation waits: earliest deadline, strict, ageing, first come."""

from dataclasses import dataclass
from typing import ClassVar

from routing.policies.base import Place, Rule, Work


@dataclass(frozen=True, slots=True)
class EarliestDeadline(Rule):
    """By deadline; ``point_s``: so many seconds earlier for each point of priority, which otherwise only breaks ties."""

    name: ClassVar[str] = "earliest_deadline"

    point_s: float = 0.0

    def place(self, work: Work) -> Place:
        return (work.due - self.point_s * work.priority, -work.priority, work.entered)

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        """Seconds past the deadline."""
        return now - work.due + self.point_s * work.priority


@dataclass(frozen=True, slots=True)
class Strict(Rule):
    """By priority, however long others wait; within one priority first come, first served."""

    name: ClassVar[str] = "strict"

    def place(self, work: Work) -> Place:
        return (-work.priority, work.entered)

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        """The priority."""
        return float(work.priority)


@dataclass(frozen=True, slots=True)
class Ageing(Rule):
    """By age; each point of priority counts as ``point_s`` seconds more of it."""

    name: ClassVar[str] = "ageing"

    point_s: float = 60.0

    def place(self, work: Work) -> Place:
        return (work.entered - self.point_s * work.priority, work.entered)

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        """Seconds of age, with those that the priority is worth."""
        return now - work.entered + self.point_s * work.priority


@dataclass(frozen=True, slots=True)
class FirstCome(Rule):
    """First come, first served, whatever the priority. Nobody is overtaken, so that there is nothing to guard."""

    name: ClassVar[str] = "first_come"
    guarded: ClassVar[bool] = False

    def place(self, work: Work) -> Place:
        return (work.entered,)

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        """Seconds waited."""
        return now - work.entered
