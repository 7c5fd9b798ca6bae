"""The engine without Rasa: patterns in English and Chinese, the order form, and the same knowledge base."""

from bot.contract import (
    ORDER_FORM,
    ORDER_NUMBER,
    Affirmed,
    AskSlot,
    Complains,
    Denied,
    Intent,
    LookupFailed,
    NotProven,
    NumberRefused,
    OrderTold,
    Outcome,
    Proposal,
    Talk,
    Turn,
    Understanding,
    WantsPerson,
)
from bot.findings import Findings
from bot.phrases import covering_intent, searched_intent
from bot.text import language_of

NAME = "scripted"
_TALK = {
    Intent.GREET: "bot-greet",
    Intent.GOODBYE: "bot-goodbye",
    Intent.THANK: "bot-thanks",
    Intent.BOT_CHALLENGE: "bot-what-am-i",
}
_ASK_NUMBER = AskSlot(ORDER_NUMBER, "bot-order-ask-number")
_AFTER_AN_ANSWER = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED})
_COVERED, _SEARCHED, _GUESSED = 0.95, 0.85, 0.5


class ScriptedEngine:
    """Implements ``Engine``; the state of the order form is in the turn, none is kept here."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    async def understand(self, turn: Turn) -> Understanding:
        intent, confidence = self._intent(turn)
        if turn.active_form == ORDER_FORM:
            proposals, form = await self._in_form(turn, intent)
        else:
            proposals, form = await self._outside(turn, intent)
        slots = dict(turn.slots)
        for proposal in proposals:
            if isinstance(proposal, OrderTold):
                slots[ORDER_NUMBER] = proposal.order.number
        return Understanding(
            NAME, intent, confidence, language_of(turn.text), proposals, ORDER_FORM if form else None, slots
        )

    def _intent(self, turn: Turn) -> tuple[Intent, float]:
        covered = covering_intent(turn.text)
        if covered is not None:
            return covered, _COVERED
        searched = searched_intent(turn.text)
        if searched is Intent.NOT_HELPED and not _after_an_answer(turn):
            searched = None
        if searched is not None:
            return searched, _SEARCHED
        return Intent.ASK_KNOWLEDGE, _GUESSED

    async def _in_form(self, turn: Turn, intent: Intent) -> tuple[tuple[Proposal, ...], bool]:
        """What is said while the form waits for a number, and whether it stays open."""
        if intent is Intent.TALK_TO_PERSON:
            return (WantsPerson(),), False
        if intent is Intent.COMPLAINT:
            return (Complains(),), False
        if intent is Intent.DENY:
            return (Talk("bot-order-stopped"),), False
        number = self._findings.number_in(turn.text)
        if number is not None:
            return await self._order(turn, number)
        if intent is Intent.ORDER_STATUS:
            return (_ASK_NUMBER,), True
        aside = await self._aside(turn, intent)
        return ((_ASK_NUMBER,) if isinstance(aside, Affirmed) else (aside, _ASK_NUMBER)), True

    async def _outside(self, turn: Turn, intent: Intent) -> tuple[tuple[Proposal, ...], bool]:
        if intent is not Intent.ORDER_STATUS:
            return (await self._aside(turn, intent),), False
        number = self._findings.number_in(turn.text)
        return ((_ASK_NUMBER,), True) if number is None else await self._order(turn, number)

    async def _order(self, turn: Turn, number: str) -> tuple[tuple[Proposal, ...], bool]:
        found = await self._findings.order(turn, number)
        match found:
            case NumberRefused():
                return (found, _ASK_NUMBER), True
            case OrderTold() | NotProven() | LookupFailed():
                return (found,), False

    async def _aside(self, turn: Turn, intent: Intent) -> Proposal:
        """Whatever has nothing to do with an order."""
        if intent in _TALK:
            return Talk(_TALK[intent])
        match intent:
            case Intent.TALK_TO_PERSON:
                return WantsPerson()
            case Intent.COMPLAINT:
                return Complains()
            case Intent.AFFIRM:
                return Affirmed()
            case Intent.DENY:
                return Denied()
            case Intent.NOT_HELPED:
                return await self._findings.other_articles(turn)
            case _:
                return await self._findings.articles(turn)


def _after_an_answer(turn: Turn) -> bool:
    return turn.last is not None and (turn.last.outcome in _AFTER_AN_ANSWER or turn.last.asked is not None)
