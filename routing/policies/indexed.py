"""Policies that value each head anew at every decision: the index of the objective, and the generalised c-mu rule."""

from collections.abc import Hashable
from dataclasses import dataclass
from math import exp
from typing import ClassVar

from routing.poisson import at_most
from routing.policies.base import Place, Rule, Work

_ABOVE = 1.0 + 1e-9
"""A ceiling is so much higher than it comes out, because the index is worked out in another order."""


@dataclass(frozen=True, slots=True)
class Indexed(Rule):
    """Those alike in worth, kind and target stand in one line; a point of priority multiplies the worth by ``point_factor``."""

    ordered: ClassVar[bool] = False

    point_factor: float = 2.0

    def worth(self, worth: float, priority: int) -> float:
        return worth * self.point_factor**priority if priority else worth

    def line(self, work: Work) -> Hashable:
        return (work.worth, work.kind, work.target)


@dataclass(frozen=True, slots=True)
class Index(Indexed):
    """What serving it now saves, for each ``unit_s`` of handle time.

    On time: its worth times the chance that nobody else rescues it before its deadline, were ``rescue_share`` of what
    others finish left for it. Late: its worth times ``late_floor``, plus ``late_share`` once it is ``late_s`` late.
    """

    name: ClassVar[str] = "index"
    turns: ClassVar[bool] = True

    rescue_share: float = 0.6
    late_share: float = 0.1
    late_floor: float = 0.01
    late_s: float = 600.0
    unit_s: float = 300.0

    def place(self, work: Work) -> Place:
        return (work.due, work.entered)

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        slack = work.due - now
        value = work.worth * self.unit_s / (work.handle * speed)
        if slack < 0.0:
            return value * (self.late_floor + self.late_share * min(1.0, -slack / self.late_s))
        return value * at_most(self.rescue_share * rate * slack, ahead)

    def ceiling(self, work: Work, until: float, rate: float, ahead: int | None) -> float:
        value, slack = _ABOVE * work.worth * self.unit_s / work.handle, work.due - until
        if ahead is None:
            return value * (self.late_floor + self.late_share * min(1.0, -slack / self.late_s))
        mean = self.rescue_share * rate * slack
        below = mean - ahead
        # A Poisson variable is so far below its mean with at most this chance.
        return value * exp(below * below / (-2.0 * mean)) if below > 0.0 else value


@dataclass(frozen=True, slots=True)
class GeneralisedCMu(Indexed):
    """The derivative of the cost of delay, ``worth * (waited / target)^2``, over the handle time."""

    name: ClassVar[str] = "cmu"

    def place(self, work: Work) -> Place:
        return (work.entered,)

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        waited = now - work.entered
        return 2.0 * work.worth * waited / (work.target * work.target * work.handle * speed)

    def ceiling(self, work: Work, until: float, rate: float, ahead: int | None) -> float:
        waited = max(0.0, until - work.entered)
        return _ABOVE * 2.0 * work.worth * waited / (work.target * work.target * work.handle)
