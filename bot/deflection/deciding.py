"""What became of a conversation with the bot: exactly one of four, from what is on record; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.contract import Intent, Outcome
from bot.deflection.settings import DeflectionSettings


class Became(StrEnum):
    """``CONFIRMED``: the customer said that it helped. ``ASSUMED``: the bot answered, and they did not come back.

    ``ESCALATED``: a person was asked for, or took over. ``ABANDONED``: they left without an answer that helped.
    """

    CONFIRMED = "confirmed"
    ASSUMED = "assumed"
    ESCALATED = "escalated"
    ABANDONED = "abandoned"


class Why(StrEnum):
    """Why it was abandoned, or counts as helped; for what went to people there are their own words."""

    SAID = "said"
    ANSWERED = "answered"
    CAME_AGAIN = "came_again"
    SUGGESTED = "suggested"
    ASKED_BACK = "asked_back"
    NO_ANSWER = "no_answer"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Article:
    """The version that was shown."""

    id: str
    language: str
    number: int


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn of the bot; ``outcome`` as in ``bot.contract.Outcome``."""

    at: datetime
    outcome: str
    intent: str | None = None
    language: str | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of one conversation, in the order of time.

    ``began``: when it did. ``handed``: why and when a person came to have it, None while none has. ``reopened``: when the
    customer opened it again. ``again``: when the same person next wrote to us anywhere else after the last turn.
    """

    began: datetime
    turns: Sequence[Turned]
    handed: tuple[str, datetime] | None = None
    reopened: Sequence[datetime] = ()
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """``settles``: from then on it counts, and changes only if they write there again. ``article`` answered last."""

    became: Became
    why: str
    began: datetime
    last: datetime
    settles: datetime
    intent: str | None
    language: str | None
    article: Article | None


_STANDING = {
    Outcome.CONFIRMED: (Became.CONFIRMED, Why.SAID),
    Outcome.ANSWERED: (Became.ASSUMED, Why.ANSWERED),
    Outcome.SUGGESTED: (Became.ABANDONED, Why.SUGGESTED),
    Outcome.ASKED: (Became.ABANDONED, Why.ASKED_BACK),
    Outcome.FAILED: (Became.ABANDONED, Why.NO_ANSWER),
}
"""Where a turn leaves a conversation; small talk leaves it where it was."""
_NOTHING_YET = (Became.ABANDONED, Why.SMALL_TALK)
_HELPED = frozenset({Became.CONFIRMED, Became.ASSUMED})
_NO_QUESTION = frozenset({Outcome.TALKED, Outcome.CONFIRMED})
_ABOUT_NOTHING = frozenset(
    {
        Intent.GREET,
        Intent.GOODBYE,
        Intent.THANK,
        Intent.AFFIRM,
        Intent.DENY,
        Intent.BOT_CHALLENGE,
        Intent.SMALL_TALK,
        Intent.INSULT,
        Intent.TALK_TO_PERSON,
        Intent.NOT_HELPED,
        Intent.FALLBACK,
    }
)
"""Intents that do not say what a conversation is about."""


def judge(facts: Facts, settings: DeflectionSettings) -> Judged | None:
    """None where the bot never had a part in it."""
    if not facts.turns and facts.handed is None:
        return None
    handed = facts.handed or _handed_by_turn(facts.turns)
    last = facts.turns[-1].at if facts.turns else facts.began
    window = timedelta(seconds=settings.window_s)
    if handed is not None:
        why, at = handed
        # As late as the others: else the newest days would seem to be nothing but escalations.
        return _judged(facts, Became.ESCALATED, why, max(last, at), max(last, at) + window)
    became, reason = _standing(facts, settings)
    return _judged(facts, became, reason.value, last, last + window)


def _judged(facts: Facts, became: Became, why: str, last: datetime, settles: datetime) -> Judged:
    shown = [each.article for each in facts.turns if each.outcome == Outcome.ANSWERED and each.article]
    languages = [each.language for each in facts.turns if each.language]
    return Judged(
        became=became,
        why=why,
        began=facts.began,
        last=last,
        settles=settles,
        intent=_about(facts.turns),
        language=languages[-1] if languages else None,
        article=shown[-1] if shown else None,
    )


def _about(turns: Sequence[Turned]) -> str | None:
    """The last intent that says what it is about, else the last one at all."""
    named = [each.intent for each in turns if each.intent]
    telling = [each for each in named if each not in _ABOUT_NOTHING]
    about = telling or named
    return about[-1] if about else None


def _handed_by_turn(turns: Sequence[Turned]) -> tuple[str, datetime] | None:
    """A bot that handed over did so, whatever else the record lost."""
    return next((("handed_off", each.at) for each in turns if each.outcome == Outcome.HANDED_OFF), None)


def _standing(facts: Facts, settings: DeflectionSettings) -> tuple[Became, Why]:
    """The last thing counts; but whoever had an answer and comes back for more within the window was not helped by it.

    What is asked after a silence longer than the window stands for the conversation, and what was before it is over.
    """
    window = timedelta(seconds=settings.window_s)
    stands, came_back = _after(_NOTHING_YET, facts.turns[0]), False
    for before, turn in pairwise(facts.turns):
        if turn.outcome in _NO_QUESTION:
            pass
        elif turn.at - before.at > window:
            stands, came_back = _NOTHING_YET, False
        elif stands[0] in _HELPED:
            came_back = came_back or _is_return(facts, before.at, turn.at, settings)
        stands = _after(stands, turn)
    if stands[0] is Became.ASSUMED and (came_back or _wrote_elsewhere(facts, window)):
        return Became.ABANDONED, Why.CAME_AGAIN
    return stands


def _after(stands: tuple[Became, Why], turn: Turned) -> tuple[Became, Why]:
    known = next((each for each in _STANDING if each == turn.outcome), None)
    return stands if known is None else _STANDING[known]


def _is_return(facts: Facts, before: datetime, at: datetime, settings: DeflectionSettings) -> bool:
    reopened = any(before < each <= at for each in facts.reopened)
    return reopened or at - before >= timedelta(seconds=settings.rest_s)


def _wrote_elsewhere(facts: Facts, window: timedelta) -> bool:
    return facts.again is not None and facts.again - facts.turns[-1].at <= window
