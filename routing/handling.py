"""How long work takes: learned by kind and by agent, and how much faster or slower an agent is than others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import log

from core.errors import Invalid
from core.ids import AgentId


@dataclass(frozen=True, slots=True)
class HandlingSettings:
    """How handle times are learned.

    ``usual_s``: expected of work of which nothing is known. ``prior``: so many measurements weigh as much as what is
    expected anyway. ``memory``: older ones fade, so that about so many count. ``least_s``, ``most_s``: a measured time
    outside counts as the nearest inside. ``step``: an agent's speed is rounded to a power of it, at most ``steps`` up
    or down, so that there are few different ones. ``events``: how far back in a conversation is looked.
    """

    usual_s: float = 300.0
    prior: float = 10.0
    memory: float = 200.0
    least_s: float = 5.0
    most_s: float = 14_400.0
    step: float = 1.25
    steps: int = 3
    events: int = 500


def check_handling(settings: HandlingSettings) -> None:
    """Raises Invalid with the name of the setting that makes no sense."""
    told = {
        "usual_s": (settings.usual_s > 0, "more than 0 seconds"),
        "prior": (settings.prior > 0, "more than 0 measurements"),
        "memory": (settings.memory >= 1, "at least 1 measurement"),
        "least_s": (settings.least_s > 0, "more than 0 seconds"),
        "most_s": (settings.most_s >= settings.least_s, f"at least least_s, which is {settings.least_s:g}"),
        "step": (settings.step > 1, "a factor above 1"),
        "steps": (settings.steps >= 0, "a whole number from 0"),
        "events": (settings.events >= 1, "a whole number from 1"),
    }
    for name, (good, expected) in told.items():
        if not good:
            raise Invalid(name, f"{expected}, not {getattr(settings, name):g}")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean ``seconds`` of about ``count`` measured times."""

    count: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """From ``at`` on, ``holder`` held the conversation, and had to work on it if it was ``open``."""

    at: datetime
    holder: AgentId | None
    open: bool


def active_s(moments: Sequence[Moment], agent: AgentId) -> float:
    """Seconds that the agent held it while it was open, up to the last moment; not while it waited or slept."""
    return sum(
        (later.at - moment.at).total_seconds()
        for moment, later in pairwise(moments)
        if moment.holder == agent and moment.open
    )


def learned(known: Estimate, seconds: float, settings: HandlingSettings) -> Estimate:
    """With one measured time more."""
    measured = min(max(seconds, settings.least_s), settings.most_s)
    count = min(known.count, settings.memory - 1) + 1
    return Estimate(count, known.seconds + (measured - known.seconds) / count)


def expected_s(kind: Estimate, settings: HandlingSettings) -> float:
    """Of an average agent: what was measured, drawn to what is usual while little was."""
    return _drawn(kind, settings.usual_s, settings.prior)


def speed(agent: Estimate, kind: Estimate, settings: HandlingSettings) -> float:
    """The agent's factor on the expected time: drawn to 1 while little was measured, and rounded."""
    usual = expected_s(kind, settings)
    ratio = _drawn(agent, usual, settings.prior) / usual
    steps = round(log(ratio) / log(settings.step))
    return float(round(settings.step ** max(-settings.steps, min(settings.steps, steps)), 4))


def speeds(
    own: Mapping[str, Estimate], kinds: Mapping[str, Estimate], settings: HandlingSettings
) -> dict[str, float]:
    """By kind; those that are 1 are left out."""
    found = {kind: speed(each, kinds.get(kind, Estimate()), settings) for kind, each in own.items()}
    return {kind: factor for kind, factor in found.items() if factor != 1.0}


def held_s(held: Iterable[tuple[int, float]], settings: HandlingSettings) -> float:
    """The mean expected seconds of what somebody holds: how many, and how long each of them."""
    parts = list(held)
    count = sum(many for many, _ in parts)
    return sum(many * each for many, each in parts) / count if count else settings.usual_s


def _drawn(known: Estimate, to: float, prior: float) -> float:
    return (known.count * known.seconds + prior * to) / (known.count + prior)
