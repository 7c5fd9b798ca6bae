"""What the bot says to a turn, before it is put into words; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.contract import Asked, Chosen, GivenArticle, Outcome
from bot.passages import Cut
from core.answer import Answer


@dataclass(frozen=True, slots=True)
class Day:
    """A day to be said as people say it; ``year``: with its year, as it is not this one."""

    on: date
    year: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A text of the catalogue, by key, with its variables."""

    key: str
    values: Mapping[str, str | Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """An article's own words: those of ``cut``, and where the whole of it is. ``further``: it had been begun before."""

    answer: Answer
    cut: Cut
    further: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What an engine of somebody's own says."""

    text: str


Piece = Line | Passage | Words


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: what pressing it means, and the key of its label (None: the article's title)."""

    chosen: Chosen
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Say this; ``outcome`` is answered, talked or confirmed."""

    pieces: tuple[Piece, ...]
    outcome: Outcome
    offers: tuple[Offer, ...] = ()
    asked: Asked | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class AskBack:
    """Ask the customer something; ``failures`` above 0 when it is because nothing was understood."""

    pieces: tuple[Piece, ...]
    offers: tuple[Offer, ...] = ()
    asked: Asked | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Suggest:
    """Offer articles, one of which may answer it."""

    pieces: tuple[Piece, ...]
    answers: tuple[Answer, ...]
    offers: tuple[Offer, ...] = ()
    failures: int = 0


@dataclass(frozen=True, slots=True)
class HandOff:
    """Pass it on to a person; ``pieces`` are said before the customer hears what happens next."""

    reason: str
    pieces: tuple[Piece, ...] = ()
    articles: tuple[GivenArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing is said, since somebody else holds the conversation or it was answered before."""

    why: str


BotReply = Say | AskBack | Suggest | HandOff | Nothing
