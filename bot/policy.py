"""What the bot says to a turn: answer, ask back, suggest, or hand over to a person; pure, and the only place that decides.

Silence is not among the answers: ``Nothing`` is said only by who finds the conversation in other hands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.contract import (
    ORDER_NUMBER,
    TALK_KEYS,
    Affirmed,
    Asked,
    AskSlot,
    ChoseArticle,
    ChoseGone,
    ChoseHelped,
    Chosen,
    ChosePerson,
    Complains,
    Denied,
    Found,
    GivenArticle,
    Intent,
    LookupFailed,
    NotProven,
    NumberRefused,
    OrderTold,
    Outcome,
    PastTurn,
    Proposal,
    Talk,
    Turn,
    Understanding,
    WantsPerson,
)
from bot.orders import Order, OrderState
from bot.phrases import asks_for_person
from bot.reply import (
    AskBack,
    BotReply,
    HandOff,
    Line,
    Offer,
    Passage,
    Piece,
    Say,
    Suggest,
)
from bot.text import same_question, says_something
from core.answer import Answer

DEFAULT_LANGUAGE = "en"
_PERSON = Offer(ChosePerson(), "bot-button-person")
_HELPED = (Offer(ChoseHelped(True), "bot-button-helped"), Offer(ChoseHelped(False), "bot-button-not-helped"))
_QUESTIONS = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED, Outcome.FAILED})
_TALK_OFFERS = {"bot-order-stopped": ((_PERSON,), Asked.PERSON), "bot-what-am-i": ((_PERSON,), None)}
_WAYS_TO_NUMBER = {"1": 0, "2": 1, "3": 2, "一": 0, "二": 1, "三": 2, "第一个": 0, "第二个": 1, "第三个": 2}


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """``answer_at``, ``suggest_at``, ``doubtful_answer_at`` are probabilities that an article answers the question.

    The first two are chosen on ``tests/knowledge/questions.py``, where 90 % of the answers are right. The third counts
    where the engine takes the question for out of scope. ``failures_to_person``: so many in a row, and a person takes over.
    """

    answer_at: float = 0.5
    suggest_at: float = 0.2
    doubtful_answer_at: float = 0.8
    suggestions: int = 3
    failures_to_person: int = 2

    def doubtful(self) -> "PolicySettings":
        """For what seems to have nothing to do with us: only what would else be an answer is suggested."""
        return replace(self, answer_at=self.doubtful_answer_at, suggest_at=self.answer_at)


def implied_choice(turn: Turn) -> Chosen | None:
    """The button that was pressed, or that a typed number stands for while we ask which article is meant."""
    if turn.chosen is not None:
        return turn.chosen
    place = _WAYS_TO_NUMBER.get(turn.text.strip(" .。)）").casefold())
    if place is None or turn.last is None or turn.last.asked is not Asked.WHICH:
        return None
    if place >= len(turn.last.articles):
        return None
    given = turn.last.articles[place]
    return ChoseArticle(given.article, given.language, given.title)


def decide_alone(turn: Turn, settings: PolicySettings) -> BotReply | None:
    """What is clear without asking any engine; None when one has to be asked."""
    match implied_choice(turn):
        case ChosePerson():
            return HandOff("asked_for_person")
        case ChoseHelped(helped):
            glad = Say((Line("bot-glad"),), Outcome.CONFIRMED)
            return glad if helped else _not_helped(turn, settings)
        case ChoseGone():
            return AskBack((Line("bot-choice-gone"),), failures=_failures(turn))
        case ChoseArticle() | None:
            pass
    if not turn.text and turn.attachments:
        return HandOff("attachment", (Line("bot-attachment"),))
    if asks_for_person(turn.text):
        return HandOff("asked_for_person")
    if not says_something(turn.text):
        return _fail(turn, settings)
    return None


def decide(turn: Turn, understood: Understanding, settings: PolicySettings) -> BotReply:
    """What is said to what an engine made of the turn."""
    person = _to_person(understood.proposals)
    if person is not None:
        return person
    if _would_be_personal(turn, understood):
        return HandOff("not_proven", (Line("bot-not-proven"),))
    if understood.intent == Intent.OUT_OF_SCOPE:
        settings = settings.doubtful()
    asks = tuple(each for each in understood.proposals if isinstance(each, AskSlot))
    others = tuple(each for each in understood.proposals if not isinstance(each, AskSlot))
    if not others:
        return _ask_slot(turn, asks, settings) if asks else _fail(turn, settings)
    reply = _reply_to(turn, others[0], settings)
    return _and_ask(reply, asks[-1]) if asks and not isinstance(others[0], NumberRefused) else reply


def reply_language(turn: Turn, understood: Understanding | None) -> str:
    """The language of this text, else of what was said before, else of the contact's side."""
    heard = understood.language if understood is not None else None
    before = next((past.language for past in reversed(turn.history) if past.language), None)
    return heard or before or turn.language or DEFAULT_LANGUAGE


