"""Puts what the policy decided into the words of the catalogue and the parts of a message."""

from dataclasses import dataclass, replace
from typing import Protocol, assert_never

from bot.contract import (
    ChoseArticle,
    ChoseConfirm,
    ChoseMore,
    ChoseOrder,
    ChoseTopic,
    ChoseWay,
    GivenArticle,
    Outcome,
)
from bot.meaning import meaning_of
from bot.orders.contract import OrderFormat
from bot.reply import (
    AskBack,
    BotReply,
    Day,
    HandOff,
    Line,
    Nothing,
    Offer,
    Passage,
    Piece,
    Say,
    Suggest,
    Words,
)
from core.answer import Answer
from core.ids import Ids
from core.message import ArticleCard, Buttons, Option, Part, Text

_NUMBERED = ChoseArticle | ChoseTopic | ChoseMore | ChoseConfirm | ChoseOrder

Spoken = Say | AskBack | Suggest
NO_NAME = "none"
"""What texts are given for the name of a bot that has none."""


class Catalogue(Protocol):
    """``core.texts.Texts``."""

    def say(self, key: str, language: str | None, /, **values: str | float) -> str: ...


@dataclass(frozen=True, slots=True)
class WordingSettings:
    """``label`` in characters: a button with a longer one is cut."""

    label: int = 80


class Wording:
    """Every text that the bot says or leaves for an agent."""

    def __init__(
        self,
        texts: Catalogue,
        ids: Ids,
        orders: OrderFormat,
        settings: WordingSettings | None = None,
    ) -> None:
        self._texts = texts
        self._ids = ids
        self._orders = orders
        self._settings = settings or WordingSettings()

    def parts(self, reply: Spoken, language: str, *, letter: bool = False) -> tuple[Part, ...]:
        """One message: text, a card with title and link for each article that was told, buttons last.

        In a letter, where buttons become numbered lines, only articles are offered so, and the way to a person
        stands at the end, once and in words.
        """
        parts = self._pieces(reply.pieces, language)
        offers = reply.offers if not isinstance(reply, Suggest) else _suggested(reply)
        if letter:
            offers = tuple(each for each in offers if isinstance(each.chosen, _NUMBERED))
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
                return tuple(self._pieces(reply.pieces, language))
            case Suggest(answers=answers):
                return tuple(map(_card, answers))
            case _:
                return ()

    def farewell(self, reply: HandOff, promise: str, language: str) -> tuple[Part, ...]:
        """What the customer hears when a person takes over: why, and then what happens next."""
        said = self._pieces(reply.pieces, language)
        texts = [part.text for part in said if isinstance(part, Text)]
        others = (part for part in said if not isinstance(part, Text))
        return (Text("\n\n".join((*texts, promise))), *others)

    def lines(self, lines: tuple[Line, ...], language: str) -> tuple[Part, ...]:
        """Nothing but words."""
        return tuple(self._pieces(lines, language))

    def _pieces(self, pieces: tuple[Piece, ...], language: str) -> list[Part]:
        texts: list[str] = []
        cards: list[Part] = []
        titled = len({piece.answer.article for piece in pieces if isinstance(piece, Passage)}) > 1
        for piece in pieces:
            match piece:
                case Line(key, values):
                    said = {
                        name: self._day(value, language) if isinstance(value, Day) else value
                        for name, value in values.items()
                    }
                    known = {"example": self._orders.example(), "persona": NO_NAME, **said}
                    texts.append(self._texts.say(key, language, **known))
                case Passage(answer, cut):
                    texts.append(f"{answer.title}\n{cut.words}" if titled else cut.words)
                    card = ArticleCard(answer.article, language, answer.title, "")
                    cards += [card] if card not in cards else []
                case Words(text):
                    texts.append(text)
                case _:
                    assert_never(piece)
        return [Text("\n\n".join(texts)), *cards] if texts else cards

    def _day(self, day: Day, language: str) -> str:
        """``23 November``, ``11月23日``."""
        said = self._texts.say("bot-date", language, day=str(day.on.day), month=day.on.month)
        if not day.year:
            return said
        return self._texts.say("bot-date-year", language, date=said, year=str(day.on.year))

    def _label(self, offer: Offer, language: str) -> str:
        match offer.chosen:
            case ChoseArticle(title=title) | ChoseMore(title=title) | ChoseWay(title=title):
                named = title
            case ChoseOrder(number, title):
                named = f"{number}: {title}" if title else number
            case ChoseTopic(topic):
                named = topic
            case _:
                named = ""
        said = named if offer.key is None else self._texts.say(offer.key, language, title=named)
        return _cut(said, self._settings.label)


def articles_of(reply: BotReply) -> tuple[GivenArticle, ...]:
    """The articles that a reply shows or suggests."""
    match reply:
        case Say(pieces) | AskBack(pieces):
            return tuple(_told(piece) for piece in pieces if isinstance(piece, Passage))
        case Suggest(_, answers):
            return tuple(GivenArticle.of(answer) for answer in answers)
        case HandOff(_, _, articles):
            return articles
        case Nothing():
            return ()
        case _:
            assert_never(reply)


def _told(passage: Passage) -> GivenArticle:
    cut, given = passage.cut, GivenArticle.of(passage.answer)
    return replace(given, origin=cut.origin, told=cut.told, left=cut.left, further=passage.further)


def _card(answer: Answer) -> ArticleCard:
    return ArticleCard(answer.article, answer.language, answer.title, answer.excerpt)


def _suggested(reply: Suggest) -> tuple[Offer, ...]:
    return (
        *(Offer(ChoseArticle(each.article, each.language, each.title)) for each in reply.answers),
        *reply.offers,
    )


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"
