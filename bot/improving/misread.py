"""Which turns of a conversation were probably misunderstood, and why; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.contract import Intent, Outcome
from bot.improving.sameness import key_of

PATTERNS = "scripted"
"""The engine that knows no confidence but its own guesses."""


class Why(StrEnum):
    """What tells it; what customers did weighs more than what the bot was unsure of."""

    UNSURE = "unsure"
    FALLBACK = "fallback"
    OUT_OF_SCOPE = "out_of_scope"
    HANDED_OVER = "handed_over"
    ASKED_AGAIN = "asked_again"
    NOT_HELPED = "not_helped"


_WEIGHT = {why: place for place, why in enumerate(Why)}
_UNDERSTOOD_ALONE = frozenset(
    {
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "bot_challenge",
        "small_talk",
        "insult",
        "talk_to_person",
        "complaint",
        "not_helped",
    }
)
"""What these want is plain, whatever comes after."""
_ANSWERED = frozenset({Outcome.ANSWERED.value, Outcome.SUGGESTED.value, Outcome.ASKED.value})
_GAVE_UP = {"not_helped": Why.NOT_HELPED, "asked_twice": Why.ASKED_AGAIN, "no_answer": Why.HANDED_OVER}
"""Why it was handed over, as ``HandOff.reason`` names it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn, as recorded; ``text`` empty for a button, ``in_form``: a form had asked for something.

    ``reason`` is why it was handed over, None where it was not or nobody knows.
    """

    turn: str
    text: str
    engine: str
    intent: str | None
    confidence: float | None
    outcome: str
    failures: int = 0
    in_form: bool = False
    reason: str | None = None

    @property
    def asks(self) -> bool:
        """What was said to a form is an address, a reason or a number of theirs: no question."""
        said = bool(self.text.strip()) and not self.in_form
        return said and self.intent is not None and self.intent not in _UNDERSTOOD_ALONE


def heavier(one: Why, other: Why) -> Why:
    """What is told of a turn of which both are true."""
    return max(one, other, key=_WEIGHT.__getitem__)


def misunderstood(turns: Sequence[Heard], unsure_below: float) -> dict[str, Why]:
    """Of one conversation's turns, the oldest first: turn ids with the weightiest reason each."""
    found: dict[str, Why] = {}

    def add(turn: Heard, why: Why) -> None:
        found[turn.turn] = heavier(found.get(turn.turn, why), why)

    question: Heard | None = None
    failures = 0
    for turn in turns:
        own = _unsure(turn, unsure_below)
        if own is not None:
            add(turn, own)
        after = _after(turn, question, failures)
        if after is not None and question is not None:
            add(question, after)
        if turn.asks and turn.outcome == Outcome.HANDED_OFF.value and turn.reason in {None, "no_answer"}:
            add(turn, Why.HANDED_OVER)
        if turn.asks:
            question = turn if turn.outcome in _ANSWERED else None
        elif turn.outcome in {Outcome.CONFIRMED.value, Outcome.HANDED_OFF.value}:
            question = None
        failures = turn.failures
    return found


def _unsure(turn: Heard, below: float) -> Why | None:
    """What the engine itself said of it."""
    if not turn.text.strip():
        return None
    if turn.in_form or turn.intent is None:
        return None
    if turn.intent == Intent.FALLBACK.value:
        return Why.FALLBACK
    if turn.intent == Intent.OUT_OF_SCOPE.value:
        return Why.OUT_OF_SCOPE
    unsure = turn.engine != PATTERNS and turn.confidence is not None and turn.confidence < below
    return Why.UNSURE if unsure else None


def _after(turn: Heard, question: Heard | None, failures: int) -> Why | None:
    """What this turn says about the question before it."""
    if question is None:
        return None
    if turn.intent == Intent.NOT_HELPED.value:
        return Why.NOT_HELPED
    if turn.reason in _GAVE_UP and not (turn.asks and turn.reason == "no_answer"):
        return _GAVE_UP[turn.reason]
    if turn.asks:
        return Why.ASKED_AGAIN if key_of(turn.text) == key_of(question.text) else None
    return Why.NOT_HELPED if not turn.text.strip() and turn.failures > failures else None
