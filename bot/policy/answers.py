"""What is said to what the knowledge base has: an answer, suggestions, one question, or a person."""

from bot.contract import Asked, ChoseTopic, GivenArticle, Outcome, Turn
from bot.policy.choosing import implied_choice
from bot.policy.falling_short import NONE_OF_THESE, PERSON, fail, failures_of
from bot.policy.repeating import invited, is_new, refused, same_meaning, same_words, told_before
from bot.policy.separating import separating, stands_out
from bot.policy.settings import PolicySettings
from bot.policy.telling import HELPED, several, tell
from bot.proposals import Found, Said
from bot.reply import AskBack, BotReply, HandOff, Line, Offer, Say, Suggest, Words
from core.answer import Answer

_VAGUE = 3
"""So many that may be meant make a question vague; less likely ones than that are no answers at all."""


def found(turn: Turn, found: Found, settings: PolicySettings) -> BotReply:
    if found.narrowed:
        return _narrowed(turn, found, settings)
    if implied_choice(turn) is not None:
        return tell(found.answers[0], settings, 0) if found.answers else fail(turn, settings)
    if found.again:
        return _again(turn, found, settings)
    if same_words(turn):
        return _twice()
    told = several(found, settings)
    if told is not None:
        return told
    answers = _worth_showing(found, settings)
    if not answers or _is_foreign(answers[0], found):
        return _elsewhere(turn, found, answers, settings)
    return _answer(turn, found, answers, settings)


def _answer(turn: Turn, found: Found, answers: tuple[Answer, ...], settings: PolicySettings) -> BotReply:
    best, failures = answers[0], 0
    sure = best.probability >= settings.answer_at
    if best.article in refused(turn):
        return _twice()
    if same_meaning(turn, found, settings):
        if not sure or not is_new(turn, best):
            return _twice()
        failures = failures_of(turn) + int(not invited(turn))
    likely = best.probability >= settings.suggest_at
    if likely and told_before(turn, best, found, settings):
        return _same_answer(turn, settings)
    if not sure:
        return _unsure(turn, found, answers, settings)
    if failures >= settings.failures_to_person:
        return _twice()
    return tell(best, settings, failures, found.question)


def _again(turn: Turn, found: Found, settings: PolicySettings) -> BotReply:
    """The last answer did not help: another one, if there is."""
    failures = failures_of(turn) + 1
    if failures >= settings.failures_to_person:
        return HandOff("not_helped", (Line("bot-sorry"),))
    shown = {each.article for past in turn.history for each in past.articles}
    likely = (each for each in found.answers if each.probability >= settings.suggest_at)
    answers = tuple(each for each in likely if each.article not in shown)
    if not answers or _is_foreign(answers[0], found):
        return fail(turn, settings)
    if answers[0].probability >= settings.answer_at:
        return tell(answers[0], settings, failures, found.question)
    return _suggest("bot-suggest-other", answers, settings, failures)


def _worth_showing(found: Found, settings: PolicySettings) -> tuple[Answer, ...]:
    """The best, and what may be meant beside it."""
    likely = tuple(each for each in found.answers if each.probability >= settings.beside_at)
    if not likely:
        return ()
    vague = len(likely) >= _VAGUE and likely[0].probability >= settings.vague_at
    return likely if vague or likely[0].probability >= settings.suggest_at else ()


def _unsure(turn: Turn, found: Found, answers: tuple[Answer, ...], settings: PolicySettings) -> BotReply:
    """One question that separates them, where they are too many to show; else the likeliest.

    Offering something a second time in a row is a failure: what was offered before was not taken.
    """
    failures = failures_of(turn) + int(_passed_over(turn))
    if failures >= settings.failures_to_person:
        given = tuple(GivenArticle.of(each) for each in answers[: settings.suggestions])
        return HandOff("no_answer", (Line("bot-give-up"),), given)
    topics: tuple[str, ...] = ()
    if len(answers) > settings.suggestions and not _passed_over(turn):
        topics = separating(answers, found.topics, settings.topic_bits)
    if not topics:
        return _suggest("bot-suggest", answers, settings, failures)
    offers = (*(Offer(ChoseTopic(each)) for each in topics), NONE_OF_THESE, PERSON)
    return AskBack((Line("bot-which-topic"),), offers, Asked.TOPIC, failures)


def _narrowed(turn: Turn, found: Found, settings: PolicySettings) -> BotReply:
    answers = tuple(each for each in found.answers if each.probability >= settings.beside_at)
    if not answers:
        return fail(turn, settings)
    if len(answers) == 1 or stands_out(answers):
        return tell(answers[0], settings, failures_of(turn), found.question)
    return _suggest("bot-suggest", answers, settings, failures_of(turn))


def said(turn: Turn, words: Said) -> BotReply:
    """What an engine of somebody's own says; the same question again goes to a person, as it does with articles."""
    if not words.answers:
        return Say((Words(words.text),), Outcome.TALKED, failures=failures_of(turn))
    if same_words(turn):
        return _twice()
    return Say((Words(words.text),), Outcome.ANSWERED, (*HELPED, PERSON), Asked.HELPED)


def _elsewhere(turn: Turn, found: Found, answers: tuple[Answer, ...], settings: PolicySettings) -> BotReply:
    """What other languages led to is only offered, never told for an answer; an article in another language as such."""
    likely = answers or tuple(each for each in found.elsewhere if each.probability >= settings.suggest_at)
    failures = failures_of(turn) + int(_passed_over(turn))
    if not likely or failures >= settings.failures_to_person:
        return fail(turn, settings)
    own = tuple(each for each in likely if not _is_foreign(each, found))
    if own:
        return _suggest("bot-suggest", own, settings, failures)
    line = Line("bot-foreign", {"language": likely[0].language})
    return Suggest((line,), likely[:1], (NONE_OF_THESE, PERSON), failures)


def _is_foreign(answer: Answer, found: Found) -> bool:
    return found.language is not None and answer.language != found.language


def _suggest(key: str, answers: tuple[Answer, ...], settings: PolicySettings, failures: int) -> Suggest:
    line = Line("bot-suggest-one" if len(answers) == 1 else key)
    return Suggest((line,), answers[: settings.suggestions], (NONE_OF_THESE, PERSON), failures)


def _passed_over(turn: Turn) -> bool:
    """Whether the turn before offered something that was not taken."""
    last = turn.last
    return last is not None and (last.outcome is Outcome.SUGGESTED or last.asked is Asked.TOPIC)


def _same_answer(turn: Turn, settings: PolicySettings) -> BotReply:
    failures = failures_of(turn) + 1
    if failures >= settings.failures_to_person:
        return _twice()
    return AskBack((Line("bot-same-answer"),), (PERSON,), Asked.PERSON, failures)


def _twice() -> HandOff:
    return HandOff("asked_twice", (Line("bot-asked-twice"),))
