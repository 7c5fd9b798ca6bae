"""What is looked up for a turn beside its own question, and that none of it stands in the way of the answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.contract import Asked, Outcome, Turn
from bot.looking import ArticleLookup
from bot.proposals import Found, LookupFailed
from core.answer import PUBLIC_READER, Answer, Reader
from core.errors import Unavailable
from core.ids import ArticleId
from tests.bot.builders import SmallKnowledge, a_past, a_turn, an_answer

ABROAD = an_answer("returns", 0.6, language="zh")


@dataclass
class KnowsMore:
    """Implements ``AboutArticles``; ``fails`` when a test says so."""

    fails: bool = False
    compared: list[str] = field(default_factory=list)

    async def alike(self, one: str, other: str, language: str) -> float | None:
        self._may_fail()
        self.compared.append(other)
        return None if other == "?" else 0.8

    async def elsewhere(
        self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
    ) -> Sequence[Answer]:
        self._may_fail()
        return [ABROAD]

    async def topics(
        self, articles: Collection[ArticleId], language: str
    ) -> Mapping[ArticleId, tuple[str, ...]]:
        self._may_fail()
        return {each: ("Money" if each == "paying" else "Parcels",) for each in articles}

    def _may_fail(self) -> None:
        if self.fails:
            raise Unavailable("the database is gone")


async def found(turn: Turn, about: KnowsMore | None = None, finder: SmallKnowledge | None = None) -> Found:
    looked = await ArticleLookup(finder or SmallKnowledge(), about).articles(turn)
    assert isinstance(looked, Found)
    return looked


async def test_each_of_two_questions_is_looked_up() -> None:
    looked = await found(a_turn("How do I return a lamp and get it back? And can I pay by card or invoice?"))
    assert [part.answers[0].article for part in looked.parts] == ["returns", "paying"]
    assert (await found(a_turn("How do I return a lamp?"))).parts == ()


@pytest.mark.parametrize(
    "text", ["How do I return a lamp and get it back? How long can I keep it?", "怎么退货？要多久？"]
)
async def test_a_part_that_names_nothing_is_about_what_the_part_before_it_names(text: str) -> None:
    finder = SmallKnowledge()
    looked = await found(a_turn(text), finder=finder)
    first, second = (part.question for part in looked.parts)
    assert f"{first} {second}" in finder.asked
    assert looked.parts[1].answers[0].article == "returns"


async def test_a_part_that_has_its_own_answer_keeps_its_own_passage_of_it() -> None:
    @dataclass
    class Passages(SmallKnowledge):
        async def find(
            self, question: str, language: str, limit: int, reader: Reader = PUBLIC_READER
        ) -> Sequence[Answer]:
            return [
                replace(an_answer("shipping", 0.9 if question.startswith("How") else 0.6), excerpt=question)
            ]

    looked = await found(a_turn("How long is shipping? What does it cost?"), finder=Passages())
    assert [part.answers[0].excerpt for part in looked.parts] == [
        "How long is shipping?",
        "What does it cost?",
    ]


async def test_few_words_lean_on_the_question_before_them() -> None:
    finder = SmallKnowledge()
    asked = a_past("How can I pay?", Outcome.ANSWERED, articles=("paying",))
    looked = await found(a_turn("by card?", history=(asked,)), finder=finder)
    assert finder.asked == ["by card?", "How can I pay? by card?"]
    assert looked.answers[0].probability == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("by card?", Outcome.TALKED), ("what about the long lamps of the other catalogue", Outcome.ANSWERED)],
)
async def test_what_stands_alone_leans_on_nothing(text: str, outcome: Outcome) -> None:
    finder = SmallKnowledge()
    await found(a_turn(text, history=(a_past("How can I pay?", outcome),)), finder=finder)
    assert finder.asked == [text]


async def test_the_first_few_words_lean_on_what_is_around_them_which_never_makes_an_answer_sure() -> None:
    finder = SmallKnowledge()
    looked = await found(a_turn("how about this?", near=("pay invoice card",)), finder=finder)
    assert finder.asked == ["how about this?", "pay invoice card how about this?"]
    assert [each.article for each in looked.answers] == ["paying"]
    assert looked.answers[0].probability < 0.5
    finder = SmallKnowledge()
    await found(a_turn("and this?", near=("card",), history=(a_past("hi", Outcome.TALKED),)), finder=finder)
    assert finder.asked == ["and this?"]


async def test_it_is_compared_in_meaning_with_the_newest_questions() -> None:
    about = KnowsMore()
    asked = [a_past(text, Outcome.ANSWERED) for text in ("A?", "B?", "C?", "?")]
    talk = a_past("Thanks", Outcome.TALKED)
    looked = await found(a_turn(history=(*asked, talk)), about)
    assert about.compared == ["B?", "C?", "?"]
    assert looked.alike == {"B?": 0.8, "C?": 0.8}


async def test_other_languages_and_topics_are_looked_at_only_where_no_answer_is_sure() -> None:
    unsure = await found(a_turn("something about a long card"), KnowsMore())
    assert unsure.elsewhere == (ABROAD,)
    assert unsure.topics == {"paying": ("Money",), "shipping": ("Parcels",)}
    sure = await found(a_turn("How do I return a lamp and get it back?"), KnowsMore())
    assert sure.elsewhere == ()
    assert sure.topics == {}


async def test_a_topic_narrows_the_question_that_was_asked_back_about() -> None:
    past = a_past("something about a long card", Outcome.ASKED, asked=Asked.TOPIC)
    turn = a_turn("Money", history=(past,))
    looked = await ArticleLookup(SmallKnowledge(), KnowsMore()).about(turn, "Money")
    assert isinstance(looked, Found)
    assert looked.narrowed
    assert [each.article for each in looked.answers] == ["paying"]


async def test_whatever_fails_beside_the_question_its_answer_stands() -> None:
    history = (a_past("A?", Outcome.ANSWERED),)
    looked = await found(a_turn("something about a card", history=history), KnowsMore(fails=True))
    assert [each.article for each in looked.answers] == ["paying"]
    assert looked.alike == {}


async def test_where_articles_cannot_be_asked_that_is_said() -> None:
    assert await ArticleLookup(SmallKnowledge(fails=True)).articles(a_turn()) == LookupFailed("knowledge")


async def test_an_article_of_another_language_that_was_offered_is_found_by_its_name() -> None:
    lookup = ArticleLookup(SmallKnowledge(), KnowsMore())
    assert await lookup.article(a_turn("yes"), ArticleId("returns"), "Nothing like it", "zh") == ABROAD
