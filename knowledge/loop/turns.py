"""Which of a customer's questions the bot had nothing good for, by what became of its turns; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

QUESTIONS = frozenset(
    {
        "ask_knowledge",
        "out_of_scope",
        "nlu_fallback",
        "delivery_problem",
        "invoice",
        "password",
        "account",
        "opening_hours",
        "price",
    }
)
"""Intents of turns that ask what articles may answer."""

_ANSWERED, _SUGGESTED, _ASKED, _HANDED_OFF, _CONFIRMED = (
    "answered",
    "suggested",
    "asked",
    "handed_off",
    "confirmed",
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn of the bot, as recorded: ``failures`` in a row up to it; ``pressed``: a button, not words.

    ``ours``: an open form had it, so that it was about an order. ``articles``: what it showed. ``partly``: of several
    questions the bot said that it has no answer to one.
    """

    message: str
    text: str
    intent: str | None
    outcome: str
    failures: int = 0
    pressed: bool = False
    ours: bool = False
    articles: tuple[str, ...] = ()
    partly: bool = False

    @property
    def asks(self) -> bool:
        return self.intent in QUESTIONS and not self.pressed and not self.ours and bool(self.text.strip())


def missed(turns: Sequence[Heard]) -> list[Heard]:
    """Of these turns of one conversation, the oldest first: the questions that found nothing good so far.

    A question is one when the bot had nothing to say to it or passed it on, when the customer says that what came did
    not help, and when they want a person instead.
    """
    found: list[Heard] = []
    open_question: Heard | None = None
    before = 0
    for turn in turns:
        failed = turn.outcome == _ASKED and turn.failures > before
        passed_on = turn.outcome == _HANDED_OFF
        if turn.asks:
            if failed or passed_on or turn.partly:
                found.append(turn)
            if open_question is not None and (passed_on or turn.failures > before):
                found.append(open_question)
            # A question that was asked back about waits for what comes of it, as one that got an answer does.
            waits = turn.outcome in {_ANSWERED, _SUGGESTED} or (turn.outcome == _ASKED and not failed)
            open_question = turn if waits and not turn.partly else None
        elif open_question is not None and (failed or passed_on):
            found.append(open_question)
            open_question = None
        elif turn.outcome == _CONFIRMED:
            open_question = None
        before = turn.failures
    return found
