"""The engine without Rasa: patterns in English and Chinese, the same forms, and the same knowledge base."""

from bot.contract import Intent, Outcome, Turn
from bot.findings import Findings
from bot.forms.going import Forms, Progress
from bot.forms.naming import named_intent
from bot.phrases import covering_intent, searched_intent
from bot.proposals import (
    Affirmed,
    Complains,
    Denied,
    Proposal,
    Talk,
    Understanding,
    WantsPerson,
)
from bot.text import language_of

NAME = "scripted"
_TALK = {
    Intent.GREET: "bot-greet",
    Intent.GOODBYE: "bot-goodbye",
    Intent.THANK: "bot-thanks",
    Intent.BOT_CHALLENGE: "bot-what-am-i",
    Intent.SMALL_TALK: "bot-small-talk",
    Intent.INSULT: "bot-insult",
}
_AFTER_AN_ANSWER = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED})
_ENDS_FORMS = WantsPerson | Complains
_LOOSE = frozenset({None, Intent.ORDER_STATUS})
_COVERED, _SEARCHED, _GUESSED = 0.95, 0.85, 0.5


class ScriptedEngine:
    """Implements ``Engine``; the state of the forms is in the turn, none is kept here."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._forms = Forms(findings)

    async def understand(self, turn: Turn) -> Understanding:
        intent, confidence = self._intent(turn)
        progress = await self._forms.go_on(turn, intent) or await self._beside(turn, intent)
        return Understanding(
            NAME,
            intent,
            confidence,
            language_of(turn.text),
            progress.proposals,
            progress.form,
            progress.slots,
        )

    def _intent(self, turn: Turn) -> tuple[Intent, float]:
        covered = covering_intent(turn.text)
        if covered is not None:
            return covered, _COVERED
        searched = searched_intent(turn.text)
        if searched in _LOOSE:
            searched = named_intent(turn.text, self._findings.numbers) or searched
        if searched is Intent.NOT_HELPED and not _after_an_answer(turn):
            searched = None
        if searched is not None:
            return searched, _SEARCHED
        return Intent.ASK_KNOWLEDGE, _GUESSED

    async def _beside(self, turn: Turn, intent: Intent) -> Progress:
        """What has nothing to do with a form; one that is open asks again, unless a person takes over."""
        aside = await self._aside(turn, intent)
        if isinstance(aside, _ENDS_FORMS):
            return Progress((aside,), None, turn.slots)
        return Progress((aside, *self._forms.again(turn)), turn.active_form, turn.slots)

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
