"""What a policy is: the order of those in one line, and how much the head of a line is worth at an instant."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from math import inf
from typing import ClassVar, Protocol


class Work(Protocol):
    """A waiting conversation as a policy sees it; times in seconds on one scale, ``due`` and ``target`` always there.

    ``worth``: what missing its target is worth, with what the policy makes of its priority. ``handle``: seconds that an
    average agent needs for this ``kind`` of work.
    """

    @property
    def entered(self) -> float: ...
    @property
    def due(self) -> float: ...
    @property
    def target(self) -> float: ...
    @property
    def worth(self) -> float: ...
    @property
    def priority(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def handle(self) -> float: ...


Place = tuple[float, ...]


class Policy(Protocol):
    """A value without memory. Ties fall to who came first, never to an id.

    ``ordered``: the order never changes with time or agent, so that the smallest ``place`` of all lines goes first, and
    ``index`` only says in one number how urgent it is. Otherwise the head with the highest ``index`` goes first.
    ``turns``: those on time and those late stand in lines of their own, and ``index`` needs ``rate`` and ``ahead``.
    ``guarded``: somebody may have to wait for ever, so that the guard has something to do.
    """

    @property
    def name(self) -> str: ...
    @property
    def ordered(self) -> bool: ...
    @property
    def turns(self) -> bool: ...
    @property
    def guarded(self) -> bool: ...
    @property
    def parameters(self) -> Mapping[str, float]:
        """By their names, with units in them; two policies with equal names and parameters are the same."""
        ...

    def worth(self, worth: float, priority: int) -> float:
        """What a conversation is worth, with its priority."""
        ...

    def line(self, work: Work) -> Hashable:
        """Those with an equal one stand in one line, in which only the ``place`` counts."""
        ...

    def place(self, work: Work) -> Place:
        """The order within the line, the smallest first; ends with when it came."""
        ...

    def place_late(self, work: Work) -> Place:
        """The same for those who are late, where they stand in lines of their own."""
        ...

    def index(self, work: Work, now: float, speed: float, rate: float, ahead: int) -> float:
        """How urgent it is for an agent who needs ``speed`` times the usual handle time.

        ``rate``: how many the busy agents who could have it finish a second. ``ahead``: how many that need the same are
        on time and due earlier.
        """
        ...

    def ceiling(self, work: Work, until: float, rate: float, ahead: int | None) -> float:
        """What the ``index`` cannot exceed at the usual speed until then, found with little effort.

        ``rate``: the least that it may be, ``ahead``: the most; None for who stands among those who are late.
        """
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """What policies have in common unless they say otherwise: one line for all, priority adds no worth, no ceiling."""

    name: ClassVar[str]
    ordered: ClassVar[bool] = True
    turns: ClassVar[bool] = False
    guarded: ClassVar[bool] = True

    @property
    def parameters(self) -> Mapping[str, float]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def worth(self, worth: float, priority: int) -> float:
        return worth

    def line(self, work: Work) -> Hashable:
        return None

    def place_late(self, work: Work) -> Place:
        return (work.entered,)

    def ceiling(self, work: Work, until: float, rate: float, ahead: int | None) -> float:
        return inf
