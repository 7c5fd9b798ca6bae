"""Which choice a customer meant, pressed or written."""

from collections.abc import Sequence

from bot.choices import label_of, means_more, means_none, number_in
from bot.contract import (
    Asked,
    ChoseArticle,
    ChoseHelped,
    ChoseMore,
    Chosen,
    ChosePerson,
    GivenArticle,
    Intent,
    Offered,
    PastTurn,
    Turn,
)
from bot.phrases import covering_intent

_CHOOSING = frozenset({Asked.WHICH, Asked.TOPIC})


def implied_choice(turn: Turn) -> Chosen | None:
    """What was pressed, or what a typed number, title, "none of these", "more" or yes stands for."""
    if turn.chosen is not None:
        return turn.chosen
    last = turn.last
    if last is None or not turn.text:
        return None
    offered = turn.offered or _suggested(last)
    choosing = last.asked in _CHOOSING
    place = _named(turn, offered, choosing=choosing)
    if place is not None:
        return offered[place].chosen
    if choosing and means_none(turn.text):
        return ChoseHelped(False)
    if choosing and covering_intent(turn.text) is Intent.AFFIRM:
        return _only(offered)
    told = _told(last)
    if told is not None and means_more(turn.text):
        return ChoseMore(told.article, told.language, told.title)
    return None


def _named(turn: Turn, offered: Sequence[Offered], *, choosing: bool) -> int | None:
    """Numbers count where we asked which one, and where choices are shown as numbered lines."""
    if choosing or turn.letter:
        place = number_in(turn.text, len(offered))
        if place is not None:
            return place
    return label_of(turn.text, [each.label for each in offered], loosely=choosing)


def _only(offered: Sequence[Offered]) -> Chosen | None:
    """A yes to the only one that was offered."""
    fitting = [each.chosen for each in offered if not isinstance(each.chosen, ChosePerson | ChoseHelped)]
    return fitting[0] if len(fitting) == 1 else None


def _suggested(last: PastTurn) -> tuple[Offered, ...]:
    """By our record, where the message itself is not at hand."""
    if last.asked is not Asked.WHICH:
        return ()
    return tuple(
        Offered(ChoseArticle(each.article, each.language, each.title), each.title) for each in last.articles
    )


def _told(last: PastTurn) -> GivenArticle | None:
    """The article that "more" is about: one that has more, else the last that was told."""
    told = [each for each in last.articles if each.told]
    return next((each for each in told if each.left), told[-1] if told else None)
