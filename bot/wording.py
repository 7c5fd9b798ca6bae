"""Puts what the policy decided into the words of the catalogue and the parts of a message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, assert_never

from bot.contract import ORDER_NUMBER, ChoseArticle, GivenArticle, Hours, Outcome, Turn, Understanding
from bot.meaning import meaning_of
from bot.orders import OrderFormat
from bot.reply import (
    AskBack,
    BotReply,
    HandOff,
    Line,
    Nothing,
    Offer,
    Passage,
    Piece,
    Say,
    Suggest,
)
from core.answer import Answer, Handoff
from core.ids import Ids
from core.message import ArticleCard, Buttons, Option, Part, Text

Spoken = Say | AskBack | Suggest


class Catalogue(Protocol):
    """``core.texts.Texts``."""

    def say(self, key: str, language: str | None, **values: str | float) -> str: ...


@dataclass(frozen=True, slots=True)
class WordingSettings:
    """In characters: an article longer than ``passage`` is shown by its best passage and a card."""

    passage: int = 1200
    label: int = 80
    quoted: int = 200
    quotes: int = 3


class Wording:
    """Every text that the bot says or leaves for an agent."""

    def __init__(
        self,
        texts: Catalogue,
        ids: Ids,
        orders: OrderFormat,
        hours: Hours | None = None,
        settings: WordingSettings | None = None,
    ) -> None:
        self._texts = texts
        self._ids = ids
        self._orders = orders
        self._hours = hours
        self._settings = settings or WordingSettings()

    def parts(self, reply: Spoken, language: str, *, letter: bool = False) -> tuple[Part, ...]:
        """One message: text, cards for what is longer, buttons last.

        In a letter, where buttons become numbered lines, only articles are offered so, and the way to a person
        stands at the end, once and in words.
        """
        parts = self._pieces(reply.pieces, language)
        offers = reply.offers if not isinstance(reply, Suggest) else _suggested(reply)
        if letter:
            offers = tuple(each for each in offers if isinstance(each.chosen, ChoseArticle))
        if offers:
            options = (
                Option(self._ids.new(), self._label(offer, language), meaning_of(offer.chosen))
                for offer in offers
            )
            parts.append(Buttons(tuple(options)))
        if letter:
            parts.append(Text(self._texts.say("bot-way-to-person", language)))
        return tuple(parts)

    def suggestion(self, reply: BotReply, language: str) -> tuple[Part, ...]:
        """What an agent may answer: the words of an answer and the articles; nothing where the bot has none."""
        match reply:
            case Say(outcome=Outcome.ANSWERED):
                parts = self._pieces(reply.pieces, language)
                shown = {part.article for part in parts if isinstance(part, ArticleCard)}
                answers = [piece.answer for piece in reply.pieces if isinstance(piece, Passage)]
                return (*parts, *(_card(each) for each in answers if each.article not in shown))
            case Suggest(answers=answers):
                return tuple(map(_card, answers))
            case _:
                return ()

    def farewell(self, turn: Turn, reply: HandOff, language: str) -> tuple[Part, ...]:
        """What the customer hears when a person takes over: why, and honestly what happens next."""
        open_now = self._hours.open_now(turn.queue) if self._hours and turn.queue else None
        key = {True: "bot-hand-over-open", False: "bot-hand-over-closed", None: "bot-hand-over"}[open_now]
        return tuple(self._pieces((*reply.pieces, Line(key)), language))

    def handoff(self, turn: Turn, reply: HandOff, understood: Understanding | None, language: str) -> Handoff:
        """What the agent gets; the summary is in the customer's language, as the conversation is."""
        shown = [each for past in turn.history for each in past.articles]
        articles = {each.article: each.title for each in (*shown, *reply.articles)}
        slots = dict(understood.slots if understood else turn.slots)
        return Handoff(
            reason=reply.reason,
            summary=self._summary(turn, reply, _titles(shown), slots, language),
            intent=understood.intent if understood else None,
            confidence=understood.confidence if understood else None,
            slots=slots,
            tried=tuple(dict.fromkeys(each.title for each in shown)),
            articles=tuple(articles.items()),
            language=language,
        )

    def _summary(
        self, turn: Turn, reply: HandOff, titles: str, slots: Mapping[str, str], language: str
    ) -> str:
        lines = [self._texts.say(f"bot-reason-{reply.reason.replace('_', '-')}", language)]
        wrote = [past.text for past in turn.history if past.text] + ([turn.text] if turn.text else [])
        for text in wrote[-self._settings.quotes :]:
            quoted = _cut(" ".join(text.split()), self._settings.quoted)
            lines.append(self._texts.say("bot-summary-wrote", language, text=quoted))
        if titles:
            lines.append(self._texts.say("bot-summary-shown", language, titles=titles))
        if ORDER_NUMBER in slots:
            lines.append(self._texts.say("bot-summary-order", language, number=slots[ORDER_NUMBER]))
        return "\n".join(lines)

    def _pieces(self, pieces: tuple[Piece, ...], language: str) -> list[Part]:
        texts: list[str] = []
        cards: list[Part] = []
        for piece in pieces:
            match piece:
                case Line(key, values):
                    texts.append(
                        self._texts.say(key, language, **{"example": self._orders.example(), **values})
                    )
                case Passage(answer):
                    if answer.language != language:
                        texts.append(self._texts.say("bot-other-language", language))
                    texts.append(self._passage(answer))
                    if len(answer.text) > self._settings.passage:
                        cards.append(_card(answer))
                case _:
                    assert_never(piece)
        return [Text("\n\n".join(texts)), *cards] if texts else cards

    def _passage(self, answer: Answer) -> str:
        if len(answer.text) <= self._settings.passage:
            return answer.text
        return answer.excerpt or _cut(answer.text, self._settings.passage)

    def _label(self, offer: Offer, language: str) -> str:
        if offer.key is not None:
            return self._texts.say(offer.key, language)
        title = offer.chosen.title if isinstance(offer.chosen, ChoseArticle) else ""
        return _cut(title, self._settings.label)


def articles_of(reply: BotReply) -> tuple[GivenArticle, ...]:
    """The articles that a reply shows or suggests."""
    match reply:
        case Say(pieces) | AskBack(pieces):
            return tuple(GivenArticle.of(piece.answer) for piece in pieces if isinstance(piece, Passage))
        case Suggest(_, answers):
            return tuple(GivenArticle.of(answer) for answer in answers)
        case HandOff(_, _, articles):
            return articles
        case Nothing():
            return ()
        case _:
            assert_never(reply)


def _card(answer: Answer) -> ArticleCard:
    return ArticleCard(answer.article, answer.language, answer.title, answer.excerpt)


def _suggested(reply: Suggest) -> tuple[Offer, ...]:
    return (
        *(Offer(ChoseArticle(each.article, each.language, each.title)) for each in reply.answers),
        *reply.offers,
    )


def _titles(articles: list[GivenArticle]) -> str:
    return "; ".join(dict.fromkeys(each.title for each in articles))


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"
