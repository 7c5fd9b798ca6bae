"""What the agent gets with a conversation, as facts: all of it from the record, and nothing made up; pure."""

from collections.abc import Collection
from dataclasses import replace

from bot.contract import ORDER_NUMBER, Outcome, PastTurn, Turn
from bot.forms.kinds import Slots, did, readable
from bot.forms.naming import number_spoken_of
from bot.handing.deciding import moods_of
from bot.handing.errands import DONE
from bot.handing.settings import HandingSettings
from bot.orders.contract import OrderFormat
from bot.proposals import Understanding
from bot.reply import HandOff
from core.answer import Handoff

ANSWERED, TOLD, SUGGESTED, ASKED, ASKED_BACK = "answered", "told", "suggested", "asked", "asked_back"
FETCHED, SENT = "fetched", "sent"
CHANGES = frozenset({"changed", "waits", "refused", "unknown"})
"""What came of a wish to change an order; about it stand the wish and the order's number."""
_MANNERS = frozenset(
    (
        *("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "small_talk", "insult"),
        *("talk_to_person", "complaint", "not_helped", "out_of_scope", "nlu_fallback", "ask_knowledge"),
    )
)
"""Intents that do not say what it is about."""
_USUAL = OrderFormat()


def _with_order(slots: Slots, turn: Turn, numbers: OrderFormat) -> Slots:
    """The slots with the order that is spoken of, also where no form took its number down, as in a complaint."""
    now = number_spoken_of(turn.text, numbers)
    if now is None and ORDER_NUMBER in slots:
        return slots
    before = (number_spoken_of(past.text, numbers) for past in reversed(turn.history))
    number = now or next(filter(None, before), None)
    return slots if number is None else {**slots, ORDER_NUMBER: number}


def brief_of(
    turn: Turn,
    reply: HandOff,
    understood: Understanding | None,
    language: str,
    settings: HandingSettings,
    numbers: OrderFormat = _USUAL,
) -> Handoff:
    """Everything but the summary, which is put into words elsewhere."""
    shown = [each for past in turn.history for each in past.articles]
    articles = {each.article: each.title for each in (*shown, *reply.articles)}
    topic = turn.around.topic
    return Handoff(
        reason=reply.reason,
        summary="",
        intent=understood.intent if understood else None,
        confidence=understood.confidence if understood else None,
        slots=readable(_with_order(understood.slots if understood else turn.slots, turn, numbers)),
        tried=tuple(dict.fromkeys(each.title for each in shown)),
        articles=tuple(articles.items()),
        language=language,
        quotes=_quotes(turn, settings),
        steps=_steps(turn, understood, settings),
        matter=_matter(turn, understood),
        mood=str(moods_of(turn)[-1]),
        tier=turn.around.tier,
        topic=None if topic is None else topic.name,
    )


def after_errand(brief: Handoff, before: Handoff | None, kind: str, settings: HandingSettings) -> Handoff:
    """What was known before the bot was sent, and what it brought; ``kind`` of what it was sent for."""
    step = (FETCHED if brief.reason == DONE else SENT, kind)
    if before is None:
        return replace(brief, steps=(*brief.steps, step))
    return replace(
        brief,
        slots={**before.slots, **brief.slots},
        tried=before.tried,
        articles=before.articles,
        quotes=(*before.quotes, *brief.quotes)[-settings.quotes :],
        steps=(*before.steps, step)[-settings.steps :],
        intent=before.intent,
        confidence=before.confidence,
        matter=before.matter,
        topic=before.topic,
        case=before.case,
    )


def _matter(turn: Turn, understood: Understanding | None) -> str | None:
    """The newest intent that says what it is about."""
    intents = [past.intent for past in turn.history] + [understood.intent if understood else None]
    return next((each for each in reversed(intents) if each is not None and each not in _MANNERS), None)


def _quotes(turn: Turn, settings: HandingSettings) -> tuple[str, ...]:
    said = [past.text for past in turn.history] + [turn.text]
    words = [" ".join(text.split()) for text in said if text]
    return tuple(cut(each, settings.quoted) for each in words[-settings.quotes :])


def _steps(
    turn: Turn, understood: Understanding | None, settings: HandingSettings
) -> tuple[tuple[str, str], ...]:
    steps: list[tuple[str, str]] = []
    known: tuple[str, ...] = ()
    for past in turn.history:
        step = _step(past)
        steps += [*_changes(past.slots, known), *([] if step is None else [step])]
        known = did(past.slots)
    return (*steps, *_changes(understood.slots if understood else {}, known))[-settings.steps :]


def _changes(slots: Slots, known: Collection[str]) -> list[tuple[str, str]]:
    """What was asked of whoever keeps orders and was not known before."""
    parted = (each.partition(" ") for each in did(slots) if each not in known)
    return [(came, about) for came, _, about in parted]


def _step(past: PastTurn) -> tuple[str, str] | None:
    """What the bot did in a turn, and what it was about; small talk is nothing."""
    titles = "; ".join(each.title for each in past.articles)
    match past.outcome:
        case Outcome.ANSWERED:
            return (ANSWERED, titles) if titles else (TOLD, past.intent or "")
        case Outcome.SUGGESTED:
            return SUGGESTED, titles
        case Outcome.ASKED:
            return (ASKED, past.active_form) if past.active_form else (ASKED_BACK, "")
        case _:
            return None


def cut(text: str, characters: int) -> str:
    """With an ellipsis where something is left out."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"
