"""What is looked up for a turn, whoever asks (Rasa's actions or the scripted engine): articles, order numbers, orders."""

import asyncio
import logging
from collections.abc import Sequence

from bot.contract import AboutArticles, ArticleFinder, Turn
from bot.looking import ArticleLookup, FindingSettings
from bot.orders.asking import Asking
from bot.orders.contract import OrderConnector, OrderFormat
from bot.proposals import Found, LookupFailed, NotProven, NumberRefused, OrderTold, ProofFailed
from core.answer import Answer
from core.clock import SystemClock
from core.ids import ArticleId
from core.limits import InProcessRateLimits
from core.order import Order

log = logging.getLogger(__name__)


class Findings:
    """Looks things up with the contact and the texts of our own turn; a failure is a finding too."""

    def __init__(
        self,
        finder: ArticleFinder,
        orders: OrderConnector,
        order_format: OrderFormat,
        settings: FindingSettings | None = None,
        about: AboutArticles | None = None,
        asking: Asking | None = None,
    ) -> None:
        self._articles = ArticleLookup(finder, about, settings)
        self._orders = orders
        self._format = order_format
        self._settings = settings or FindingSettings()
        self._asking = asking or Asking(InProcessRateLimits(SystemClock()))

    async def articles(self, turn: Turn, question: str | None = None) -> Found | LookupFailed:
        """For a question, else for the turn's own text."""
        return await self._articles.articles(turn, question)

    async def sure_article(self, turn: Turn, confidence: float) -> Found | None:
        """What answers the text for sure, where an engine is in doubt whether something is wanted of an order."""
        return await self._articles.sure_article(turn, confidence)

    async def other_articles(self, turn: Turn) -> Found | LookupFailed:
        """For the question asked last, since its answer did not help."""
        return await self._articles.other_articles(turn)

    async def about(self, turn: Turn, topic: str) -> Found | LookupFailed:
        """For the question that we asked back about, what is about this topic."""
        return await self._articles.about(turn, topic)

    async def article(self, turn: Turn, article: ArticleId, title: str, language: str) -> Answer | None:
        """One article that a button named; None when it is no longer published."""
        return await self._articles.article(turn, article, title, language)

    async def order(
        self, turn: Turn, written: str
    ) -> OrderTold | NumberRefused | NotProven | ProofFailed | LookupFailed:
        """What became of the order with this number; not looked up for who may be somebody else.

        ProofFailed, whether there is one or not, for who asks about too many that are not proven to be theirs.
        """
        if not turn.proven:
            return NotProven()
        number = self._format.normal_form(written)
        if number is None:
            return NumberRefused(written, well_formed=False)
        try:
            async with asyncio.timeout(self._settings.seconds):
                order = await self._orders.look_up(number, turn.customer)
        except Exception as error:  # noqa: BLE001 - whatever it raises, a person can still help
            _log(turn, "orders", error)
            return LookupFailed("orders")
        theirs = order is not None and order.details is not None
        if not theirs and not await self._asking.may_hear(turn, number):
            return ProofFailed()
        return NumberRefused(number, well_formed=True) if order is None else OrderTold(order)

    async def own_orders(self, turn: Turn) -> Sequence[Order]:
        """Those that proof makes the customer's, the newest first; none where nobody says."""
        if not (turn.proven and turn.verified):
            return ()
        try:
            async with asyncio.timeout(self._settings.seconds):
                return await self._orders.orders_of(turn.customer, self._settings.own_orders)
        except Exception as error:  # noqa: BLE001 - whatever it raises, the customer can name the order
            _log(turn, "orders", error)
            return ()

    @property
    def orders(self) -> OrderConnector:
        """Whoever keeps the orders."""
        return self._orders

    @property
    def numbers(self) -> OrderFormat:
        """How an order's number is written."""
        return self._format


def _log(turn: Turn, what: str, error: Exception) -> None:
    log.warning(
        "%s could not be asked: %s: %s",
        what,
        type(error).__name__,
        error,
        extra={"conversation": turn.conversation},
    )
