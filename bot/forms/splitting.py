"""A message with more than one thing in it, one of which is about an order: what goes first, what beside it, what later; pure.

Several questions to the knowledge base are not told apart here, but where articles are looked up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.contract import Intent, Turn
from bot.forms import words
from bot.forms.kinds import ADDRESS, BY_INTENT, REASON, STATUS, Form, form_of, pending
from bot.forms.naming import named_intent
from bot.forms.reading import read, written_numbers
from bot.forms.several import Waiting, answer_and_wishes, those_waiting, wishes_apart
from bot.orders.contract import OrderFormat
from bot.parts import parts_of
from bot.phrases import searched_intent

_PIECES = re.compile(
    r"(?<=[.!?])\s+|(?<=[。！？；])\s*|\n+|\s*[,，;]\s*(?=(?:and|also|by the way|btw)\b|另外|还有|顺便|对了)|\s+(?=and (?:how|what|when|where|who|why|which|can|could|do|does|is|are)\b)",
    re.IGNORECASE,
)
_TO_A_PERSON = frozenset({Intent.TALK_TO_PERSON, Intent.COMPLAINT})


@dataclass(frozen=True, slots=True)
class Split:
    """``first`` goes through the engine; ``questions`` are looked up, ``states`` (order numbers) told beside it.

    ``later`` are other wishes, for when the first is done.
    """

    first: str
    questions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    later: tuple[Waiting, ...] = ()


def split(turn: Turn, numbers: OrderFormat) -> Split | None:
    """None where it is one thing, or nothing that forms have to do with."""
    if turn.chosen is not None:
        return None
    form = form_of(turn.active_form)
    if form is None:
        return _wishes(turn, numbers)
    both = answer_and_wishes(turn, form, numbers)
    return _answer_and_questions(turn, form, numbers) if both is None else Split(both[0], later=both[1])


def _wishes(turn: Turn, numbers: OrderFormat) -> Split | None:
    parts = [piece for part in parts_of(turn.text) for piece in wishes_apart(part, numbers)]
    meant = [searched_intent(part) or named_intent(part, numbers) for part in parts]
    wanted = [_form(intent) for intent in meant]
    if len(parts) == 1 or not any(wanted) or _TO_A_PERSON.intersection(meant):
        return None
    changes = [at for at, form in enumerate(wanted) if form is not None and form is not STATUS]
    first = changes[0] if changes else wanted.index(STATUS)
    later = those_waiting(parts, wanted, first, numbers)
    states, questions = _beside(parts, wanted, first, numbers)
    text = parts[first]
    if not written_numbers(text, numbers):
        text = " ".join((text, *(each for asked in questions for each in written_numbers(asked, numbers))))
    return Split(text, questions, states, later)


def _beside(
    parts: Sequence[str], wanted: Sequence[Form | None], first: int, numbers: OrderFormat
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The orders whose state is told, and the questions."""
    others = [(part, form) for at, (part, form) in enumerate(zip(parts, wanted, strict=True)) if at != first]
    states = [
        number for part, form in others if form is STATUS for number in written_numbers(part, numbers)[:1]
    ]
    return tuple(states), tuple(part for part, form in others if form is None)


def _answer_and_questions(turn: Turn, form: Form, numbers: OrderFormat) -> Split | None:
    """What answers the open form, and the questions that stand beside it."""
    if pending(form, turn.slots, verified=turn.verified) in {ADDRESS, REASON}:
        return None
    pieces = [each for each in _PIECES.split(turn.text.strip()) if each]
    asked = [each for each in pieces if words.asks_something(each)]
    answer = " ".join(each for each in pieces if not words.asks_something(each))
    if not asked or not answer or read(replace(turn, text=answer), form, None, numbers) is None:
        return None
    wanted = [_form(searched_intent(each) or named_intent(each, numbers)) for each in asked]
    states, questions = _beside(asked, wanted, -1, numbers)
    return Split(answer, questions, states)


def _form(intent: Intent | None) -> Form | None:
    return None if intent is None else BY_INTENT.get(intent.value)