def _to_person(proposals: Sequence[Proposal]) -> HandOff | None:
    for proposal in proposals:
        match proposal:
            case WantsPerson():
                return HandOff("asked_for_person")
            case Complains():
                return HandOff("complaint", (Line("bot-complaint"),))
            case LookupFailed():
                return HandOff("lookup_failed", (Line("bot-lookup-failed"),))
            case _:
                pass
    return None


def _would_be_personal(turn: Turn, understood: Understanding) -> bool:
    """Orders are told only to who is known to ask; that there is none, or asking for its number, tells something too."""
    if any(isinstance(each, NotProven) for each in understood.proposals):
        return True
    if turn.proven:
        return False
    return understood.intent == Intent.ORDER_STATUS or any(
        isinstance(each, OrderTold | NumberRefused | AskSlot) for each in understood.proposals
    )


def _reply_to(turn: Turn, proposal: Proposal, settings: PolicySettings) -> BotReply:
    match proposal:
        case Found():
            return _found(turn, proposal, settings)
        case Talk(key) if key in TALK_KEYS:
            offers, asked = _TALK_OFFERS.get(key, ((), None))
            return Say((Line(key),), Outcome.TALKED, offers, asked, _failures(turn))
        case Affirmed():
            return _yes(turn)
        case Denied():
            return _no(turn, settings)
        case OrderTold(order):
            return Say((_order_line(order),), Outcome.ANSWERED, (_PERSON,))
        case NumberRefused(number, well_formed):
            return _refuse(turn, number, settings, well_formed=well_formed)
        case _:
            return _fail(turn, settings)


def _found(turn: Turn, found: Found, settings: PolicySettings) -> BotReply:
    if found.again and _failures(turn) + 1 >= settings.failures_to_person:
        return HandOff("not_helped", (Line("bot-sorry"),))
    pressed = turn.chosen is not None or implied_choice(turn) is not None
    if not pressed and not found.again and _asked_before(turn):
        return HandOff("asked_twice", (Line("bot-asked-twice"),))
    answers = _worth_showing(turn, found, settings)
    if not answers:
        return _fail(turn, settings)
    if answers[0].probability < settings.answer_at and not pressed:
        return _suggest(turn, answers, settings, again=found.again)
    if not pressed and _just_given(turn.last, answers[0]):
        return _same_answer(turn, settings)
    failures = _failures(turn) + 1 if found.again else 0
    return Say((Passage(answers[0]),), Outcome.ANSWERED, (*_HELPED, _PERSON), Asked.HELPED, failures)


def _worth_showing(turn: Turn, found: Found, settings: PolicySettings) -> tuple[Answer, ...]:
    shown = {each.article for past in turn.history for each in past.articles} if found.again else set()
    likely = [each for each in found.answers if each.probability >= settings.suggest_at]
    return tuple(each for each in likely if each.article not in shown)[: settings.suggestions]


def _suggest(turn: Turn, answers: tuple[Answer, ...], settings: PolicySettings, *, again: bool) -> BotReply:
    """Suggesting a second time in a row, or after an answer that did not help, is a failure too."""
    ignored = again or (turn.last is not None and turn.last.outcome is Outcome.SUGGESTED)
    failures = _failures(turn) + int(ignored)
    if failures >= settings.failures_to_person:
        return HandOff("no_answer", (Line("bot-give-up"),), tuple(GivenArticle.of(each) for each in answers))
    line = Line("bot-suggest-other" if again else "bot-suggest")
    return Suggest((line,), answers, (_PERSON,), failures)


