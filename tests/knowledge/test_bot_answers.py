"""What the bot makes of the sample company's questions, with the models that are installed: at least as good as the figures here."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest

from bot.contract import ChoseTopic
from bot.looking import ArticleLookup
from bot.policy.deciding import decide
from bot.policy.repeating import same_meaning, same_words
from bot.policy.settings import PolicySettings
from bot.proposals import Found
from bot.record import outcome_of
from bot.reply import AskBack, BotReply, HandOff, Line, Nothing, Passage, Say, Suggest
from bot.wording import articles_of
from core.answer import PUBLIC_READER, Answer, Reader
from core.ids import ArticleId
from knowledge.embedding.models import background
from knowledge.ranking import nearness
from knowledge.search import answer_of
from knowledge.transfer.reading import read
from knowledge.transfer.settings import Rules
from tests.bot.builders import a_past, a_turn, understood
from tests.knowledge.repeated import AGAIN, FOLLOWING
from tests.knowledge.sample import ARTICLES
from tests.knowledge.test_answers import PARAPHRASES, UNANSWERABLE
from tests.knowledge.test_answers_by_meaning import MODELS, index

pytestmark = pytest.mark.served  # loads the real models, for seconds

SETTINGS = PolicySettings()


@cache
def categories() -> Mapping[str, str]:
    """By article, the slug of its category."""
    return {each.slug: each.category or "" for each in read(ARTICLES, Rules()).articles}


class Sample:
    """Implements ``ArticleFinder`` and ``AboutArticles`` over the sample company's articles in one language."""

    async def find(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        model = MODELS.of(language)
        assert model is not None
        vector = model.questions([question])[0]
        return [answer_of(hit) for hit in index(language).find(question, language, limit, vector=vector)]

    async def alike(self, one: str, other: str, language: str) -> float | None:
        model = MODELS.of(language)
        assert model is not None
        left, right = model.questions([one, other])
        cosine = float(left @ right) / float((left @ left) * (right @ right)) ** 0.5
        return nearness(cosine, background(model))

    async def elsewhere(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        return ()

    async def topics(
        self, articles: Collection[ArticleId], language: str
    ) -> Mapping[ArticleId, tuple[str, ...]]:
        return {each: (categories()[each],) for each in articles}


async def said(question: str, language: str) -> BotReply:
    turn = a_turn(question, language=language)
    found = await ArticleLookup(Sample(), Sample()).articles(turn)
    assert isinstance(found, Found)
    return decide(turn, understood(found, language=language), SETTINGS)


def became(reply: BotReply, right: str | None) -> str:
    match reply:
        case Say(pieces):
            told = [each.answer.article for each in pieces if isinstance(each, Passage)]
            return "told" if right in told else "told wrong"
        case Suggest(answers=answers):
            return "offered" if right in [each.article for each in answers] else "offered others"
        case AskBack(offers=offers) if any(isinstance(each.chosen, ChoseTopic) for each in offers):
            topics = [each.chosen.topic for each in offers if isinstance(each.chosen, ChoseTopic)]
            return "asked back" if right is not None and categories()[right] in topics else "asked amiss"
        case _:
            return "nothing"


async def counted(asked: Sequence[tuple[str, str | None]], language: str) -> Counter[str]:
    return Counter([became(await said(question, language), right) for question, right in asked])


@pytest.mark.parametrize(("language", "told", "within_reach"), [("en", 50, 59), ("zh", 47, 60)])
async def test_questions_are_answered_or_the_answer_is_offered(
    language: str, told: int, within_reach: int
) -> None:
    counts = await counted(PARAPHRASES[language], language)
    assert counts["told"] >= told, counts
    assert counts["told"] + counts["offered"] + counts["asked back"] >= within_reach, counts
    assert counts["told wrong"] == 0, counts


@pytest.mark.parametrize(("language", "told", "offered"), [("en", 1, 3), ("zh", 0, 1)])
async def test_what_nothing_answers_is_hardly_ever_answered(language: str, told: int, offered: int) -> None:
    counts = await counted([(question, None) for question in UNANSWERABLE[language]], language)
    assert counts["told wrong"] <= told, counts
    assert counts["offered others"] + counts["asked amiss"] <= offered, counts


async def after(before: str, now: str, language: str) -> BotReply:
    """What is said to the second of two questions, after what is said to the first."""
    first = await said(before, language)
    failures = 0 if isinstance(first, HandOff | Nothing) else first.failures
    past = a_past(before, outcome_of(first), language=language, failures=failures)
    turn = a_turn(now, language=language, history=(replace(past, articles=articles_of(first)),))
    found = await ArticleLookup(Sample(), Sample()).articles(turn)
    assert isinstance(found, Found)
    return decide(turn, understood(found, language=language), SETTINGS)


def leads_to_person(reply: BotReply) -> bool:
    """Handed over for it, or a person offered since there is only the same again."""
    if isinstance(reply, HandOff):
        return reply.reason == "asked_twice"
    return isinstance(reply, AskBack) and reply.pieces == (Line("bot-same-answer"),)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_same_in_other_words_leads_to_a_person_and_a_follow_up_is_never_handed_over(
    language: str,
) -> None:
    again = [await after(before, now, language) for before, now in AGAIN[language]]
    assert all(leads_to_person(reply) for reply in again)
    following = [await after(before, now, language) for before, now in FOLLOWING[language]]
    assert not any(isinstance(reply, HandOff) for reply in following)


async def repeated(pairs: Sequence[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Those whose second question is taken for the first one."""
    found = []
    for before, now in pairs:
        turn = a_turn(
            now, language=language, history=(a_past(before, articles=("some",), language=language),)
        )
        looked = await ArticleLookup(Sample(), Sample()).articles(turn)
        assert isinstance(looked, Found)
        if same_words(turn) or same_meaning(turn, looked, SETTINGS):
            found.append((before, now))
    return found


@pytest.mark.parametrize(("language", "least"), [("en", 8), ("zh", 5)])
async def test_the_same_in_other_words_is_noticed_and_a_follow_up_is_none(language: str, least: int) -> None:
    assert len(await repeated(AGAIN[language], language)) >= least
    assert await repeated(FOLLOWING[language], language) == []
