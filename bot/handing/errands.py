"""What an agent may ask the bot to get, and what the bot makes of the customer's answer; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.contract import ORDER_NUMBER, Chosen, ChosePerson, Intent
from bot.forms import words
from bot.handing.values import Errand, ErrandKind
from bot.orders.contract import OrderFormat
from bot.phrases import asks_for_person, covering_intent
from bot.reply import AskBack, HandOff, Line
from bot.text import plain, says_something

DONE, NOT_GOT, UNANSWERED = "errand_done", "errand_not_got", "errand_unanswered"
QUESTION = 500
"""Characters of a question that an agent writes."""
_PLEASANTRIES = frozenset({Intent.GREET, Intent.GOODBYE, Intent.THANK})
_SENTENCE_ENDS = re.compile(r"(?<=[.!?。！？])\s*|\n+")
# Begins as a question does and is none: "when I press it, nothing happens".
_RELATES = re.compile(
    r"(?:when|whenever|where|how|what|which|who) (?:i|it|we|they|the|my|this|that|happens|happened)\b[^?？]*|怎么[^?？]{1,10}(?:都|也)[^?？]*"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a message: a reply, and what is known from it, by slot."""

    reply: AskBack | HandOff
    known: tuple[tuple[str, str], ...] = ()


def question_of(kind: ErrandKind, question: str | None) -> Line:
    """What the customer is asked."""
    if kind is ErrandKind.OWN:
        return Line("bot-errand-own", {"question": question or ""})
    return Line(f"bot-errand-{kind.value.replace('_', '-')}")


def answered(
    errand: Errand,
    text: str,
    chosen: Chosen | None,
    orders: OrderFormat,
    *,
    attachments: bool,
    most_tries: int,
) -> Answered:
    """What the customer wrote when they were asked; whoever wants a person has one at once."""
    if isinstance(chosen, ChosePerson) or asks_for_person(text):
        return Answered(HandOff("asked_for_person"))
    known = _got(errand.kind, text, orders, attachments=attachments)
    if known is not None:
        return Answered(HandOff(DONE), known)
    if errand.tries >= most_tries:
        return Answered(HandOff(NOT_GOT))
    return Answered(AskBack((Line("bot-errand-again"), question_of(errand.kind, errand.question))))


def _got(
    kind: ErrandKind, text: str, orders: OrderFormat, *, attachments: bool
) -> tuple[tuple[str, str], ...] | None:
    """None where it is not what was asked for."""
    match kind:
        case ErrandKind.ORDER_NUMBER:
            number = _first_number(orders.numbers_in(text), orders)
            return None if number is None else ((ORDER_NUMBER, number),)
        case ErrandKind.PHOTO:
            return () if attachments else None
        case _:
            sentences = (text, *_SENTENCE_ENDS.split(text))
            return () if attachments or any(_answers(kind, each) for each in sentences) else None


def _answers(kind: ErrandKind, text: str) -> bool:
    """Whether this answers what was asked in free words: an agent's own question may be one that a plain no answers."""
    if kind is ErrandKind.ADDRESS:
        return words.address_in(text) is not None
    if not says_something(text) or words.waits(text) or covering_intent(text) in _PLEASANTRIES:
        return False
    if words.asks_something(text) and not _RELATES.fullmatch(plain(text)):
        return False
    return kind is ErrandKind.OWN or not words.declines(text, None)


def _first_number(written: Sequence[str], orders: OrderFormat) -> str | None:
    return next((number for each in written if (number := orders.normal_form(each)) is not None), None)
