"""What tests of the bot build with: turns, answers, a knowledge base of three articles, engines that misbehave."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.assembly import Bot, BotSettings, Knowing, RasaSide, assemble
from bot.contract import Asked, Engine, GivenArticle, Outcome, PastTurn, Turn
from bot.findings import Findings
from bot.handing.contract import Returns
from bot.handing.doing import Around, HandsOver
from bot.handing.returning import Errands
from bot.handing.service import Service
from bot.handing.settings import HandingSettings
from bot.handing.telling import Telling
from bot.handlers import AnswerMessages, AnswerSettings, Given
from bot.orders.contract import OrderFormat
from bot.orders.memory import MemoryOrders
from bot.proposals import Proposal, Understanding
from bot.reply import Line, Passage, Piece, Words
from bot.scripted import ScriptedEngine
from bot.suggest import SuggestAnswers
from bot.text import tame, tokens
from bot.thinking import Thinker, ThinkingSettings
from bot.wording import Wording
from core.answer import PUBLIC_READER, Answer, Reader
from core.errors import Unavailable
from core.ids import ArticleId, ContactId, ConversationId, MessageId, QueueId, TurnId
from core.order import Order, OrderState
from core.store.tx import Tx
from core.texts import Texts
from tests.builders import CountingIds

LOCALES = Path(__file__).parents[2] / "web" / "locales"
TEXTS = Texts(LOCALES)
ORDERS = MemoryOrders(
    [Order("LL-10234", OrderState.SHIPPED, "2026-03-05"), Order("LL-20871", OrderState.PACKED)]
)


def an_answer(
    article: str = "returns", probability: float = 0.9, *, title: str | None = None, language: str = "en"
) -> Answer:
    name = title or article.title()
    return Answer(ArticleId(article), 1, language, name, f"All about {name}.", f"About {name}.", probability)


def a_turn(text: str = "How do I return a lamp?", **values: Any) -> Turn:
    given: dict[str, Any] = {
        "id": TurnId("t9"),
        "conversation": ConversationId("c1"),
        "contact": ContactId("p1"),
        "message": MessageId("m9"),
        "token": 1,
        "queue": QueueId("general"),
    } | values
    return Turn(text=tame(text, 2000), **given)


WHOLE = 10_000
"""More characters than any article here has."""


def a_past(
    text: str = "How do I pay?",
    outcome: Outcome = Outcome.ANSWERED,
    *,
    articles: Sequence[str] = (),
    **values: Any,
) -> PastTurn:
    given: dict[str, Any] = {
        "id": TurnId("t1"),
        "engine": "scripted",
        "intent": None,
        "language": "en",
    } | values
    told = WHOLE if outcome is Outcome.ANSWERED else 0
    shown = tuple(GivenArticle(ArticleId(each), 1, "en", each.title(), told=told) for each in articles)
    return PastTurn(text=text, outcome=outcome, articles=shown, **given)


def understood(*proposals: Proposal, **values: Any) -> Understanding:
    given: dict[str, Any] = {
        "engine": "rasa",
        "intent": "ask_knowledge",
        "confidence": 0.9,
        "language": "en",
    } | values
    return Understanding(proposals=proposals, **given)


def not_helped_asked() -> PastTurn:
    return a_past(outcome=Outcome.ANSWERED, asked=Asked.HELPED, articles=("paying",))


ARTICLES = {
    ("returns", "en"): ("How to return an item", "You can send a lamp back within 30 days."),
    ("returns", "zh"): ("如何退货", "您可以在30天内退货。"),
    ("paying", "en"): ("Ways to pay", "Pay by card, invoice or PayPal."),
    ("paying", "zh"): ("付款方式", "您可以用银行卡或支付宝付款。"),
    ("shipping", "en"): ("How long shipping takes", "Shipping takes two to four days."),
    ("shipping", "zh"): ("配送需要多久", "配送需要两到四天。"),
}
LONG = (
    "Caring for a monstera",
    "\n\n".join(f"Rule {n} says what to do with water in week {n}." for n in range(1, 45)),
)
ARTICLES["care", "en"] = LONG
_HINTS = {
    "care": {"monstera", "caring"},
    "returns": {"return", "back", "退", "货", "refund"},
    "paying": {"pay", "card", "invoice", "paypal", "付", "款", "支"},
    "shipping": {"shipping", "long", "delivery", "配", "送"},
}


@dataclass
class SmallKnowledge:
    """Implements ``ArticleFinder`` over three articles; ``fails`` and ``hangs`` when a test says so."""

    fails: bool = False
    hangs: bool = False
    asked: list[str] = field(default_factory=list)

    async def find(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        self.asked.append(question)
        if self.fails:
            raise Unavailable("the index is gone")
        if self.hangs:
            await asyncio.Event().wait()
        words = tokens(question)
        found = []
        for (article, of), (title, text) in ARTICLES.items():
            hits = len(words & _HINTS[article])
            same = title.casefold() == question.casefold()
            if of == language and (hits or same):
                found.append(
                    Answer(
                        ArticleId(article),
                        1,
                        of,
                        title,
                        text,
                        text[:240],
                        0.95 if same else min(0.9, 0.45 * hits),
                    )
                )
        return sorted(found, key=lambda each: -each.probability)[:limit]


@dataclass
class Serving:
    """Implements ``Staff``."""

    answer: Service

    def service(self, tx: Tx, queue: QueueId) -> Service:
        return self.answer


def scripted(finder: SmallKnowledge | None = None) -> ScriptedEngine:
    return ScriptedEngine(some_findings(finder))


def some_findings(finder: SmallKnowledge | None = None) -> Findings:
    return Findings(finder or SmallKnowledge(), ORDERS, OrderFormat())


class Misbehaving:
    """Implements ``Engine`` as a test says: raise, never answer, or do something in the meantime."""

    def __init__(
        self, *, error: Exception | None = None, hangs: bool = False, instead: Engine | None = None
    ) -> None:
        self.error = error
        self.hangs = hangs
        self.instead = instead
        self.before: Callable[[], Any] | None = None
        self.turns: list[Turn] = []

    async def understand(self, turn: Turn) -> Understanding:
        self.turns.append(turn)
        if self.before is not None:
            await self.before()
        if self.hangs:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        return await (self.instead or scripted()).understand(turn)


def messages_with(
    given: Given,
    engine: Engine,
    *,
    around: Around | None = None,
    handing: HandingSettings | None = None,
    think_s: float = 4.0,
    attempt_s: float = 8.0,
) -> AnswerMessages:
    """The handler over any engine."""
    limits = handing or HandingSettings()
    wording = Wording(TEXTS, given.ids, OrderFormat())
    thinker = Thinker(engine, some_findings(), settings=ThinkingSettings(think_s), handing=limits)
    hands = HandsOver(around or Around(), Telling(TEXTS, limits), wording, OrderFormat(), limits)
    return AnswerMessages(given, thinker, wording, hands, AnswerSettings(attempt_s=attempt_s))


def some_errands(returns: Returns | None = None) -> Errands:
    """Whoever sends the bot for something."""
    settings = HandingSettings()
    wording = Wording(TEXTS, CountingIds(), OrderFormat())
    return Errands(Telling(TEXTS, settings), wording, returns, settings)


def suggestions_with(given: Given, engine: Engine) -> SuggestAnswers:
    """The other handler over any engine."""
    wording = Wording(TEXTS, given.ids, OrderFormat())
    return SuggestAnswers(given, Thinker(engine, some_findings()), wording)


def a_bot(given: Given, rasa: RasaSide | None = None, settings: BotSettings | None = None) -> Bot:
    """The whole bot over the small knowledge base."""
    return assemble(given, Knowing(TEXTS, SmallKnowledge(), ORDERS), rasa, settings)


def named(piece: Piece) -> str:
    """A line by its key, a passage by its article, other words as they are."""
    match piece:
        case Line(key):
            return key
        case Passage(answer):
            return str(answer.article)
        case Words(text):
            return text
