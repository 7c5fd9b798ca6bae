"""What is looked up for a turn, whoever asks (Rasa's actions or the scripted engine): articles, order numbers, orders."""

import asyncio
import logging
import unicodedata
from dataclasses import dataclass

from bot.contract import (
    ArticleFinder,
    Found,
    LookupFailed,
    NotProven,
    NumberRefused,
    OrderTold,
    Outcome,
    Turn,
)
from bot.orders import Order, OrderFormat, OrderLookup
from bot.policy import DEFAULT_LANGUAGE
from bot.text import language_of
from core.answer import Answer
from core.ids import ArticleId

log = logging.getLogger(__name__)

_QUESTIONS = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED, Outcome.FAILED})


@dataclass(frozen=True, slots=True)
class FindingSettings:
    """``articles`` at most are looked at; each look-up may take ``seconds``."""

    articles: int = 6
    seconds: float = 1.5


class Findings:
    """Looks things up with the contact and the texts of our own turn; a failure is a finding too."""

    def __init__(
        self,
        finder: ArticleFinder,
        orders: OrderLookup,
        order_format: OrderFormat,
        settings: FindingSettings | None = None,
    ) -> None:
        self._finder = finder
        self._orders = orders
        self._format = order_format
        self._settings = settings or FindingSettings()

    async def articles(self, turn: Turn) -> Found | LookupFailed:
        """For the turn's own text."""
        return await self._find(turn, turn.text, again=False)

    async def other_articles(self, turn: Turn) -> Found | LookupFailed:
        """For the question asked last, since its answer did not help."""
        asked = next((past.text for past in reversed(turn.history) if past.outcome in _QUESTIONS), None)
        if asked is None:
            return Found(turn.text, (), again=True)
        return await self._find(turn, asked, again=True)

    async def article(self, turn: Turn, article: ArticleId, title: str, language: str) -> Answer | None:
        """One article that a button named; None when it is no longer published."""
        try:
            async with asyncio.timeout(self._settings.seconds):
                answers = await self._finder.find(title, language, self._settings.articles)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "knowledge", error)
            return None
        return next((each for each in answers if each.article == article), None)

    async def order(self, turn: Turn, written: str) -> OrderTold | NumberRefused | NotProven | LookupFailed:
        """What became of the order with this number; not looked up for who may be somebody else."""
        if not turn.proven:
            return NotProven()
        number = self._format.normal_form(written)
        if number is None:
            return NumberRefused(written, well_formed=False)
        try:
            async with asyncio.timeout(self._settings.seconds):
                order: Order | None = await self._orders.look_up(number, turn.contact, verified=turn.verified)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "orders", error)
            return LookupFailed("orders")
        return NumberRefused(number, well_formed=True) if order is None else OrderTold(order)

    def number_in(self, text: str) -> str | None:
        """The likeliest order number in a text, as written."""
        written = self._format.numbers_in(text)
        return next((each for each in written if self._format.normal_form(each)), next(iter(written), None))

    def said(self, turn: Turn, written: str) -> bool:
        """Whether the customer really wrote this number in this turn."""
        if _flat(written) in _flat(turn.text):
            return True
        number = self._format.normal_form(written)
        return number is not None and number in map(
            self._format.normal_form, self._format.numbers_in(turn.text)
        )

    async def _find(self, turn: Turn, question: str, *, again: bool) -> Found | LookupFailed:
        language = (
            language_of(question)
            or next((past.language for past in reversed(turn.history) if past.language), None)
            or turn.language
            or DEFAULT_LANGUAGE
        )
        try:
            async with asyncio.timeout(self._settings.seconds):
                answers = await self._finder.find(question, language, self._settings.articles)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "knowledge", error)
            return LookupFailed("knowledge")
        return Found(question, tuple(answers), again)


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _log(turn: Turn, what: str, error: Exception) -> None:
    log.warning(
        "%s could not be asked: %s: %s",
        what,
        type(error).__name__,
        error,
        extra={"conversation": turn.conversation},
    )
