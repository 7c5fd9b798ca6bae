"""How an article is told: short, then more of it; one answer, or the answers to several questions."""

from collections.abc import Sequence

from bot import passages
from bot.contract import Asked, ChoseArticle, ChoseHelped, ChoseMore, GivenArticle, Outcome, Turn
from bot.policy.falling_short import NONE_OF_THESE, PERSON, failures_of, gone
from bot.policy.settings import PolicySettings
from bot.proposals import Found, Further
from bot.reply import AskBack, BotReply, Line, Offer, Passage, Piece, Say
from core.answer import Answer
from core.ids import ArticleId

HELPED = (Offer(ChoseHelped(True), "bot-button-helped"), Offer(ChoseHelped(False), "bot-button-not-helped"))
_QUOTED = 80


def tell(answer: Answer, settings: PolicySettings, failures: int, question: str = "") -> Say:
    """The article, short."""
    return _tell((Passage(answer, passages.short(answer, settings.short, question)),), failures)


def further(turn: Turn, proposal: Further, settings: PolicySettings) -> BotReply:
    """More of the article that was told before; from its beginning where it has another text by now."""
    answer = proposal.answer
    if answer is None:
        return gone(turn, settings)
    given = begun(turn, answer.article)
    if given is None or given.revision != answer.revision or given.language != answer.language:
        return tell(answer, settings, failures_of(turn))
    cut = passages.further(answer, given.origin, given.told, settings.more)
    if not cut.words:
        return AskBack((Line("bot-no-more"),), (*HELPED, PERSON), Asked.HELPED, failures_of(turn))
    return _tell((Passage(answer, cut, further=True),), failures_of(turn))


def begun(turn: Turn, article: str) -> GivenArticle | None:
    """How far the article was told in this conversation."""
    given = (each for past in reversed(turn.history) for each in past.articles)
    return next((each for each in given if each.article == article and each.told), None)


def several(found: Found, settings: PolicySettings) -> Say | None:
    """Each question of one message is answered; None where they came to nothing, or there is only one.

    To what is open there are suggestions, or it is said that there is no answer.
    """
    told: dict[ArticleId, list[Found]] = {}
    left: list[Found] = []
    for part in found.parts:
        best = next(iter(part.answers), None)
        if best is None or best.probability < settings.answer_at or best.language != part.language:
            left.append(part)
        else:
            told.setdefault(best.article, []).append(part)
    if not told:
        return None
    passing = tuple(each for parts in told.values() for each in _passages(parts, settings))
    return _with_open(passing, left[0], settings) if left else _tell(passing, 0)


def _passages(parts: Sequence[Found], settings: PolicySettings) -> tuple[Passage, ...]:
    """What one article says to one question, or to several: in one piece where they are near each other, else each its own."""
    answers = [(part.answers[0], part.question) for part in parts]
    first, asked = answers[0]
    if len(parts) == 1:
        return (Passage(first, passages.short(first, settings.short, asked)),)
    places = [passages.place_for(answer, question) for answer, question in answers]
    whole = passages.covering(first, places, settings.more)
    if whole is not None:
        return (Passage(first, whole),)
    by_place = dict(zip(places, answers, strict=True))
    return tuple(
        Passage(answer, passages.short(answer, settings.short, question))
        for answer, question in by_place.values()
    )


def _with_open(told: tuple[Passage, ...], left: Found, settings: PolicySettings) -> Say:
    """Of several open questions the first: the others are asked again after it, or told to the person."""
    quoted = {"question": left.question if len(left.question) <= _QUOTED else f"{left.question[:_QUOTED]}…"}
    shown = {each.answer.article for each in told}
    likely = [each for each in left.answers if each.probability >= settings.suggest_at]
    articles = [each for each in likely if each.article not in shown][: settings.suggestions]
    if not articles:
        pieces: tuple[Piece, ...] = (*told, Line("bot-part-open", quoted))
        return Say(pieces, Outcome.ANSWERED, (PERSON, *HELPED), Asked.PERSON)
    choices = (Offer(ChoseArticle(each.article, each.language, each.title)) for each in articles)
    pieces = (*told, Line("bot-part-suggest", quoted))
    return Say(pieces, Outcome.ANSWERED, (*choices, NONE_OF_THESE, PERSON), Asked.WHICH)


def _tell(told: tuple[Passage, ...], failures: int) -> Say:
    articles = {each.answer.article: each for each in told}
    key = "bot-button-more" if len(articles) == 1 else "bot-button-more-of"
    more = (
        Offer(ChoseMore(each.answer.article, each.answer.language, each.answer.title), key)
        for each in articles.values()
        if each.cut.left
    )
    return Say(told, Outcome.ANSWERED, (*more, *HELPED, PERSON), Asked.HELPED, failures)
