"""Whom a waiting conversation may be offered to, step by step: for queues, rules and what a conversation was given."""

import msgspec

from console.wire.base import Level, Seconds


class LadderTerm(msgspec.Struct, frozen=True):
    """That skill (an id) at that level at least."""

    skill: str
    level: Level


class LadderStep(msgspec.Struct, frozen=True):
    """Who is added here: who has all terms of one of the alternatives, or is one of ``agents`` (ids).

    ``[[]]`` is whoever has the required terms, ``[]`` nobody but the agents named. ``until_s`` counts from entry and
    is null in the last step only.
    """

    any_of: tuple[tuple[LadderTerm, ...], ...] = ((),)
    agents: tuple[str, ...] = ()
    until_s: Seconds | None = None


class Ladder(msgspec.Struct, frozen=True):
    """``required`` counts at every step; who may have it at a step is everybody of the steps so far."""

    required: tuple[LadderTerm, ...] = ()
    steps: tuple[LadderStep, ...] = (LadderStep(),)
