"""Whether a question was asked before, in the same or in other words: then our answer did not settle it."""

from bot import passages
from bot.contract import GivenArticle, Intent, Outcome, PastTurn, Turn
from bot.policy.settings import PolicySettings
from bot.proposals import Found
from bot.text import other_detail, same_question
from core.answer import Answer
from core.ids import ArticleId

_QUESTIONS = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED, Outcome.FAILED})
_GIVEN = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED})
_SAYING_NO = frozenset({None, Intent.DENY, Intent.NOT_HELPED})


def same_words(turn: Turn) -> bool:
    """Whether it was asked in nearly the same words."""
    return any(
        same_question(turn.text, past.text)
        for past in turn.history
        if past.outcome in _QUESTIONS or (past.outcome is Outcome.ASKED and past.failures)
    )


def same_meaning(turn: Turn, found: Found, settings: PolicySettings) -> bool:
    """Whether it was asked in other words and got articles; a question about another detail is another one."""
    given = {past.text for past in turn.history if past.outcome in _GIVEN}
    return any(
        near >= settings.same_meaning and text in given and not other_detail(turn.text, text)
        for text, near in found.alike.items()
    )


def refused(turn: Turn) -> frozenset[ArticleId]:
    """The articles of which the customer said that they did not help."""
    found: set[ArticleId] = set()
    for before, after in zip(turn.history, turn.history[1:], strict=False):
        if _says_no(before, after):
            found.update(each.article for each in before.articles if each.told)
    return frozenset(found)


def is_new(turn: Turn, answer: Answer) -> bool:
    """Whether this article was neither told nor suggested before."""
    return all(each.article != answer.article for past in turn.history for each in past.articles)


def told_before(turn: Turn, answer: Answer, found: Found, settings: PolicySettings) -> bool:
    """Whether just this was told already, and the question is not clearly another one.

    What was told a moment ago is there to be read; what was told before may be told again to a question about something else.
    """
    return any(
        _has_told(each, answer, found.question)
        and (past is turn.last or not _is_other(turn, past, found, settings))
        for past in turn.history
        if past.outcome is Outcome.ANSWERED
        for each in past.articles
    )


def _has_told(given: GivenArticle, answer: Answer, question: str) -> bool:
    same = (given.article, given.revision, given.language) == (
        answer.article,
        answer.revision,
        answer.language,
    )
    return same and (not given.told or passages.tells(answer, given.origin, given.told, question))


def _is_other(turn: Turn, past: PastTurn, found: Found, settings: PolicySettings) -> bool:
    near = found.alike.get(past.text)
    if near is not None and near < settings.other_meaning:
        return True
    return other_detail(turn.text, past.text) and not invited(turn)


def refusals(turn: Turn) -> int:
    """How many answers in a row were said not to have helped, with others between them that nothing was said of."""
    count = 0
    for before, after in zip(turn.history, turn.history[1:], strict=False):
        if after.outcome is Outcome.CONFIRMED:
            count = 0
        count += int(before.outcome is Outcome.ANSWERED and _says_no(before, after))
    return count


def _says_no(before: PastTurn, after: PastTurn) -> bool:
    return after.failures > before.failures and after.intent in _SAYING_NO


def invited(turn: Turn) -> bool:
    """Whether we asked for other words."""
    return turn.last is not None and turn.last.outcome is Outcome.ASKED and turn.last.failures > 0
