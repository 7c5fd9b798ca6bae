"""The turns that are being answered right now: only for these may Rasa's actions ask anything of us."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.contract import Turn
from bot.forms.going import Progress
from bot.proposals import Proposal
from core.errors import Unavailable
from core.ids import TurnId

MISTAKES = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError)
"""What our own code raises where it is wrong: it would raise the same again."""


@dataclass(slots=True)
class LiveTurn:
    """A turn under way, what its actions found, how its form went on, and what mistake of ours ended it."""

    turn: Turn
    findings: list[Proposal] = field(default_factory=list)
    progress: Progress | None = None
    mistake: Exception | None = None

    def keep(self, finding: Proposal) -> int:
        """Its place, which is all that Rasa is told."""
        self.findings.append(finding)
        return len(self.findings) - 1


class LiveTurns:
    """At most ``most`` at once; one that is over is unknown again."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._turns: dict[TurnId, LiveTurn] = {}

    @contextmanager
    def during(self, turn: Turn) -> Iterator[LiveTurn]:
        """Raises Unavailable when too many are under way."""
        if len(self._turns) >= self._most:
            raise Unavailable(f"{self._most} turns are under way", code="too_many_turns")
        live = LiveTurn(turn)
        self._turns[turn.id] = live
        try:
            yield live
        finally:
            del self._turns[turn.id]

    def find(self, turn_id: str) -> LiveTurn | None:
        return self._turns.get(TurnId(turn_id))