def _same_answer(turn: Turn, settings: PolicySettings) -> BotReply:
    failures = _failures(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("asked_twice", (Line("bot-asked-twice"),))
    return AskBack((Line("bot-same-answer"),), (_PERSON,), Asked.PERSON, failures)


def _yes(turn: Turn) -> BotReply:
    match turn.last.asked if turn.last else None:
        case Asked.HELPED:
            return Say((Line("bot-glad"),), Outcome.CONFIRMED)
        case Asked.PERSON:
            return HandOff("asked_for_person")
        case Asked.WHICH:
            return AskBack((Line("bot-which-one"),), asked=Asked.WHICH, failures=_failures(turn))
        case None:
            return Say((Line("bot-go-ahead"),), Outcome.TALKED, failures=_failures(turn))


def _no(turn: Turn, settings: PolicySettings) -> BotReply:
    match turn.last.asked if turn.last else None:
        case Asked.HELPED | Asked.WHICH:
            return _not_helped(turn, settings)
        case Asked.PERSON | None:
            return Say((Line("bot-all-right"),), Outcome.TALKED, failures=_failures(turn))


def _not_helped(turn: Turn, settings: PolicySettings) -> BotReply:
    failures = _failures(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("not_helped", (Line("bot-sorry"),))
    return AskBack((Line("bot-rephrase"),), (_PERSON,), Asked.PERSON, failures)


def _fail(turn: Turn, settings: PolicySettings) -> BotReply:
    failures = _failures(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("no_answer", (Line("bot-give-up"),))
    return AskBack((Line("bot-no-answer"),), (_PERSON,), Asked.PERSON, failures)


def _refuse(turn: Turn, number: str, settings: PolicySettings, *, well_formed: bool) -> BotReply:
    failures = _failures(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("no_order", (Line("bot-order-give-up"),))
    key = "bot-order-unknown" if well_formed else "bot-order-not-a-number"
    return AskBack((Line(key, {"number": number}),), (_PERSON,), None, failures)


def _ask_slot(turn: Turn, asks: tuple[AskSlot, ...], settings: PolicySettings) -> BotReply:
    """The form asks; asking the same again without having got further is a failure."""
    going_round = turn.active_form is not None and turn.last is not None
    failures = _failures(turn) + 1 if going_round else 0
    if failures >= settings.failures_to_person:
        return HandOff("no_order", (Line("bot-order-give-up"),))
    return AskBack((_slot_line(asks[-1]),), failures=failures)


def _and_ask(reply: BotReply, ask: AskSlot) -> BotReply:
    """After an interruption the open form asks again."""
    match reply:
        case Say(pieces, outcome, _, _, failures):
            return Say((*pieces, _slot_line(ask)), outcome, failures=failures)
        case AskBack():
            return replace(reply, pieces=(*reply.pieces, _slot_line(ask)), asked=None)
        case _:
            return reply


def _slot_line(ask: AskSlot) -> Piece:
    return Line("bot-order-ask-number" if ask.slot == ORDER_NUMBER else "bot-no-answer")


def _order_line(order: Order) -> Line:
    if order.state is OrderState.SHIPPED and order.expected is not None:
        return Line("bot-order-shipped-expected", {"number": order.number, "date": order.expected})
    return Line(f"bot-order-state-{order.state.value}", {"number": order.number})


def _failures(turn: Turn) -> int:
    return turn.last.failures if turn.last else 0


def _asked_before(turn: Turn) -> bool:
    return any(
        same_question(turn.text, past.text)
        for past in turn.history
        if past.outcome in _QUESTIONS or (past.outcome is Outcome.ASKED and past.failures)
    )


def _just_given(last: PastTurn | None, answer: Answer) -> bool:
    if last is None or last.outcome is not Outcome.ANSWERED:
        return False
    return any(each.article == answer.article and each.revision == answer.revision for each in last.articles)
